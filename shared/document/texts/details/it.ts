import type { DetailsTexts } from '../details-texts.ts';

export const details: DetailsTexts = {
  heading: 'Chiamate e messaggi',
  column: { when: 'Data e ora', number: 'Numero', kind: 'Tipo', amount: 'Durata, crediti' },
  price: (currency) => `Prezzo (${currency})`,
  kinds: {
    domestic: 'Nazionale',
    internal: 'Interna',
    'toll-free-inbound': 'Verso il vostro numero verde',
    'domestic-premium': 'Numero a sovrapprezzo',
  },
  sent: 'Messaggio inviato',
  received: 'Messaggio ricevuto',
  included: 'nel piano',
  partly: (amount) => `nel piano: ${amount}`,
  withheld: 'numero riservato',
  extension: (number) => `Interno ${number}`,
  subtotal: 'Subtotale',
  total: 'Tutte le chiamate e i messaggi',
  calls: ['chiamata', 'chiamate'],
  messages: ['messaggio', 'messaggi'],
  notes: {
    times: (timeZone) => `Gli orari sono espressi nell’ora locale (${timeZone}).`,
    free: 'Le chiamate gratuite non sono elencate.',
    exact:
      'I singoli prezzi sono indicati con quattro decimali. La loro somma esatta corrisponde ai costi di utilizzo sopra riportati, arrotondati ciascuno una sola volta; imposte e oneri a parte.',
    masked: (digits) => `Le ultime ${digits} cifre dei numeri degli interlocutori sono oscurate.`,
    tooMany: (most) =>
      `Questa fattura comprende più di ${most} chiamate e messaggi, troppi per essere stampati. La nostra assistenza ve ne invia l’elenco.`,
  },
};
