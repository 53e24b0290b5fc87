import type { PlainDate } from './calendar.ts';
import type { Receivable } from './receivable.ts';

/**
 * Invoices past their due date with something due, which what is contested in time is not, and that is not in the term
 * that a rejected dispute was given (R158). Where dunning began anew, its own date stands for the due date here, too. They stand in the way of more services and of leaving (R59, R66, R87), and,
 * where a seller wants it so, of services that come back (C8). `today` is the seller's.
 */
export function overdueInvoices(receivables: readonly Receivable[], today: PlainDate): Receivable[] {
  return receivables.filter(({ due, grace, dueDate, dunning: { since = dueDate } }) => {
    const spared = grace !== undefined && today <= grace.until ? grace.amount : 0;
    return since < today && due > spared;
  });
}

/** Whether nothing is overdue once some of an account's unpaid invoices are as `changed` has them. */
export function nothingOverdueAfter(
  unpaid: readonly Receivable[],
  changed: readonly Receivable[],
  today: PlainDate,
): boolean {
  const unchanged = unpaid.filter((each) => changed.every(({ invoiceId }) => invoiceId !== each.invoiceId));
  return overdueInvoices([...unchanged, ...changed], today).length === 0;
}
