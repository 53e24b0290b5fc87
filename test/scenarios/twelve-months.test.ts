import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balanceOf } from '../../shared/domain/ledger.ts';
import { customer } from '../support/customers.ts';
import { type ShownInvoice, World } from '../support/world.ts';

const SELLER = 'northwind-ca';
const MONTHS = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
const CUSTOMERS = [
  customer('year-pays', 'CA-ON', { since: '2026-01-01', autopay: 'pm_card_visa' }),
  customer('year-grows', 'CA-QC', { since: '2026-01-01', has: { 'desk-phone': 5 }, autopay: 'pm_card_mastercard' }),
  customer('year-declines', 'CA-NS', { since: '2026-01-01', autopay: 'pm_sample_declines_then_pays' }),
  customer('year-by-wire', 'CA-BC', { since: '2026-01-01', terms: 'wire' }),
];

/** Every month: one phone more on the 10th, the run on the 1st, a second run on the 2nd, and a sweep every week. */
describe('twelve months of four customers', () => {
  let world: World;
  const invoices = new Map<string, ShownInvoice[]>();

  beforeAll(async () => {
    world = await World.start('2025-12-31T06:00:00.000Z');
    await world.create(...CUSTOMERS);
    for (const month of MONTHS) {
      world.goTo(`${month}-01`);
      await world.run(SELLER);
      world.goTo(`${month}-02`);
      await world.run(SELLER);
      await world.change('year-grows', 'desk-phone', `${month}-10`, 1);
      for (const day of ['08', '15', '22']) {
        world.goTo(`${month}-${day}`);
        await world.sweep();
      }
    }
    for (const { accountId } of CUSTOMERS) invoices.set(accountId, await world.invoices(accountId));
  });
  afterAll(() => world?.stop());

  it('everybody has twelve invoices, one a month, though each run took place twice', () => {
    for (const list of invoices.values()) expect(list.map(({ month }) => month)).toEqual(MONTHS);
  });

  it('every change is charged exactly once: the year is what the days say', () => {
    const charged = (invoices.get('year-grows') ?? []).flatMap(({ lines }) => lines);
    const months = charged.filter(({ charge }) => charge === 'recurring').map(({ quantity }) => quantity);
    expect(months).toEqual(MONTHS.map((_, index) => 5 + index));
    const parts = charged.filter(({ charge }) => charge === 'proration').map(({ proration }) => proration?.days);
    expect(parts).toEqual([21, 18, 21, 20, 21, 20, 21, 21, 20, 21, 20]);
  });

  it('autopay customers owe nothing, the processor took exactly what was billed', async () => {
    for (const accountId of ['year-pays', 'year-grows', 'year-declines']) {
      const billed = (invoices.get(accountId) ?? []).map(({ total }) => total);
      expect(world.charged(accountId).toSorted((a, b) => a - b)).toEqual(billed.toSorted((a, b) => a - b));
      expect((await world.account(accountId)).balance).toBe(0);
    }
  });

  it('debits are credits, and every balance is the fold of its books', async () => {
    for (const { accountId } of CUSTOMERS) {
      const entries = await world.journal(accountId);
      const all = entries.flatMap(({ postings }) => postings);
      expect(all.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
      expect((await world.account(accountId)).balance).toBe(balanceOf(entries));
    }
  });

  it('who pays by wire owes the whole year and is still connected', async () => {
    const billed = (invoices.get('year-by-wire') ?? []).reduce((sum, { total }) => sum + total, 0);
    expect(await world.account('year-by-wire')).toMatchObject({ balance: billed, services: 'active' });
  });
});
