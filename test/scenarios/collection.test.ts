import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-ie';
const since = '2026-12-01';

describe('collecting on the invoice date and after (C23, R38)', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-11-30T06:00:00.000Z', { disturbance: { duplicate: true } });
    await world.create(
      customer('pays', 'IE', { since, autopay: 'pm_card_visa' }),
      customer('declines-once', 'IE', { since, autopay: 'pm_sample_declines_then_pays' }),
      customer('lost-card', 'IE', { since, autopay: 'pm_card_chargeDeclinedLostCard' }),
      customer('authenticates', 'IE', { since, autopay: 'pm_card_authenticationRequired' }),
    );
    world.goTo('2026-12-01');
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  const state = async (accountId: string) => (await world.invoices(accountId))[0];

  it('charges an autopay account once, on the invoice date, though every message arrives twice', async () => {
    const invoice = await state('pays');
    expect(invoice).toMatchObject({ status: 'paid', due: 0, collection: { attempts: 1 } });
    expect(world.charged('pays')).toEqual([invoice?.total]);
    expect((await world.account('pays')).balance).toBe(0);
  });

  it('the books are the invoice and its payment, and the balance is their fold', async () => {
    const entries = await world.journal('pays');
    expect(entries.map(({ entryId }) => entryId)).toEqual(['invoice#2026-12#cycle', 'payment#2026-12#cycle#001']);
    const sum = (account: string) =>
      entries
        .flatMap(({ postings }) => postings)
        .filter((posting) => posting.account === account)
        .reduce((total, { amount }) => total + amount, 0);
    expect([sum('receivable'), sum('processor-clearing'), sum('revenue'), sum('tax:VAT:IE')]).toEqual([
      0, 2823, -2295, -528,
    ]);
  });

  it('a lost card is never tried again; the customer is told', async () => {
    expect(await state('lost-card')).toMatchObject({ status: 'unpaid', collection: { state: 'stopped', attempts: 1 } });
    expect(world.mailsTo('billing@lost-card.example')).toHaveLength(2);
  });

  it('a card that wants authentication waits for the customer and is not tried again', async () => {
    expect(await state('authenticates')).toMatchObject({ collection: { state: 'needs-authentication', attempts: 1 } });
  });

  it('R38: a declined card is not tried again within the hour, by nobody, and after it exactly once', async () => {
    expect(await state('declines-once')).toMatchObject({ status: 'unpaid', collection: { attempts: 1 } });
    world.goTo('2026-12-01T06:55:00.000Z');
    await world.sweep();
    await expect(world.pay('declines-once')).rejects.toThrow(/409.*a short time ago/s);
    expect(await state('declines-once')).toMatchObject({ status: 'unpaid', collection: { attempts: 1 } });
    world.goTo('2026-12-01T07:05:00.000Z');
    await world.sweep();
    const paid = await state('declines-once');
    expect(paid).toMatchObject({ status: 'paid', collection: { attempts: 2 } });
    expect(world.charged('declines-once')).toEqual([paid?.total]);
  });

  it('sweeping on and on charges nobody again', async () => {
    const before = world.stack.processor.books().charges.length;
    for (const day of ['2026-12-02', '2026-12-05', '2026-12-10']) {
      world.goTo(day);
      await world.sweep();
    }
    expect(world.stack.processor.books().charges).toHaveLength(before);
  });
});
