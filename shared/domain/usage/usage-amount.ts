import { Unchargeable } from '../charges/unchargeable.ts';
import type { UsageRow } from '../explanation.ts';
import { type Currency, fromMicros, type Money } from '../money.ts';
import type { Share } from './allowance.ts';
import type { RateRow } from './usage.ts';

const SECONDS_PER_MINUTE = 60;

/**
 * What rows of usage cost: the exact sum over all rows, rounded once half-up to the minor unit. 137 credits at 0.0055 are
 * 0.7535 and so 0.75; rounding each credit would make it 1.37.
 */
export function usageAmount(rows: readonly UsageRow[], currency: Currency): Money {
  const sixtieths = rows.reduce((sum, { rate, quantity }) => {
    const product = BigInt(quantity) * BigInt(rate.micros);
    return sum + (rate.per === 'minute' ? product : product * BigInt(SECONDS_PER_MINUTE));
  }, 0n);
  return fromMicros(sixtieths, currency, 1, SECONDS_PER_MINUTE);
}

/** One row per rate row, in the order of dates, then prefixes. Throws `usage_without_rate`. */
export function rowsOf(shares: readonly Share[]): UsageRow[] {
  // Records that came together share one object for the same rate: most keys need not be made.
  const sums = new Map<RateRow, Sum>();
  for (const { record, quantity } of shares) {
    const { rate, recordId } = record;
    if (rate === undefined) throw new Unchargeable('usage_without_rate', `${record.class} ${recordId}`);
    add(sums, rate, rate, 1, quantity);
  }
  const rows = new Map<string, Sum>();
  for (const { rate, events, quantity } of sums.values()) add(rows, rateKey(rate), rate, events, quantity);
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

type Sum = { -readonly [Key in keyof UsageRow]: UsageRow[Key] };

function add<Key>(sums: Map<Key, Sum>, key: Key, rate: RateRow, events: number, quantity: number): void {
  const sum = sums.get(key);
  if (sum === undefined) {
    sums.set(key, { rate, events, quantity });
  } else {
    sum.events += events;
    sum.quantity += quantity;
  }
}

const rateKey = ({ from, prefix, deck, version, micros, increments }: RateRow): string =>
  [from, prefix, deck, version, micros, increments.initial, increments.subsequent].join('\n');
