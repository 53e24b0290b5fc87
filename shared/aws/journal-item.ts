import { daysBetween, type PlainDate } from '../domain/calendar.ts';
import type { JournalEntry, SellerEntry } from '../domain/ledger.ts';
import { shardOf } from '../domain/run.ts';
import { journalKey, journalListPk, lateJournalListPk, sellerEntryKey } from './keys.ts';
import type { Item, ShardsOf } from './table.ts';

/** In UTC: a seller's own date differs from it by one at most. */
const LATE_FROM_DAYS = 2;

/** An entry with its place in the listing of a seller's day. */
export function journalItem(entry: JournalEntry, shardsOf: ShardsOf): Item {
  const { accountId, entryId } = entry;
  return { ...journalKey(accountId, entryId), ...entry, ...listing(entry, accountId, shardsOf) };
}

/** The same for an entry of the seller's own books; a day's are spread as those of customers are. */
export function sellerEntryItem(entry: SellerEntry, day: PlainDate, shardsOf: ShardsOf): Item {
  const { sellerId, entryId } = entry;
  return { ...sellerEntryKey(sellerId, day, entryId), ...entry, ...listing(entry, entryId, shardsOf) };
}

/** A day is closed three days later; what is recorded for it after that, such as a late run's invoices, is listed apart. */
function listing({ sellerId, entryId, date, recordedAt }: SellerEntry, spreadBy: string, shardsOf: ShardsOf) {
  const shard = shardOf(spreadBy, shardsOf(sellerId));
  const isLate = daysBetween(date, recordedAt.slice(0, 10)) >= LATE_FROM_DAYS;
  return isLate
    ? { listPk: lateJournalListPk(sellerId, shard), listSk: `${date}#${spreadBy}#${entryId}` }
    : { listPk: journalListPk(sellerId, date, shard), listSk: `${spreadBy}#${entryId}` };
}
