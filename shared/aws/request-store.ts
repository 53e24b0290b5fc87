import { addHours } from '../domain/calendar.ts';
import type { RequestStore, SavedRequest } from '../ports.ts';
import { requestKey } from './keys.ts';
import { put, read, type Table } from './table.ts';

/** As long as callers are promised; the table's own clean-up comes days later and nothing relies on it. */
const KEPT_HOURS = 30 * 24;

/** Requests that move money, by the caller's own key. */
export const createRequestStore = ({ table }: { table: Table }): RequestStore => ({
  savedRequest: (accountId, key) => read<SavedRequest>(table, requestKey(accountId, key)),
  async claimRequest(request) {
    const Key = requestKey(request.accountId, request.key);
    const expiresAt = Math.floor(Date.parse(addHours(request.at, KEPT_HOURS)) / 1000);
    const claimed = await put(table, {
      Item: { ...Key, ...request, expiresAt },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return claimed.written ? undefined : await read<SavedRequest>(table, Key);
  },
});
