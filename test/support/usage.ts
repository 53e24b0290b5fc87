import type { Currency } from '../../shared/domain/money.ts';
import type { RatingContext } from '../../shared/domain/usage/rate-record.ts';
import type { CallRecord, MessageRecord } from '../../shared/domain/usage/records.ts';
import { buildTariff, type TariffRows } from '../../shared/domain/usage/tariff.ts';
import type { RatedRecord, RateRow, UsageClass } from '../../shared/domain/usage/usage.ts';

export const rateRow = (overrides: Partial<RateRow> = {}): RateRow => ({
  deck: 'outbound-minutes',
  version: 'v1',
  prefix: '',
  destination: 'US',
  increments: { initial: 60, subsequent: 60 },
  micros: 20_000,
  per: 'minute',
  from: '2020-01-01',
  ...overrides,
});

export const deckRow = (prefix: string, destination: string, micros: number, overrides: Partial<RateRow> = {}) =>
  rateRow({ deck: 'international-2026', prefix, destination, micros, ...overrides });

/** The price list of a telecom in the United States, with the guide's own prices where it states any. */
export const tariffRows = (overrides: Partial<TariffRows> = {}): TariffRows => ({
  currency: 'USD',
  classRates: {
    domestic: [rateRow()],
    'toll-free-inbound': [
      rateRow({ deck: 'toll-free-minutes', increments: { initial: 6, subsequent: 6 }, micros: 30_000 }),
    ],
    message: [rateRow({ deck: 'sms', increments: { initial: 1, subsequent: 1 }, micros: 5_500, per: 'credit' })],
  },
  premium: [
    deckRow('1787', 'PR', 90_000, { deck: 'premium-2026' }),
    deckRow('1939', 'PR', 90_000, { deck: 'premium-2026' }),
  ],
  international: [
    deckRow('49', 'DE', 19_000),
    deckRow('491', 'DE', 49_000, { increments: { initial: 30, subsequent: 6 } }),
    deckRow('44', 'GB', 15_000),
    deckRow('52', 'MX', 30_000),
    deckRow('7', 'RU', 120_000),
    deckRow('1', 'US', 18_000),
    deckRow('1204', 'CA', 12_000),
  ],
  ...overrides,
});

export const ratingContext = (
  billingCountry = 'US',
  overrides: Partial<RatingContext> = {},
  currency: Currency = 'USD',
): RatingContext => ({
  account: { billingCountry, billingStartDate: '2026-01-01', currency },
  timeZone: 'UTC',
  now: '2026-12-01T00:00:00.000Z',
  tariff: buildTariff(tariffRows({ currency })),
  ...overrides,
});

export const call = (overrides: Partial<CallRecord> = {}): CallRecord => ({
  recordId: 'call-1',
  kind: 'call',
  direction: 'outbound',
  caller: '+12125550100',
  called: '+13125550123',
  startedAt: '2026-11-10T12:00:00.000Z',
  answeredAt: '2026-11-10T12:00:10.000Z',
  endedAt: '2026-11-10T12:01:11.000Z',
  durationSeconds: 71,
  billableSeconds: 61,
  disposition: 'answered',
  ...overrides,
});

export const message = (overrides: Partial<MessageRecord> = {}): MessageRecord => ({
  recordId: 'message-1',
  kind: 'message',
  direction: 'outbound',
  from: '+12125550100',
  to: '+13125550123',
  at: '2026-11-10T12:00:00.000Z',
  segments: 1,
  media: false,
  ...overrides,
});

/** Usage that is rated already; `second` counts from the beginning of November 2026. */
export const rated = (
  recordId: string,
  of: UsageClass,
  second: number,
  quantity: number,
  rate: RateRow | undefined = rateRow(),
): RatedRecord => ({
  recordId,
  class: of,
  at: new Date(Date.UTC(2026, 10, 1) + second * 1000).toISOString(),
  from: '+12125550100',
  to: '+13125550123',
  quantity,
  ...(rate === undefined ? {} : { rate }),
});
