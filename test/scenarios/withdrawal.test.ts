import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../infra/local/story/api-client.ts';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-ie';
/** Cancels by the month, and changes its mind in time. */
const SHOP = 'shop';
/** Has a contract to 14 December, and changes its mind after the run that charged its last fourteen days. */
const MILL = 'mill';
/** Never cancels. */
const QUAY = 'quay';

/** Ten phones each, 229.50 a month without tax, 239.50 from 2027 on; all is reckoned by hand. */
describe('a cancellation that is taken back, over two months', () => {
  let world: World;
  let staff: ApiClient;

  beforeAll(async () => {
    world = await World.start('2026-11-20T09:00:00.000Z', { disturbance: { duplicate: true } });
    staff = await world.as('staff');
    for (const id of [SHOP, MILL, QUAY]) {
      const made = customer(id, 'IE', { since: '2026-11-01', has: { 'desk-phone': 10 }, terms: 'wire' });
      const contract = { endsOn: '2026-12-14', renewalMonths: 12 };
      await world.create({
        ...made,
        subscriptions: made.subscriptions.map((of) => ({
          ...of,
          subscriptionId: 'phones',
          ...(id === MILL && { contract }),
        })),
      });
    }
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  const change = async (method: 'PUT' | 'DELETE', accountId: string, body?: object, by = staff) => {
    const { version } = await staff.get<{ version: number }>(`/accounts/${accountId}`);
    const path = `/accounts/${accountId}/subscriptions/phones/cancellation`;
    await by.call(method, path, body, { 'if-match': `"${version}"` });
    await world.stack.settle();
  };
  const charged = async (accountId: string) =>
    (await world.invoices(accountId)).map(({ month, lines }) => [month, lines.map(({ amount }) => amount)]);

  it('both cancel; one takes it back before the month is over, as its billing admin', async () => {
    await change('PUT', SHOP, { requestedOn: '2026-11-20' });
    await change('PUT', MILL, { requestedOn: '2026-11-10' });
    world.goTo('2026-11-28');
    await change('DELETE', SHOP, undefined, await world.as('billing-admin', SHOP));
    expect(world.mailsTo(`billing@${SHOP}.example`).slice(-2)).toEqual([
      'Cancellation confirmed: Desk phone ends on 30 November 2026',
      'Cancellation withdrawn: Desk phone continues',
    ]);
  });

  it('the run of December charges the one in full and the other to the end of its contract', async () => {
    world.goTo('2026-12-01');
    await world.run(SELLER);
    expect((await charged(SHOP)).at(-1)).toEqual(['2026-12', [229_50]]);
    // 17 of 31 days less.
    expect((await charged(MILL)).at(-1)).toEqual(['2026-12', [229_50, -125_85]]);
    world.goTo('2026-12-10');
    await change('DELETE', MILL);
    expect(world.mailsTo(`billing@${MILL}.example`).at(-1)).toBe('Cancellation withdrawn: Desk phone continues');
  });

  it('what December left out comes in January, once; together they pay what the third pays, and go on', async () => {
    for (const date of ['2027-01-01', '2027-02-01']) {
      world.goTo(date);
      await world.run(SELLER);
    }
    expect((await charged(MILL)).slice(-2)).toEqual([
      ['2027-01', [239_50, 125_85]],
      ['2027-02', [239_50]],
    ]);
    const paid = async (accountId: string) =>
      (await charged(accountId)).flatMap(([, amounts]) => amounts as number[]).reduce((sum, amount) => sum + amount, 0);
    expect(await paid(SHOP)).toBe(await paid(QUAY));
    expect(await paid(MILL)).toBe(await paid(QUAY));
  });

  it('is in the audit log: cancelled by whom, taken back by whom', async () => {
    const log = await world.auditLog(SHOP, 'billing-admin');
    const changes = log.filter(({ what }) => what === 'cancellation').map((entry) => entry.changes);
    expect(changes).toEqual([
      expect.arrayContaining([expect.objectContaining({ field: 'endsOn', after: '2026-11-30' })]),
      expect.arrayContaining([expect.objectContaining({ field: 'withdrawn.on', after: '2026-11-28' })]),
    ]);
  });
});
