import { inParallel } from '../../shared/aws/concurrency.ts';
import { entriesOf, suspenseEntryId } from '../../shared/domain/books/processor-entries.ts';
import type { ProcessorTransaction } from '../../shared/domain/books/processor-transaction.ts';
import { ofEntry, ofTransaction, type ReconciledItem, reconcile } from '../../shared/domain/books/reconcile.ts';
import { type ReconciliationReport, reportOf } from '../../shared/domain/books/reconciliation.ts';
import { addDays, type Instant, type PlainDate } from '../../shared/domain/calendar.ts';
import { type DayTotals, movedOn, TrialBalance } from '../../shared/domain/ledger.ts';
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
 * Books what the processor did on its own that day, and compares its word with the books. Safe to repeat: what is booked
 * has the identity of the processor's transaction.
 */
export async function reconciledDay(
  store: LedgerStore,
  { sellerId, date, opening, transactions, now }: Day,
): Promise<ReconciliationReport> {
  const own = transactions.flatMap((each) => entriesOf(each, { sellerId, date, recordedAt: now }));
  await inParallel(own, WRITES_AT_ONCE, async (entry) => void (await store.bookSellerEntry(entry, date)));
  const booked = await bookedOn(store, sellerId, date);
  const moved = transactions.filter(isOfCustomers).map((each) => ofTransaction(each, date));
  const accepted = await acceptedOf(store, sellerId, opening);
  const day = { date, opening, items: [...moved, ...booked], accepted, later: [] };
  const alone = reconcile(day);
  const result =
    alone.open.length === 0 ? alone : reconcile({ ...day, later: await laterOf(store, sellerId, date, alone.open) });
  return reportOf({ sellerId, at: now }, day, result, transactions);
}

/** Fees and payouts are booked from the processor's word: there is nothing to compare. */
const isOfCustomers = ({ kind, amount }: ProcessorTransaction): boolean =>
  kind !== 'fee' && kind !== 'payout' && amount !== 0;

/** What customers' books say that the processor moved. */
async function bookedOn(store: LedgerStore, sellerId: string, date: PlainDate): Promise<ReconciledItem[]> {
  const items: ReconciledItem[] = [];
  for await (const entry of store.entriesOn(sellerId, date)) items.push(...asItem(entry));
  return items;
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
  const next = await bookedOn(store, sellerId, addDays(date, 1));
  return next.filter(({ payment }) => payments.has(payment));
}

/** Adds up a day to which nothing is added any more. */
export async function totalsOf(store: LedgerStore, sellerId: string, date: PlainDate): Promise<DayTotals> {
  const trial = new TrialBalance();
  for await (const entry of store.entriesOn(sellerId, date)) trial.add(entry);
  return { entries: trial.entries, accounts: trial.accounts };
}

async function acceptedOf(store: LedgerStore, sellerId: string, opening: readonly ReconciledItem[]) {
  const accepted = new Set<string>();
  await inParallel(opening, WRITES_AT_ONCE, async ({ itemId, date }) => {
    if (await store.sellerEntry(sellerId, date, suspenseEntryId(itemId))) accepted.add(itemId);
  });
  return accepted;
}
