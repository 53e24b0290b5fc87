import { describe, expect, it } from 'vitest';
import { type Rating, rateRecord } from '../../../shared/domain/usage/rate-record.ts';
import { withoutText } from '../../../shared/domain/usage/records.ts';
import { buildTariff } from '../../../shared/domain/usage/tariff.ts';
import { call, deckRow, message, rateRow, ratingContext, tariffRows } from '../../support/usage.ts';

/** `class quantity @ micros`, or what else became of the record. */
function told(rating: Rating): string {
  if (rating.kind === 'exception') return `exception ${rating.code} ${rating.field}`;
  if (rating.kind !== 'rated') return `${rating.kind} ${rating.reason}`;
  const { class: of, quantity, rate } = rating.record;
  return `${of} ${quantity} @ ${rate === undefined ? 'free' : rate.micros}`;
}

describe('§2.6, R105–R108: a call is rated by class, longest prefix and increments', () => {
  it.each([
    ['R104: 61 s to the US at 60/60', {}, 'domestic 120 @ 20000'],
    ['R106: 61 s between extensions', { direction: 'internal', called: '102' }, 'internal 120 @ 20000'],
    [
      'R107: 61 s to our toll-free number at 6/6',
      { direction: 'inbound', called: '+18005550123' },
      'toll-free-inbound 66 @ 30000',
    ],
    ['R105, C16: 61 s to Puerto Rico', { called: '+17875550123' }, 'domestic-premium 120 @ 90000'],
    ['C16: 61 s to Russia', { called: '+78755500123' }, 'international 120 @ 120000'],
    ['R108: 61 s to Berlin', { called: '+4930555012' }, 'international 120 @ 19000'],
    ['R108: 61 s to a German mobile at 30/6', { called: '+4915155501' }, 'international 66 @ 49000'],
    ['R108: Winnipeg, whose area code has a row', { called: '+12045550123' }, 'international 120 @ 12000'],
    ['R108: Toronto, which has the row of +1', { called: '+14165550123' }, 'international 120 @ 18000'],
    ['emergency', { called: '911' }, 'emergency 61 @ free'],
    ['inbound', { direction: 'inbound', called: '+12125550100' }, 'inbound 61 @ free'],
    ['toll-free from us', { called: '+18005550123' }, 'toll-free-outbound 61 @ free'],
    ['nobody answered', { disposition: 'unanswered', billableSeconds: 0 }, 'not-billable unanswered'],
    ['unanswered and yet connected', { disposition: 'unanswered' }, 'exception billable_unanswered disposition'],
    ['connected for no whole second', { billableSeconds: 0 }, 'not-billable no_billable_seconds'],
    ['implausible', { billableSeconds: 72 }, 'exception billable_exceeds_duration billableSeconds'],
    ['no row for Japan', { called: '+81355501234' }, 'exception no_rate called'],
    ['area code 900 without a row', { called: '+19005550123' }, 'exception no_rate called'],
  ] as const)('%s', (_, change, expected) => {
    expect(told(rateRecord(call(change), ratingContext()))).toBe(expected);
  });

  it('keeps who, when and the rate row as it is', () => {
    const context = ratingContext();
    expect(rateRecord(call({ called: '+4915155501' }), context)).toEqual({
      kind: 'rated',
      record: {
        recordId: 'call-1',
        class: 'international',
        at: '2026-11-10T12:00:10.000Z',
        from: '+12125550100',
        to: '+4915155501',
        quantity: 66,
        rate: deckRow('491', 'DE', 49_000, { increments: { initial: 30, subsequent: 6 } }),
      },
    });
  });

  it('an exception says which usage of which day has no rate', () => {
    expect(rateRecord(call({ called: '+81355501234' }), ratingContext())).toMatchObject({
      reason: 'No rate is in force for this usage on this date (international, +81355501234, 2026-11-10).',
    });
  });

  it.each([
    ['domestic', call()],
    ['domestic', call({ direction: 'internal', called: '102' })],
    ['toll-free-inbound', call({ direction: 'inbound', called: '+18005550123' })],
    ['message', message()],
  ])('a class without a rate is an exception, never free: %s', (_, record) => {
    const tariff = buildTariff(tariffRows({ classRates: {} }));
    expect(told(rateRecord(record, ratingContext('US', { tariff })))).toMatch(/^exception no_rate (called|to)$/u);
  });

  it('rates of another currency are not taken', () => {
    const account = { billingCountry: 'CA', billingStartDate: '2026-01-01', currency: 'CAD' } as const;
    expect(told(rateRecord(call(), ratingContext('CA', { account })))).toBe(
      'exception currency_mismatch account.currency',
    );
  });
});

describe('what is not rated is never rated at zero, and says why', () => {
  const canadian = { billingCountry: 'CA', billingStartDate: '2026-01-01', currency: 'CAD' } as const;
  const unpriced = buildTariff(tariffRows({ classRates: {} }));

  it.each([
    [
      'currency mismatch',
      call(),
      ratingContext('CA', { account: canadian }),
      'The rates are in another currency than the account (USD instead of CAD).',
    ],
    [
      'currency mismatch of a message',
      message(),
      ratingContext('CA', { account: canadian }),
      'The rates are in another currency than the account (USD instead of CAD).',
    ],
    [
      'R109: messages elsewhere',
      message(),
      ratingContext('GB'),
      'Messages are offered in the United States and Canada only (R109) (billing address in GB).',
    ],
    [
      'a message without a rate',
      message(),
      ratingContext('US', { tariff: unpriced }),
      'No rate is in force for this usage on this date (message, tariff.message, 2026-11-10).',
    ],
    [
      'a call without a rate',
      call({ direction: 'internal', called: '102' }),
      ratingContext('US', { tariff: unpriced }),
      'No rate is in force for this usage on this date (internal, 102, 2026-11-10).',
    ],
  ])('%s', (_, record, context, reason) => {
    expect(rateRecord(record, context)).toMatchObject({ kind: 'exception', reason });
  });
});

describe('the instant of the answer counts, in the time zone of the seller', () => {
  const rows = [rateRow({ micros: 20_000, to: '2026-11-30' }), rateRow({ micros: 25_000, from: '2026-12-01' })];
  const tariff = buildTariff(tariffRows({ classRates: { domestic: rows } }));
  const context = ratingContext('US', { tariff, timeZone: 'America/New_York', now: '2026-12-02T00:00:00.000Z' });
  const answered = (answeredAt: string) =>
    call({ startedAt: '2026-12-01T04:59:00.000Z', answeredAt, endedAt: '2026-12-01T06:00:00.000Z' });

  it('§2.6: picks the rate, though the call started under another one', () => {
    expect(told(rateRecord(answered('2026-12-01T04:59:59.999Z'), context))).toBe('domestic 120 @ 20000');
    expect(told(rateRecord(answered('2026-12-01T05:00:00.000Z'), context))).toBe('domestic 120 @ 25000');
  });

  it('R93, R146: before the billing start date it is dropped, not rated at zero', () => {
    const account = { billingCountry: 'US', billingStartDate: '2026-12-01', currency: 'USD' } as const;
    const starting = { ...context, account };
    expect(told(rateRecord(answered('2026-12-01T04:59:59.999Z'), starting))).toBe('dropped before_billing_start');
    expect(told(rateRecord(answered('2026-12-01T05:00:00.000Z'), starting))).toBe('domestic 120 @ 25000');
  });

  it('says of a message whether it was received, so that its own number is known', () => {
    const received = rateRecord(message({ direction: 'inbound', from: 'BANK' }), ratingContext());
    expect(received).toMatchObject({ record: { inbound: true } });
    expect(rateRecord(message(), ratingContext())).not.toHaveProperty('record.inbound');
  });

  it('R93, C17: also inbound calls to toll-free numbers and messages', () => {
    const account = { billingCountry: 'US', billingStartDate: '2026-11-11', currency: 'USD' } as const;
    const tollFree = call({ direction: 'inbound', called: '+18005550123' });
    expect(told(rateRecord(tollFree, ratingContext('US', { account })))).toBe('dropped before_billing_start');
    expect(told(rateRecord(message(), ratingContext('US', { account })))).toBe('dropped before_billing_start');
  });

  it('R93: an implausible record before the billing start is still an exception', () => {
    const account = { billingCountry: 'US', billingStartDate: '2026-11-11', currency: 'USD' } as const;
    expect(told(rateRecord(call({ called: '' }), ratingContext('US', { account })))).toBe(
      'exception number_malformed called',
    );
  });
});

describe('R109–R111, R156: messages', () => {
  const canadian = buildTariff(
    tariffRows({
      currency: 'CAD',
      classRates: { message: [rateRow({ deck: 'sms', micros: 7_150, per: 'credit' })] },
    }),
  );

  it.each([
    ['R111: a segment from the US', 'US', {}, 'message 1 @ 5500'],
    ['R110: received as well as sent', 'US', { direction: 'inbound', from: 'BANK' }, 'message 1 @ 5500'],
    ['R110: a credit per segment', 'US', { segments: 3 }, 'message 3 @ 5500'],
    ['§2.7: an MMS is two credits', 'US', { media: true, segments: 3 }, 'message 2 @ 5500'],
    ['R109: not in the United Kingdom', 'GB', {}, 'exception messages_not_offered account.billingCountry'],
    ['R109: not in Puerto Rico', 'PR', {}, 'exception messages_not_offered account.billingCountry'],
    ['a text without segments', 'US', { segments: 0 }, 'exception segments_malformed segments'],
  ] as const)('%s', (_, country, change, expected) => {
    expect(told(rateRecord(message(change), ratingContext(country)))).toBe(expected);
  });

  it('R111: a segment from Canada costs 0.00715 CAD', () => {
    const account = { billingCountry: 'CA', billingStartDate: '2026-01-01', currency: 'CAD' } as const;
    expect(told(rateRecord(message(), ratingContext('CA', { account, tariff: canadian })))).toBe('message 1 @ 7150');
  });

  it('§2.7: the weight of an MMS is the tariff’s', () => {
    const tariff = buildTariff(tariffRows({ mmsCredits: 5 }));
    expect(told(rateRecord(message({ media: true }), ratingContext('US', { tariff })))).toBe('message 5 @ 5500');
  });

  it('keeps who, when and how much, by the time of sending', () => {
    expect(rateRecord(message({ segments: 2 }), ratingContext())).toMatchObject({
      record: {
        recordId: 'message-1',
        at: '2026-11-10T12:00:00.000Z',
        from: '+12125550100',
        to: '+13125550123',
        quantity: 2,
      },
    });
  });

  it('R110: the text is counted and gone', () => {
    const { segments: _, ...rest } = message();
    const kept = withoutText({ ...rest, text: `${'A'.repeat(159)}€` });
    expect(kept).toEqual(message({ segments: 2 }));
    expect(JSON.stringify(kept)).not.toContain('AAA');
  });
});

it('a tariff says which deck is wrong before anything is rated', () => {
  const premium = [deckRow('1787', 'PR', 1), deckRow('1787', 'PR', 1)];
  expect(() => buildTariff(tariffRows({ premium }))).toThrow(expect.objectContaining({ code: 'invalid_rate_deck' }));
});
