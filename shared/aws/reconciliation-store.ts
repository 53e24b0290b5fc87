import type { Reconciliation } from '../domain/books/reconciliation.ts';
import type { ReconciliationStore } from '../ports.ts';
import { dayTotalsKey, reconciliationKey } from './keys.ts';
import { queryPage } from './pages.ts';
import { entity, read, type Table, transact } from './table.ts';

/** Which days of a seller were reconciled, and how they came out. */
export function createReconciliationStore({ table }: { table: Table }): ReconciliationStore {
  return {
    async closeDay(reconciliation, totals) {
      const { sellerId, date } = reconciliation;
      const ConditionExpression = 'attribute_not_exists(pk)';
      const result = await transact(table, [
        { Put: { Item: { ...reconciliationKey(sellerId, date), ...reconciliation }, ConditionExpression } },
        { Put: { Item: { ...dayTotalsKey(sellerId, date), ...totals }, ConditionExpression } },
      ]);
      return result.kind === 'committed' ? 'written' : 'already-done';
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
