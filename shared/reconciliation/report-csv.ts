import { stringify } from 'csv-stringify/sync';
import type { ReconciledItem } from '../domain/books/reconcile.ts';
import { ADVICE, type ReconciliationReport } from '../domain/books/reconciliation.ts';
import { currencyFrom, decimalText } from '../domain/money.ts';

const COLUMNS = [
  'status',
  'since',
  'amount',
  'currency',
  'side',
  'account',
  'invoice',
  'payment',
  'item',
  'what to do',
] as const;

/**
 * A day's differences, and what was explained otherwise than by the same day, for a spreadsheet. Amounts in major units, with
 * the decimals of their currency.
 */
export function reportCsv({ open, notes }: Pick<ReconciliationReport, 'open' | 'notes'>): string {
  return stringify([
    COLUMNS,
    ...open.map((each) => row(each.status, each, ADVICE[each.status])),
    ...notes.map((each) => row(each.explanation, each, '')),
  ]);
}

const row = (status: string, item: ReconciledItem, advice: string): string[] => {
  const { invoice } = item.transaction ?? {};
  const account = item.entry?.accountId ?? invoice?.accountId ?? '';
  const { date, amount, currency, side, payment, itemId } = item;
  return [
    status,
    date,
    decimal(amount, currency),
    currency,
    side,
    account,
    invoice?.invoiceId ?? '',
    payment,
    itemId,
    advice,
  ];
};

/** The processor may hold currencies that are not billed in, whose decimals are not known here: no number is better than a wrong one. */
function decimal(minor: number, code: string): string {
  const currency = currencyFrom(code);
  return currency === undefined ? `${minor} minor units` : decimalText(minor, currency);
}
