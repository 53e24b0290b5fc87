import { type BillChange, billChange } from './bill-change.ts';
import type { PlainDate } from './calendar.ts';
import type { BillingDecision, Invoice } from './invoice.ts';
import type { Currency } from './money.ts';

/** What the run of a date would make of one account, beside the invoice that it had last. Amounts are minor units. */
export interface Preview {
  readonly accountId: string;
  readonly billingDate: PlainDate;
  readonly outcome: BillingDecision['outcome'];
  /** Why there would be no invoice, for people; held: with its code for machines. */
  readonly code?: string;
  readonly reason?: string;
  readonly currency: Currency;
  /** 0 unless there would be an invoice. */
  readonly total: number;
  readonly lastTotal?: number;
  /** Against the last invoice; against nothing where there was none. */
  readonly difference: number;
  readonly changes: BillChange['parts'];
}

/** Nothing is decided here: `decision` is what `composeInvoice` made of the account, the same function that a run calls. */
export function previewOf(
  account: { readonly accountId: string; readonly nextBillingDate: PlainDate; readonly currency: Currency },
  decision: BillingDecision,
  last?: Invoice,
): Preview {
  const { accountId, nextBillingDate: billingDate, currency } = account;
  const { total, difference, parts } = billChange(
    decision.outcome === 'invoice' ? decision.draft : { lines: [], taxes: [], total: 0, currency },
    last,
  );
  return {
    accountId,
    billingDate,
    outcome: decision.outcome,
    ...(decision.outcome === 'held' ? { code: decision.code } : {}),
    ...(decision.outcome === 'invoice' ? {} : { reason: decision.reason }),
    currency,
    total,
    ...(last === undefined ? {} : { lastTotal: last.total }),
    difference,
    changes: parts,
  };
}
