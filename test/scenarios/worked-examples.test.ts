import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer } from '../support/customers.ts';
import { type ShownInvoice, World } from '../support/world.ts';

const IRISH = 'northwind-ie';

/** Half of the year 2026 of two Irish customers, turned like a calendar. A desk phone is 22.95 a month, VAT 23 %. */
describe('the guide’s worked examples, lived through (R97, R98, C7, C11)', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-05-28T06:00:00.000Z');
    await world.create(
      customer('examples-devices', 'IE', { since: '2026-06-01', has: { 'desk-phone': 10 } }),
      customer('examples-july', 'IE', { since: '2026-07-15' }),
      customer('examples-third', 'IE', { since: '2026-08-03' }),
    );
    world.goTo('2026-06-01');
    await world.run(IRISH);
    world.goTo('2026-06-15');
    await world.change('examples-devices', 'desk-phone', '2026-06-15', 2);
    world.goTo('2026-07-01');
    await world.run(IRISH);
    world.goTo('2026-07-20');
    await world.change('examples-devices', 'desk-phone', '2026-07-20', 3);
    await world.change('examples-devices', 'desk-phone', '2026-07-20', -3);
    for (const date of ['2026-08-01', '2026-08-03', '2026-09-01']) {
      world.goTo(date);
      await world.run(IRISH);
    }
  });
  afterAll(() => world?.stop());

  const shown = (invoice: ShownInvoice | undefined) =>
    invoice?.lines.map(({ quantity, proration, amount }) => [
      quantity,
      proration ? `${proration.days}/${proration.of}` : 'month',
      amount,
    ]);

  it('+2 devices on 15 June: July’s invoice has 15 of 30 days of them beside twelve full months', async () => {
    const [june, july] = await world.invoices('examples-devices');
    expect(shown(june)).toEqual([[10, 'month', 22_950]]);
    expect(shown(july)).toEqual([
      [12, 'month', 27_540],
      [2, '15/30', 2_295],
    ]);
  });

  it('a billing start on 15 July: August’s invoice has 16 of 31 days of July and the whole of August', async () => {
    const [august] = await world.invoices('examples-july');
    expect(august?.invoiceDate).toBe('2026-08-01');
    expect(shown(august)).toEqual([
      [1, 'month', 2_295],
      [1, '16/31', 1_185],
    ]);
  });

  it('what is added and removed on one day nets to zero', async () => {
    const august = (await world.invoices('examples-devices')).find(({ month }) => month === '2026-08');
    // Changes of one moment are one change: this one is none, and makes no line.
    expect(shown(august)).toEqual([[12, 'month', 27_540]]);
    expect(august?.subtotal).toBe(27_540);
  });

  it('C7: a billing start on the 3rd is invoiced by that night’s run and not again on the 1st', async () => {
    const invoices = await world.invoices('examples-third');
    expect(invoices.map(({ invoiceDate }) => invoiceDate)).toEqual(['2026-08-03', '2026-09-01']);
    expect(invoices.map(shown)).toEqual([[[1, '28/31', 2_073]], [[1, 'month', 2_295]]]);
  });
});
