import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { remembered } from '../../shared/domain/attempt-policy.ts';
import { addHours, addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import { type CollectionPlan, intentKeyOf, planAttempt } from '../../shared/domain/collection.ts';
import { conclude, declineOf, noticeOf, opened } from '../../shared/domain/collection-outcome.ts';
import { balanceOf } from '../../shared/domain/ledger.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import { asked } from '../../shared/domain/payment-request.ts';
import type { PaymentAttempt, PaymentOutcome, Receivable } from '../../shared/domain/receivable.ts';
import { method, payer, receivable } from '../support/collection.ts';

const START = '2026-12-01T06:00:00.000Z';
const ZONE = 'America/New_York';
const card = method('card');
const other = method('other');
const METHODS = [card, other];

const PAID: PaymentOutcome = { kind: 'succeeded', chargeId: 'ch_1', amount: 42_10 };
const SOFT: PaymentOutcome = { kind: 'declined', hard: false, code: 'insufficient_funds' };
const HARD: PaymentOutcome = { kind: 'declined', hard: true, code: 'stolen_card' };
const AUTHENTICATE: PaymentOutcome = { kind: 'needs-authentication' };
const UNKNOWN: PaymentOutcome = { kind: 'unknown', reason: 'timeout' };
const PROCESSING: PaymentOutcome = { kind: 'processing' };

/** An invoice being collected, as handler and store move it, without either. */
class Collecting {
  attempts: PaymentAttempt[] = [];
  invoice: Receivable;
  account: Account;
  methods: readonly PaymentMethod[] = METHODS;

  constructor(invoice = receivable(), account = payer) {
    this.invoice = invoice;
    this.account = account;
  }

  plan(now: Instant): CollectionPlan {
    const plan = planAttempt(this.invoice, this.account, this.methods, this.attempts, now);
    if ('tidy' in plan && plan.tidy) this.invoice = plan.tidy;
    return plan;
  }

  /** Carries out what is planned; `outcome` is the processor's answer. */
  run(now: Instant, outcome: PaymentOutcome): CollectionPlan {
    const plan = this.plan(now);
    if (plan.do === 'attempt') {
      this.invoice = opened(this.invoice, plan.attempt, plan.checkAgainAt);
      this.attempts.push(plan.attempt);
    }
    if (plan.do === 'attempt' || plan.do === 'ask') {
      const earlier = this.attempts.slice(0, -1);
      const conclusion = conclude(this.invoice, plan.attempt, earlier, outcome, now, ZONE);
      this.invoice = conclusion.next;
      if (conclusion.final) this.close(conclusion.attempt);
    }
    return plan;
  }

  private close(attempt: PaymentAttempt): void {
    this.attempts[this.attempts.length - 1] = attempt;
    const decline = declineOf(attempt);
    if (!decline) return;
    this.methods = this.methods.map((each) =>
      each.methodId === attempt.methodId ? { ...each, declines: remembered(each.declines ?? [], decline) } : each,
    );
  }

  request(methodId: string, at: Instant, amount?: number): void {
    const next = asked(this.invoice, methodId, amount ?? this.invoice.due, { by: 'admin', now: at });
    if (next) this.invoice = next;
  }
}

const after = (...outcomes: PaymentOutcome[]) => {
  const collecting = new Collecting();
  let now: Instant = START;
  for (const outcome of outcomes) {
    collecting.run(now, outcome);
    now = collecting.invoice.collection.nextAt ?? now;
  }
  return { collecting, now };
};

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

describe('whatever the processor answers, in whatever order', () => {
  const step = fc.record({
    minutes: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 20_000 })),
    request: fc.option(fc.constantFrom('card', 'other', 'removed'), { nil: undefined }),
    defaultMethodId: fc.constantFrom('card', 'other'),
    autopay: fc.boolean(),
    outcome: fc.constantFrom(PAID, SOFT, SOFT, HARD, AUTHENTICATE, UNKNOWN, PROCESSING),
  });

  it('there is one open attempt at most, nothing is collected twice, and a declined method has its rest', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const collecting = new Collecting();
        let now: Instant = START;
        for (const { minutes, request, outcome, defaultMethodId, autopay } of steps) {
          now = addMinutes(now, minutes);
          if (request) collecting.request(request, now);
          collecting.account = { ...payer, defaultMethodId, autopay };
          const before = [...collecting.attempts];
          const plan = collecting.run(now, outcome);
          if (plan.do === 'attempt') expectAllowed(plan.attempt, before);
          expectConsistent(collecting);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  function expectAllowed(attempt: PaymentAttempt, before: readonly PaymentAttempt[]): void {
    expect(before.filter((earlier) => !earlier.outcome)).toEqual([]);
    expect(before.map((earlier) => earlier.key)).not.toContain(attempt.key);
    for (const { methodId, outcome, finishedAt } of before) {
      if (methodId !== attempt.methodId || outcome?.kind !== 'declined') continue;
      expect(outcome.hard).toBe(false);
      expect(attempt.startedAt >= addHours(finishedAt!, 1)).toBe(true);
    }
  }

  function expectConsistent({ invoice, attempts }: Collecting): void {
    const collected = attempts.reduce(
      (sum, { outcome }) => sum + (outcome?.kind === 'succeeded' ? outcome.amount : 0),
      0,
    );
    expect(invoice.due).toBe(invoice.total - collected);
    expect(invoice.due).toBeGreaterThanOrEqual(0);
    expect(attempts.length).toBe(invoice.collection.attempts);
    const open = attempts.filter((attempt) => !attempt.outcome);
    expect(open.length).toBe(['attempting', 'processing'].includes(invoice.collection.state) ? 1 : 0);
    if (open.length === 1) expect(invoice.collection.nextAt).toBeDefined();
  }
});

it('books every payment in balance', () => {
  const { collecting } = after(SOFT);
  const attempt = { ...attemptAt(START), attempt: 2 };
  const conclusion = conclude(collecting.invoice, attempt, [], PAID, START, ZONE);
  expect(conclusion.final && conclusion.entry && balanceOf([conclusion.entry])).toBe(-42_10);
});

function attemptAt(now: Instant): PaymentAttempt {
  const plan = planAttempt(receivable(), payer, METHODS, [], now);
  if (plan.do !== 'attempt') throw new Error(`expected an attempt, not ${plan.do}`);
  return plan.attempt;
}
