import type { JournalEntry } from '../domain/ledger.ts';
import { shardOf } from '../domain/run.ts';
import { journalKey, journalListPk } from './keys.ts';
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
