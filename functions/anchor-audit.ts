// Trigger: a schedule, shortly after midnight UTC — keeps yesterday's heads of the audit logs where nobody can change them.
import * as z from 'zod';
import { createAnchors } from '../shared/aws/anchors.ts';
import { ANCHOR_SHARDS, createAuditStore } from '../shared/aws/audit-store.ts';
import { createDocuments } from '../shared/aws/files.ts';
import { openTable } from '../shared/aws/table.ts';
import { addDays, type Instant } from '../shared/domain/calendar.ts';
import { dateSchema } from '../shared/import/field-schemas.ts';
import type { Anchors, AuditStore } from '../shared/ports.ts';
import { anchorsEnvironment, auditEnvironment } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { scheduleHandler } from '../shared/runtime/schedule-handler.ts';

interface Deps {
  readonly store: Pick<AuditStore, 'headsMovedOn'>;
  readonly anchors: Pick<Anchors, 'anchor'>;
}

const inputSchema = z.strictObject({
  /** A day whose anchor was missed; without it yesterday, and the day before for whatever that night left out. */
  date: dateSchema.optional(),
});

/** Anchors the chains that grew on a day, in UTC. A day that has its anchors keeps them: they can only be written once. */
export const anchorAudit =
  ({ store, anchors }: Deps) =>
  async ({ date }: z.infer<typeof inputSchema>, now: Instant): Promise<void> => {
    const today = now.slice(0, 10);
    for (const day of date === undefined ? [addDays(today, -2), addDays(today, -1)] : [date]) {
      if (day >= today) throw new Error(`${day} is not over yet: its chains may still grow`);
      for (let shard = 0; shard < ANCHOR_SHARDS; shard++) {
        const heads = await store.headsMovedOn(day, shard);
        if (heads.size === 0 || (await anchors.anchor(day, shard, heads)) === 'already-done') continue;
        count('ChainsAnchored', heads.size);
        logger.info('Audit logs were anchored', { date: day, shard, chains: heads.size });
      }
    }
  };

export const handler = scheduleHandler(inputSchema, () =>
  anchorAudit({
    store: createAuditStore({ table: openTable(auditEnvironment().tableName) }),
    anchors: createAnchors(createDocuments(anchorsEnvironment())),
  }),
);
