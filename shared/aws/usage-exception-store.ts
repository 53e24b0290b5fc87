import { USAGE_EXCEPTION_CODES, type UsageException } from '../domain/usage-exception.ts';
import type { UsageExceptionStore } from '../ports.ts';
import { usageExceptionKey, usageExceptionList } from './keys.ts';
import { type PageQuery, queryPages } from './pages.ts';
import { entity, type Item, put, read, type Table } from './table.ts';

/** Records that wait for a person. The open ones are in an index by seller, code and age; the others stay as evidence. */
export function createUsageExceptionStore({ table }: { readonly table: Table }): UsageExceptionStore {
  return {
    async recordException(exception) {
      const result = await put(table, { Item: itemOf(exception), ConditionExpression: 'attribute_not_exists(pk)' });
      return result.written ? 'written' : 'already-done';
    },

    async openExceptions(sellerId, code, limit, cursor) {
      const codes = code === undefined ? USAGE_EXCEPTION_CODES : [code];
      const queries = codes.map(
        (each): PageQuery => ({
          index: 'listing',
          KeyConditionExpression: 'listPk = :pk',
          ExpressionAttributeValues: { ':pk': usageExceptionList(sellerId, each) },
        }),
      );
      const page = await queryPages(table, queries, limit, cursor);
      return { ...page, items: page.items.map((item) => entity<UsageException>(item)) };
    },

    usageException: (sellerId, exceptionId) => read<UsageException>(table, usageExceptionKey(sellerId, exceptionId)),

    async changeException(before, next) {
      const result = await put(table, {
        Item: itemOf(next),
        ConditionExpression: '#status = :open AND triedAt = :tried AND #raw = :raw',
        ExpressionAttributeNames: { '#status': 'status', '#raw': 'raw' },
        ExpressionAttributeValues: { ':open': 'open', ':tried': before.triedAt, ':raw': before.raw },
      });
      return result.written ? 'written' : 'stale';
    },
  };
}

function itemOf(exception: UsageException): Item {
  const { sellerId, exceptionId, code, firstSeenAt, status } = exception;
  return {
    ...usageExceptionKey(sellerId, exceptionId),
    ...exception,
    ...(status === 'open' && {
      listPk: usageExceptionList(sellerId, code),
      listSk: `${firstSeenAt}#${exceptionId}`,
    }),
  };
}
