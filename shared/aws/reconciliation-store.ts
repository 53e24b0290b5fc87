import type { Reconciliation } from '../domain/books/reconciliation.ts';
import type { ReconciliationStore } from '../ports.ts';
import { reconciliationKey } from './keys.ts';
import { queryPage } from './pages.ts';
import { entity, put, read, type Table } from './table.ts';

/** Which days of a seller were reconciled, and how they came out. */
export function createReconciliationStore({ table }: { table: Table }): ReconciliationStore {
  return {
    async recordReconciliation(reconciliation) {
      const Item = { ...reconciliationKey(reconciliation.sellerId, reconciliation.date), ...reconciliation };
      const result = await put(table, { Item, ConditionExpression: 'attribute_not_exists(pk)' });
      return result.written ? 'written' : 'already-done';
    },

    reconciliation: (sellerId, date) => read<Reconciliation>(table, reconciliationKey(sellerId, date)),

    async reconciliationsOf(sellerId, limit, cursor) {
      const query = {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': reconciliationKey(sellerId, '').pk },
        ScanIndexForward: false,
        ConsistentRead: true,
      } as const;
      const page = await queryPage(table, query, limit, cursor);
      return { ...page, items: page.items.map((item) => entity<Reconciliation>(item)) };
    },
  };
}
