import { expect, it } from 'vitest';
import { type BillingHistory, historyAfter, historyFor } from '../../shared/domain/billing-history.ts';

const of = (month: string, total: number) =>
  ({ kind: 'cycle', invoiceId: `${month}#cycle`, month, invoiceDate: `${month}-01`, total }) as const;
const months = (history: BillingHistory | undefined) => history?.invoices.map(({ month }) => month);

it('keeps half a year of invoices, and an invoice shows the five before it', () => {
  let history: BillingHistory | undefined;
  for (let month = 1; month <= 8; month++) history = historyAfter(history, of(`2026-0${month}`, 100), 0);
  expect(months(history)).toEqual(['2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08']);
  expect(months(historyFor(history!))).toEqual(['2026-04', '2026-05', '2026-06', '2026-07', '2026-08']);
});

it('knows what was owed right after an invoice: what was unpaid before, and the invoice', () => {
  expect(historyAfter(undefined, of('2026-01', 738), 100)?.owed).toBe(838);
});

it('adds a purchase to what is owed, but not to the months', () => {
  const before = historyAfter(undefined, of('2026-01', 738), 0);
  const purchase = {
    kind: 'purchase',
    invoiceId: '2026-01-15#purchase-1',
    month: '2026-01',
    invoiceDate: '2026-01-15',
    total: 50,
  } as const;
  const after = historyAfter(before, purchase, 738);
  expect({ owed: after?.owed, months: months(after) }).toEqual({ owed: 788, months: ['2026-01'] });
  expect(historyAfter(undefined, purchase, 0)).toBeUndefined();
});
