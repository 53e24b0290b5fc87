import type { DetailsTexts } from '../details-texts.ts';

export const details: DetailsTexts = {
  heading: 'Calls and messages',
  column: { when: 'Date and time', number: 'Number', kind: 'Kind', amount: 'Duration, credits' },
  price: (currency) => `Price (${currency})`,
  kinds: {
    domestic: 'Domestic',
    internal: 'Internal',
    'toll-free-inbound': 'To your toll-free number',
    'domestic-premium': 'Premium number',
  },
  sent: 'Message sent',
  received: 'Message received',
  included: 'in plan',
  partly: (amount) => `${amount} in plan`,
  withheld: 'number withheld',
  extension: (number) => `Extension ${number}`,
  subtotal: 'Subtotal',
  total: 'All calls and messages',
  calls: ['call', 'calls'],
  messages: ['message', 'messages'],
  notes: {
    times: (timeZone) => `Times are local time (${timeZone}).`,
    free: 'Calls that are free of charge are not listed.',
    exact:
      'Single prices are shown with four decimals. They add up exactly to the usage charges above, which are rounded once each; taxes and fees come on top.',
    masked: (digits) => `The last ${digits} digits of the other parties’ numbers are left out.`,
    tooMany: (most) =>
      `This invoice has more than ${most} calls and messages, too many to print. Our support team will send you the list.`,
  },
};
