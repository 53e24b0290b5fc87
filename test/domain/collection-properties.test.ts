import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addHours, addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import { conclude } from '../../shared/domain/collection-outcome.ts';
import { balanceOf } from '../../shared/domain/ledger.ts';
import type { PaymentAttempt } from '../../shared/domain/receivable.ts';
import { payer } from '../support/collection.ts';
import {
  AUTHENTICATE,
  after,
  attemptAt,
  Collecting,
  HARD,
  PAID,
  PROCESSING,
  SOFT,
  START,
  UNKNOWN,
  ZONE,
} from './collection-fixtures.ts';

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
