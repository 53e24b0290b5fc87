import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NETWORK_PER_SECOND, PAYMENTS_PER_SECOND, slotDelays } from '../../shared/collection/pace.ts';
import type { Credit } from '../../shared/domain/books/credit.ts';
import { payFromCredit } from '../../shared/domain/books/manual-payment.ts';
import { planAttempt } from '../../shared/domain/collection.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import type { Collection, PaymentAttempt, PaymentOutcome } from '../../shared/domain/receivable.ts';
import { type CollectionFacts, collectionEffect } from '../../shared/domain/redrive-collection.ts';
import { method, payer, receivable } from '../support/collection.ts';

const NOW = '2026-12-01T12:00:00.000Z';
const card = method('card');
const attempt = (outcome?: PaymentOutcome): PaymentAttempt => ({
  ...{ sellerId: 'northwind-us', accountId: 'acme', invoiceId: '2026-12#cycle', attempt: 1, key: 'k' },
  ...{ methodId: 'card', method: card, amount: 42_10, currency: 'USD', offSession: true },
  startedAt: '2026-12-01T06:00:00.000Z',
  ...(outcome && { outcome, finishedAt: '2026-12-01T06:00:01.000Z' }),
});
const declined = { kind: 'declined', code: 'insufficient_funds', hard: false } as const;
const collecting = (collection: Partial<Collection>, more: Partial<CollectionFacts> = {}): CollectionFacts => ({
  receivable: receivable({ collection: { ...receivable().collection, ...collection } }),
  account: payer,
  methods: [card],
  attempts: [],
  now: NOW,
  ...more,
});
const open = { state: 'attempting', attempts: 1, intentId: 'pi_1', nextAt: '2026-12-01T06:05:00.000Z' } as const;
const asked = (processor: NonNullable<CollectionFacts['processor']>) =>
  collecting(open, { attempts: [attempt()], processor });
const without = (methods: readonly PaymentMethod[]) => ({ methods, account: { ...payer, autopay: true } });

const { defaultMethodId: _none, ...withoutDefault } = { ...payer, autopay: true };

const INVOICE = 'invoice NTUS-202612A-000001';
const OPEN = `attempt 1 on ${INVOICE}, begun at 2026-12-01T06:00:00.000Z`;

describe('what redriving a collection does is said in words, and by the plan that the collector follows', () => {
  it.each<[string, CollectionFacts, string, number?]>([
    ['planned', collecting({}), `Charges USD 42.10 to visa •••• 4242 for ${INVOICE} (attempt 1).`, 42_10],
    [
      'planned, with credit for a part',
      collecting({}, { account: { ...payer, credit: 12_10 } }),
      `Pays USD 12.10 of ${INVOICE} from the account’s credit. Charges USD 30.00 to visa •••• 4242 for ${INVOICE} (attempt 1).`,
      30_00,
    ],
    [
      'of which a part was asked for, with credit for another part: what was asked for is charged all the same',
      collecting(
        { requested: { methodId: 'card', at: NOW, by: 'owner', amount: 20_00 } },
        { account: { ...payer, credit: 12_10 } },
      ),
      `Pays USD 12.10 of ${INVOICE} from the account’s credit. Charges USD 20.00 to visa •••• 4242 for ${INVOICE} (attempt 1).`,
      20_00,
    ],
    [
      'with credit that leaves less than can be charged',
      collecting({}, { account: { ...payer, credit: 42_00 } }),
      `Pays USD 42.00 of ${INVOICE} from the account’s credit. Charges nobody: the USD 0.10 due on ${INVOICE} are less than can be charged.`,
    ],
    [
      'with autopay off and credit for a part: the credit is used all the same',
      collecting({}, { account: { ...payer, autopay: false, credit: 12_10 } }),
      `Pays USD 12.10 of ${INVOICE} from the account’s credit. Charges nobody: autopay is off, and the customer pays ${INVOICE} itself.`,
    ],
    [
      'with credit, and no card',
      collecting({}, { ...without([]), account: { ...payer, credit: 42_10 } }),
      `Charges nobody: pays ${INVOICE} from the account’s credit of USD 42.10.`,
    ],
    [
      'under way: credit waits for its outcome',
      { ...asked({ kind: 'processing', amount: 42_10 }), account: { ...payer, credit: 12_10 } },
      `Charges nobody: the bank still works on ${OPEN}.`,
    ],
    [
      'planned, with credit for all of it',
      collecting({}, { account: { ...payer, credit: 50_00 } }),
      `Charges nobody: pays ${INVOICE} from the account’s credit of USD 50.00.`,
    ],
    [
      'paid',
      collecting({}, { receivable: receivable({ due: 0, status: 'paid' }) }),
      `Charges nobody: ${INVOICE} is paid.`,
    ],
    [
      'that pays money back, with credit',
      collecting({}, { receivable: receivable({ due: -5_00 }), account: { ...payer, credit: 12_10 } }),
      `Charges nobody: ${INVOICE} is paid.`,
    ],
    [
      'of five cents',
      collecting({}, { receivable: receivable({ due: 5 }) }),
      `Charges nobody: the USD 0.05 due on ${INVOICE} are less than can be charged.`,
    ],
    [
      'declined five minutes ago: the card rests (R38)',
      collecting(
        { attempts: 1, nextAt: NOW },
        {
          methods: [{ ...card, declines: [{ at: '2026-12-01T11:55:00.000Z', code: 'insufficient_funds' }] }],
          attempts: [{ ...attempt(declined), finishedAt: '2026-12-01T11:55:00.000Z' }],
        },
      ),
      `Charges nobody now: the next attempt on ${INVOICE} may begin at 2026-12-01T12:55:00.000Z.`,
    ],
    [
      'declined for good',
      collecting(
        {
          state: 'stopped',
          attempts: 1,
          lastDecline: { code: 'lost_card', at: '2026-12-01T06:00:01.000Z', methodId: 'card' },
        },
        {
          methods: [{ ...card, declines: [{ at: '2026-12-01T06:00:01.000Z', code: 'lost_card', stop: true }] }],
          attempts: [attempt({ kind: 'declined', code: 'lost_card', hard: true })],
        },
      ),
      `Charges nobody: a hard decline, or the last retry, ended the attempts on ${INVOICE} (declined with lost_card at 2026-12-01T06:00:01.000Z): it needs another payment method.`,
    ],
    [
      'waiting for authentication',
      collecting(
        { state: 'needs-authentication', attempts: 1 },
        { attempts: [attempt({ kind: 'needs-authentication' })] },
      ),
      `Charges nobody: ${INVOICE} waits for the customer’s authentication since 2026-12-01T06:00:01.000Z.`,
    ],
    [
      'without any method',
      collecting({}, without([])),
      `Charges nobody: the account has no payment method for ${INVOICE}.`,
    ],
    [
      'with a card, and none that autopay may charge',
      collecting({}, { methods: [card], account: withoutDefault }),
      `Charges nobody: the account has no payment method for ${INVOICE}.`,
    ],
    [
      'asked for with a card that was removed meanwhile',
      collecting({ requested: { methodId: 'gone', at: NOW, by: 'owner', amount: 42_10 } }),
      `Charges nobody: the method that was to pay ${INVOICE} is gone.`,
    ],
    [
      'stopped by a decline of another invoice: none of its own is told',
      collecting({}, { methods: [{ ...card, declines: [{ at: NOW, code: 'lost_card', stop: true }] }] }),
      `Charges nobody: a hard decline, or the last retry, ended the attempts on ${INVOICE}: it needs another payment method.`,
    ],
    [
      'with autopay off',
      collecting({}, { account: { ...payer, autopay: false } }),
      `Charges nobody: autopay is off, and the customer pays ${INVOICE} itself.`,
    ],
    [
      'that nobody planned',
      { ...collecting({}), receivable: receivable({ collection: { state: 'idle', attempts: 0 } }) },
      `Charges nobody: no attempt on ${INVOICE} is planned.`,
    ],
    [
      'unknown, and paid at the processor',
      asked({ kind: 'succeeded', amount: 42_10 }),
      `Charges nobody: the processor has USD 42.10 from ${OPEN}, and it is booked.`,
    ],
    [
      'a bank debit under way',
      asked({ kind: 'processing', amount: 42_10 }),
      `Charges nobody: the bank still works on ${OPEN}.`,
    ],
    [
      'a bank debit that came back',
      asked({ kind: 'returned', amount: 42_10 }),
      `Charges nobody: USD 42.10 of ${OPEN} came back, and that is booked.`,
    ],
    [
      'unknown, and the processor is silent',
      asked({ kind: 'no-answer' }),
      `Charges nobody: the outcome of ${OPEN} is unknown, and the processor gives no answer now either. It is asked again.`,
    ],
    [
      'unknown, and the processor shows nothing of it',
      asked({ kind: 'nothing' }),
      `The outcome of ${OPEN} is unknown: asks the processor under the same key, so that it is carried out once at most.`,
    ],
  ])('%s', (_name, facts, words, charges) => {
    const effect = collectionEffect(facts);
    expect([effect.words, effect.charges]).toEqual([words, charges]);
  });
});

it('what it says will be charged is what the collector charges, whatever was asked for and is there to pay with', () => {
  const cents = fc.integer({ min: 0, max: 60_00 });
  const facts = fc.record({
    due: cents,
    credit: cents,
    asked: fc.option(fc.integer({ min: 1, max: 60_00 })),
    autopay: fc.boolean(),
    state: fc.constantFrom<Collection['state']>('idle', 'stopped', 'attempting'),
    cards: fc.constantFrom([card], []),
  });
  fc.assert(
    fc.property(facts, ({ due, credit, asked: amount, autopay, state, cards }) => {
      const requested = amount === null ? {} : { requested: { methodId: 'card', at: NOW, by: 'owner', amount } };
      const attempts = state === 'attempting' ? [attempt()] : [];
      const collection = { state, attempts: attempts.length, nextAt: NOW, ...requested };
      const before = receivable({ due, collection });
      const account = { ...payer, autopay, credit };
      const kept: Credit = {
        ...{ sellerId: 'northwind-us', accountId: 'acme', creditId: 'c', currency: 'USD', bookedAt: NOW, by: 'finn' },
        ...{ amount: credit, remaining: credit, uses: [], version: 1 },
        source: { kind: 'wire', reference: 'W', valueDate: '2026-12-01' },
      };
      const paid = payFromCredit(before, [kept], { by: 'collect-payment', now: NOW, today: '2026-12-01' });
      const after = paid?.receivables[0] ?? before;
      const plan = planAttempt(after, account, cards, attempts, NOW);
      const effect = collectionEffect({ receivable: before, account, methods: cards, attempts, now: NOW });
      expect(effect.charges).toBe(plan.do === 'attempt' ? plan.attempt.amount : undefined);
      expect(effect.words.includes('from the account’s credit')).toBe(paid !== undefined);
    }),
    { numRuns: 500 },
  );
});

describe('the pace of redriven payments', () => {
  it.each([
    ['at once while the budget is free', 0, 3, 20, [0, 0, 0]],
    ['twenty in each second', 0, 41, 20, [...Array(20).fill(0), ...Array(20).fill(1), 2]],
    ['after those who came before', 2_500, 2, 20, [2, 2]],
  ] as const)('%s', (_name, busyMs, count, perSecond, delays) => {
    expect(slotDelays(busyMs, count, perSecond)).toEqual(delays);
  });

  it('never puts more into a second than the budget has, whoever presses how often', () => {
    const presses = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(presses, fc.constantFrom(PAYMENTS_PER_SECOND, NETWORK_PER_SECOND), (counts, perSecond) => {
        let busyMs = 0;
        const seconds = new Map<number, number>();
        for (const count of counts) {
          for (const second of slotDelays(busyMs, count, perSecond))
            seconds.set(second, (seconds.get(second) ?? 0) + 1);
          busyMs += Math.ceil((count * 1000) / perSecond);
        }
        expect(Math.max(...seconds.values())).toBeLessThanOrEqual(perSecond);
      }),
    );
  });
});
