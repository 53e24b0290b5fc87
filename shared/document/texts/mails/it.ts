import { del, il } from '../italian.ts';
import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Buongiorno ${name},`,
  view: 'Visualizza la fattura',
  pay: 'Paga ora',
  openPortal: 'Apri il portale clienti',
  updateMethod: 'Aggiorna il metodo di pagamento',
  confirmPayment: 'Conferma il pagamento',
  toPay: 'Importo da pagare',
  balance: 'Saldo da pagare',
  amountPaid: 'Importo pagato',
  attached: 'La fattura è allegata in formato PDF.',
  attachedPdf: 'Il documento è allegato in formato PDF.',
  questions: (email, phone) => `Domande? Scrivete a ${email} o chiamate il numero ${phone}.`,
  why: (account) =>
    `Ricevete questo messaggio perché le comunicazioni di fatturazione del conto cliente ${account} vengono inviate a questo indirizzo.`,
  invoice: {
    subject: (w) => `Fattura ${w.number}: ${w.amount}, scadenza ${w.dueDate}`,
    settled: (w) => `Fattura ${w.number}: nulla da pagare`,
    ofMonth: (month) => `La vostra fattura di ${month}`,
    ofPurchase: (date) => `La fattura del vostro acquisto ${del(date)}`,
  },
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} (${w.invoiceNumber})`,
    heading: `Vi abbiamo accreditato ${w.amount}`,
    paragraphs: [`Con il documento ${w.number} rettifichiamo la fattura ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `L’importo di ${amount} viene detratto da quanto vi resta da pagare su questa fattura.`,
    disputed: (amount) => `L’importo di ${amount}, che avevate contestato, non è più dovuto.`,
    writtenOff: (amount) => `L’importo di ${amount} era già stato stralciato e resta tale.`,
    credit: (amount) => `L’importo di ${amount} resta a vostro credito e verrà detratto dalle prossime fatture.`,
  },
  notices: {
    'reminder-1': (w) => ({
      subject: `Promemoria: ${w.amount}, scadenza ${w.dueShort} (${w.number})`,
      heading: 'Un cortese promemoria',
      paragraphs: [
        `L’importo di ${w.amount} della fattura ${w.number} era dovuto entro ${il(w.dueDate)} e non ci risulta ancora pervenuto.`,
        'Se avete già pagato negli ultimi giorni, vi preghiamo di ignorare questo messaggio.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Secondo promemoria: ${w.amount}, scadenza ${w.dueShort} (${w.number})`,
      heading: 'La vostra fattura non è ancora pagata',
      paragraphs: [
        `L’importo di ${w.amount} della fattura ${w.number} era dovuto entro ${il(w.dueDate)} e non è ancora stato pagato. Vi preghiamo di provvedere ora.`,
        'Se nella fattura c’è un errore, vi preghiamo di contattarci.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Ultimo avviso: ${w.amount}; sospensione ${il(w.suspensionShort)} (${w.number})`,
      heading: 'Ultimo avviso prima della sospensione',
      paragraphs: [
        `L’importo di ${w.amount} della fattura ${w.number} era dovuto entro ${il(w.dueDate)} e non è stato pagato.`,
        `Se non riceveremo il pagamento, sospenderemo i vostri servizi ${il(w.suspensionOn)}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Ultimo avviso: ${w.amount} da pagare prima ${del(w.handOverShort)} (${w.number})`,
      heading: 'Ultimo avviso',
      paragraphs: [
        `L’importo di ${w.amount} della fattura ${w.number} era dovuto entro ${il(w.dueDate)} e non è stato pagato.`,
        `Se non riceveremo il pagamento, ${il(w.handOverOn)} la pratica passerà alla nostra contabilità clienti.`,
        `Quest’ultima concorderà con voi il pagamento e la continuità dei servizi. Potete contattarla già ora: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Vi preghiamo di contattarci: ${w.amount} da pagare (${w.number})`,
      heading: 'Vi preghiamo di contattare la contabilità clienti',
      paragraphs: [
        `L’importo di ${w.amount} della fattura ${w.number} era dovuto entro ${il(w.dueDate)} e non è stato pagato.`,
        'La nostra contabilità clienti ha preso in carico la pratica e concorderà con voi il pagamento e la continuità dei servizi.',
        `Scrivete a ${w.email} o chiamate il numero ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `I vostri servizi sono sospesi: ${w.balance} da pagare`,
      heading: 'I vostri servizi sono sospesi',
      paragraphs: [
        `Poiché alcune fatture non sono state pagate, ${w.seller} ha sospeso i vostri servizi.`,
        `Saranno riattivati automaticamente non appena il saldo di ${w.balance} sarà pagato per intero.`,
      ],
    }),
    reactivated: () => ({
      subject: 'I vostri servizi sono di nuovo attivi',
      heading: 'I vostri servizi sono di nuovo attivi',
      paragraphs: [
        'Non avete più importi scaduti e tutti i vostri servizi funzionano di nuovo.',
        'Vi ringraziamo per il pagamento.',
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Pagamento non riuscito: fattura ${w.number}, ${w.amount}`,
      heading: 'Il pagamento non è riuscito',
      paragraphs: [
        `Il pagamento di ${w.amount} (${w.method}) per la fattura ${w.number} non è andato a buon fine.`,
        w.next.kind === 'retry'
          ? `Riproveremo ${il(w.next.on)}. Potete anche pagare prima: con lo stesso metodo di pagamento dopo un’ora, con un altro subito.`
          : 'Non riproveremo con questo metodo di pagamento. Vi preghiamo di aggiungerne un altro o di pagare nel portale clienti.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Confermate il pagamento: fattura ${w.number}, ${w.amount}`,
      heading: 'Vi preghiamo di confermare il pagamento',
      paragraphs: [
        `La vostra banca chiede di confermare il pagamento di ${w.amount} (${w.method}) per la fattura ${w.number}.`,
        'Aprite il pagamento nel portale clienti e seguite le istruzioni della banca. Finora non è stato addebitato nulla.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Pagamento stornato: ${w.amount} per la fattura ${w.number}`,
      heading: 'La vostra banca ha stornato un pagamento',
      paragraphs: [
        `Avevamo ricevuto il vostro pagamento di ${w.amount} (${w.method}) per la fattura ${w.number}, ma la banca lo ha stornato. La fattura è quindi di nuovo da pagare.`,
        w.next.kind === 'retry'
          ? `Riproveremo ${il(w.next.on)}. Potete anche pagare prima nel portale clienti.`
          : 'Non effettueremo altri addebiti su questo conto. Vi preghiamo di pagare nel portale clienti o di aggiungere un altro metodo di pagamento.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Il metodo di pagamento ${w.method} scade a ${w.expires}`,
      heading: 'Un metodo di pagamento sta per scadere',
      paragraphs: [
        `${w.method} scade alla fine di ${w.expires}.`,
        'Vi preghiamo di aggiungerne per tempo uno nuovo nel portale clienti, affinché le vostre fatture continuino a essere pagate automaticamente.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Pagamento ricevuto: ${w.amount} per la fattura ${w.number}`,
      heading: 'Grazie per il pagamento',
      paragraphs: [
        `Abbiamo ricevuto ${w.amount} per la fattura ${w.number}.`,
        ...(w.settled ? ['Non resta nulla da pagare.'] : []),
      ],
    }),
  },
  steps: {
    heading: 'Che cosa potete fare, in quest’ordine',
    card: {
      checkDetails:
        'Controllate i dati della carta: nome e indirizzo devono corrispondere a quelli noti all’emittente della carta.',
      askIssuer:
        'Chiedete all’emittente della carta se il pagamento è stato bloccato o se il limite è stato raggiunto.',
      otherCard: 'Provate un’altra carta, preferibilmente di un altro emittente.',
      authentication:
        'Nell’UE e nel Regno Unito la banca può richiedere l’autenticazione forte: inserite di nuovo la carta nella pagina di pagamento e seguite le istruzioni.',
    },
    debit: {
      checkDetails: 'Controllate i dati del conto e che il saldo sia sufficiente.',
      askBank: 'Chiedete alla banca se ha rifiutato l’addebito e perché.',
      otherMethod: 'Provate un altro metodo di pagamento, per esempio una carta.',
    },
    waitADay: 'Se la pagina segnala che il numero di tentativi è esaurito, attendete 24 ore.',
    contactSupport: (email, phone) => `Se il problema persiste, contattateci: ${email}, ${phone}.`,
  },
};
