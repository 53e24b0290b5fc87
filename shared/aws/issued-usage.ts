import type { Month } from '../domain/calendar.ts';
import type { IssuedUsageStore } from '../ports.ts';
import { usageKey } from './keys.ts';
import { eachItem, type PageQuery } from './pages.ts';
import type { Table } from './table.ts';
import { unpackBatch } from './usage-batch.ts';

/** Batches of a month, from one to another and both with it. */
export const batchesOf = (accountId: string, month: Month, from: number, to = 99_999_999): PageQuery => ({
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
  ExpressionAttributeValues: {
    ':pk': usageKey(accountId, month, 0).pk,
    ':from': usageKey(accountId, month, from).sk,
    ':to': usageKey(accountId, month, to).sk,
  },
  ConsistentRead: true,
});

/** The usage that invoices took in, for whoever prints it. */
export function createIssuedUsageStore({ table }: { readonly table: Table }): IssuedUsageStore {
  return {
    async *issuedUsage(accountId, { month, after, through }) {
      let last = after;
      const query = { ...batchesOf(accountId, month, after + 1, through), ProjectionExpression: 'sk, #data' };
      for await (const { sk, data } of eachItem(table, { ...query, ExpressionAttributeNames: { '#data': 'data' } })) {
        if (Number(sk) !== last + 1) break;
        last += 1;
        yield unpackBatch(data as Uint8Array);
      }
      if (last !== through) throw new Error(`Batch ${last + 1} of the usage of ${accountId} in ${month} is missing`);
    },
  };
}
