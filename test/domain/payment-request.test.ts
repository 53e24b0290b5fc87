import { describe, expect, it } from 'vitest';
import { addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import { awakened, type OpenInvoice, requestPayment } from '../../shared/domain/payment-request.ts';
import type { PaymentAttempt, PaymentOutcome, Receivable } from '../../shared/domain/receivable.ts';
import { method, receivable } from '../support/collection.ts';

const NOW = '2026-12-10T12:00:00.000Z';
const SOFT: PaymentOutcome = { kind: 'declined', hard: false, code: 'insufficient_funds' };
const HARD: PaymentOutcome = { kind: 'declined', hard: true, code: 'stolen_card' };
const ago = (minutes: number): Instant => addMinutes(NOW, -minutes);

const attempt = (methodId: string, startedAt: Instant, outcome?: PaymentOutcome): PaymentAttempt => ({
  sellerId: 'northwind-us',
  accountId: 'acme',
  invoiceId: '2026-12#cycle',
  attempt: 1,
  key: 'acme#2026-12#cycle#001',
  methodId,
  method: method(methodId),
  amount: 42_10,
  currency: 'USD',
  startedAt,
  offSession: true,
  ...(outcome === undefined ? {} : { outcome, finishedAt: startedAt }),
});
const open = (attempts: readonly PaymentAttempt[] = [], overrides: Partial<Receivable> = {}): OpenInvoice => ({
  receivable: receivable(overrides),
  attempts,
});
const request = (...invoices: OpenInvoice[]) => requestPayment(invoices, { methodId: 'card', by: 'owner', now: NOW });
/** So many declines, the newest `last` minutes ago and two hours between them. */
const declines = (count: number, methodId: string, last: number) =>
  Array.from({ length: count }, (_, index) => attempt(methodId, ago(last + (count - 1 - index) * 120), SOFT));

describe('R36: somebody asks to pay all that an account owes', () => {
  it('each unpaid invoice is due now with that method, the oldest first', () => {
    const november = open([], { invoiceId: '2026-11#cycle', invoiceDate: '2026-11-01' });
    const paid = open([], { due: 0, status: 'paid' });
    const january = open([], { invoiceId: '2027-01#cycle', invoiceDate: '2027-01-01' });
    const answer = request(open(), paid, january, november);
    expect(request(january, november, open())).toEqual(answer);
    const requested = { methodId: 'card', at: NOW, by: 'owner' };
    expect(answer).toEqual({
      kind: 'accepted',
      invoices: [november.receivable, receivable(), january.receivable].map((of) => ({
        action: 'attempt',
        receivable: of,
        next: { ...of, version: 2, collection: { ...of.collection, nextAt: NOW, requested } },
      })),
    });
  });

  it.each(['attempting', 'processing'] as const)('an invoice whose attempt is %s is left to it', (state) => {
    const of = open([], { collection: { state, attempts: 1 } });
    expect(request(of)).toEqual({
      kind: 'accepted',
      invoices: [{ action: 'under-way', receivable: of.receivable }],
    });
  });

  it('asked for twice with one method, nothing is written again; with another, it is', () => {
    const asked = (methodId: string) =>
      open([], {
        collection: { state: 'idle', attempts: 0, requested: { methodId, at: ago(1), by: 'owner' } },
      });
    const [same, other] = [asked('card'), asked('other')].map((of) => request(of));
    expect(same).toEqual({
      kind: 'accepted',
      invoices: [{ action: 'attempt', receivable: asked('card').receivable }],
    });
    expect(other).toMatchObject({ invoices: [{ next: { collection: { requested: { methodId: 'card' } } } }] });
  });
});

describe('R38, R40, C9: a method that was declined rests', () => {
  it.each([
    ['R38: declined 59 minutes ago', [attempt('card', ago(59), SOFT)], 'method_resting', addMinutes(NOW, 1)],
    ['R38: declined an hour ago', [attempt('card', ago(60), SOFT)], undefined, undefined],
    ['R41: another card was declined just now', [attempt('other', ago(1), SOFT)], undefined, undefined],
    ['§2.8: refused for good', [attempt('card', ago(9999), HARD)], 'method_stopped', undefined],
    ['another card was refused for good', [attempt('other', ago(1), HARD)], undefined, undefined],
    ['an attempt without an answer is no decline', [attempt('card', ago(1))], undefined, undefined],
    ['C9: four declines with this card in 24 hours', declines(4, 'card', 61), undefined, undefined],
    ['C9: five, of which the first leaves the window', declines(5, 'card', 61), 'too_many_attempts', ago(541 - 1440)],
    ['C9: the fifth is 24 hours old', declines(5, 'card', 960), undefined, undefined],
    ['C9: the fifth is a minute younger', declines(5, 'card', 959), 'too_many_attempts', addMinutes(NOW, 1)],
    ['C9: nine declines with other cards', declines(9, 'other', 61), undefined, undefined],
    ['C9: ten declines with other cards', declines(10, 'other', 61), 'too_many_attempts', ago(1141 - 1440)],
    [
      'C9: both limits, until the later end',
      [...declines(5, 'other', 70), ...declines(5, 'card', 61)],
      'too_many_attempts',
      ago(541 - 1440),
    ],
  ] as [string, PaymentAttempt[], string | undefined, Instant | undefined][])('%s', (_name, attempts, code, until) => {
    const expected =
      code === undefined
        ? expect.objectContaining({ kind: 'accepted' })
        : { kind: 'refused', code, ...(until === undefined ? {} : { until }) };
    for (const each of [attempts, attempts.toReversed()]) expect(request(open(each))).toEqual(expected);
  });

  it('the declines of all open invoices count together', () => {
    const [first, ...rest] = declines(5, 'card', 61);
    expect(request(open([first!]), open(rest))).toMatchObject({ code: 'too_many_attempts' });
  });
});

describe('a new payment method', () => {
  it.each(['stopped', 'needs-authentication'] as const)('is tried at once where the old one is %s', (state) => {
    const of = receivable({ collection: { state, attempts: 3 } });
    expect(awakened(of, NOW)).toEqual({
      ...of,
      version: 2,
      collection: { state, attempts: 3, nextAt: NOW },
    });
    expect(awakened({ ...of, due: 0 }, NOW)).toBeUndefined();
  });

  it.each(['idle', 'attempting', 'processing'] as const)('changes nothing where collection is %s', (state) => {
    expect(awakened(receivable({ collection: { state, attempts: 1 } }), NOW)).toBeUndefined();
  });
});
