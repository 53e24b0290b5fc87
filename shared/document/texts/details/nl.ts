import type { DetailsTexts } from '../details-texts.ts';

export const details: DetailsTexts = {
  heading: 'Gesprekken en berichten',
  column: { when: 'Datum en tijd', number: 'Nummer', kind: 'Soort', amount: 'Duur, credits' },
  price: (currency) => `Prijs (${currency})`,
  kinds: {
    domestic: 'Binnenland',
    internal: 'Intern',
    'toll-free-inbound': 'Naar uw gratis nummer',
    'domestic-premium': 'Betaald servicenummer',
  },
  sent: 'Bericht verzonden',
  received: 'Bericht ontvangen',
  included: 'in bundel',
  partly: (amount) => `waarvan ${amount} in bundel`,
  withheld: 'nummer afgeschermd',
  extension: (number) => `Toestel ${number}`,
  subtotal: 'Subtotaal',
  total: 'Alle gesprekken en berichten',
  calls: ['gesprek', 'gesprekken'],
  messages: ['bericht', 'berichten'],
  notes: {
    times: (timeZone) => `Alle tijden zijn lokale tijd (${timeZone}).`,
    free: 'Gratis gesprekken staan niet in dit overzicht.',
    exact:
      'Losse prijzen staan er met vier decimalen. Samen vormen ze precies de gebruikskosten hierboven, die elk één keer worden afgerond; belastingen en toeslagen komen daarbij.',
    masked: (digits) => `De laatste ${digits} cijfers van de nummers van uw gesprekspartners zijn weggelaten.`,
    tooMany: (most) =>
      `Deze factuur heeft meer dan ${most} gesprekken en berichten, te veel om af te drukken. Onze klantenservice stuurt u de lijst.`,
  },
};
