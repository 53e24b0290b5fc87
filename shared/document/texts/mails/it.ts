import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Gentile cliente ${name},`,
  view: 'Vedere la fattura',
  pay: 'Pagare ora',
  updateMethod: 'Cambiare metodo di pagamento',
  confirmPayment: 'Confermare il pagamento',
  balance: 'Saldo da pagare',
  amountPaid: 'Importo pagato',
  attached: 'La fattura è allegata in formato PDF.',
  questions: (email, phone) => `Domande? Scrivete a ${email} o chiamate il numero ${phone}.`,
  why: (account) =>
    `Ricevete questo messaggio perché questo indirizzo riceve la posta di fatturazione dell’account ${account}.`,
  invoice: (w) => ({
    subject: `Fattura ${w.number}: ${w.amount}, scadenza ${w.dueDate}`,
    heading: 'La vostra fattura è arrivata',
    paragraphs: [`Questa è la vostra fattura ${w.number} di ${w.month}.`],
  }),
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} sulla fattura ${w.invoiceNumber}`,
    heading: `Le abbiamo accreditato ${w.amount}`,
    paragraphs: [`Con ${w.number} rettifichiamo la fattura ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `${amount} vengono detratti da quanto resta da pagare su questa fattura.`,
    disputed: (amount) => `${amount} corrispondono all’importo contestato, che non è più dovuto.`,
    writtenOff: (amount) => `${amount} erano già stati stralciati e restano tali.`,
    credit: (amount) => `${amount} restano a Suo credito e verranno detratti dalle prossime fatture.`,
  },
  attachedPdf: 'Il documento è allegato in formato PDF.',
  notices: {
    'reminder-1': (w) => ({
      subject: `Promemoria: fattura ${w.number}, ${w.amount}, scaduta il ${w.dueDate}`,
      heading: 'Un cortese promemoria',
      paragraphs: [
        `Non abbiamo ancora ricevuto il pagamento della fattura ${w.number}. L’importo di ${w.amount} era dovuto entro il ${w.dueDate}.`,
        'Se avete pagato negli ultimi giorni, ignorate questo messaggio.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Secondo promemoria: fattura ${w.number}, ${w.amount}, scaduta il ${w.dueDate}`,
      heading: 'La vostra fattura non è ancora pagata',
      paragraphs: [
        `La fattura ${w.number} è ancora aperta. L’importo di ${w.amount} era dovuto entro il ${w.dueDate}. Vi preghiamo di pagarla ora.`,
        'Se nella fattura c’è un errore, contattateci.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Ultimo avviso: fattura ${w.number}, ${w.amount}; sospensione il ${w.suspensionOn}`,
      heading: 'Ultimo avviso prima della sospensione',
      paragraphs: [
        `La fattura ${w.number} di ${w.amount} era dovuta entro il ${w.dueDate} e non è stata pagata.`,
        `Se non riceveremo il pagamento, sospenderemo i vostri servizi il ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Ultimo avviso: fattura ${w.number}, ${w.amount}; passaggio alla contabilità clienti il ${w.handOverOn}`,
      heading: 'Ultimo avviso',
      paragraphs: [
        `La fattura ${w.number} di ${w.amount} era dovuta entro il ${w.dueDate} e non è stata pagata.`,
        `Se non riceveremo il pagamento, il ${w.handOverOn} la pratica passerà alla nostra contabilità clienti.`,
        `Concorderà con voi pagamento e servizio; potete contattarla già ora: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Fattura ${w.number}, ${w.amount}: contattate la contabilità clienti`,
      heading: 'Contattate la contabilità clienti',
      paragraphs: [
        `La fattura ${w.number} di ${w.amount} era dovuta entro il ${w.dueDate} e non è stata pagata.`,
        'La nostra contabilità clienti ha preso in carico la pratica e concorderà con voi pagamento e servizio.',
        `Scrivete a ${w.email} o chiamate il numero ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `I vostri servizi sono sospesi; saldo da pagare ${w.balance}`,
      heading: 'I vostri servizi sono sospesi',
      paragraphs: [
        `Poiché alcune fatture non sono pagate, ${w.seller} ha sospeso i vostri servizi.`,
        `Saranno riattivati automaticamente non appena il saldo di ${w.balance} sarà pagato per intero.`,
      ],
    }),
    reactivated: (w) => ({
      subject: 'I vostri servizi sono di nuovo attivi',
      heading: 'I vostri servizi sono di nuovo attivi',
      paragraphs: [
        'Il saldo è stato pagato e tutti i servizi funzionano di nuovo.',
        `${w.seller} vi ringrazia della fiducia.`,
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Pagamento non riuscito: fattura ${w.number}, ${w.amount}`,
      heading: 'Il pagamento non è riuscito',
      paragraphs: [
        `Non è stato possibile addebitare ${w.amount} su ${w.method} per la fattura ${w.number}.`,
        w.next.kind === 'retry'
          ? `Riproveremo il ${w.next.on}. Potete anche pagare prima: con la stessa carta dopo un’ora, con un’altra subito.`
          : 'Non riproveremo con questo metodo di pagamento. Aggiungetene un altro o pagate nel portale clienti.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Confermate il pagamento: fattura ${w.number}, ${w.amount}`,
      heading: 'Confermate il pagamento',
      paragraphs: [
        `La vostra banca chiede di confermare il pagamento di ${w.amount} con ${w.method} per la fattura ${w.number}.`,
        'Aprite il portale clienti, scegliete il pagamento e seguite le istruzioni della banca. Finora non è stato addebitato nulla.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Pagamento restituito: ${w.amount} per la fattura ${w.number}`,
      heading: 'La Sua banca ha restituito un pagamento',
      paragraphs: [
        `Il Suo pagamento di ${w.amount} con ${w.method} per la fattura ${w.number} era arrivato ed è stato ripreso dalla Sua banca. La fattura è di nuovo insoluta.`,
        w.next.kind === 'retry'
          ? `Riproveremo il ${w.next.on}. Può anche pagare prima nel portale.`
          : 'Non addebiteremo più questo conto. Paghi nel portale o aggiunga un altro metodo di pagamento.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Il metodo di pagamento ${w.method} scade a ${w.expires}`,
      heading: 'Un metodo di pagamento sta per scadere',
      paragraphs: [
        `${w.method} scade alla fine di ${w.expires}.`,
        'Ne aggiunga per tempo uno nuovo nel portale, affinché le fatture continuino a essere pagate automaticamente.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Pagamento ricevuto: ${w.amount} per la fattura ${w.number}`,
      heading: 'Grazie per il pagamento',
      paragraphs: [`Abbiamo ricevuto ${w.amount} per la fattura ${w.number}.`],
    }),
  },
  steps: {
    heading: 'Che cosa potete fare, in quest’ordine',
    checkDetails:
      'Controllate i dati della carta; nome e indirizzo devono corrispondere a quelli noti all’emittente della carta.',
    askIssuer: 'Chiedete all’emittente della carta se il pagamento è stato bloccato o il limite è raggiunto.',
    otherCard: 'Provate un’altra carta, preferibilmente di un altro emittente.',
    authentication:
      'Nell’UE e nel Regno Unito la banca può richiedere l’autenticazione forte: inserite di nuovo la carta nella pagina di pagamento e seguite le sue istruzioni.',
    waitADay: 'Se la pagina segnala che il numero di tentativi è esaurito, attendete 24 ore.',
    contactSupport: (email, phone) => `Se nulla funziona, contattateci: ${email}, ${phone}.`,
  },
};
