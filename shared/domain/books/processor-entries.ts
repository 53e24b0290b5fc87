import type { Instant, PlainDate } from '../calendar.ts';
import { balanced, postings, type SellerEntry } from '../ledger.ts';
import { type Currency, currencyFrom } from '../money.ts';
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
 * What the processor did on its own, as entries of the seller's books: its fees, what it converted into another currency, and
 * what it paid out to the bank account. The identity of each is the transaction's, so that it is booked once. What customers
 * paid is in their own books, and there are none of a currency that nobody bills in.
 */
export function entriesOf(transaction: ProcessorTransaction, place: Place): SellerEntry[] {
  const { transactionId, kind, amount, currency, held } = transaction;
  const [from, to] = [currencyFrom(currency), currencyFrom(held?.currency ?? currency)];
  const taken = feeOf(transaction);
  const paidOut = kind === 'payout' ? -amount : 0;
  const book = (name: string, of: Currency | undefined, account: Own, moved: number): SellerEntry[] =>
    of === undefined || moved === 0
      ? []
      : [entry({ ...place, currency: of, reference: transactionId }, name, account, moved)];
  return [
    ...book(`fee#${transactionId}`, to, 'fees', taken),
    ...book(`payout#${transactionId}`, from, 'cash', paidOut),
    ...(held
      ? [
          ...book(`conversion-from#${transactionId}`, from, 'exchange', amount),
          ...book(`conversion-to#${transactionId}`, to, 'exchange', 0 - held.amount),
        ]
      : []),
  ];
}
type Own = 'fees' | 'cash' | 'exchange';

/** What the processor took, in the currency it holds. */
export const feeOf = ({ kind, amount, fee }: Pick<ProcessorTransaction, 'kind' | 'amount' | 'fee'>): number =>
  kind === 'fee' ? fee - amount : fee;

/** The other side of each is what the processor holds for us. */
const entry = (
  made: Place & { currency: Currency; reference: string },
  entryId: string,
  account: Own,
  amount: number,
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
  const known = currencyFrom(currency);
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
