import type { PlainDate } from '../domain/calendar.ts';
import type { JournalEntry, SellerEntry } from '../domain/ledger.ts';
import { shardOf } from '../domain/run.ts';
import { journalKey, journalListPk, sellerEntryKey } from './keys.ts';
import type { Item, ShardsOf } from './table.ts';

/** An entry with its place in the listing of a seller's day. */
export function journalItem(entry: JournalEntry, shardsOf: ShardsOf): Item {
  const { sellerId, accountId, entryId, date } = entry;
  return {
    ...journalKey(accountId, entryId),
    ...entry,
    listPk: journalListPk(sellerId, date, shardOf(accountId, shardsOf(sellerId))),
    listSk: `${accountId}#${entryId}`,
  };
}

/** The same for an entry of the seller's own books; a day's are spread as those of customers are. */
export function sellerEntryItem(entry: SellerEntry, day: PlainDate, shardsOf: ShardsOf): Item {
  const { sellerId, entryId, date } = entry;
  return {
    ...sellerEntryKey(sellerId, day, entryId),
    ...entry,
    listPk: journalListPk(sellerId, date, shardOf(entryId, shardsOf(sellerId))),
    listSk: `#${entryId}`,
  };
}
