import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import type { Explanation, PriceUsed } from '../../../shared/domain/explanation.ts';
import type { DraftInvoice } from '../../../shared/domain/invoice.ts';
import { account, input, product, seller, subscription } from '../../support/accounts.ts';
import { everyCharge } from '../../support/every-charge.ts';
import { charge, words } from './words-fixtures.ts';

const composed = (history: [number, string, number][], billingDate: string, month: string): DraftInvoice => {
  const billedThrough = { date: `${month}-01`, month, change: 1 };
  const bill = input(account('IE', 'EUR', { billedThrough }), [subscription('phone', ...history)]);
  const decision = composeInvoice(
    bill,
    seller('IE', 'EUR'),
    [product('phone', 2500, 'EUR', { name: 'Desk phone' })],
    billingDate,
    billingDate,
  );
  if (decision.outcome !== 'invoice') throw new Error(decision.reason);
  return decision.draft;
};

const withExplanation = (explanation: Explanation) =>
  words({ ...everyCharge().lines[0]!, description: 'Desk phone', unit: 'device', explanation });

describe('a line in words', () => {
  const june = composed(
    [
      [1, '2026-01-01', 3],
      [2, '2026-06-15', 2],
    ],
    '2026-07-01',
    '2026-06',
  );

  it('a month in advance', () => {
    expect(words(june.lines[0])).toEqual([
      'Desk phone: 5 devices, paid in advance for 1 July 2026 to 31 July 2026.',
      'The price is EUR 25.00 per device (version v1 of phone, from 1 January 2020).',
      '5 × EUR 25.00 = EUR 125.00.',
    ]);
  });

  it('R97: an addition, with its days and nothing to round', () => {
    expect(words(june.lines[1])).toEqual([
      'Desk phone: 2 devices were added on 15 June 2026.',
      'That day itself is free, so 15 of June’s 30 days are charged.',
      'The price is EUR 25.00 per device (version v1 of phone, from 1 January 2020).',
      '2 × EUR 25.00 × 15 ÷ 30 = EUR 25.00.',
    ]);
  });

  it('R98, C11: a removal, with the rounding', () => {
    const [, removed] = composed(
      [
        [1, '2026-01-01', 3],
        [2, '2026-07-15', -1],
      ],
      '2026-08-01',
      '2026-07',
    ).lines;
    expect(words(removed)).toEqual([
      'Desk phone: 1 device was removed on 15 July 2026.',
      'That day itself is free, so 16 of July’s 31 days are credited.',
      'The price is EUR 25.00 per device (version v1 of phone, from 1 January 2020).',
      '−1 × EUR 25.00 × 16 ÷ 31 = EUR −12.903225…, rounded half up to the cent: EUR −12.90.',
    ]);
  });

  it.each([
    ['start-day-free@1', 31, 31, 'That is the first day of its period, so 31 of July’s 31 days are charged.'],
    ['start-day-counted@1', 17, 31, 'That day itself counts, so 17 of July’s 31 days are charged.'],
    ['fixed-30-days@1', 16, 30, 'Every month is counted as 30 days, so 16 of 30 days are charged.'],
    [
      'to-the-second@1',
      1_400_000,
      2_678_400,
      'From that moment on, 1,400,000 of the period’s 2,678,400 seconds are charged.',
    ],
    ['by-the-moon@2', 3, 28, 'By the rule “by-the-moon@2”, 3 of the period’s 28 days are charged.'],
  ])('counts by %s', (policy, days, of, sentence) => {
    const price = {
      productId: 'phone',
      version: 'v1',
      from: '2020-01-01',
      pricing: { model: 'flat', unitMicros: 1 },
    } as const;
    const counted: Explanation = {
      kind: 'proration',
      policy,
      effectiveOn: '2026-07-15',
      before: 0,
      after: 1,
      days,
      of,
      price,
    };
    expect(withExplanation(counted)[1]).toBe(sentence);
  });

  it('tiers, by the quantity before and after', () => {
    const tiers = [
      { upTo: 10, unitMicros: 5_000_000 },
      { unitMicros: 4_000_000, flatMicros: 1_000_000 },
    ];
    const price = {
      productId: 'phone',
      version: 'v2',
      from: '2026-01-01',
      pricing: { model: 'graduated', tiers },
    } as const;
    const counted = {
      kind: 'proration',
      policy: 'start-day-free@1',
      effectiveOn: '2026-07-15',
      before: 8,
      after: 12,
      days: 16,
      of: 31,
      price,
    } as const;
    expect(withExplanation(counted).slice(2)).toEqual([
      'The price is that of the tier each device falls into: up to 10 EUR 5.00, beyond EUR 4.00 and EUR 1.00 once (version v2 of phone, from 1 January 2026).',
      '(EUR 59.00 for 12 devices − EUR 40.00 for 8 devices) × 16 ÷ 31 = EUR 9.806451…, rounded half up to the cent: EUR 9.81.',
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      'bought once',
      'purchases',
      [
        'Headset: 3 items, bought once.',
        'The price is USD 59.99 per item (version v1 of purchases, from 1 January 2025).',
        '3 × USD 59.99 = USD 179.97.',
      ],
    ],
    [
      'R104: inside the plan',
      'included-minutes',
      [
        'Domestic calls and calls between extensions of November 2026: 2,000 minutes inside the plan.',
        'The plan includes 2,000 minutes in the month: 0 minutes used before, 2,000 minutes after.',
        'Nothing is charged: USD 0.00.',
      ],
    ],
    [
      'R106: beyond the plan',
      'outbound-overage',
      [
        'Domestic calls and calls between extensions of November 2026, by the time of answer.',
        'The plan includes 2,000 minutes in the month: 2,000 minutes used before, 2,000 minutes after. What exceeds it is charged here.',
        'United States: 3 calls, 216 minutes billed by 60/60 seconds, at USD 0.02 per minute (calls, version 2026, from 1 January 2026): USD 4.32.',
        'USD 4.32 = USD 4.32.',
      ],
    ],
    [
      'R108: by destination',
      'international',
      [
        'International calls of November 2026, by the time of answer.',
        'DE (prefix 49): 3 calls, 20:30 minutes billed by 30/6 seconds, at USD 0.018 per minute (calls, version 2026, from 1 January 2026): USD 0.369.',
        'JP (prefix 81): 3 calls, 60 minutes billed by 60/60 seconds, at USD 0.045 per minute (calls, version 2026, from 1 January 2026): USD 2.70.',
        'USD 0.369 + USD 2.70 = USD 3.069, rounded half up to the cent: USD 3.07.',
      ],
    ],
    [
      'R111: message credits',
      'sms-overage',
      [
        'Messages of November 2026, by the time of answer.',
        'The plan includes 500 credits in the month: 0 credits used before, 500 credits after. What exceeds it is charged here.',
        'Messages: 3 messages, 137 credits, at USD 0.0055 per credit (calls, version 2026, from 1 January 2026): USD 0.7535.',
        'USD 0.7535 = USD 0.7535, rounded half up to the cent: USD 0.75.',
      ],
    ],
    [
      'R121: the share, the factor, rounded down, and that it is a sample',
      'universal-service',
      [
        'Its base is USD 449.00, the sum of lines 1 and 2.',
        'Of the base, 64.9 % is assessed.',
        'The rate holds from 1 October 2026. Source: Example schedule of fees.',
        'This rate is a sample for demonstration and not an official figure.',
        'USD 449.00 × 64.9 % × 36 % = USD 104.90436, rounded down to the cent: USD 104.90.',
      ],
    ],
    [
      'R113: by the unit',
      'regulatory-recovery',
      [
        'It counts 23 on line 1.',
        'The rate holds from 1 October 2026. Source: Example schedule of fees.',
        'This rate is a sample for demonstration and not an official figure.',
        '23 × USD 0.95 = USD 21.85.',
      ],
    ],
  ])('%s', (_case, group, sentences) => expect(words(charge(group), 'USD')).toEqual(sentences));

  it.each<[string, PriceUsed['pricing'], string, string]>([
    [
      'a package',
      { model: 'package', size: 100, packageMicros: 9_990_000 },
      'The price is EUR 9.99 for each begun package of 100 devices (version v1 of phone, from 1 January 2020).',
      'EUR 9.99 for 12 devices × 3 periods = EUR 29.97.',
    ],
    [
      'volume',
      { model: 'volume', tiers: [{ upTo: 10, unitMicros: 5_000_000 }, { unitMicros: 4_000_000 }] },
      'The price is that of the tier the whole quantity reaches, for every device: up to 10 EUR 5.00, beyond EUR 4.00 (version v1 of phone, from 1 January 2020).',
      'EUR 48.00 for 12 devices × 3 periods = EUR 144.00.',
    ],
    [
      'a price per unit',
      { model: 'flat', unitMicros: 1_234_567 },
      'The price is EUR 1.234567 per device (version v1 of phone, from 1 January 2020).',
      '12 × EUR 1.234567 × 3 periods = EUR 44.444412, rounded half up to the cent: EUR 44.44.',
    ],
  ])('three periods by the price of %s', (_name, pricing, priced, calculated) => {
    const price: PriceUsed = { productId: 'phone', version: 'v1', from: '2020-01-01', pricing };
    expect(withExplanation({ kind: 'period', quantity: 12, periods: 3, price }).slice(1)).toEqual([priced, calculated]);
  });

  const fee: Explanation = {
    kind: 'fee',
    fee: 'rrf',
    lines: [1, 2],
    base: 0,
    sharePpm: 1_000_000,
    ratePpm: 0,
    count: 0,
    perUnitMicros: 0,
    rounding: 'half-up',
    from: '2026-10-01',
    source: 'Price list',
    status: 'final',
  };
  it.each<[string, Partial<Extract<Explanation, { kind: 'fee' }>>, string[]]>([
    [
      'R113: a percentage and an amount per unit',
      { base: 1033, ratePpm: 15_000, count: 3, perUnitMicros: 994_000 },
      [
        'Its base is EUR 10.33, the sum of lines 1 and 2.',
        'It counts 3 on lines 1 and 2.',
        'The rate holds from 1 October 2026. Source: Price list.',
        'EUR 10.33 × 1.5 % + 3 × EUR 0.994 = EUR 3.13695, rounded half up to the cent: EUR 3.14.',
      ],
    ],
    [
      'a percentage of a base of nothing',
      { ratePpm: 15_000 },
      [
        'Its base is EUR 0.00, the sum of lines 1 and 2.',
        'The rate holds from 1 October 2026. Source: Price list.',
        'EUR 0.00 × 1.5 % = EUR 0.00.',
      ],
    ],
    [
      'an amount per unit of which there is none',
      { lines: [], perUnitMicros: 994_000 },
      [
        'It counts 0 on no line.',
        'The rate holds from 1 October 2026. Source: Price list.',
        '0 × EUR 0.994 = EUR 0.00.',
      ],
    ],
    [
      'units that cost nothing',
      { count: 3 },
      [
        'It counts 3 on lines 1 and 2.',
        'The rate holds from 1 October 2026. Source: Price list.',
        '3 × EUR 0.00 = EUR 0.00.',
      ],
    ],
    [
      'R121: units and a share of a base',
      { base: 10_000, sharePpm: 649_000, ratePpm: 376_000, count: 1, perUnitMicros: 1_000_000, rounding: 'down' },
      [
        'Its base is EUR 100.00, the sum of lines 1 and 2.',
        'It counts 1 on lines 1 and 2.',
        'Of the base, 64.9 % is assessed.',
        'The rate holds from 1 October 2026. Source: Price list.',
        'EUR 100.00 × 64.9 % × 37.6 % + 1 × EUR 1.00 = EUR 25.4024, rounded down to the cent: EUR 25.40.',
      ],
    ],
    [
      'a base that is assessed in part and charged nothing, and units',
      { base: 10_000, sharePpm: 649_000, count: 2, perUnitMicros: 1_000_000 },
      [
        'Its base is EUR 100.00, the sum of lines 1 and 2.',
        'It counts 2 on lines 1 and 2.',
        'Of the base, 64.9 % is assessed.',
        'The rate holds from 1 October 2026. Source: Price list.',
        'EUR 100.00 × 64.9 % × 0 % + 2 × EUR 1.00 = EUR 2.00.',
      ],
    ],
  ])('%s', (_name, of, sentences) => {
    expect(withExplanation({ ...fee, ...of } as Explanation)).toEqual(sentences);
  });

  it('R104: of the plan, what these calls took and not what was used before them', () => {
    const used = { unit: 'seconds', included: 6000, before: 600, after: 1230 } as const;
    const included: Explanation = {
      kind: 'allowance',
      usage: 'domestic',
      month: '2026-11',
      late: true,
      allowance: used,
    };
    expect(withExplanation(included)).toEqual([
      'Domestic calls and calls between extensions of November 2026: 10:30 minutes inside the plan.',
      'They were recorded after the invoice of that month.',
      'The plan includes 100 minutes in the month: 10 minutes used before, 20:30 minutes after.',
      'Nothing is charged: EUR 0.00.',
    ]);
  });

  it('says of late usage that it is late', () => {
    const line = charge('sms-overage')!;
    const late = { ...line, explanation: { ...line.explanation, late: true } as Explanation };
    expect(words(late, 'USD')[1]).toBe('They were recorded after the invoice of that month.');
  });
});
