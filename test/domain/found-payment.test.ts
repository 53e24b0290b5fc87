import { describe, expect, it } from 'vitest';
import { isOnRecord } from '../../shared/domain/found-payment.ts';
import type { PaymentAttempt, PaymentOutcome } from '../../shared/domain/receivable.ts';
import { method } from '../support/collection.ts';

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
