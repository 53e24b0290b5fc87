import { randomUUID } from 'node:crypto';
import type { AccessLog } from '../ports.ts';
import { acting } from './acting.ts';
import { accessKey } from './keys.ts';
import { put, type Table } from './table.ts';

/** The table's stream hands it on within a day; the table's own clean-up comes later and nothing relies on it. */
const KEPT_SECONDS = 7 * 86_400;

/** Accesses, as items that only pass through the table on their way into the audit log: one write each. */
export const createAccessLog = ({ table }: { table: Table }): AccessLog => ({
  async recordAccess(accountId, access) {
    const { at, requestId = randomUUID() } = acting.stamp();
    const expiresAt = Math.floor(Date.parse(at) / 1_000) + KEPT_SECONDS;
    await put(table, { Item: { ...accessKey(accountId, at, requestId), ...access, expiresAt } });
  },
});
