import type { Invoice } from '../../shared/domain/invoice.ts';
import { type CallDetails, itemise } from '../../shared/domain/usage/itemise.ts';
import type { OpenUsage, RatedRecord } from '../../shared/domain/usage/usage.ts';
import { type Sample, sampleInvoice } from './invoices.ts';
import { deckRow, rateRow } from './usage.ts';

const MONTH = '2026-11';
const SECONDS_OF_MONTH = 30 * 86_400;
const RATES = {
  domestic: rateRow({ micros: 29_000 }),
  'toll-free-inbound': rateRow({ deck: 'toll-free', increments: { initial: 6, subsequent: 6 }, micros: 30_000 }),
  'domestic-premium': deckRow('1787', 'PR', 90_000),
  international: [deckRow('49', 'DE', 19_000), deckRow('44', 'GB', 15_500), deckRow('7', 'RU', 120_000)],
  message: rateRow({ deck: 'sms', increments: { initial: 1, subsequent: 1 }, micros: 5_500, per: 'credit' }),
} as const;

/** So many calls and messages of November 2026, of three numbers and an extension, all of them itemised. */
export function sampleRecords(count: number): RatedRecord[] {
  return Array.from({ length: count }, (_, index): RatedRecord => {
    const own = `+1617555010${index % 3}`;
    const other = `+1312555${String(1000 + ((index * 7919) % 9000))}`;
    const at = new Date(Date.UTC(2026, 10, 1, 5) + Math.floor((index * SECONDS_OF_MONTH) / count) * 1000).toISOString();
    const common = { recordId: `r-${String(index).padStart(6, '0')}`, at, from: own, to: other };
    const minutes = 60 * (1 + ((index * 31) % 17));
    switch (index % 10) {
      case 0:
        return { ...common, class: 'internal', from: '104', to: '117', quantity: minutes, rate: RATES.domestic };
      case 1:
        return {
          ...common,
          class: 'toll-free-inbound',
          from: index % 20 === 1 ? 'anonymous' : other,
          to: '+18005550100',
          quantity: 6 * (1 + ((index * 31) % 97)),
          rate: RATES['toll-free-inbound'],
        };
      case 2:
        return {
          ...common,
          class: 'domestic-premium',
          to: '+17875550123',
          quantity: 60,
          rate: RATES['domestic-premium'],
        };
      case 3:
      case 4: {
        const rate = RATES.international[index % 3]!;
        return {
          ...common,
          class: 'international',
          to: `+${rate.prefix}5550${1000 + (index % 9000)}`,
          quantity: minutes,
          rate,
        };
      }
      case 5:
        return { ...common, class: 'message', quantity: 1 + (index % 3), rate: RATES.message };
      case 6:
        return { ...common, class: 'message', inbound: true, from: other, to: own, quantity: 1, rate: RATES.message };
      default:
        return { ...common, class: 'domestic', quantity: minutes, rate: RATES.domestic };
    }
  });
}

export const openUsage = (records: readonly RatedRecord[]): OpenUsage => ({
  month: MONTH,
  covered: 0,
  last: 1,
  before: {},
  records,
});

/** An invoice with so many calls and messages, as the product composes it, and their details. */
export function itemisedInvoice(
  count: number,
  sample: Sample = 'us',
  options: Parameters<typeof sampleInvoice>[1] = {},
): { readonly invoice: Invoice; readonly details: CallDetails } {
  const records = sampleRecords(count);
  const invoice = sampleInvoice(sample, { ...options, usage: [openUsage(records)] });
  return { invoice, details: itemise(invoice.lines, new Map([[MONTH, records]]), invoice.currency) };
}
