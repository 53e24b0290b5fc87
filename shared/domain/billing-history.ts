import type { Month, PlainDate } from './calendar.ts';

/**
 * What came before an invoice, as printed beside it: the account keeps it up to date, and the invoice takes a copy when it is
 * issued. Amounts are minor units of the account's currency.
 */
export interface BillingHistory {
  /** The invoices of the last billing cycles, oldest first. */
  readonly invoices: readonly {
    readonly invoiceId: string;
    readonly month: Month;
    readonly invoiceDate: PlainDate;
    readonly total: number;
  }[];
  /**
   * Owed right after the last of them, with all that was bought since. What the balance is less by when the next one is
   * issued was paid, credited or is contested.
   */
  readonly owed: number;
}

/** Half a year with the invoice itself. */
const KEPT = 6;

type Issued = BillingHistory['invoices'][number] & { readonly kind: 'cycle' | 'purchase' };

/** The history once an invoice was issued on a balance. A purchase is owed, but is no month of its own. */
export function historyAfter(
  before: BillingHistory | undefined,
  { kind, invoiceId, month, invoiceDate, total }: Issued,
  balance: number,
): BillingHistory | undefined {
  if (kind === 'purchase') return before && { ...before, owed: before.owed + total };
  return {
    invoices: [...(before?.invoices ?? []), { invoiceId, month, invoiceDate, total }].slice(-KEPT),
    owed: balance + total,
  };
}

/** What of the history stands on the next invoice. */
export const historyFor = ({ invoices, owed }: BillingHistory): BillingHistory => ({
  invoices: invoices.slice(1 - KEPT),
  owed,
});
