import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../infra/app.ts';
import { readStage } from '../../infra/stage.ts';
import type { Stage } from '../../shared/runtime/stage.ts';
import { customer } from '../support/customers.ts';
import { catalogIn } from '../support/invoices.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-ie';

/** The sample telecom, whose Irish seller bills in yen. */
function inYen(): Stage {
  const stage = readStage('local');
  const yen = catalogIn('JPY');
  return {
    ...stage,
    sellers: stage.sellers.map((seller) => (seller.sellerId === SELLER ? { ...seller, currency: 'JPY' } : seller)),
    products: stage.products.map((product, index) => ({
      ...product,
      prices: [...product.prices, ...yen[index]!.prices],
    })),
  };
}

describe('a seller bills in yen, from the run to the reconciled day', () => {
  let world: World;

  beforeAll(async () => {
    const assemblyDir = await synthesize(inYen(), mkdtempSync(join(tmpdir(), 'telecom-billing-yen-')));
    world = await World.start('2026-10-30T06:00:00.000Z', { assemblyDir });
    const options = { since: '2026-11-01', has: { 'desk-phone': 3 } };
    await world.create(
      { ...customer('acme', 'IE', { ...options, autopay: 'pm_card_visa' }), currency: 'JPY' },
      { ...customer('bolt', 'IE', { ...options, terms: 'wire' }), currency: 'JPY' },
    );
    world.goTo('2026-11-01');
    await world.run(SELLER);
    await world.sweep();
  });
  afterAll(() => world?.stop());

  it('three phones at 2,295 yen are 6,885, and 23 % VAT, 1,583.55, is rounded once to 1,584', async () => {
    const [invoice] = await world.invoices('acme');
    expect(invoice).toMatchObject({ currency: 'JPY', subtotal: 6885, taxTotal: 1584, total: 8469, status: 'paid' });
    expect(invoice?.lines.map(({ amount }) => amount)).toEqual([6885]);
  });

  it('so many yen are charged, in yen, and not a hundred times as many or as few', () => {
    const { charges } = world.stack.processor.books();
    expect(charges.map(({ amount, currency }) => [amount, currency])).toEqual([[8469, 'jpy']]);
  });

  it('the mail names the amount in yen', () => {
    expect(world.mailsTo('billing@bolt.example')[0]).toContain('¥8,469');
  });

  it('a wire in yen is found in the bank statement, and parts of a yen are refused', async () => {
    const finance = await world.as('finance');
    const [invoice] = await world.invoices('bolt');
    const content = `value_date,amount,currency,reference\n2026-11-03,8469.00,JPY,${invoice?.number}\n`;
    const read = await finance.call('POST', `/sellers/${SELLER}/bank-statements`, { format: 'csv', content });
    expect(JSON.stringify(read)).toContain('"amount":8469');
    const parts = { format: 'csv', content: content.replace('.00', '.50') };
    await expect(finance.call('POST', `/sellers/${SELLER}/bank-statements`, parts)).rejects.toThrow('no decimals');
  });

  it('the reconciled day agrees with the processor, in yen', async () => {
    world.goTo('2026-11-02');
    await world.reconcile(SELLER);
    const finance = await world.as('finance');
    const day = await finance.get<{ totals: unknown[] }>(`/sellers/${SELLER}/reconciliations/2026-11-01`);
    expect(day.totals).toMatchObject([{ currency: 'JPY', charged: 8469, booked: 8469, closing: 0 }]);
  });
});
