import { describe, expect, it } from 'vitest';
import { addHours, addMinutes } from '../../shared/domain/calendar.ts';
import { conclude, opened } from '../../shared/domain/collection-outcome.ts';
import { payer, receivable } from '../support/collection.ts';
import { after, Collecting, card, HARD, other, PAID, SOFT, START, ZONE } from './collection-fixtures.ts';

describe('after a decline', () => {
  it.each([
    ['1 hour', 1, '2026-12-01T07:00:00.000Z'],
    ['24 hours', 2, '2026-12-02T07:00:00.000Z'],
    ['72 hours', 3, '2026-12-05T07:00:00.000Z'],
    ['120 hours', 4, '2026-12-10T07:00:00.000Z'],
    ['168 hours', 5, '2026-12-17T07:00:00.000Z'],
  ])('the same method is tried again after %s and not before (R38, C23)', (_, declines, at) => {
    const { collecting } = after(...Array.from({ length: declines }, () => SOFT));
    expect(collecting.invoice.collection).toMatchObject({ state: 'idle', nextAt: at });
    expect(collecting.plan(addMinutes(at, -1))).toMatchObject({ do: 'wait', until: at });
    expect(collecting.plan(at)).toMatchObject({ do: 'attempt', attempt: { attempt: declines + 1 } });
  });

  it('the sixth in a row ends the attempts with that method', () => {
    const { collecting, now } = after(SOFT, SOFT, SOFT, SOFT, SOFT, SOFT);
    expect(collecting.invoice.collection).toMatchObject({ state: 'stopped', attempts: 6 });
    expect(collecting.plan(addHours(now, 1000))).toMatchObject({ do: 'nothing', because: 'method-stopped' });
  });

  it('for good, no attempt is made until the method changes, then at once', () => {
    const { collecting } = after(HARD);
    expect(collecting.invoice.collection).toMatchObject({ state: 'stopped', lastDecline: { code: 'stolen_card' } });
    expect(collecting.plan(addHours(START, 500))).toMatchObject({ do: 'nothing', because: 'method-stopped' });
    collecting.account = { ...payer, defaultMethodId: 'other' };
    expect(collecting.plan(addHours(START, 500))).toMatchObject({
      do: 'attempt',
      attempt: { attempt: 2, methodId: 'other' },
    });
  });

  it('a customer who asks to pay with the same card waits an hour, with another pays at once (R38, R41)', () => {
    const { collecting } = after(SOFT);
    const soon = addMinutes(START, 10);
    collecting.request('card', soon);
    expect(collecting.plan(soon)).toMatchObject({ do: 'wait', until: addHours(START, 1) });
    expect(collecting.invoice.collection.requested).toBeDefined();
    collecting.request('other', soon);
    expect(collecting.run(soon, PAID)).toMatchObject({
      do: 'attempt',
      attempt: { methodId: 'other', offSession: false },
    });
    expect(collecting.invoice).toMatchObject({ due: 0, status: 'paid', paidAt: soon });
  });

  it('a decline of another card does not end the rest of the first', () => {
    const { collecting } = after(SOFT);
    collecting.request('other', addMinutes(START, 5));
    collecting.run(addMinutes(START, 5), SOFT);
    collecting.request('card', addMinutes(START, 10));
    expect(collecting.plan(addMinutes(START, 10))).toMatchObject({ do: 'wait', until: addHours(START, 1) });
  });

  it('a request to pay with a card that was stopped, or is gone, is dropped', () => {
    const { collecting } = after(HARD);
    collecting.request('card', START);
    expect(collecting.plan(addHours(START, 2))).toMatchObject({ do: 'nothing', because: 'method-stopped' });
    collecting.request('removed', START);
    expect(collecting.plan(addHours(START, 2))).toMatchObject({ do: 'nothing', because: 'method-missing' });
    expect(collecting.invoice.collection.requested).toBeUndefined();
  });

  it('C23: declines of another card do not count on the ladder of this one', () => {
    const { collecting } = after(SOFT, SOFT);
    const [first, second] = collecting.attempts;
    const other = { ...first!, attempt: 3, methodId: 'other' };
    const invoice = receivable({ collection: { state: 'attempting', attempts: 3 } });
    const conclusion = conclude(invoice, other, [first!, second!], SOFT, addHours(START, 2), ZONE);
    expect(conclusion.next.collection).toEqual({
      state: 'idle',
      attempts: 3,
      nextAt: addHours(START, 3),
      lastDecline: { code: 'insufficient_funds', at: addHours(START, 2), methodId: 'other' },
    });
  });

  it('R38: the hour of rest ends to the minute, also where it was asked for', () => {
    const { collecting } = after(SOFT);
    collecting.request('card', START);
    expect(collecting.plan(addMinutes(START, 59)).do).toBe('wait');
    expect(collecting.plan(addMinutes(START, 60))).toMatchObject({
      do: 'attempt',
      attempt: { methodId: 'card', offSession: false },
    });
  });

  it('an automatic attempt after it is off session, as the first one was', () => {
    const { collecting } = after(SOFT);
    expect(collecting.plan(addHours(START, 1))).toMatchObject({ do: 'attempt', attempt: { offSession: true } });
  });

  it('the customer’s own order of other methods is gone through at once when a card is declined for good', () => {
    const collecting = new Collecting(receivable(), { ...payer, fallbackMethodIds: ['gone', 'other'] });
    const plan = collecting.plan(START);
    if (plan.do !== 'attempt') throw new Error('an attempt was expected');
    const begun = opened(collecting.invoice, plan.attempt, plan.checkAgainAt);
    const declinedForGood = conclude(begun, plan.attempt, [], HARD, START, ZONE, { fallback: true });
    expect(declinedForGood.next.collection).toMatchObject({ state: 'idle', nextAt: START });
    collecting.invoice = declinedForGood.next;
    collecting.attempts = declinedForGood.final ? [declinedForGood.attempt] : [];
    expect(collecting.plan(START)).toMatchObject({ do: 'attempt', attempt: { methodId: 'other', offSession: true } });
  });

  it('a card that was stopped on one invoice is not tried on another', () => {
    const collecting = new Collecting();
    collecting.methods = [{ ...card, declines: [{ at: START, code: 'stolen_card', stop: true }] }, other];
    expect(collecting.plan(addHours(START, 2))).toMatchObject({ do: 'nothing', because: 'method-stopped' });
  });

  it('a card whose data the network updated is tried again though it was stopped', () => {
    const { collecting } = after(HARD);
    collecting.methods = [{ ...card, changedAt: addHours(START, 10) }];
    expect(collecting.plan(addHours(START, 10))).toMatchObject({ do: 'attempt', attempt: { attempt: 2 } });
  });

  it('an invoice smaller than the processor’s least charge is left alone', () => {
    const collecting = new Collecting(receivable({ total: 49, due: 49 }));
    expect(collecting.plan(START)).toMatchObject({ do: 'nothing', because: 'too-small' });
  });
});
