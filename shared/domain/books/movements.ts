import { BillingError } from '../errors.ts';
import type { InvoiceId } from '../invoice.ts';
import { type JournalEntry, movedOn } from '../ledger.ts';
import { sumOf } from '../money.ts';
import type { Credit } from './credit.ts';

/**
 * What an entry of the books is to the customer. `charge`: the processor took it from a card or account · `payment`: a wire
 * or cheque · `return`: a charge came back · `reversal`: a wire or cheque was taken back.
 */
export const MOVEMENT_KINDS = [
  'invoice',
  'charge',
  'payment',
  'credit-use',
  'credit-note',
  'return',
  'reversal',
  'dispute',
  'dispute-ended',
  'write-off',
  'write-off-reversal',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** Minor units by which an entry moved what is to be paid of one invoice; negative: less. */
export interface MovementPart {
  readonly invoiceId: InvoiceId;
  readonly amount: number;
}

/** An entry of a customer's books, and which invoices it is about. Amounts are minor units of the entry's currency. */
export interface Movement {
  readonly entry: JournalEntry;
  readonly kind: MovementKind;
  /** By which the customer must pay more (positive) or less: the sum of `parts`. */
  readonly amount: number;
  /** By which it has more to its credit. */
  readonly credit: number;
  /** By which more is contested. */
  readonly contested: number;
  readonly parts: readonly MovementPart[];
}

/** What payments paid stands with them. */
type Credits = readonly Pick<Credit, 'creditId' | 'uses'>[];

/**
 * An account's journal as the customer understands it, in the order of its books: by date, and within a day as it was
 * recorded. Throws `unknown_entry` for an entry that it cannot assign to invoices: a statement with a gap is none.
 */
export function movementsOf(journal: readonly JournalEntry[], credits: Credits): Movement[] {
  return journal.toSorted(byDate).map((entry) => {
    const { kind, parts } = readEntry(entry, credits);
    const [amount, credit, contested] = (['receivable', 'customer-credit', 'disputes'] as const).map((of) =>
      movedOn(entry, of),
    ) as [number, number, number];
    if (sumOf(parts) !== amount) throw unknownEntry(entry);
    return { entry, kind, amount, credit: 0 - credit, contested, parts: parts.filter((part) => part.amount !== 0) };
  });
}

/** The books' date first; what was recorded later comes later within a day, and an invoice before what pays it at once. */
function byDate(a: JournalEntry, b: JournalEntry): number {
  const [one, other] = [a, b].map(({ date, recordedAt, entryId }) => {
    const rank = entryId.startsWith('invoice#') ? 0 : 1;
    return `${date} ${recordedAt} ${rank} ${entryId}`;
  });
  return one! < other! ? -1 : 1;
}

type Read = Pick<Movement, 'kind' | 'parts'>;

/** An entry's id says what it is, and of what: `payment#2026-12#cycle#001`, `credit#payment-1`. */
function readEntry(entry: JournalEntry, credits: Credits): Read {
  const { entryId } = entry;
  const [first = '', ...rest] = entryId.split('#');
  const moved = movedOn(entry, 'receivable');
  const all = (kind: MovementKind, invoiceId: InvoiceId): Read => ({ kind, parts: [{ invoiceId, amount: moved }] });
  /** Of ids that end in an attempt, a version, or a name of the invoice's own. */
  const invoiceId = rest.slice(0, -1).join('#');
  const uses = (creditId: string | undefined) => credits.find((credit) => credit.creditId === creditId)?.uses ?? [];
  switch (first) {
    case 'invoice':
      return all('invoice', rest.join('#'));
    case 'payment':
      return all('charge', invoiceId);
    case 'credit-note':
    case 'credit-use':
    case 'dispute':
    case 'return':
    case 'write-off':
    case 'write-off-reversal':
      return all(first, invoiceId);
    case 'dispute-rejected':
    case 'dispute-withdrawn':
      return all('dispute-ended', invoiceId);
    case 'credit':
      return { kind: 'payment', parts: firstUses(uses(rest[0]), 0 - moved) };
    case 'reversal':
      return { kind: 'reversal', parts: uses(rest[1]).map(({ invoiceId, amount }) => ({ invoiceId, amount })) };
    default:
      throw unknownEntry(entry);
  }
}

/** What a payment paid when it was booked; its later uses have entries of their own. */
function firstUses(uses: Credit['uses'], total: number): MovementPart[] {
  const parts: MovementPart[] = [];
  let left = total;
  for (const { invoiceId, amount } of uses) {
    if (left === 0) break;
    parts.push({ invoiceId, amount: -amount });
    left -= amount;
  }
  return parts;
}

const unknownEntry = ({ entryId }: JournalEntry) => new BillingError('unknown_entry', entryId);
