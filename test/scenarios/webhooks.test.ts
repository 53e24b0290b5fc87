import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-ie';
const since = '2026-12-01';

describe('news of the processor reach the books by themselves', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-11-30T06:00:00.000Z', { disturbance: { duplicate: true } });
    await world.create(
      customer('debited', 'IE', { since, autopay: 'pm_sample_sepaDebit_success' }),
      customer('comes-back', 'IE', { since, autopay: 'pm_sample_sepaDebit_unauthorized' }),
      customer('authenticates', 'IE', { since, autopay: 'pm_card_authenticationRequired' }),
      customer('unheard', 'IE', { since, autopay: 'pm_sample_sepaDebit_success' }),
    );
    world.goTo('2026-12-01');
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  const state = async (accountId: string) => (await world.invoices(accountId))[0];
  const webhooks = () => world.stack.processor.webhooks;

  it('a bank debit that settles days later is paid when the processor says so, without a sweep; lost, with the next one', async () => {
    expect(await state('debited')).toMatchObject({ status: 'unpaid', collection: { state: 'processing' } });
    webhooks().disturb('lost', /succeeded/);
    webhooks().disturb('twice', /succeeded/, 2);
    world.goTo('2026-12-05T07:00:00.000Z');
    await world.stack.settle();
    const paid = ['debited', 'comes-back', 'unheard'].map(async (id) => (await state(id))?.status === 'paid');
    expect((await Promise.all(paid)).filter(Boolean)).toHaveLength(2);
    world.goTo('2026-12-05T13:00:00.000Z');
    await world.sweep();
    for (const id of ['debited', 'comes-back', 'unheard']) {
      expect(await state(id)).toMatchObject({ status: 'paid', collection: { attempts: 1 } });
      expect(world.charged(id)).toHaveLength(1);
    }
  });

  it('one that comes back five days after it settled is owed again, and the customer is told once', async () => {
    world.goTo('2026-12-10T07:00:00.000Z');
    await world.stack.settle();
    const invoice = await state('comes-back');
    expect(invoice).toMatchObject({ status: 'unpaid', due: invoice?.total, collection: { state: 'stopped' } });
    expect((await world.account('comes-back')).balance).toBe(invoice?.total);
    expect((await world.journal('comes-back')).map(({ entryId }) => entryId).toSorted()).toEqual([
      'invoice#2026-12#cycle',
      'payment#2026-12#cycle#001',
      'return#2026-12#cycle#001',
    ]);
    const told = world
      .mailsTo('billing@comes-back.example')
      .filter((subject) => subject.startsWith('Payment returned'));
    expect(told).toHaveLength(1);
    expect(await state('debited')).toMatchObject({ status: 'paid' });
  });

  it('a payment that the customer authenticates is booked by the webhook, and a forged one does nothing', async () => {
    await world.pay('authenticates');
    const admin = await world.as('billing-admin', 'authenticates');
    const path = '/accounts/authenticates/invoices/2026-12-cycle/confirmation';
    const { clientSecret } = await admin.get<{ clientSecret: string }>(path);
    const intentId = clientSecret.replace(/_secret.*/, '');
    webhooks().disturb('forged', /succeeded/);
    world.stack.processor.authenticate(intentId, true);
    await world.stack.settle();
    expect(webhooks().statuses.at(-1)).toBe(400);
    expect(await state('authenticates')).toMatchObject({ status: 'unpaid' });
    webhooks().resend(intentId);
    await world.stack.settle();
    expect(await state('authenticates')).toMatchObject({ status: 'paid', due: 0 });
    expect(world.charged('authenticates')).toHaveLength(1);
  });
});
