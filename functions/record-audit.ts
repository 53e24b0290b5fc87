// Trigger: the table's stream — every change of what the audit log is about, a few seconds after it was written.
import type { DynamoDBRecord } from 'aws-lambda';
import { createAuditStore } from '../shared/aws/audit-store.ts';
import { inParallel } from '../shared/aws/concurrency.ts';
import { sha256 } from '../shared/aws/digest.ts';
import { imagePairOf, removerOf } from '../shared/aws/stream-records.ts';
import { openTable } from '../shared/aws/table.ts';
import {
  type AuditEntry,
  entryOf,
  fitted,
  type ImagePair,
  isRemoval,
  OUTSIDE,
  type Stamp,
} from '../shared/domain/audit/entry.ts';
import type { AuditStore } from '../shared/ports.ts';
import { auditEnvironment, tableEnvironment } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { type Failed, type StreamWork, streamHandler } from '../shared/runtime/stream-handler.ts';

interface Deps {
  readonly store: Pick<AuditStore, 'append'>;
  readonly removerOf: (key: ImagePair['key']) => Promise<Stamp | undefined>;
  readonly now: () => string;
}

const ACCOUNTS_AT_ONCE = 8;

/** What a batch says of one account, in order. */
interface Share {
  readonly entries: AuditEntry[];
  readonly records: DynamoDBRecord[];
}

/**
 * Turns what changed into entries of the accounts' audit logs: one append per account and batch. An event that is
 * delivered again is found in the log and left out. Nothing that an item may hold can make this fail.
 */
export const recordAudit =
  (deps: Deps): StreamWork =>
  async (records) => {
    const failed: Failed[] = [];
    const shares = await sharesOf(deps, records, failed);
    await inParallel([...shares], ACCOUNTS_AT_ONCE, async ([accountId, { entries, records: told }]) => {
      try {
        count('AuditEntries', await deps.store.append(accountId, entries, deps.now));
      } catch (error) {
        failed.push(...told.map((record) => ({ record, error })));
      }
    });
    return failed;
  };

async function sharesOf(deps: Deps, records: readonly DynamoDBRecord[], failed: Failed[]): Promise<Map<string, Share>> {
  const shares = new Map<string, Share>();
  for (const record of records) {
    try {
      const found = entryOf(await withRemover(deps, imagePairOf(record)));
      if (found === undefined) continue;
      const { accountId, entry } = found;
      if (entry.by.by === OUTSIDE.by) tellOfHand(accountId, entry);
      const share = shares.get(accountId) ?? { entries: [], records: [] };
      share.entries.push(fitted(entry, sha256));
      share.records.push(record);
      shares.set(accountId, share);
    } catch (error) {
      failed.push({ record, error });
      break;
    }
  }
  return shares;
}

async function withRemover(deps: Deps, pair: ImagePair): Promise<ImagePair> {
  if (!isRemoval(pair)) return pair;
  const removedBy = await deps.removerOf(pair.key);
  return removedBy ? { ...pair, removedBy } : pair;
}

function tellOfHand(accountId: string, { what, subject, id }: AuditEntry): void {
  count('AuditedByHand');
  logger.warn('An item was written past the product', { accountId, what, subject, id });
}

export const handler = streamHandler(() => {
  const table = openTable(tableEnvironment().tableName);
  return recordAudit({
    store: createAuditStore({ table: openTable(auditEnvironment().tableName) }),
    removerOf: (key) => removerOf(table, key),
    now: () => new Date().toISOString(),
  });
});
