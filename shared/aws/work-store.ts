import type { PlainDate } from '../domain/calendar.ts';
import type { Message } from '../messages.ts';
import type { DueWork, Job, WorkKind, WorkStore } from '../ports.ts';
import { ERASURE, type Key, workPk, workSk, workUntil } from './keys.ts';
import { queryPage } from './pages.ts';
import { type Item, type Table, update } from './table.ts';

/** What is due by time. Everything it answers with stands in the index itself: no item is read. */
export function createWorkStore({ table }: { table: Table }): WorkStore {
  return {
    async dueWork(kind, sellerId, shard, before, limit, cursor) {
      const page = await queryPage(
        table,
        {
          index: 'work',
          KeyConditionExpression: 'workPk = :pk AND workSk < :until',
          ExpressionAttributeValues: { ':pk': workPk(kind, sellerId, shard), ':until': workUntil(before) },
        },
        limit,
        cursor,
      );
      return { ...page, items: page.items.map((item) => dueWork(kind, sellerId, item, before)) };
    },

    async postpone({ key, dueAt }, until) {
      const postponed = await update(table, {
        Key: key,
        UpdateExpression: 'SET workSk = :until',
        ConditionExpression: 'workSk = :due',
        ExpressionAttributeValues: { ':until': workSk(until, key), ':due': workSk(dueAt, key) },
      });
      return postponed.written ? 'written' : 'stale';
    },
  };
}

function dueWork(kind: WorkKind, sellerId: string, item: Item, before: string): DueWork {
  const key: Key = { pk: String(item.pk), sk: String(item.sk) };
  const dueAt = String(item.workSk).split('#', 1)[0]!;
  return { kind, sellerId, dueAt, key, jobs: JOBS[kind](sellerId, key, item, before) };
}

const accountOf = ({ pk }: Key): string => pk.slice('ACCOUNT#'.length);

/** What to send, read from the item's key alone: `DELIVERY#2026-12#cycle#invoice#001`. */
const JOBS: Record<WorkKind, (sellerId: string, key: Key, item: Item, before: string) => Job[]> = {
  run(sellerId, { pk, sk }) {
    const businessDate: PlainDate = pk.split('#')[2]!;
    return [{ queue: 'runs', message: { sellerId, businessDate, shard: Number(sk.split('#')[1]) } }];
  },
  order(sellerId, key) {
    const [, orderedOn = '', orderId = ''] = key.sk.split('#');
    const message = { sellerId, accountId: accountOf(key), billingDate: orderedOn, businessDate: orderedOn, orderId };
    return [{ queue: 'invoices', message }];
  },
  delivery(sellerId, key) {
    const [about, document, occurrence] = deliveryIn(key);
    const ofAccount = { sellerId, accountId: accountOf(key) };
    if (document === 'invoice') return [{ queue: 'deliveries', message: { ...ofAccount, invoiceId: about } }];
    const notice = { ...ofAccount, about, document, occurrence: Number(occurrence) } as Message<'notices'>;
    return [{ queue: 'notices', message: notice }];
  },
  receivable(sellerId, key, { collectAt, dunAt }, before) {
    const message = { sellerId, accountId: accountOf(key), invoiceId: key.sk.slice('RECEIVABLE#'.length) };
    const due = (at: unknown): boolean => typeof at === 'string' && at <= before;
    return [
      ...(due(collectAt) ? [{ queue: 'collections', message } as const] : []),
      ...(due(dunAt) ? [{ queue: 'dunning', message } as const] : []),
    ];
  },
  service: serviceJobs,
  confirmation: serviceJobs,
  erasure(sellerId, key) {
    const erasureId = key.sk.slice(ERASURE.length);
    return [{ queue: 'erasures', message: { sellerId, accountId: accountOf(key), erasureId } }];
  },
};

/** What it is about may have `#` in it; document and occurrence have none. */
function deliveryIn({ sk }: Key): readonly [about: string, document: string, occurrence: string] {
  const [, ...parts] = sk.split('#');
  return [parts.slice(0, -2).join('#'), parts.at(-2)!, parts.at(-1)!];
}

function serviceJobs(sellerId: string, key: Key): Job[] {
  const [, number, action] = key.sk.split('#');
  const message = { sellerId, accountId: accountOf(key), number: Number(number), action } as Message<'services'>;
  return [{ queue: 'services', message }];
}
