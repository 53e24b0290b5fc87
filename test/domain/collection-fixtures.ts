import type { Account } from '../../shared/domain/account.ts';
import { remembered } from '../../shared/domain/attempt-policy.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { type CollectionPlan, planAttempt } from '../../shared/domain/collection.ts';
import { conclude, declineOf, opened } from '../../shared/domain/collection-outcome.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import { asked } from '../../shared/domain/payment-request.ts';
import type { PaymentAttempt, PaymentOutcome, Receivable } from '../../shared/domain/receivable.ts';
import { method, payer, receivable } from '../support/collection.ts';

export const START = '2026-12-01T06:00:00.000Z';
export const ZONE = 'America/New_York';
export const card = method('card');
export const other = method('other');
export const METHODS = [card, other];
export const PAID = { kind: 'succeeded', chargeId: 'ch_1', amount: 42_10 } satisfies PaymentOutcome;
export const SOFT = { kind: 'declined', hard: false, code: 'insufficient_funds' } satisfies PaymentOutcome;
export const HARD = { kind: 'declined', hard: true, code: 'stolen_card' } satisfies PaymentOutcome;
export const AUTHENTICATE = { kind: 'needs-authentication' } satisfies PaymentOutcome;
export const UNKNOWN = { kind: 'unknown', reason: 'timeout' } satisfies PaymentOutcome;
export const PROCESSING = { kind: 'processing' } satisfies PaymentOutcome;

/** An invoice being collected, as handler and store move it, without either. */
export class Collecting {
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

export const after = (...outcomes: PaymentOutcome[]) => {
  const collecting = new Collecting();
  let now: Instant = START;
  for (const outcome of outcomes) {
    collecting.run(now, outcome);
    now = collecting.invoice.collection.nextAt ?? now;
  }
  return { collecting, now };
};

export function attemptAt(now: Instant): PaymentAttempt {
  const plan = planAttempt(receivable(), payer, METHODS, [], now);
  if (plan.do !== 'attempt') throw new Error(`expected an attempt, not ${plan.do}`);
  return plan.attempt;
}
