import { Metrics } from '@aws-lambda-powertools/metrics';
import { describe, expect, it, vi } from 'vitest';
import { changeServices } from '../../functions/change-services.ts';
import { sweepOverdue } from '../../functions/sweep-overdue.ts';
import { createAccountStore } from '../../shared/aws/account-store.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { accountKey } from '../../shared/aws/keys.ts';
import { createServiceStore, pendingChange } from '../../shared/aws/service-store.ts';
import { transact } from '../../shared/aws/table.ts';
import { createWorkStore } from '../../shared/aws/work-store.ts';
import { confirmChange } from '../../shared/collection/service-changes.ts';
import { addMinutes } from '../../shared/domain/calendar.ts';
import type { ServiceChange } from '../../shared/ports.ts';
import { account, input, seller } from '../support/accounts.ts';
import { localTable } from '../support/emulators.ts';
import { RecordingQueues } from '../support/recording-queues.ts';

const table = localTable();
const NOON = '2026-12-31T12:00:00.000Z';
const plenty = { getRemainingTimeInMillis: () => 60_000 };
let worlds = 0;

/** A seller whose provisioning confirms, and one customer whose services are to be suspended since noon. */
async function world() {
  const of = { ...seller('IE', 'EUR', { sellerId: `northwind-${++worlds}` }), confirmsServices: true as const };
  const options = { table: table(), shardsOf: () => of.shards, numberingOf: () => of };
  const store = {
    ...createAccountStore(options),
    ...createInvoiceStore(options),
    ...createServiceStore(options),
    ...createWorkStore(options),
  };
  const queues = new RecordingQueues();
  const told: string[] = [];
  const provisioning = { announce: async ({ eventId }: { eventId: string }) => void told.push(eventId) };
  const stage = { sellers: [of] };
  const accountId = `${of.sellerId}.acme`;
  const debtor = account('IE', 'EUR', { accountId, sellerId: of.sellerId, balance: 1 });
  await store.createAccount(input(debtor, []));
  await store.requestSuspension(debtor, NOON);
  const suspend = { sellerId: of.sellerId, accountId, number: 1, action: 'suspend' } as const;
  return {
    ...{ store, queues, told, accountId, suspend },
    change: changeServices({ store, provisioning, queues, stage }),
    sweep: (now: string) => sweepOverdue({ store, queues, stage })(now, plenty),
    confirm: (now: string, change: ServiceChange = suspend) =>
      confirmChange({ store, queues }, of.sellerId, change, now),
    status: async () => (await store.account(accountId))?.services.status,
  };
}

describe('where provisioning confirms', () => {
  it('told is not done: it is told again every five minutes, under one event id, until it has confirmed', async () => {
    const { change, sweep, queues, told, confirm, status, suspend, accountId } = await world();
    await change(suspend, NOON);
    expect([await status(), told]).toEqual(['suspending', [`${accountId}#1#suspend`]]);
    await sweep(addMinutes(NOON, 4));
    expect(queues.take('services')).toEqual([]);
    await sweep(addMinutes(NOON, 5));
    expect(queues.take('services')).toEqual([suspend]);
    await change(suspend, addMinutes(NOON, 5));
    expect([new Set(told).size, told.length]).toEqual([1, 2]);
    expect(await confirm(addMinutes(NOON, 6))).toEqual({ kind: 'confirmed', seconds: 360 });
    expect(await status()).toBe('suspended');
    await sweep(addMinutes(NOON, 60));
    expect(queues.take('services')).toEqual([]);
    await change(suspend, addMinutes(NOON, 61));
    expect(told).toHaveLength(2);
  });

  it('confirmed twice, or at the same time, services change once and the customer’s notice is the same', async () => {
    const { change, confirm, suspend, status } = await world();
    await change(suspend, NOON);
    const answers = await Promise.all([1, 2, 3].map(() => confirm(addMinutes(NOON, 1))));
    expect(answers.filter((answer) => 'seconds' in answer)).toHaveLength(1);
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['confirmed']));
    expect(await status()).toBe('suspended');
  });

  it('a confirmation that was overtaken changes nothing and tells nobody', async () => {
    const { confirm, queues, suspend, status } = await world();
    expect(await confirm(NOON, { ...suspend, number: 7 })).toEqual({ kind: 'superseded' });
    expect(await confirm(NOON, { ...suspend, action: 'reactivate' })).toEqual({ kind: 'superseded' });
    expect([await status(), queues.jobs]).toEqual(['suspending', []]);
  });

  it('a confirmation that comes while it is told again stays: nothing is told for ever', async () => {
    const { store, change, confirm, sweep, queues, suspend } = await world();
    await change(suspend, NOON);
    await confirm(addMinutes(NOON, 1));
    await store.awaitConfirmation(suspend, suspend.sellerId, addMinutes(NOON, 5));
    await sweep(addMinutes(NOON, 30));
    expect(queues.take('services')).toEqual([]);
  });

  it('who has paid and has no phones after five minutes is counted, and the alarm rings (R39)', async () => {
    const { change, accountId, suspend } = await world();
    const reactivate = { ...suspend, number: 2, action: 'reactivate' } as const;
    await transact(table(), [
      pendingChange({ accountId, sellerId: suspend.sellerId }, { number: 2, action: 'reactivate' }, NOON, () => 1),
      {
        Update: {
          Key: accountKey(accountId),
          UpdateExpression: 'SET services = :services',
          ExpressionAttributeValues: { ':services': { status: 'reactivating', number: 2 } },
        },
      },
    ]);
    const counted = vi.spyOn(Metrics.prototype, 'addMetric');
    const slow = () => counted.mock.calls.filter(([name]) => name === 'ReactivationsSlow').length;
    await change(reactivate, addMinutes(NOON, 5));
    expect(slow()).toBe(0);
    await change(reactivate, addMinutes(NOON, 6));
    expect(slow()).toBe(1);
  });
});
