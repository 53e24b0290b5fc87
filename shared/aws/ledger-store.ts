import type { DayTotals, SellerEntry } from '../domain/ledger.ts';
import type { BookEntry, LedgerStore } from '../ports.ts';
import { sellerEntryItem } from './journal-item.ts';
import { dayTotalsKey, journalListPk, lateJournalListPk, sellerEntryKey } from './keys.ts';
import { eachItem, queryAll } from './pages.ts';
import { entity, put, read, type ShardsOf, type Table } from './table.ts';

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
        for await (const item of items) yield entity<BookEntry>(item);
      }
    },

    async *lateEntries(sellerId, from, to) {
      for (let shard = 0; shard < shardsOf(sellerId); shard++) {
        const items = eachItem(table, {
          index: 'listing',
          KeyConditionExpression: 'listPk = :pk AND listSk BETWEEN :from AND :to',
          // `$` follows `#`.
          ExpressionAttributeValues: { ':pk': lateJournalListPk(sellerId, shard), ':from': from, ':to': `${to}$` },
        });
        for await (const item of items) yield entity<BookEntry>(item);
      }
    },

    async closeDay(sellerId, date, totals) {
      const Item = { ...dayTotalsKey(sellerId, date), ...totals };
      const result = await put(table, { Item, ConditionExpression: 'attribute_not_exists(pk)' });
      return result.written ? 'written' : 'already-done';
    },

    async closedDays(sellerId, from, to) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': dayTotalsKey(sellerId, from).pk, ':from': from, ':to': to },
      });
      return new Map(items.map((item) => [String(item.sk), entity<DayTotals>(item)]));
    },

    async bookSellerEntry(entry, day) {
      const Item = sellerEntryItem(entry, day, shardsOf);
      const result = await put(table, { Item, ConditionExpression: 'attribute_not_exists(pk)' });
      return result.written ? 'written' : 'already-done';
    },

    sellerEntry: (sellerId, day, entryId) => read<SellerEntry>(table, sellerEntryKey(sellerId, day, entryId)),
  };
}
