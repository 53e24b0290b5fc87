import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { remembered, standingOf } from '../../shared/domain/attempt-policy.ts';
import { addHours, addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import type { Decline, PaymentMethod } from '../../shared/domain/payment-method.ts';
import { asked, awakened, nextRequested, requestPayment } from '../../shared/domain/payment-request.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { retriesAfter } from '../../shared/domain/retry-policy.ts';
import { method, receivable } from '../support/collection.ts';

const NOW = '2026-12-20T12:00:00.000Z';
const hoursAgo = (hours: number): Instant => addHours(NOW, -hours);
const decline = (at: Instant, more: Partial<Decline> = {}): Decline => ({ at, code: 'insufficient_funds', ...more });
/** One decline an hour, the first one so many hours ago. */
const hourly = (count: number, first = 20): Decline[] =>
  Array.from({ length: count }, (_, index) => decline(hoursAgo(first - index)));
/** One decline a day, the last one two days ago: no day has two. */
const daily = (count: number): Decline[] =>
  Array.from({ length: count }, (_, index) => decline(hoursAgo(24 * (count + 1 - index))));

describe('an instrument', () => {
  it.each<[string, Decline[], Decline[], object]>([
    ['never declined is ready', [], [], { kind: 'ready' }],
    ['rests for an hour (R38)', [decline(addMinutes(NOW, -59))], [], { kind: 'resting', until: addMinutes(NOW, 1) }],
    ['is ready an hour after', [decline(hoursAgo(1))], [], { kind: 'ready' }],
    ['is ready though another was declined just now', [], [decline(NOW)], { kind: 'ready' }],
    [
      'rests as long as the issuer advises',
      [decline(hoursAgo(2), { restHours: 96 })],
      [],
      { kind: 'resting', until: addHours(NOW, 94) },
    ],
    ['is ready after four declines in a day', hourly(4), [], { kind: 'ready' }],
    ['waits after five in a day (R40, C9)', hourly(5), [], { kind: 'capped', until: addHours(NOW, 4) }],
    ['waits after ten of the account in a day (R40, C9)', [], hourly(10), { kind: 'capped', until: addHours(NOW, 4) }],
    ['is ready after nine of the account', [], hourly(9), { kind: 'ready' }],
    ['is ready after five of which one is a day old', [decline(hoursAgo(24)), ...hourly(4)], [], { kind: 'ready' }],
    ['is ready after seven in a fortnight', daily(7), [], { kind: 'ready' }],
    ['waits after eight in a fortnight', daily(8), [], { kind: 'capped', until: hoursAgo(24 * 9 - 24 * 14) }],
    [
      'waits after fifteen in thirty days',
      [...daily(28)].filter((_, index) => index % 2 === 1 || index === 0),
      [],
      { kind: 'capped', until: hoursAgo(24 * 29 - 24 * 30) },
    ],
    ['stopped stays stopped', [decline(hoursAgo(5_000), { stop: true, code: 'stolen_card' })], [], { kind: 'stopped' }],
  ])('%s', (_what, declines, others, standing) => {
    const card: PaymentMethod = { ...method('card'), declines };
    expect(standingOf(card, [card, { ...method('other'), declines: others }], NOW)).toEqual(standing);
  });

  it('forgets what is older than thirty days, and never a stop', () => {
    const old = [decline(hoursAgo(31 * 24)), decline(hoursAgo(31 * 24), { stop: true })];
    const last = { ...decline(NOW), attempt: 'acme#2026-12#cycle#001' };
    const log = remembered(old, last);
    expect(log).toEqual([old[1], last]);
    expect(remembered(log, last)).toBe(log);
  });

  it('counts attempts at two invoices that are declined in the same moment as two', () => {
    const [one, other] = ['001', '002'].map((number) => ({ ...decline(NOW), attempt: `acme#${number}` }));
    expect(remembered(remembered([], one!), other!)).toEqual([one, other]);
  });
});

describe('retries are known in advance (C23)', () => {
  it.each([
    ['card', 1, [1, 25, 97, 217, 385]],
    ['card', 4, [120, 288]],
    ['card', 6, []],
    ['connected', 5, [168]],
    ['bank-debit', 1, [72, 240]],
    ['bank-debit', 3, []],
  ] as const)('of a %s after %i declines', (methodKind, declines, hours) => {
    expect(retriesAfter(NOW, { methodKind, declines })).toEqual(hours.map((each) => addHours(NOW, each)));
  });
});

describe('a request to pay', () => {
  const wish = { by: 'owner', now: NOW };
  const card = method('card');
  const invoice = (month: string, more: Partial<Receivable> = {}) =>
    receivable({ invoiceId: `${month}#cycle`, month, invoiceDate: `${month}-01`, total: 1000, due: 1000, ...more });
  const request = (of: Receivable[], more: object = {}, declines: Decline[] = []) => {
    const used = { ...card, declines };
    const decision = requestPayment(of, used, [used], { ...wish, ...more });
    if (decision.kind === 'refused') return decision;
    expect(decision.kind).toBe('accepted');
    return decision.invoices.map((each) => [
      each.receivable.month,
      each.action === 'attempt' ? each.amount : each.action,
    ]);
  };

  it.each<[string, Decline[], object]>([
    ['resting', [decline(NOW)], { code: 'method_resting', until: addHours(NOW, 1) }],
    ['stopped', [decline(hoursAgo(500), { stop: true })], { code: 'method_stopped' }],
    ['used up', hourly(5), { code: 'too_many_attempts', until: addHours(NOW, 4) }],
  ])('with a method that is %s is refused, and told until when', (_what, declines, expected) => {
    expect(request([invoice('2026-12')], {}, declines)).toEqual({ kind: 'refused', ...expected });
  });

  it.each<[string, Receivable[], number | undefined, unknown]>([
    [
      'everything, the oldest first',
      [invoice('2026-12'), invoice('2026-10'), invoice('2026-11', { due: 0 })],
      undefined,
      [
        ['2026-10', 1000],
        ['2026-12', 1000],
      ],
    ],
    ['a part of the oldest', [invoice('2026-12'), invoice('2026-10')], 300, [['2026-10', 300]]],
    [
      'one and a part',
      [invoice('2026-12'), invoice('2026-10')],
      1300,
      [
        ['2026-10', 1000],
        ['2026-12', 300],
      ],
    ],
    [
      'of two of one day the one with the lower number first, in whatever order they were read',
      [invoice('2026-12', { number: 'B-2' }), invoice('2026-10', { invoiceDate: '2026-12-01', number: 'B-1' })],
      1300,
      [
        ['2026-10', 1000],
        ['2026-12', 300],
      ],
    ],
    [
      'all that is due, whatever an invoice that pays money back says, or one that is paid',
      [
        invoice('2026-12'),
        invoice('2026-10', { due: -400 }),
        invoice('2026-11', { due: 0, collection: { state: 'processing', attempts: 1 } }),
      ],
      1000,
      [['2026-12', 1000]],
    ],
    ['the least that can be charged', [invoice('2026-12')], 50, [['2026-12', 50]]],
    ['nothing where nothing is due', [invoice('2026-12', { due: 0 })], undefined, []],
    ['what is left of one paid in part', [invoice('2026-12', { due: 400 })], 400, [['2026-12', 400]]],
    [
      'more than is due: nothing',
      [invoice('2026-12')],
      1001,
      { kind: 'refused', code: 'amount_exceeds_balance', limit: 1000 },
    ],
    [
      'so little that a share cannot be charged',
      [invoice('2026-12'), invoice('2026-10')],
      1049,
      { kind: 'refused', code: 'amount_too_small', limit: 50 },
    ],
    [
      'nothing of what is under way',
      [invoice('2026-12'), invoice('2026-10', { collection: { state: 'attempting', attempts: 1 } })],
      1000,
      [
        ['2026-10', 'under-way'],
        ['2026-12', 1000],
      ],
    ],
    [
      'not what is under way',
      [invoice('2026-10', { collection: { state: 'processing', attempts: 1 } })],
      10,
      { kind: 'refused', code: 'amount_exceeds_balance', limit: 0 },
    ],
  ])('covers %s', (_what, invoices, amount, expected) => {
    expect(request(invoices, amount === undefined ? {} : { amount })).toEqual(expected);
  });

  it('lays any amount out to the cent, the oldest first, over what is due and not being paid already', () => {
    const due = fc.integer({ min: -500, max: 5_000 });
    const one = fc.record({ day: fc.integer({ min: 1, max: 28 }), due, underWay: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), fc.option(fc.integer({ min: 1, max: 20_000 })), (all, amount) => {
        const invoices = all.map(({ day, due: left, underWay }, index) =>
          invoice('2026-12', {
            ...{ invoiceId: `${index}#cycle` as Receivable['invoiceId'], number: `N-${index}`, due: left },
            invoiceDate: `2026-12-${String(day).padStart(2, '0')}`,
            collection: { state: underWay ? 'processing' : 'idle', attempts: 0 },
          }),
        );
        const free = invoices.filter((each) => each.due > 0 && each.collection.state === 'idle');
        const limit = free.reduce((sum, each) => sum + each.due, 0);
        const decision = requestPayment(invoices, card, [card], { ...wish, ...(amount !== null && { amount }) });
        if (decision.kind === 'refused') {
          expect(decision.code === 'amount_too_small' || (amount ?? 0) > limit).toBe(true);
          return;
        }
        const shares = decision.invoices.flatMap((each) => (each.action === 'attempt' ? [each] : []));
        expect(shares.reduce((sum, each) => sum + each.amount, 0)).toBe(amount ?? limit);
        // All but the last are paid in full, and nothing older is left out.
        expect(shares.slice(0, -1).every((each) => each.amount === each.receivable.due)).toBe(true);
        const ages = (of: readonly Receivable[]) => of.map(({ invoiceDate, number }) => `${invoiceDate} ${number}`);
        const oldest = ages(free).sort().slice(0, shares.length);
        expect(ages(shares.map((each) => each.receivable))).toEqual(oldest);
        for (const { receivable: of, amount: share } of shares) {
          expect(share).toBeGreaterThanOrEqual(50);
          // Asked for twice, it is on record once.
          const next = asked(of, 'card', share, wish)!;
          expect(asked(next, 'card', share, wish)).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what autopay had planned, is written once, and is not written over an open attempt', () => {
    const planned = invoice('2026-12', { collection: { state: 'idle', attempts: 1, nextAt: addHours(NOW, 24) } });
    const next = asked(planned, 'card', 300, { ...wish, requestId: 'r1' })!;
    expect(next.collection).toMatchObject({
      nextAt: NOW,
      requested: { methodId: 'card', amount: 300, requestId: 'r1', planned: addHours(NOW, 24) },
    });
    expect(asked(next, 'card', 300, wish)).toBeUndefined();
    expect(asked(next, 'other', 300, wish)?.collection.requested).toMatchObject({ planned: addHours(NOW, 24) });
    expect(asked({ ...planned, collection: { state: 'attempting', attempts: 2 } }, 'card', 300, wish)).toBeUndefined();
    expect(asked({ ...planned, due: 0 }, 'card', 300, wish)).toBeUndefined();
  });

  it('without a name, and with nothing planned before it, says neither', () => {
    const plain = invoice('2026-12', { collection: { state: 'idle', attempts: 0 } });
    expect(asked(plain, 'card', 300, wish)?.collection.requested).toStrictEqual({
      ...{ methodId: 'card', at: NOW, by: 'owner', amount: 300 },
    });
  });

  it('of all that is due is for that amount, though more becomes due before it is charged', () => {
    const contested = invoice('2026-12', { due: 700, disputed: 300 });
    const next = asked(contested, 'card', 700, wish)!;
    expect(next.collection.requested?.amount).toBe(700);
    const rejected = { ...next, due: 1000, disputed: 0 };
    expect(asked(rejected, 'card', 700, wish)).toBeUndefined();
    expect(asked(rejected, 'card', 1000, wish)?.collection.requested?.amount).toBe(1000);
  });

  it('of several invoices takes one after the other', () => {
    const wanted = (month: string) => asked(invoice(month), 'card', 1000, wish)!;
    const open = {
      ...wanted('2026-09'),
      collection: { ...wanted('2026-09').collection, state: 'attempting' as const },
    };
    expect(nextRequested([wanted('2026-12'), wanted('2026-10'), invoice('2026-08'), open])?.month).toBe('2026-10');
    expect(nextRequested([invoice('2026-08')])).toBeUndefined();
    expect(nextRequested([{ ...wanted('2026-10'), due: 0 }])).toBeUndefined();
    const [one, two] = ['B-1', 'B-2'].map((number) => ({ ...wanted('2026-12'), number }));
    expect(nextRequested([two!, one!])?.number).toBe('B-1');
    expect(nextRequested([one!, two!])?.number).toBe('B-1');
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

  it('is tried at once for the rest of an invoice of which a part was paid, and that is planned for no day', () => {
    const rest = receivable({ collection: { state: 'idle', attempts: 1 } });
    expect(awakened(rest, NOW)?.collection.nextAt).toBe(NOW);
  });

  it.each(['idle', 'needs-authentication', 'stopped'] as const)(
    'is tried after what somebody asked to pay, where nothing else was planned: %s',
    (state) => {
      const requested = { methodId: 'old', at: NOW, by: 'owner', amount: 500 };
      const asked = receivable({ collection: { state, attempts: 1, nextAt: NOW, requested } });
      expect(awakened(asked, NOW)?.collection).toEqual({
        ...asked.collection,
        requested: { ...requested, planned: NOW },
      });
    },
  );

  it.each([
    { state: 'idle', attempts: 1, nextAt: '2026-12-02T06:00:00.000Z' },
    { state: 'attempting', attempts: 1 },
    { state: 'processing', attempts: 1 },
  ] as const)('changes nothing about what is under way or planned: $state', (collection) => {
    expect(awakened(receivable({ collection }), NOW)).toBeUndefined();
  });
});
