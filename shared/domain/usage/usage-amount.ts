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
  const rows = new Map<string, UsageRow>();
  for (const { record, quantity } of shares) {
    const { rate, recordId } = record;
    if (rate === undefined) throw new Unchargeable('usage_without_rate', `${record.class} ${recordId}`);
    const key = rateKey(rate);
    const known = rows.get(key);
    rows.set(key, { rate, events: (known?.events ?? 0) + 1, quantity: (known?.quantity ?? 0) + quantity });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const rateKey = ({ from, prefix, deck, version, micros }: RateRow): string =>
  [from, prefix, deck, version, micros].join('\n');
