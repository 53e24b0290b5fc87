import type { QuoteTexts } from '../quote-texts.ts';

export const nl: QuoteTexts = {
  title: 'Offerte',
  from: 'Opgesteld door',
  preparedFor: 'Opgesteld voor',
  date: 'Datum',
  validUntil: 'Geldig tot en met',
  billingStart: 'Start facturering',
  contractPeriod: 'Contractduur',
  renewal: 'Verlenging op',
  months: (months) => (months === 1 ? '1 maand' : `${months} maanden`),
  hero: 'Voor de contractduur, exclusief belasting',
  billingStarts: (on) => `De facturering begint op ${on}.`,
  acceptBy: (until) => `Wilt u akkoord gaan, kies dan uiterlijk op ${until} “Nu kopen” in het klantportaal.`,
  offer: 'Ons aanbod',
  every: {
    month: (amount) => `Elke maand: ${amount}`,
    quarter: (amount) => `Elk kwartaal: ${amount}`,
    year: (amount) => `Elk jaar: ${amount}`,
  },
  overContract: 'Contractduur',
  contractTotal: 'Totaal voor de contractduur, exclusief belasting',
  listPrice: (price) => `catalogusprijs ${price}`,
  discount: (rate) => `${rate} korting`,
  awaitsActivation: 'in rekening gebracht vanaf de dag waarop de verbinding is geactiveerd',
  savings: { heading: 'Wat u bespaart', list: 'Catalogusprijs', quoted: 'Offerte', saved: 'Besparing' },
  perProduct: 'Totaal per product',
  firstInvoice: {
    heading: 'Uw eerste factuur',
    dated: (on, due) => `Deze is gedateerd op ${on} en moet uiterlijk op ${due} betaald zijn.`,
    part: {
      heading: 'Wat er op uw factuur bijkomt',
      dated: (on, due) => `Uw factuur van ${on}, te betalen uiterlijk op ${due}, bevat dit naast uw overige kosten.`,
    },
    none: 'Er wordt niets in rekening gebracht voordat een verbinding is geactiveerd; de eerste factuur is de volgende daarna.',
    rates: (of) => `Belastingen en toeslagen hangen af van uw factuuradres, tegen de tarieven van ${of}.`,
    earlierRates: (of) =>
      `Belastingen en toeslagen hangen af van uw factuuradres. Die van de factuurdatum zijn nog niet gepubliceerd; de getoonde tarieven zijn die van ${of}.`,
  },
  next: {
    heading: 'Wat er gebeurt als u akkoord gaat',
    accept: (until) =>
      `Open de offerte uiterlijk op ${until} in het klantportaal, controleer factuuradres, betaalmethode en contactpersoon, ga akkoord met de voorwaarden en kies “Nu kopen”. Tot dan is er niets besteld.`,
    start: (on) => `Voor de tijd vóór ${on} wordt niets in rekening gebracht, ook geen gesprekken buiten de bundel.`,
    renew: (w) =>
      `Het contract eindigt op ${w.endsOn}. Het wordt op ${w.renewsOn} met ${w.months} verlengd tegen de prijzen van deze offerte, tenzij u uiterlijk op ${w.cancelBy} opzegt.`,
    pay: {
      card: 'Facturen worden van uw betaalmethode afgeschreven of in het klantportaal betaald.',
      wire: 'U betaalt elke factuur per bankoverschrijving.',
      cheque: 'U betaalt elke factuur met een cheque.',
    },
    extra: 'Gebruik buiten de bundel is geen deel van deze offerte en wordt tegen de geldende tarieven berekend.',
  },
  questions: 'Vragen over deze offerte',
  view: 'Offerte bekijken en accepteren',
  mail: {
    offered: (w) => ({
      subject: `Offerte ${w.number}: ${w.amount}, geldig tot en met ${w.validShort}`,
      heading: 'Uw offerte is er',
      paragraphs: [
        `Dit is onze offerte ${w.number} van ${w.amount} exclusief belasting voor de contractduur. De facturering begint op ${w.billingStart}.`,
        `U kunt deze tot en met ${w.validUntil} in het klantportaal accepteren. Zolang u niet “Nu kopen” kiest, is er niets besteld.`,
      ],
    }),
    accepted: (w) => ({
      subject: `Offerte ${w.number} geaccepteerd: facturering vanaf ${w.startShort}`,
      heading: 'Bedankt voor uw bestelling',
      paragraphs: [
        `U hebt onze offerte ${w.number} van ${w.amount} exclusief belasting voor de contractduur geaccepteerd. De facturering begint op ${w.billingStart}.`,
        'Hebt u niets besteld, laat het ons dan meteen weten.',
      ],
    }),
    first: (amount, on) => `Uw eerste factuur wordt gedateerd op ${on} en bedraagt ${amount}, inclusief belasting.`,
    firstPart: (amount, on) => `Op uw factuur van ${on} komt ${amount} bij, inclusief belasting.`,
    viewAgain: 'Offerte bekijken',
    why: 'U ontvangt dit bericht omdat deze offerte voor u is opgesteld.',
  },
};
