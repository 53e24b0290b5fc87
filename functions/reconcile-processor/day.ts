import { inParallel } from '../../shared/aws/concurrency.ts';
import { entriesOf, suspenseEntryId } from '../../shared/domain/books/processor-entries.ts';
import type { ProcessorTransaction } from '../../shared/domain/books/processor-transaction.ts';
import { ofEntry, ofTransaction, type ReconciledItem, reconcile } from '../../shared/domain/books/reconcile.ts';
import { type ReconciliationReport, reportOf } from '../../shared/domain/books/reconciliation.ts';
import { addDays, type Instant, type PlainDate } from '../../shared/domain/calendar.ts';
import { type DayTotals, movedOn, type SellerEntry, TrialBalance } from '../../shared/domain/ledger.ts';
import type { BookEntry, LedgerStore } from '../../shared/ports.ts';

const WRITES_AT_ONCE = 8;

interface Day {
  readonly sellerId: string;
  readonly date: PlainDate;
  /** What the day before left open. */
  readonly opening: readonly ReconciledItem[];
  readonly transactions: readonly ProcessorTransaction[];
  readonly now: Instant;
}

/**
 * Books what the processor did on its own that day, compares its word with the books, and adds the day up. Safe to repeat:
 * what is booked has the identity of the processor's transaction.
 */
export async function reconciledDay(
  store: LedgerStore,
  { sellerId, date, opening, transactions, now }: Day,
): Promise<{ report: ReconciliationReport; totals: DayTotals }> {
  const own = transactions.flatMap((each) => entriesOf(each, { sellerId, date, recordedAt: now }));
  await inParallel(own, WRITES_AT_ONCE, async (entry) => void (await store.bookSellerEntry(entry, date)));
  const { items: booked, totals } = await booksOf(store, sellerId, date, own);
  const moved = transactions.filter(isOfCustomers).map((each) => ofTransaction(each, date));
  const accepted = await acceptedOf(store, sellerId, opening);
  const day = { date, opening, items: [...moved, ...booked], accepted, later: [] };
  const alone = reconcile(day);
  const result =
    alone.open.length === 0 ? alone : reconcile({ ...day, later: await laterOf(store, sellerId, date, alone.open) });
  return { report: reportOf({ sellerId, at: now }, day, result, transactions), totals };
}

/** Fees and payouts are booked from the processor's word: there is nothing to compare. */
const isOfCustomers = ({ kind, amount }: ProcessorTransaction): boolean =>
  kind !== 'fee' && kind !== 'payout' && amount !== 0;

/**
 * What customers' books say that the processor moved, and what all books of the day come to. The listing may not show yet
 * what was booked a moment ago: `own` is counted from memory.
 */
async function booksOf(store: LedgerStore, sellerId: string, date: PlainDate, own: readonly SellerEntry[]) {
  const just = new Set(own.map(({ entryId }) => entryId));
  const trial = new TrialBalance();
  const items: ReconciledItem[] = [];
  for (const entry of own) trial.add(entry);
  for await (const entry of store.entriesOn(sellerId, date)) {
    if (entry.accountId === undefined && just.has(entry.entryId)) continue;
    trial.add(entry);
    items.push(...asItem(entry));
  }
  return { items, totals: { entries: trial.entries, accounts: trial.accounts } };
}

/** Only what a customer's entry moved at the processor. */
function asItem(entry: BookEntry): ReconciledItem[] {
  const { accountId, entryId, date, currency, reference } = entry;
  const amount = movedOn(entry, 'processor-clearing');
  if (accountId === undefined || amount === 0) return [];
  return [ofEntry({ entryId, accountId, date, amount, currency, ...(reference && { reference }) })];
}

/** What the next day's books say by now of the payments that are open. */
async function laterOf(store: LedgerStore, sellerId: string, date: PlainDate, open: readonly ReconciledItem[]) {
  const payments = new Set(open.map(({ payment }) => payment));
  const found: ReconciledItem[] = [];
  for await (const entry of store.entriesOn(sellerId, addDays(date, 1)))
    found.push(...asItem(entry).filter(({ payment }) => payments.has(payment)));
  return found;
}

async function acceptedOf(store: LedgerStore, sellerId: string, opening: readonly ReconciledItem[]) {
  const accepted = new Set<string>();
  await inParallel(opening, WRITES_AT_ONCE, async ({ itemId, date }) => {
    if (await store.sellerEntry(sellerId, date, suspenseEntryId(itemId))) accepted.add(itemId);
  });
  return accepted;
}
