import type { Instant, PlainDate } from '../calendar.ts';
import type { DeliveryId } from '../delivery.ts';
import type { Invoice, InvoiceId } from '../invoice.ts';
import { balanced, type Posting, postings, taxAccount } from '../ledger.ts';
import { type Currency, sumOf } from '../money.ts';
import { isUnderWay, type Receivable } from '../receivable.ts';
import { type Adjustment, type Decided, lowered } from './adjustment.ts';
import type { Credit } from './credit.ts';
import { type CreditedLine, type CreditedTax, type CreditWish, creditedParts } from './credit-note-parts.ts';
import { AdjustmentRefused } from './refusals.ts';

/** The only grounds there are; goodwill is none (C26). */
export const CREDIT_REASONS = ['dispute-upheld', 'error-correction', 'removal'] as const;
export type CreditReason = (typeof CREDIT_REASONS)[number];

/** A credit note before it has a number. It refers to one invoice, which itself never changes. Amounts are positive. */
export interface DraftCreditNote {
  readonly sellerId: string;
  readonly accountId: string;
  /** Names it among those of its invoice for ever: issued twice under one id it is issued once. */
  readonly creditNoteId: string;
  readonly invoiceId: InvoiceId;
  readonly invoiceNumber: string;
  readonly invoiceDate: PlainDate;
  readonly reason: CreditReason;
  /** What was wrong, in words for the customer. */
  readonly explanation: string;
  readonly disputeId?: string;
  readonly date: PlainDate;
  readonly currency: Currency;
  /** Snapshots of the invoice's. */
  readonly seller: Invoice['seller'];
  readonly buyer: Invoice['buyer'];
  readonly language: Invoice['language'];
  readonly lines: readonly CreditedLine[];
  readonly taxes: readonly CreditedTax[];
  /** Lines + taxes = total, in minor units of `currency`. */
  readonly subtotal: number;
  readonly taxTotal: number;
  readonly total: number;
  /** What became of the total: less to pay, contested no more, a write-off less, or kept for later invoices. */
  readonly settles: {
    readonly due: number;
    readonly disputed: number;
    readonly writtenOff: number;
    readonly credit: number;
  };
  readonly by: string;
  readonly fingerprint: string;
}

/** An issued credit note: immutable. `NTIE-CN-202612A-000001`, gapless within its own series and month. */
export interface CreditNote extends DraftCreditNote {
  readonly number: string;
  readonly issuedAt: Instant;
}

/** Names a credit note among all of its account. */
export interface CreditNoteId {
  readonly invoiceId: InvoiceId;
  readonly creditNoteId: string;
}
const BETWEEN = '#';
/** As one text; `creditNoteIdOf` takes it apart again. */
export const creditNoteName = ({ invoiceId, creditNoteId }: CreditNoteId): string =>
  `${invoiceId}${BETWEEN}${creditNoteId}`;
/** What `creditNoteName` made one text of. */
export function creditNoteIdOf(name: string): CreditNoteId {
  const end = name.lastIndexOf(BETWEEN);
  return { invoiceId: name.slice(0, Math.max(0, end)), creditNoteId: name.slice(end + 1) };
}

/** The delivery that brings a credit note. */
export const creditNoteDelivery = (note: CreditNoteId & { readonly accountId: string }): DeliveryId => ({
  ...{ accountId: note.accountId, about: creditNoteName(note), document: 'credit-note', occurrence: 1 },
});

export interface CreditNoteRequest {
  readonly creditNoteId: string;
  readonly reason: CreditReason;
  readonly explanation: string;
  readonly wish: CreditWish;
  /** The dispute that it decides, and how much of what is contested it takes off. */
  readonly dispute?: { readonly disputeId: string; readonly withheld: number };
  readonly fingerprint: string;
}

/**
 * Composes a credit note on what earlier ones left of an invoice, and what it does to the books: revenue and each tax
 * less, against what is still due; what was paid already is kept as credit. What a charge may be taking at this moment
 * counts as paid. Throws `AdjustmentRefused`: `contested`, `nothing_to_credit`, or what a wish can be wrong in.
 */
export function composeCreditNote(
  invoice: Invoice,
  receivable: Receivable,
  earlier: readonly DraftCreditNote[],
  request: CreditNoteRequest,
  decided: Decided,
): { readonly draft: DraftCreditNote; readonly adjustment: Adjustment } {
  const { lines, taxes } = creditedParts(invoice, earlier, request.wish);
  const [subtotal, taxTotal] = [sumOf(lines), sumOf(taxes)];
  const total = subtotal + taxTotal;
  if (total <= 0) throw new AdjustmentRefused('nothing_to_credit', 'invoiceId');
  const withheld = request.dispute?.withheld ?? 0;
  const contested = (receivable.disputed ?? 0) - withheld;
  if (contested > 0) refuseContested(invoice, earlier, contested, { total, wish: request.wish });
  const settles = settled(total, receivable, withheld);
  const { sellerId, accountId, invoiceId, currency } = receivable;
  const { creditNoteId, reason, explanation, dispute, fingerprint } = request;
  const draft: DraftCreditNote = {
    ...{ sellerId, accountId, creditNoteId, invoiceId, reason, explanation, currency, fingerprint },
    invoiceNumber: invoice.number,
    invoiceDate: invoice.invoiceDate,
    ...(dispute && { disputeId: dispute.disputeId }),
    date: decided.today,
    seller: invoice.seller,
    buyer: invoice.buyer,
    language: invoice.language,
    ...{ lines, taxes, subtotal, taxTotal, total, settles },
    by: decided.by,
  };
  const credits = settles.credit === 0 ? [] : [kept(draft, decided)];
  const adjustment = { sellerId, accountId, entry: entryOf(draft, decided), credits };
  return { draft, adjustment: { ...adjustment, receivables: [credited(receivable, settles, decided.now)] } };
}

/** Nobody has paid what is contested: crediting it beside its dispute would be a present. */
function refuseContested(
  { total: charged }: Invoice,
  earlier: readonly DraftCreditNote[],
  contested: number,
  { total, wish }: { readonly total: number; readonly wish: CreditWish },
): void {
  const most = charged - earlier.reduce((sum, note) => sum + note.total, 0) - contested;
  const field = wish.kind === 'lines' ? 'lines' : 'amount';
  if (total > most) throw new AdjustmentRefused('contested', field, `${Math.max(0, most)} are not contested`);
}

/** First what it was asked for, then what is due, then what was given up; only the rest was paid. */
function settled(total: number, receivable: Receivable, withheld: number): DraftCreditNote['settles'] {
  const disputed = Math.min(total, withheld);
  const due = isUnderWay(receivable) ? 0 : Math.min(total - disputed, Math.max(0, receivable.due));
  const writtenOff = Math.min(total - disputed - due, receivable.writtenOff ?? 0);
  return { disputed, due, writtenOff, credit: total - disputed - due - writtenOff };
}

/** Written even where nothing changes but its version, so that of two credit notes at once one is composed anew. */
function credited(receivable: Receivable, settles: DraftCreditNote['settles'], now: Instant): Receivable {
  const disputed = (receivable.disputed ?? 0) - settles.disputed;
  const writtenOff = (receivable.writtenOff ?? 0) - settles.writtenOff;
  const { disputed: _contested, writtenOff: _given, ...rest } = receivable;
  const next = { ...rest, ...(disputed > 0 && { disputed }), ...(writtenOff > 0 && { writtenOff }) };
  if (settles.due === 0 && settles.disputed === 0) return { ...next, version: receivable.version + 1 };
  return lowered(next, settles.due, now);
}

function entryOf({ invoiceId, creditNoteId, taxes, subtotal, settles, ...draft }: DraftCreditNote, decided: Decided) {
  const { sellerId, accountId, currency, date, by, explanation: reason } = draft;
  return balanced({
    entryId: `credit-note#${creditNoteName({ invoiceId, creditNoteId })}`,
    ...{ sellerId, accountId, date, currency, by, reason },
    recordedAt: decided.now,
    postings: [
      ...postings(['revenue', subtotal]),
      ...taxes.flatMap((tax): Posting[] => postings([taxAccount(tax), tax.amount])),
      ...postings(
        ['disputes', -settles.disputed],
        ['receivable', -settles.due],
        ['write-offs', -settles.writtenOff],
        ['customer-credit', -settles.credit],
      ),
    ],
  });
}

const kept = (draft: DraftCreditNote, decided: Decided): Credit => ({
  sellerId: draft.sellerId,
  accountId: draft.accountId,
  creditId: `note-${draft.invoiceId.replace('#', '-')}-${draft.creditNoteId}`,
  source: { kind: 'credit-note', creditNoteId: draft.creditNoteId, invoiceId: draft.invoiceId },
  currency: draft.currency,
  amount: draft.settles.credit,
  remaining: draft.settles.credit,
  uses: [],
  bookedAt: decided.now,
  by: decided.by,
  version: 1,
});
