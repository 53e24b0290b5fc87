import type { Account } from '../account.ts';
import type { PlainDate } from '../calendar.ts';
import type { InvoiceId } from '../invoice.ts';
import { balanced, postings } from '../ledger.ts';
import { type Currency, sumOf } from '../money.ts';
import { byAge, isUnderWay, type Receivable } from '../receivable.ts';
import { type Adjustment, type Decided, lowered, raised } from './adjustment.ts';
import { type Credit, type CreditUse, creditEntryId, type PaymentKind } from './credit.ts';
import { AdjustmentRefused } from './refusals.ts';

/** Money that arrived at the bank, as finance reads it from the statement or the cheque. */
export interface ManualPayment {
  /** Names the payment for ever: booked twice under one id it counts once. */
  readonly paymentId: string;
  readonly kind: PaymentKind;
  /** The bank's or the payer's. */
  readonly reference: string;
  readonly valueDate: PlainDate;
  /** Minor units, more than 0. */
  readonly amount: number;
  readonly currency: Currency;
  /** What it pays; absent: the oldest invoices first. Without an amount as much of the invoice as is due and there is. */
  readonly invoices?: readonly { readonly invoiceId: InvoiceId; readonly amount?: number }[];
  /** Of the bank statement that it stands on. */
  readonly bankEntryId?: string;
  readonly fingerprint: string;
}

/** `skipped`: invoices that a charge is being made for; what they would have got is kept as credit. */
export interface BookedPayment {
  readonly adjustment: Adjustment;
  readonly credit: Credit;
  readonly skipped: readonly Receivable[];
}

/** One transaction holds a hundred writes. */
const MOST_INVOICES = 80;

/**
 * What a payment does: pays invoices, the oldest first unless told otherwise, and keeps as credit what nothing is due for.
 * An invoice that the processor may be charging right now gets nothing of it, so that no more than what is due is ever
 * collected. Booked as cash on the day it is entered; the value date stays with it. Throws `AdjustmentRefused`.
 */
export function bookPayment(
  account: Pick<Account, 'sellerId' | 'accountId' | 'currency'>,
  open: readonly Receivable[],
  payment: ManualPayment,
  decided: Decided,
): BookedPayment {
  if (payment.currency !== account.currency)
    throw new AdjustmentRefused('currency_mismatch', 'currency', account.currency);
  if (payment.valueDate > decided.today) throw new AdjustmentRefused('value_date_in_future', 'valueDate');
  const plan =
    payment.invoices === undefined ? oldestFirst(open, payment.amount) : asTold(open, payment.invoices, payment.amount);
  const uses = plan.uses.map(
    ({ receivable, amount }): CreditUse => ({
      invoiceId: receivable.invoiceId,
      amount,
      at: decided.now,
    }),
  );
  const used = sumOf(uses);
  const { sellerId, accountId, currency } = account;
  const { paymentId, kind, reference, valueDate, amount, fingerprint, bankEntryId } = payment;
  const credit: Credit = {
    ...{ sellerId, accountId, creditId: paymentId, currency, amount, remaining: amount - used, uses },
    source: { kind, reference, valueDate, ...(bankEntryId !== undefined && { bankEntryId }) },
    bookedAt: decided.now,
    by: decided.by,
    fingerprint,
    version: 1,
  };
  const entry = balanced({
    entryId: creditEntryId(paymentId),
    ...{ sellerId, accountId, currency, reference, by: decided.by },
    date: decided.today,
    recordedAt: decided.now,
    postings: postings(['cash', amount], ['receivable', -used], ['customer-credit', used - amount]),
  });
  const receivables = plan.uses.map(({ receivable, amount: part }) => lowered(receivable, part, decided.now));
  const claim = bankEntryId && { bankEntry: { entryId: bankEntryId, accountId, creditId: paymentId } };
  const adjustment = { sellerId, accountId, entry, receivables, credits: [credit], ...claim };
  return { adjustment, credit, skipped: plan.skipped };
}

interface Plan {
  readonly uses: readonly { readonly receivable: Receivable; readonly amount: number }[];
  readonly skipped: readonly Receivable[];
}

function oldestFirst(open: readonly Receivable[], amount: number): Plan {
  const owed = open.filter(({ due }) => due > 0).sort(byAge);
  const uses: Plan['uses'][number][] = [];
  let left = amount;
  for (const receivable of owed.filter((each) => !isUnderWay(each)).slice(0, MOST_INVOICES)) {
    if (left === 0) break;
    const part = Math.min(left, receivable.due);
    uses.push({ receivable, amount: part });
    left -= part;
  }
  return { uses, skipped: left > 0 ? owed.filter(isUnderWay) : [] };
}

function asTold(open: readonly Receivable[], invoices: NonNullable<ManualPayment['invoices']>, amount: number): Plan {
  const uses: Plan['uses'][number][] = [];
  let left = amount;
  for (const [index, told] of invoices.entries()) {
    const field = `invoices.${index}`;
    const receivable = open.find(({ invoiceId }) => invoiceId === told.invoiceId);
    if (receivable === undefined) throw new AdjustmentRefused('invoice_not_found', `${field}.invoiceId`);
    if (uses.some((use) => use.receivable === receivable))
      throw new AdjustmentRefused('invoice_repeated', `${field}.invoiceId`);
    if (isUnderWay(receivable)) throw new AdjustmentRefused('payment_under_way', `${field}.invoiceId`);
    const part = told.amount ?? Math.min(left, receivable.due);
    if (part > receivable.due)
      throw new AdjustmentRefused('amount_exceeds_due', `${field}.amount`, String(receivable.due));
    if (part > left) throw new AdjustmentRefused('amounts_exceed_payment', `${field}.amount`);
    if (part > 0) uses.push({ receivable, amount: part });
    left -= part;
  }
  return { uses, skipped: [] };
}

/**
 * Takes a payment back that was booked by mistake, or a cheque that bounced: every invoice that it paid is due again, as
 * if today were its due date, and what remained of it is gone. `receivables` are those that it paid. The entries stay;
 * another one undoes them. Throws `AdjustmentRefused`.
 */
export function reversePayment(
  credit: Credit,
  receivables: readonly Receivable[],
  reason: string,
  decided: Decided,
  timeZone: string,
): Adjustment {
  const { sellerId, accountId, creditId, currency, source, amount, remaining, uses } = credit;
  if (source.kind !== 'wire' && source.kind !== 'cheque') throw new AdjustmentRefused('not_a_payment', 'paymentId');
  if (credit.reversed) throw new AdjustmentRefused('already_reversed', 'paymentId');
  const next = receivables.map((receivable) => {
    const paid = sumOf(uses.filter(({ invoiceId }) => invoiceId === receivable.invoiceId));
    return raised(receivable, paid, decided.today, timeZone);
  });
  const entry = balanced({
    entryId: `reversal#${creditEntryId(creditId)}`,
    ...{ sellerId, accountId, currency, reason, by: decided.by, reference: source.reference },
    date: decided.today,
    recordedAt: decided.now,
    reverses: creditEntryId(creditId),
    postings: postings(['cash', -amount], ['receivable', amount - remaining], ['customer-credit', remaining]),
  });
  const reversed = { at: decided.now, by: decided.by, reason };
  const closed = { ...credit, remaining: 0, reversed, version: credit.version + 1 };
  const { bankEntryId } = source;
  const claim = bankEntryId && { bankEntry: { entryId: bankEntryId, accountId, creditId, released: true as const } };
  return { sellerId, accountId, entry, receivables: next, credits: [closed], ...claim };
}

/**
 * Pays an invoice from what the customer has to its credit, the oldest first; undefined where there is nothing to pay,
 * nothing to pay with, or a charge under way.
 */
export function payFromCredit(
  receivable: Receivable,
  credits: readonly Credit[],
  decided: Decided,
): Adjustment | undefined {
  if (receivable.due <= 0 || isUnderWay(receivable)) return undefined;
  const { sellerId, accountId, invoiceId, currency } = receivable;
  const next: Credit[] = [];
  let due = receivable.due;
  for (const credit of [...credits].sort((a, b) => (a.bookedAt < b.bookedAt ? -1 : 1))) {
    const part = Math.min(due, credit.remaining);
    if (part === 0 || next.length === MOST_INVOICES) continue;
    const uses = [...credit.uses, { invoiceId, amount: part, at: decided.now }];
    next.push({ ...credit, remaining: credit.remaining - part, uses, version: credit.version + 1 });
    due -= part;
  }
  const used = receivable.due - due;
  if (used === 0) return undefined;
  const entry = balanced({
    // The version moves with every write to the invoice, so that the entry is that of this one state of it.
    entryId: `credit-use#${invoiceId}#${receivable.version}`,
    ...{ sellerId, accountId, currency, by: decided.by },
    date: decided.today,
    recordedAt: decided.now,
    postings: postings(['customer-credit', used], ['receivable', -used]),
  });
  return { sellerId, accountId, entry, receivables: [lowered(receivable, used, decided.now)], credits: next };
}
