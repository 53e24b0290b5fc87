import { stringify } from 'csv-stringify/sync';
import type { ReconciledItem } from '../domain/books/reconcile.ts';
import { ADVICE, type ReconciliationReport } from '../domain/books/reconciliation.ts';

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

/** A day's differences, and what was explained otherwise than by the same day, for a spreadsheet. Amounts in major units. */
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
  return [status, date, decimal(amount), currency, side, account, invoice?.invoiceId ?? '', payment, itemId, advice];
};

/** Every currency that we bill in has two decimals. */
function decimal(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
