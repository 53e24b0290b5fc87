import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { DeadLetter } from '../../shared/domain/dead-letter.ts';
import { idSchema } from '../../shared/import/field-schemas.ts';
import { QUEUES, type QueueName } from '../../shared/messages.ts';
import { type Principal, sees } from './access.ts';
import { type ApiDeps, newRoutes, permitted } from './context.ts';
import { type Cursor, cursorSchema, encodeCursor } from './cursor.ts';
import { ageSeconds, prepare, type RedriveItem, redrive, redriveItem, workView } from './redrive.ts';
import { body, json, PROBLEMS, pageQuery } from './route-parts.ts';

const letterView = z
  .object({
    queue: z.string(),
    jobKey: z.string(),
    sellerId: z.string().optional(),
    accountId: z.string().optional(),
    code: z.string(),
    reason: z.string(),
    firstFailedAt: z.string(),
    lastFailedAt: z.string(),
    ageSeconds: z.int(),
    failures: z.int(),
    status: z.enum(['open', 'redriven']),
    redrivenAt: z.string().optional(),
    redrivenBy: z.string().optional(),
    ...workView,
  })
  .meta({ id: 'DeadLetter' });

/** Redriven per call at most; `cursor` leads on, so that the caller sets the pace. */
const MOST = 50;
const READS = 20;

const redriveBody = z
  .strictObject({
    queue: z.enum(QUEUES),
    jobKeys: z.array(z.string().min(1).max(2048)).min(1).max(MOST).optional(),
    accountId: idSchema.optional(),
    all: z.literal(true).optional(),
    dryRun: z.boolean().default(true).describe('Only says what would happen; nothing is sent unless this is false.'),
    cursor: z.string().min(1).max(4096).optional(),
  })
  .refine(
    ({ jobKeys, accountId, all }) => [jobKeys, accountId, all].filter((choice) => choice !== undefined).length === 1,
    { path: ['jobKeys'], message: 'choose one of jobKeys, accountId and all' },
  );

const receipt = z.object({ dryRun: z.boolean(), items: z.array(redriveItem), cursor: z.string().optional() });
const tags = ['Dead letters'];

/** Operations: what gave up, and sending it again. */
export function deadLetters() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/dead-letters',
      summary: 'Work that gave up, of one queue or all; a page may be empty and still have a successor',
      tags,
      middleware: permitted('dead-letter.read'),
      request: {
        query: pageQuery.extend({
          queue: z.enum(QUEUES).optional(),
          accountId: idSchema.optional(),
          status: z.enum(['open', 'redriven']).optional(),
          cursor: cursorSchema,
        }),
      },
      responses: {
        200: json('A page.', z.object({ deadLetters: z.array(letterView), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { queue, limit, cursor, ...filter } = c.req.valid('query');
      const queues = queue === undefined ? QUEUES : [queue];
      const found = await find(c.var.deps.store, c.var.principal, queues, filter, limit, cursor);
      const items = await Promise.all(found.letters.map((letter) => viewLetter(c.var.deps, letter, c.var.now)));
      return c.json({ deadLetters: items, ...(found.cursor === undefined ? {} : { cursor: found.cursor }) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/dead-letters/redrive',
      summary: 'Sends the work of dead letters again, or says what that would do (the default)',
      description: `At most ${MOST} per call; repeat with \`cursor\` until none comes back. Redriving twice is harmless.`,
      tags,
      middleware: permitted('dead-letter.redrive'),
      request: { body: body(redriveBody) },
      responses: { 200: json('Per dead letter what happened, or would happen.', receipt), ...PROBLEMS },
    }),
    async (c) => {
      const { queue, jobKeys, accountId, dryRun, cursor } = c.req.valid('json');
      const { deps, principal, now } = c.var;
      const order = { dryRun, by: principal.subject, now };
      if (jobKeys !== undefined) {
        const { letters, missing } = await pick(deps.store, principal, queue, jobKeys);
        const items = await redrive(deps, queue, letters, order);
        return c.json({ dryRun, items: [...items, ...missing] }, 200);
      }
      const filter = { status: 'open' as const, ...(accountId === undefined ? {} : { accountId }) };
      const from = cursor === undefined ? undefined : { part: queue, cursor };
      const found = await find(deps.store, principal, [queue], filter, MOST, from);
      const items = await redrive(deps, queue, found.letters, order);
      return c.json({ dryRun, items, ...(found.place === undefined ? {} : { cursor: found.place }) }, 200);
    },
  );
  return routes;
}

async function viewLetter(deps: ApiDeps, letter: DeadLetter, now: Instant): Promise<z.infer<typeof letterView>> {
  const { body: _internal, ...shown } = letter;
  const { work, effect } = await prepare(deps, letter.queue as QueueName, letter, now);
  return { ...shown, ...work?.shown, effect, ageSeconds: ageSeconds(letter, now) };
}

/** A letter that names no seller (a broken message, an import) concerns whoever answers for all of them. */
const mayRead = (principal: Principal, letter: DeadLetter): boolean =>
  principal.sellers === '*' || (letter.sellerId !== undefined && sees(principal, letter.sellerId));

/** Walks queues from a place on until the page is full, there are no more, or enough was read. */
async function find(
  store: ApiDeps['store'],
  principal: Principal,
  queues: readonly QueueName[],
  filter: { accountId?: string; status?: DeadLetter['status'] },
  limit: number,
  from: Cursor | undefined,
): Promise<{ letters: DeadLetter[]; cursor?: string; place?: string }> {
  const letters: DeadLetter[] = [];
  let index = queues.findIndex((queue) => from === undefined || queue === from.part);
  if (index < 0) index = queues.length;
  let place = from?.cursor;
  for (let reads = 0; index < queues.length; reads++) {
    if (letters.length >= limit || reads >= READS) {
      const at = place === undefined ? {} : { cursor: place };
      return {
        letters,
        cursor: encodeCursor({ part: queues[index]!, ...at }),
        ...(place === undefined ? {} : { place }),
      };
    }
    const page = await store.deadLetters(queues[index]!, filter, limit - letters.length, place);
    letters.push(...page.items.filter((letter) => mayRead(principal, letter)));
    place = page.cursor;
    if (place === undefined) index += 1;
  }
  return { letters };
}

async function pick(store: ApiDeps['store'], principal: Principal, queue: QueueName, jobKeys: readonly string[]) {
  const letters: DeadLetter[] = [];
  const missing: RedriveItem[] = [];
  for (const jobKey of new Set(jobKeys)) {
    const letter = await store.deadLetter(queue, jobKey);
    if (letter !== undefined && mayRead(principal, letter)) letters.push(letter);
    else missing.push(absent(queue, jobKey));
  }
  return { letters, missing };
}

const absent = (queue: QueueName, jobKey: string): RedriveItem => ({
  queue,
  jobKey,
  code: 'dead_letter_not_found',
  reason: 'There is no such dead letter.',
  ageSeconds: 0,
  result: 'not-found',
  effect: 'Nothing.',
});
