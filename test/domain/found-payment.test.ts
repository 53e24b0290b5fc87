import { describe, expect, it } from 'vitest';
import { foundAttempt, isOnRecord, returned } from '../../shared/domain/found-payment.ts';
import type { PaymentAttempt, PaymentOutcome } from '../../shared/domain/receivable.ts';
import { method, receivable } from '../support/collection.ts';

const attempt = (number: number, outcome?: PaymentOutcome): PaymentAttempt => ({
  ...{ sellerId: 'northwind-us', accountId: 'acme', invoiceId: '2026-12#cycle', currency: 'USD', amount: 42_10 },
  ...{ attempt: number, key: `acme#2026-12#cycle#00${number}`, methodId: 'card', method: method('card') },
  ...{ startedAt: '2026-12-01T06:00:00.000Z', offSession: true, ...(outcome && { outcome }) },
});
const paid = (chargeId: string): PaymentOutcome => ({ kind: 'succeeded', chargeId, amount: 42_10 });
const declined: PaymentOutcome = { kind: 'declined', hard: false, code: 'insufficient_funds' };
const authenticate: PaymentOutcome = { kind: 'needs-authentication' };

type Told = Parameters<typeof isOnRecord>[0];
const nothing: Told = { kind: 'nothing' };
const succeeded = (chargeId: string): Told => ({ kind: 'succeeded', chargeId });

describe('news of an intent', () => {
  it.each<[string, Told, PaymentAttempt[]]>([
    ['the charge of a paid attempt', succeeded('ch_1'), [attempt(1, paid('ch_1'))]],
    ['the charge of an earlier attempt', succeeded('ch_1'), [attempt(1, paid('ch_1')), attempt(2, declined)]],
    ['no charge, after a decline', nothing, [attempt(1, declined)]],
    ['no charge, while the customer is to authenticate', nothing, [attempt(1, authenticate)]],
  ])('is on record: %s', (_what, told, attempts) => {
    expect(isOnRecord(told, attempts)).toBe(true);
  });

  it.each<[string, Told, PaymentAttempt[]]>([
    ['an attempt is open', succeeded('ch_1'), [attempt(1)]],
    ['an attempt is open and nothing was charged', nothing, [attempt(1)]],
    ['another attempt is open', succeeded('ch_1'), [attempt(1, paid('ch_1')), attempt(2)]],
    ['a charge that no attempt has', succeeded('ch_2'), [attempt(1, paid('ch_1'))]],
    ['a charge after a decline', succeeded('ch_1'), [attempt(1, declined)]],
    ['a charge after the customer authenticated', succeeded('ch_1'), [attempt(1, authenticate)]],
    ['the bank takes a charge up again', { kind: 'processing', chargeId: 'ch_1' }, [attempt(1, declined)]],
    ['a payment came back', { kind: 'returned', chargeId: 'ch_1' }, [attempt(1, paid('ch_1'))]],
    ['there is no attempt', nothing, []],
    ['a charge without any attempt', succeeded('ch_1'), []],
  ])('is to be looked at: %s', (_what, told, attempts) => {
    expect(isOnRecord(told, attempts)).toBe(false);
  });
});

const NOW = '2026-12-20T23:30:00.000Z';

describe('a payment that the customer completed at the processor', () => {
  const { declines: _none, ...card } = { ...method('card'), declines: [], changedAt: NOW };
  const { changedAt: _never, ...plain } = card;

  it('gets an attempt of its own, which is looked at and never carried out', () => {
    const of = receivable({
      collection: { state: 'needs-authentication', attempts: 2, nextAt: '2026-12-21T06:00:00.000Z' },
    });
    expect(foundAttempt(of, card, 42_10, NOW)).toStrictEqual({
      ...{ sellerId: 'northwind-us', accountId: 'acme', invoiceId: '2026-12#cycle', currency: 'USD', amount: 42_10 },
      ...{ attempt: 3, key: 'acme#2026-12#cycle#003', methodId: 'card', method: plain, startedAt: NOW },
      ...{ offSession: false, observed: true, resumeAt: '2026-12-21T06:00:00.000Z' },
    });
  });

  it('resumes nothing where nothing was planned', () => {
    const of = receivable({ collection: { state: 'stopped', attempts: 0 } });
    expect(foundAttempt(of, card, 42_10, NOW)).not.toHaveProperty('resumeAt');
  });
});

describe('a payment that came back from the bank', () => {
  const debit = method('debit', 'pm_sample_usBankAccount');
  const settled: PaymentAttempt = { ...attempt(1, paid('ch_1')), methodId: 'debit', method: debit };
  const whole = receivable({
    ...{ due: 0, status: 'paid', paidAt: '2026-12-05T00:00:00.000Z', dunning: { step: 1 } },
    collection: { state: 'idle', attempts: 1 },
  });
  const back = (of = whole, hard = false, amount = 42_10, another = false) =>
    returned(of, settled, { code: 'insufficient_funds', amount, hard }, NOW, { timeZone: 'America/New_York', another });

  it('is due again, and the customer is told a day before dunning goes on', () => {
    const { next } = back();
    expect(next).toMatchObject({
      ...{ due: 42_10, status: 'unpaid', version: 2 },
      dunning: { step: 1, nextAt: '2026-12-21T23:30:00.000Z' },
      collection: { attempts: 1, lastDecline: { code: 'insufficient_funds', at: NOW, methodId: 'debit' } },
    });
    expect(next).not.toHaveProperty('paidAt');
  });

  it('is due beside what was left', () => expect(back({ ...whole, due: 5_00 }, false, 37_10).next.due).toBe(42_10));

  it('is reversed in the books on the day on which that is known in the seller’s time zone', () => {
    expect(back().entry).toStrictEqual({
      ...{ entryId: 'return#2026-12#cycle#001', accountId: 'acme', sellerId: 'northwind-us', currency: 'USD' },
      ...{ date: '2026-12-20', recordedAt: NOW, reference: 'ch_1' },
      postings: [
        { account: 'receivable', amount: 42_10 },
        { account: 'processor-clearing', amount: -42_10 },
      ],
    });
  });

  it.each([
    ['is tried again as the policy has it, where the bank allows it', false, 'idle', '2026-12-23T23:30:00.000Z'],
    ['stands stopped where the bank forbids it', true, 'stopped', undefined],
  ])('%s, and the instrument remembers it', (_name, hard, state, nextAt) => {
    const { next, attempt: closed, decline } = back(whole, hard);
    expect([next.collection.state, next.collection.nextAt]).toEqual([state, nextAt]);
    expect(closed).toEqual({ ...settled, returned: { at: NOW, code: 'insufficient_funds', amount: 42_10, hard } });
    expect(decline).toStrictEqual({
      at: NOW,
      code: 'insufficient_funds',
      attempt: settled.key,
      ...(hard && { stop: true }),
    });
  });

  it.each([
    ['although the bank may pay it later', false],
    ['where the bank forbids it', true],
  ])('is charged to another method of the customer’s half a day later, before dunning goes on, %s', (_case, hard) => {
    const { dunning, collection } = back(whole, hard, 42_10, true).next;
    expect(collection).toMatchObject({ state: 'idle', nextAt: '2026-12-21T11:30:00.000Z' });
    expect(dunning.nextAt! > collection.nextAt!).toBe(true);
  });

  it('is looked at now where somebody asked to pay meanwhile, and leaves an attempt under way as it is', () => {
    const requested = { methodId: 'card', at: NOW, by: 'owner', amount: 5_00 };
    const asked = { ...whole, due: 5_00, collection: { state: 'idle', attempts: 1, requested } } as const;
    expect(back(asked).next.collection).toMatchObject({ nextAt: NOW, requested });
    const trying = { state: 'attempting', attempts: 2, nextAt: '2026-12-21T00:00:00.000Z' } as const;
    expect(back({ ...whole, due: 5_00, collection: trying }).next.collection).toEqual(trying);
  });
});
