import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-ie';
const since = '2026-12-01';

interface Day {
  readonly totals: readonly { readonly charged: number; readonly returned: number; readonly closing: number }[];
  readonly explained: Readonly<Record<'matched' | 'timed' | 'netted' | 'accepted', number>>;
  readonly differences: Readonly<Record<'missing' | 'differs' | 'extra' | 'timing' | 'under-way', number>>;
}

describe('a month at the processor is reconciled night by night', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-11-30T06:00:00.000Z', { disturbance: { duplicate: true } });
    await world.create(
      customer('by-card', 'IE', { since, autopay: 'pm_card_visa' }),
      customer('declined', 'IE', { since, autopay: 'pm_card_chargeDeclinedLostCard' }),
      customer('debited', 'IE', { since, autopay: 'pm_sample_sepaDebit_success' }),
      customer('no-funds', 'IE', { since, autopay: 'pm_sample_sepaDebit_insufficientFunds' }),
      customer('comes-back', 'IE', { since, autopay: 'pm_sample_sepaDebit_unauthorized' }),
    );
    world.goTo('2026-12-01');
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  /** It is the morning of that day: the days before it are reconciled. */
  const morning = async (date: string): Promise<void> => {
    world.goTo(`${date}T04:30:00.000Z`);
    await world.reconcile(SELLER);
  };
  const day = async (date: string) =>
    (await world.as('finance')).get<Day>(`/sellers/${SELLER}/reconciliations/${date}`);
  const total = async () => (await world.invoices('by-card'))[0]?.total ?? 0;
  const nothing = { missing: 0, differs: 0, extra: 0, timing: 0, 'under-way': 0 };

  it('the first: the card payment matches, three bank debits are under way', async () => {
    await morning('2026-12-02');
    expect(await day('2026-12-01')).toMatchObject({
      totals: [{ charged: 4 * (await total()), closing: 3 * (await total()) }],
      explained: { matched: 2 },
      differences: { ...nothing, 'under-way': 3 },
    });
  });

  it('when they settle, two are booked on that day, and the one that failed cancels itself', async () => {
    world.goTo('2026-12-05T07:00:00.000Z');
    await world.stack.settle();
    await morning('2026-12-06');
    expect(await day('2026-12-05')).toMatchObject({
      explained: { timed: 4, netted: 2 },
      differences: nothing,
      totals: [{ closing: 0 }],
    });
  });

  it('one comes back, and the news of it is lost: the books still say that it is paid', async () => {
    world.stack.processor.webhooks.disturb('lost', /dispute/);
    world.goTo('2026-12-10T07:00:00.000Z');
    await world.stack.settle();
    expect((await world.account('comes-back')).balance).toBe(0);
  });

  it('the night finds it, and has it looked at: it is owed again, and the customer is told', async () => {
    await morning('2026-12-11');
    expect(await day('2026-12-10')).toMatchObject({
      totals: [{ returned: -(await total()), closing: -(await total()) }],
      differences: { ...nothing, missing: 1 },
    });
    expect((await world.account('comes-back')).balance).toBe(await total());
    const told = world
      .mailsTo('billing@comes-back.example')
      .filter((subject) => subject.startsWith('Payment returned'));
    expect(told).toHaveLength(1);
  });

  it('the next report is clean, and stays so', async () => {
    await morning('2026-12-12');
    expect(await day('2026-12-11')).toMatchObject({
      explained: { timed: 2 },
      differences: nothing,
      totals: [{ closing: 0 }],
    });
    await morning('2026-12-31');
    expect(await day('2026-12-30')).toMatchObject({ totals: [], differences: nothing });
  });

  it('at the end the books hold what the processor holds, to the cent, and sum to zero', async () => {
    const finance = await world.as('finance');
    const { accounts } = await finance.get<{ accounts: { account: string; balance: number }[] }>(
      `/sellers/${SELLER}/trial-balance?from=2026-12-01&to=2026-12-31`,
    );
    const { transactions } = world.stack.processor.books();
    const held = transactions.reduce((sum, { net }) => sum + net, 0);
    const balance = (name: string) => accounts.find(({ account }) => account === name)?.balance;
    expect(balance('processor-clearing')).toBe(held);
    expect(balance('fees')).toBe(transactions.reduce((sum, { fee }) => sum + fee, 0));
    expect(accounts.reduce((sum, each) => sum + each.balance, 0)).toBe(0);
  });
});
