import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-uk';
const since = '2026-11-01';

const contracted = customer('by-contract', 'GB', { since, card: 'pm_card_visa' });
const contract = { endsOn: '2027-10-31', renewalMonths: 12 };

/** The invoice of 1 November is due on the 16th: reminders on the 17th and 23rd, notice on the 26th, suspension on 1 December. */
describe('overdue, suspended, paid, reactivated (R39, R129, R149, C23)', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-10-30T06:00:00.000Z', { disturbance: { duplicate: true, shuffleSeed: 7 } });
    await world.create(
      customer('forgets', 'GB', { since, card: 'pm_card_visa' }),
      customer('by-wire', 'GB', { since, terms: 'wire' }),
      customer('in-time', 'GB', { since, card: 'pm_card_visa' }),
      { ...contracted, subscriptions: contracted.subscriptions.map((of) => ({ ...of, contract })) },
    );
    world.goTo('2026-11-01');
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  const day = async (date: string): Promise<void> => {
    world.goTo(date);
    await world.sweep();
  };

  it('nothing happens before the due date', async () => {
    await day('2026-11-16');
    expect(world.mailsTo('billing@forgets.example')).toHaveLength(1);
  });

  it('two reminders and a final notice come on their days, each once', async () => {
    const counts: number[] = [];
    for (const date of ['2026-11-17', '2026-11-20', '2026-11-23', '2026-11-26', '2026-11-29']) {
      await day(date);
      counts.push(world.mailsTo('billing@forgets.example').length);
    }
    expect(counts).toEqual([2, 2, 3, 4, 4]);
    expect(await world.account('forgets')).toMatchObject({ services: 'active' });
  });

  it('who pays after the notice keeps the phones', async () => {
    await world.pay('in-time');
    await day('2026-12-01');
    expect(await world.account('in-time')).toMatchObject({ services: 'active', balance: 0 });
    expect(world.provisioned('in-time')).toEqual([]);
  });

  it('fifteen days after the due date the services are suspended, once', async () => {
    expect(await world.account('forgets')).toMatchObject({ services: 'suspended' });
    expect(world.provisioned('forgets')).toEqual(['services.suspend']);
  });

  it('R131: accounts that pay by wire or have a contract are handed to Accounts Receivable, not cut by a machine', async () => {
    const finance = await world.as('finance');
    const { accounts } = await finance.get<{ accounts: { accountId: string; handedOver: object }[] }>(
      `/sellers/${SELLER}/handed-over`,
    );
    expect(accounts.map(({ accountId }) => accountId).toSorted()).toEqual(['by-contract', 'by-wire']);
    for (const id of ['by-wire', 'by-contract']) {
      expect(await world.account(id)).toMatchObject({ services: 'active', handedOver: { invoiceId: '2026-11-cycle' } });
      expect(world.provisioned(id)).toEqual([]);
      expect(world.mailsTo(`billing@${id}.example`).slice(-2)).toEqual([
        expect.stringMatching(/^Final notice: please pay .* before 1 Dec 2026 /),
        expect.stringContaining('Please contact Accounts Receivable'),
      ]);
    }
  });

  it('and come back from there by themselves when finance books what they owe', async () => {
    const finance = await world.as('finance');
    const { balance: amount } = await world.account('by-wire');
    const payment = { kind: 'wire', reference: 'W-1', valueDate: '2026-12-01', amount, currency: 'GBP' };
    await finance.call('POST', '/accounts/by-wire/manual-payments', payment, { 'idempotency-key': 'w-1' });
    expect(await world.account('by-wire')).not.toHaveProperty('handedOver');
    const left = await finance.get<{ accounts: { accountId: string }[] }>(`/sellers/${SELLER}/handed-over`);
    expect(left.accounts.map(({ accountId }) => accountId)).toEqual(['by-contract']);
  });

  it('R39: the moment the balance is 0.00 the services come back, once, though every message arrives twice', async () => {
    await world.pay('forgets');
    expect(await world.account('forgets')).toMatchObject({ services: 'active', balance: 0 });
    expect(world.provisioned('forgets')).toEqual(['services.suspend', 'services.reactivate']);
    const [invoice] = await world.invoices('forgets');
    expect(world.charged('forgets')).toEqual([invoice?.total]);
    await day('2026-12-05');
    expect(world.provisioned('forgets')).toEqual(['services.suspend', 'services.reactivate']);
  });
});
