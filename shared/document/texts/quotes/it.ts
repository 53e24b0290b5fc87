import { al, dal, del, il } from '../italian.ts';
import type { QuoteTexts } from '../quote-texts.ts';

export const it: QuoteTexts = {
  title: 'Preventivo',
  from: 'Emesso da',
  preparedFor: 'Preparato per',
  date: 'Data',
  validUntil: 'Valido fino al',
  billingStart: 'Inizio fatturazione',
  contractPeriod: 'Durata del contratto',
  renewal: 'Rinnovo il',
  months: (months) => (months === 1 ? '1 mese' : `${months} mesi`),
  hero: 'Per la durata del contratto, imposte escluse',
  billingStarts: (on) => `La fatturazione inizia ${il(on)}.`,
  acceptBy: (until) => `Per accettarlo, scegliete «Acquista ora» nel portale clienti entro ${il(until)}.`,
  offer: 'La nostra offerta',
  every: {
    month: (amount) => `Ogni mese: ${amount}`,
    quarter: (amount) => `Ogni trimestre: ${amount}`,
    year: (amount) => `Ogni anno: ${amount}`,
  },
  overContract: 'Intero contratto',
  contractTotal: 'Totale per la durata del contratto, imposte escluse',
  listPrice: (price) => `prezzo di listino ${price}`,
  discount: (rate) => `sconto ${del(rate)}`,
  awaitsActivation: 'addebitato dal giorno di attivazione della linea',
  savings: { heading: 'Quanto risparmiate', list: 'Prezzo di listino', quoted: 'Preventivo', saved: 'Risparmio' },
  perProduct: 'Totale per prodotto',
  firstInvoice: {
    heading: 'La vostra prima fattura',
    dated: (on, due) => `È datata ${on} e scade ${il(due)}.`,
    part: {
      heading: 'Che cosa si aggiunge alla vostra fattura',
      dated: (on, due) =>
        `La vostra fattura ${del(on)}, con scadenza ${il(due)}, comprende questi importi oltre agli altri addebiti.`,
    },
    none: 'Nulla è addebitato prima dell’attivazione di una linea; la prima fattura è quella successiva.',
    rates: (of) =>
      `Imposte e oneri dipendono dal vostro indirizzo di fatturazione, con le aliquote in vigore ${il(of)}.`,
    earlierRates: (of) =>
      `Imposte e oneri dipendono dal vostro indirizzo di fatturazione. Quelli della data della fattura non sono ancora pubblicati; le aliquote indicate sono quelle in vigore ${il(of)}.`,
  },
  next: {
    heading: 'Che cosa succede se accettate',
    accept: (until) =>
      `Aprite il preventivo nel portale clienti entro ${il(until)}, controllate indirizzo di fatturazione, metodo di pagamento e referente amministrativo, accettate le condizioni e scegliete «Acquista ora». Fino ad allora nulla viene ordinato.`,
    start: (on) => `Per il periodo prima ${del(on)} nulla è addebitato, nemmeno le chiamate fuori piano.`,
    renew: (w) =>
      `Il contratto termina ${il(w.endsOn)}. Si rinnova ${il(w.renewsOn)} per ${w.months} ai prezzi di questo preventivo, salvo disdetta entro ${il(w.cancelBy)}.`,
    pay: {
      card: 'Le fatture sono addebitate sul vostro metodo di pagamento o pagate nel portale clienti.',
      wire: 'Ogni fattura si paga con bonifico.',
      cheque: 'Ogni fattura si paga con assegno.',
    },
    extra: 'I consumi oltre il piano non fanno parte di questo preventivo e sono addebitati alle tariffe in vigore.',
  },
  questions: 'Domande su questo preventivo',
  view: 'Visualizza e accetta il preventivo',
  mail: {
    offered: (w) => ({
      subject: `Preventivo ${w.number}: ${w.amount}, valido fino ${al(w.validShort)}`,
      heading: 'Il vostro preventivo è arrivato',
      paragraphs: [
        `Questo è il nostro preventivo ${w.number} di ${w.amount}, imposte escluse, per la durata del contratto. La fatturazione inizia ${il(w.billingStart)}.`,
        `Potete accettarlo fino ${al(w.validUntil)} nel portale clienti. Finché non scegliete «Acquista ora», nulla viene ordinato.`,
      ],
    }),
    accepted: (w) => ({
      subject: `Preventivo ${w.number} accettato: fatturazione ${dal(w.startShort)}`,
      heading: 'Grazie per il vostro ordine',
      paragraphs: [
        `Avete accettato il nostro preventivo ${w.number} di ${w.amount}, imposte escluse, per la durata del contratto. La fatturazione inizia ${il(w.billingStart)}.`,
        'Se non avete ordinato nulla, avvisateci subito.',
      ],
    }),
    first: (amount, on) => `La vostra prima fattura sarà datata ${on} e ammonterà a ${amount}, imposte incluse.`,
    firstPart: (amount, on) => `Alla vostra fattura ${del(on)} si aggiunge l’importo di ${amount}, imposte incluse.`,
    viewAgain: 'Visualizza il preventivo',
    why: 'Ricevete questo messaggio perché questo preventivo è stato preparato per voi.',
  },
};
