import type { Instant, PlainDate } from '../calendar.ts';
import { balanced, postings, type SellerEntry } from '../ledger.ts';
import { CURRENCIES, type Currency } from '../money.ts';
import type { Decided } from './adjustment.ts';
import type { ProcessorTransaction } from './processor-transaction.ts';
import type { ReconciledItem } from './reconcile.ts';

/** Whose books an entry is in, and when. */
interface Place {
  readonly sellerId: string;
  readonly date: PlainDate;
  readonly recordedAt: Instant;
}

/**
 * What the processor did on its own, as entries of the seller's books: its fees, and what it paid out to the bank account.
 * The identity of each is the transaction's, so that it is booked once. What customers paid is in their own books.
 */
export function entriesOf(transaction: ProcessorTransaction, place: Place): SellerEntry[] {
  const { transactionId, kind, amount, fee, currency } = transaction;
  const known = CURRENCIES.find((each) => each === currency);
  if (!known) return [];
  const taken = kind === 'fee' ? fee - amount : fee;
  const paidOut = kind === 'payout' ? -amount : 0;
  const made = { ...place, currency: known, reference: transactionId };
  return [
    ...(taken === 0 ? [] : [entry(made, `fee#${transactionId}`, ['fees', taken])]),
    ...(paidOut === 0 ? [] : [entry(made, `payout#${transactionId}`, ['cash', paidOut])]),
  ];
}

/** The other side of each is what the processor holds for us. */
const entry = (
  made: Place & { currency: Currency; reference: string },
  entryId: string,
  [account, amount]: readonly ['fees' | 'cash', number],
): SellerEntry =>
  balanced({ ...made, entryId, postings: postings([account, amount], ['processor-clearing', 0 - amount]) });

/** What a difference of the books is called once finance has accepted it. */
export const suspenseEntryId = (itemId: string): string => `suspense#${itemId}`;

/**
 * Finance accepts a difference as it is: the books follow the processor, against suspense. Undefined in a currency that
 * nobody bills in, of which there are no books.
 */
export function suspenseEntry(
  { itemId, side, amount, currency, payment }: ReconciledItem,
  sellerId: string,
  reason: string,
  decided: Decided,
): SellerEntry | undefined {
  const known = CURRENCIES.find((each) => each === currency);
  if (!known) return undefined;
  const moved = side === 'processor' ? amount : 0 - amount;
  return balanced({
    entryId: suspenseEntryId(itemId),
    ...{ sellerId, reason, by: decided.by, reference: payment },
    date: decided.today,
    recordedAt: decided.now,
    currency: known,
    postings: postings(['processor-clearing', moved], ['suspense', 0 - moved]),
  });
}
