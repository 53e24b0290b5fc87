import { addDays, daysBetween, type PlainDate } from '../calendar.ts';
import type { Invoice } from '../invoice.ts';
import { balanced, type JournalEntry, postings } from '../ledger.ts';
import { sumOf } from '../money.ts';
import { isUnderWay, type Receivable } from '../receivable.ts';
import { type Adjustment, type Decided, lowered, returned } from './adjustment.ts';
import { composeCreditNote, type DraftCreditNote } from './credit-note.ts';
import { type CreditWish, creditedParts } from './credit-note-parts.ts';
import type { Dispute } from './dispute.ts';
import { AdjustmentRefused } from './refusals.ts';

/** R133: within so many days of the invoice date, that day and the last one counted, in the seller's time zone (C15). */
const DISPUTE_DAYS = 15;
/** R158: what a rejected dispute leaves is payable within so many days. */
const DAYS_TO_PAY = 15;

export interface DisputeRequest {
  readonly disputeId: string;
  readonly wish: CreditWish;
  readonly reason: string;
  /** When the customer raised it: from the invoice date to today. */
  readonly receivedOn: PlainDate;
  readonly fingerprint: string;
}

/** An invoice as disputes see it: with what was credited of it and what is contested already. */
export interface Contested {
  readonly invoice: Invoice;
  readonly receivable: Receivable;
  readonly credited: readonly DraftCreditNote[];
  readonly disputes: readonly Dispute[];
}

type Change = { readonly dispute: Dispute; readonly adjustment: Adjustment };

/**
 * Opens a dispute: what is contested and still due leaves collection and dunning at once, and services that are off only
 * for that come back. Throws `AdjustmentRefused`: `date_in_future`, `date_before_invoice`, `dispute_too_late`,
 * `payment_under_way`, `disputed_already`, or what a wish can be wrong in.
 */
export function openDispute(of: Contested, request: DisputeRequest, decided: Decided): Change {
  const { invoice, receivable, credited, disputes } = of;
  const { receivedOn } = request;
  if (receivedOn > decided.today) throw new AdjustmentRefused('date_in_future', 'receivedOn');
  if (receivedOn < invoice.invoiceDate)
    throw new AdjustmentRefused('date_before_invoice', 'receivedOn', `the invoice is of ${invoice.invoiceDate}`);
  const days = daysBetween(invoice.invoiceDate, receivedOn);
  const lastDay = addDays(invoice.invoiceDate, DISPUTE_DAYS);
  if (days > DISPUTE_DAYS) throw new AdjustmentRefused('dispute_too_late', 'invoiceId', `until ${lastDay}`);
  if (isUnderWay(receivable)) throw new AdjustmentRefused('payment_under_way', 'invoiceId');
  const parts = creditedParts(invoice, credited, request.wish);
  const amount = sumOf(parts.lines) + sumOf(parts.taxes);
  if (amount <= 0) throw new AdjustmentRefused('nothing_to_credit', 'invoiceId');
  const contested = sumOf(disputes.filter(({ status }) => status === 'open'));
  const left = invoice.total - credited.reduce((total, note) => total + note.total, 0) - contested;
  if (amount > left)
    throw new AdjustmentRefused('disputed_already', 'amount', `${Math.max(0, left)} are not contested yet`);
  const withheld = Math.min(amount, Math.max(0, receivable.due));
  const { sellerId, accountId, invoiceId, currency } = receivable;
  const dispute: Dispute = {
    ...{ sellerId, accountId, invoiceId, currency, invoiceNumber: invoice.number, amount, withheld },
    ...request,
    openedAt: decided.now,
    openedBy: decided.by,
    status: 'open',
    version: 1,
  };
  const next =
    withheld === 0
      ? { ...receivable, version: receivable.version + 1 }
      : lowered({ ...receivable, disputed: (receivable.disputed ?? 0) + withheld }, withheld, decided.now);
  const entry = entryOf(dispute, 'dispute', withheld, request.reason, decided);
  return { dispute, adjustment: { sellerId, accountId, entry, receivables: [next], credits: [], disputes: [dispute] } };
}

/**
 * Rejects a dispute, or ends it because the customer withdraws: what was withheld is due again. After a rejection there are
 * fifteen days to pay it (R158), and no dunning of it before. Throws `AdjustmentRefused` (`dispute_closed`).
 */
export function endDispute(
  dispute: Dispute,
  receivable: Receivable,
  status: 'rejected' | 'withdrawn',
  reason: string,
  decided: Decided,
  timeZone: string,
): Change {
  const payBy = payByOf(receivable, status, decided.today);
  const next = closed(dispute, { status, reason }, { owed: dispute.withheld, payBy }, decided);
  const { sellerId, accountId } = dispute;
  const entry = {
    ...entryOf(dispute, `dispute-${status}`, -dispute.withheld, reason, decided),
    reverses: entryIdOf('dispute', dispute),
  };
  const receivables = [released(receivable, dispute.withheld, payBy, decided.today, timeZone)];
  return { dispute: next, adjustment: { sellerId, accountId, entry, receivables, credits: [], disputes: [next] } };
}

/**
 * Upholds a dispute, in full or for `amount` of it: a credit note, and what it does not credit of what was withheld is due
 * again as after a rejection. Throws `AdjustmentRefused`.
 */
export function upholdDispute(
  { invoice, receivable, credited }: Contested,
  dispute: Dispute,
  decision: { readonly reason: string; readonly amount?: number },
  decided: Decided,
  timeZone: string,
): Change & { readonly draft: DraftCreditNote } {
  refuseClosed(dispute);
  const { reason, amount = dispute.amount } = decision;
  if (amount > dispute.amount) throw new AdjustmentRefused('amount_exceeds_dispute', 'amount', String(dispute.amount));
  const wish = amount === dispute.amount ? dispute.wish : partOf(dispute.wish, amount);
  const { disputeId, withheld, fingerprint } = dispute;
  const { draft, adjustment } = composeCreditNote(
    invoice,
    receivable,
    credited,
    {
      ...{ creditNoteId: `dispute-${disputeId}`, reason: 'dispute-upheld', explanation: reason, wish, fingerprint },
      dispute: { disputeId, withheld },
    },
    decided,
  );
  const rest = withheld - draft.settles.disputed;
  const payBy = payByOf(receivable, 'rejected', decided.today);
  const next = closed(dispute, { status: 'upheld', reason, credited: draft.total }, { owed: rest, payBy }, decided);
  const entry = balanced({
    ...adjustment.entry,
    postings: [...adjustment.entry.postings, ...postings(['disputes', -rest], ['receivable', rest])],
  });
  const receivables = adjustment.receivables.map((after) => ({
    ...released(after, rest, payBy, decided.today, timeZone),
    version: after.version,
  }));
  return { dispute: next, draft, adjustment: { ...adjustment, entry, receivables, disputes: [next] } };
}

/** So much with tax of what is contested: of lines, these and no others. */
const partOf = (wish: CreditWish, amount: number): CreditWish =>
  wish.kind === 'lines' ? { ...wish, total: amount } : { kind: 'amount', amount };

const payByOf = ({ dueDate }: Receivable, status: 'rejected' | 'withdrawn', today: PlainDate): PlainDate => {
  const earliest = status === 'rejected' ? addDays(today, DAYS_TO_PAY) : today;
  return dueDate > earliest ? dueDate : earliest;
};

function closed(
  dispute: Dispute,
  { status, ...decision }: { status: Exclude<Dispute['status'], 'open'>; reason: string; credited?: number },
  { owed, payBy }: { readonly owed: number; readonly payBy: PlainDate },
  { now, by }: Decided,
): Dispute {
  refuseClosed(dispute);
  const made = { at: now, by, ...decision, ...(owed > 0 && { payBy }) };
  return { ...dispute, status, decision: made, version: dispute.version + 1 };
}

function refuseClosed({ status }: Dispute): void {
  if (status !== 'open') throw new AdjustmentRefused('dispute_closed', 'disputeId', status);
}

/** Contested no more, and due again. */
function released(
  receivable: Receivable,
  amount: number,
  payBy: PlainDate,
  today: PlainDate,
  timeZone: string,
): Receivable {
  const disputed = (receivable.disputed ?? 0) - amount;
  const { disputed: _contested, ...rest } = receivable;
  const next = { ...rest, ...(disputed > 0 && { disputed }) };
  return amount === 0 ? { ...next, version: next.version + 1 } : returned(next, amount, payBy, today, timeZone);
}

/** The same words may contest two invoices: a dispute is one of its invoice. */
const entryIdOf = (kind: string, { invoiceId, disputeId }: Dispute): string => `${kind}#${invoiceId}#${disputeId}`;

/** `withheld` from what is due to what is contested; negative: back. */
function entryOf(dispute: Dispute, kind: string, withheld: number, reason: string, decided: Decided): JournalEntry {
  const { sellerId, accountId, currency } = dispute;
  return balanced({
    ...{ entryId: entryIdOf(kind, dispute), sellerId, accountId, currency, reason, by: decided.by },
    date: decided.today,
    recordedAt: decided.now,
    postings: postings(['disputes', withheld], ['receivable', -withheld]),
  });
}
