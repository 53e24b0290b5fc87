import type { JournalEntry } from '../domain/ledger.ts';
import type { LedgerStore } from '../ports.ts';
import { journalListPk } from './keys.ts';
import { eachItem } from './pages.ts';
import { entity, type ShardsOf, type Table } from './table.ts';

/** A seller's books by day. */
export function createLedgerStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): LedgerStore {
  return {
    async *entriesOn(sellerId, date) {
      for (let shard = 0; shard < shardsOf(sellerId); shard++) {
        const items = eachItem(table, {
          index: 'listing',
          KeyConditionExpression: 'listPk = :pk',
          ExpressionAttributeValues: { ':pk': journalListPk(sellerId, date, shard) },
        });
        for await (const item of items) yield entity<JournalEntry>(item);
      }
    },
  };
}
