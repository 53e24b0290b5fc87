import { openTable } from '../aws/table.ts';
import { tableEnvironment } from './environment.ts';
import { type Stage, sellerOf } from './stage.ts';

/**
 * What the stores of a function are made with: the table, and how each seller's accounts are spread, its invoices
 * numbered and its services given back. Open it once per cold start. The lookups throw `seller_not_found`.
 */
export const openStorage = (stage: Pick<Stage, 'sellers'>) => ({
  table: openTable(tableEnvironment().tableName),
  shardsOf: (sellerId: string) => sellerOf(stage, sellerId).shards,
  numberingOf: (sellerId: string) => sellerOf(stage, sellerId),
  policyOf: (sellerId: string) => sellerOf(stage, sellerId),
});
