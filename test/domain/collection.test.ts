import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { addHours, addMinutes } from '../../shared/domain/calendar.ts';
import { intentKeyOf, planAttempt } from '../../shared/domain/collection.ts';
import { conclude, noticeOf, opened } from '../../shared/domain/collection-outcome.ts';
import type { PaymentAttempt, PaymentOutcome, Receivable } from '../../shared/domain/receivable.ts';
import { payer, receivable } from '../support/collection.ts';
import {
  AUTHENTICATE,
  after,
  attemptAt,
  Collecting,
  card,
  HARD,
  METHODS,
  PAID,
  PROCESSING,
  SOFT,
  START,
  UNKNOWN,
  ZONE,
} from './collection-fixtures.ts';

describe('the first attempt', () => {
  it('is made on the invoice date with the default method, off session, for what is due', () => {
    expect(new Collecting().plan(START)).toMatchObject({
      do: 'attempt',
      checkAgainAt: '2026-12-01T06:05:00.000Z',
      attempt: {
        attempt: 1,
        key: 'acme#2026-12#cycle#001',
        methodId: 'card',
        method: card,
        amount: 42_10,
        offSession: true,
      },
    });
  });

  it.each<[string, Partial<Receivable>, Partial<Account>, object]>([
    ['paid', { due: 0, status: 'paid' }, {}, { do: 'nothing', because: 'paid' }],
    ['a credit', { due: -500, total: -500 }, {}, { do: 'nothing', because: 'paid' }],
    ['autopay is off', {}, { autopay: false }, { do: 'nothing', because: 'customer-pays' }],
    ['there is no default method', {}, { defaultMethodId: undefined }, { do: 'nothing', because: 'method-missing' }],
    [
      'nothing was planned',
      { collection: { state: 'idle', attempts: 0 } },
      {},
      { do: 'nothing', because: 'not-planned' },
    ],
  ])('is not made when: %s; and nothing stays due', (_, invoice, account, expected) => {
    const collecting = new Collecting(receivable(invoice), { ...payer, ...account });
    expect(collecting.plan(START)).toMatchObject(expected);
    expect(collecting.invoice.collection.nextAt).toBeUndefined();
  });

  it('waits until its time', () => {
    expect(new Collecting().plan('2026-12-01T05:59:59.999Z')).toMatchObject({ do: 'wait', until: START });
  });
});

describe('a part of an invoice', () => {
  it('is charged as asked; the rest has an intent of its own and stays planned as it was', () => {
    const { collecting } = after(SOFT);
    const planned = collecting.invoice.collection.nextAt;
    const soon = addMinutes(START, 10);
    collecting.request('other', soon, 10_00);
    const first = intentKeyOf(collecting.invoice);
    expect(collecting.run(soon, { ...PAID, amount: 10_00 })).toMatchObject({ attempt: { amount: 10_00 } });
    expect(collecting.invoice).toMatchObject({
      due: 32_10,
      status: 'unpaid',
      collection: { state: 'idle', nextAt: planned },
    });
    expect(collecting.invoice.collection.intentId).toBeUndefined();
    expect(intentKeyOf(collecting.invoice)).not.toBe(first);
    expect(collecting.run(planned!, { ...PAID, amount: 32_10 })).toMatchObject({
      attempt: { amount: 32_10, methodId: 'card' },
    });
    expect(collecting.invoice).toMatchObject({ due: 0, status: 'paid' });
  });

  it('that another card was declined for leaves autopay’s plan as it was', () => {
    const { collecting } = after(SOFT);
    const planned = collecting.invoice.collection.nextAt;
    collecting.request('other', addMinutes(START, 10), 10_00);
    collecting.run(addMinutes(START, 10), HARD);
    expect(collecting.invoice.collection).toMatchObject({ state: 'idle', nextAt: planned });
  });
});

describe('an open attempt', () => {
  it.each([
    ['unknown', UNKNOWN],
    ['processing', PROCESSING],
  ])('that is %s is asked about, whatever is requested meanwhile', (_, outcome) => {
    const { collecting } = after(outcome);
    collecting.request('other', START);
    expect(collecting.plan(START)).toMatchObject({ do: 'ask', attempt: { attempt: 1 } });
    expect(collecting.plan(addHours(START, 900))).toMatchObject({ do: 'ask', attempt: { attempt: 1 } });
  });

  it('is asked about after 5, 10, then every 15 minutes; after a day hourly, and a person is told', () => {
    const invoice = opened(receivable(), attemptAt(START), addMinutes(START, 5));
    const asked = (minutes: number) => {
      const conclusion = conclude(invoice, attemptAt(START), [], UNKNOWN, addMinutes(START, minutes), ZONE);
      if (conclusion.final) throw new Error('unknown is not final');
      const wait = (Date.parse(conclusion.next.collection.nextAt!) - Date.parse(addMinutes(START, minutes))) / 60_000;
      return [conclusion.next.collection.state, wait, conclusion.overdue];
    };
    expect(asked(0)).toEqual(['attempting', 5, false]);
    expect(asked(5)).toEqual(['attempting', 10, false]);
    expect(asked(15)).toEqual(['attempting', 15, false]);
    expect(asked(24 * 60 - 1)).toEqual(['attempting', 15, false]);
    expect(asked(24 * 60)).toEqual(['attempting', 60, true]);
  });

  it('of a bank debit is asked about every six hours until it settles or comes back', () => {
    const { collecting, now } = after(PROCESSING, PROCESSING);
    expect(collecting.invoice.collection).toMatchObject({ state: 'processing', nextAt: addHours(START, 12) });
    collecting.run(now, SOFT);
    expect(collecting.invoice.collection).toMatchObject({ state: 'idle', nextAt: addHours(now, 1) });
  });

  it('that needs the customer is closed without counting as a decline, and not repeated by itself', () => {
    const { collecting } = after(AUTHENTICATE);
    expect(collecting.invoice.collection.state).toBe('needs-authentication');
    expect(collecting.invoice.collection.lastDecline).toBeUndefined();
    expect(collecting.plan(addHours(START, 100))).toMatchObject({ do: 'nothing', because: 'needs-authentication' });
    collecting.request('card', addHours(START, 100));
    expect(collecting.plan(addHours(START, 100))).toMatchObject({ do: 'attempt', attempt: { offSession: false } });
  });

  it('that was read without its record is not decided upon', () => {
    const { collecting } = after(UNKNOWN);
    expect(() => planAttempt(collecting.invoice, payer, METHODS, [], START)).toThrow('read again');
  });
});

describe('a payment', () => {
  it('of a part leaves the rest due, and what was asked for meanwhile stands', () => {
    const requested = { methodId: 'other', at: START, by: 'owner', amount: 2_10 };
    const invoice = receivable({ collection: { state: 'attempting', attempts: 1, nextAt: START, requested } });
    const part: PaymentOutcome = { kind: 'succeeded', chargeId: 'ch_1', amount: 40_00 };
    const conclusion = conclude(invoice, attemptAt(START), [], part, START, ZONE);
    expect(conclusion.next).toEqual({
      ...invoice,
      due: 2_10,
      version: 2,
      collection: { state: 'idle', attempts: 1, spentIntents: 1, nextAt: START, requested },
    });
    const all = conclude(invoice, attemptAt(START), [], PAID, START, ZONE).next;
    expect(all.collection).toEqual({ state: 'idle', attempts: 1, spentIntents: 1 });
    const more: PaymentOutcome = { kind: 'succeeded', chargeId: 'ch_1', amount: 50_00 };
    expect(conclude(invoice, attemptAt(START), [], more, START, ZONE).next).toMatchObject({ due: 0, status: 'paid' });
  });

  it('spends its intent: should anything be due again, that has an intent of its own', () => {
    const collection = { state: 'attempting', attempts: 1, intentId: 'pi_1', nextAt: START } as const;
    const { next } = conclude(receivable({ collection }), attemptAt(START), [], PAID, START, ZONE);
    expect(next.collection.intentId).toBeUndefined();
    expect(intentKeyOf(next)).not.toBe(intentKeyOf(receivable()));
  });

  it('is booked against the receivable on the seller’s date, and leaves nothing due', () => {
    const now = '2026-12-02T04:30:00.000Z';
    const conclusion = conclude(opened(receivable(), attemptAt(now), now), attemptAt(now), [], PAID, now, ZONE);
    expect(conclusion).toMatchObject({
      final: true,
      next: { due: 0, status: 'paid', paidAt: now, dunning: { step: 0 } },
      entry: {
        entryId: 'payment#2026-12#cycle#001',
        date: '2026-12-01',
        postings: [
          { account: 'processor-clearing', amount: 42_10 },
          { account: 'receivable', amount: -42_10 },
        ],
      },
    });
    expect(conclusion.next.collection.nextAt).toBeUndefined();
    expect(conclusion.next.dunning.nextAt).toBeUndefined();
  });

  it.each<[string, Partial<PaymentAttempt>, PaymentOutcome, string | undefined]>([
    ['a first autopay that works: none', {}, PAID, undefined],
    ['one that works after a failure', { attempt: 2 }, PAID, 'payment-received'],
    ['one that was asked for', { offSession: false }, PAID, 'payment-received'],
    ['a decline', {}, SOFT, 'payment-failed'],
    ['a stolen card', {}, HARD, 'payment-failed'],
    ['a fault of the processor: none', {}, { kind: 'declined', hard: false, code: 'processor_error' }, undefined],
    [
      'a payment that the processor did not handle: none',
      {},
      { kind: 'declined', hard: false, code: 'processing_error' },
      undefined,
    ],
    ['one that was never made: none', {}, { kind: 'declined', hard: false, code: 'not_attempted' }, undefined],
    ['authentication', {}, AUTHENTICATE, 'authentication-needed'],
    ['none while its outcome is unknown', {}, UNKNOWN, undefined],
    ['none while the bank takes days', {}, PROCESSING, undefined],
  ])('calls for the right notice: %s', (_, attempt, outcome, notice) => {
    expect(noticeOf({ ...attemptAt(START), ...attempt, outcome })).toBe(notice);
  });
});
