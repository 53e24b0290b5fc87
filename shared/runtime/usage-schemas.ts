import * as z from 'zod';
import type { Currency } from '../domain/money.ts';
import { checkDeck } from '../domain/usage/check-deck.ts';
import type { RatedClass } from '../domain/usage/tariff.ts';
import type { RateRow } from '../domain/usage/usage.ts';
import { microsOf } from '../usage/price.ts';

/** Decimal, because prices per minute and credit are below a cent; a number of JSON would be a float. */
const price = z
  .string()
  .refine((text) => microsOf(text) !== undefined, 'a price as text with at most six decimals, such as "0.0055"');
const dates = { version: z.string().min(1), from: z.iso.date(), to: z.iso.date().optional() };
const seconds = z.int().min(1).max(3600);
const minuteRate = z.strictObject({ ...dates, initial: seconds, subsequent: seconds, perMinute: price });
const creditRate = z.strictObject({ ...dates, perCredit: price });
const deckName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'lower-case letters, digits and hyphens');

/** How the usage of a seller's accounts is read and priced, in the seller's currency. */
export const usageSchema = z.strictObject({
  sellerId: z.string(),
  /** IANA zone of the switch's clock, `UTC` for most; absent: the seller's. */
  switchTimeZone: z.string().optional(),
  domestic: z.array(minuteRate).min(1),
  tollFreeInbound: z.array(minuteRate).min(1),
  /** Absent: the seller offers no messages. */
  message: z.array(creditRate).min(1).optional(),
  mmsCredits: z.int().min(1).max(10).default(2),
  decks: z.strictObject({ premium: deckName, international: deckName }),
});
export type SellerUsage = z.infer<typeof usageSchema>;

/** Every problem of a seller's rates, which are in its currency, with the path of its field within its usage. */
export const rateProblems = (usage: SellerUsage, currency: Currency) =>
  Object.entries(classRatesOf(usage)).flatMap(([of, rows]) =>
    checkDeck(rows, currency, 'class').map(({ row, field, reason }) => ({
      path: [FIELDS[of as RatedClass], row - 1, field],
      reason,
    })),
  );

const FIELDS = { domestic: 'domestic', 'toll-free-inbound': 'tollFreeInbound', message: 'message' } as const;
const DESTINATIONS: Readonly<Record<RatedClass, string>> = {
  domestic: 'Domestic',
  'toll-free-inbound': 'Toll-free inbound',
  message: 'Messages',
};

/** The rows of the classes whose price does not depend on the number. */
export function classRatesOf(usage: Omit<SellerUsage, 'mmsCredits'>): Readonly<Record<RatedClass, readonly RateRow[]>> {
  const minutes = (of: RatedClass, rates: SellerUsage['domestic']) =>
    rates.map(({ initial, subsequent, perMinute, ...rate }) =>
      rowOf(of, rate, { increments: { initial, subsequent }, micros: microsOf(perMinute) ?? -1, per: 'minute' }),
    );
  const credits = (usage.message ?? []).map(({ perCredit, ...rate }) =>
    rowOf('message', rate, {
      increments: { initial: 1, subsequent: 1 },
      micros: microsOf(perCredit) ?? -1,
      per: 'credit',
    }),
  );
  return {
    domestic: minutes('domestic', usage.domestic),
    'toll-free-inbound': minutes('toll-free-inbound', usage.tollFreeInbound),
    message: credits,
  };
}

function rowOf(
  of: RatedClass,
  { version, from, to }: { version: string; from: string; to?: string | undefined },
  priced: Pick<RateRow, 'increments' | 'micros' | 'per'>,
): RateRow {
  return { deck: of, version, prefix: '', destination: DESTINATIONS[of], ...priced, from, ...(to && { to }) };
}
