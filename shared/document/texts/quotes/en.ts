import type { QuoteTexts } from '../quote-texts.ts';

export const en: QuoteTexts = {
  title: 'Quote',
  from: 'From',
  preparedFor: 'Prepared for',
  date: 'Date',
  validUntil: 'Valid until',
  billingStart: 'Billing start date',
  contractPeriod: 'Contract period',
  renewal: 'Renewal date',
  months: (months) => (months === 1 ? '1 month' : `${months} months`),
  hero: 'For the contract period, excluding tax',
  billingStarts: (on) => `Billing starts on ${on}.`,
  acceptBy: (until) => `To accept, choose “Buy now” in the customer portal by ${until}.`,
  offer: 'What we offer',
  every: {
    month: (amount) => `Every month: ${amount}`,
    quarter: (amount) => `Every quarter: ${amount}`,
    year: (amount) => `Every year: ${amount}`,
  },
  overContract: 'Contract period',
  contractTotal: 'Total for the contract period, excluding tax',
  listPrice: (price) => `list price ${price}`,
  discount: (rate) => `${rate} discount`,
  awaitsActivation: 'charged from the day on which the circuit is activated',
  savings: { heading: 'What you save', list: 'List price', quoted: 'This quote', saved: 'Savings' },
  perProduct: 'Total by product',
  firstInvoice: {
    heading: 'Your first invoice',
    dated: (on, due) => `It is dated ${on} and due on ${due}.`,
    part: {
      heading: 'What it adds to your invoice',
      dated: (on, due) => `Your invoice of ${on}, due on ${due}, contains this in addition to your other charges.`,
    },
    none: 'Nothing is charged before a circuit is activated; the next invoice after that is the first.',
    rates: (of) => `Taxes and fees depend on your billing address; the rates are those of ${of}.`,
    earlierRates: (of) =>
      `Taxes and fees depend on your billing address. Those of the invoice date have not been published yet; the rates shown are those of ${of}.`,
  },
  next: {
    heading: 'What happens when you accept',
    accept: (until) =>
      `Open the quote in the customer portal by ${until}, check the billing address, payment method and admin contact, accept the terms and choose “Buy now”. Until then nothing is ordered.`,
    start: (on) => `Nothing is charged for the time before ${on}, not even for calls outside the plan.`,
    renew: (w) =>
      `The contract ends on ${w.endsOn}. It renews on ${w.renewsOn} for ${w.months} at the prices of this quote, unless you cancel it by ${w.cancelBy}.`,
    pay: {
      card: 'Invoices are charged to your payment method or paid in the customer portal.',
      wire: 'You pay each invoice by bank transfer.',
      cheque: 'You pay each invoice by cheque.',
    },
    extra: 'Usage beyond the plan is not part of this quote and is charged at the rates in force.',
  },
  questions: 'Questions about this quote',
  view: 'View and accept the quote',
  mail: {
    offered: (w) => ({
      subject: `Quote ${w.number}: ${w.amount}, valid until ${w.validShort}`,
      heading: 'Your quote is here',
      paragraphs: [
        `Our quote ${w.number} comes to ${w.amount}, excluding tax, for the contract period. Billing starts on ${w.billingStart}.`,
        `You can accept it until ${w.validUntil} in the customer portal. Until you choose “Buy now” nothing is ordered.`,
      ],
    }),
    accepted: (w) => ({
      subject: `Quote ${w.number} accepted: billing starts on ${w.startShort}`,
      heading: 'Thank you for your order',
      paragraphs: [
        `You have accepted our quote ${w.number} of ${w.amount}, excluding tax, for the contract period. Billing starts on ${w.billingStart}.`,
        'If you did not order this, please tell us right away.',
      ],
    }),
    first: (amount, on) => `Your first invoice will be dated ${on} and come to ${amount}, tax included.`,
    firstPart: (amount, on) => `It adds ${amount}, tax included, to your invoice of ${on}.`,
    viewAgain: 'View the quote',
    why: 'You receive this message because this quote was made for you.',
  },
};
