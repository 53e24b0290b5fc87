import type { Pricing, Tier } from './catalog.ts';

/**
 * What `quantity` units cost for one interval, exactly, in millionths of the currency's major unit. Nothing costs nothing:
 * a tier's flat price is due from its first unit on. `quantity` is whole and not negative.
 */
export function priceOf(pricing: Pricing, quantity: number): bigint {
  if (quantity === 0) return 0n;
  switch (pricing.model) {
    case 'flat':
      return times(pricing.unitMicros, quantity);
    case 'package':
      return BigInt(pricing.packageMicros) * begun(quantity, pricing.size);
    case 'volume':
      return whole(tierOf(pricing.tiers, quantity), quantity);
    case 'graduated':
      return graduated(pricing.tiers, quantity);
  }
}

/** The price of one unit where a single one holds for every unit of the line. */
export function unitMicrosOf(pricing: Pricing, quantity: number): number | undefined {
  if (pricing.model === 'flat') return pricing.unitMicros;
  if (pricing.model !== 'volume' || quantity <= 0) return undefined;
  const tier = tierOf(pricing.tiers, quantity);
  return tier.flatMicros === undefined ? tier.unitMicros : undefined;
}

/** Each unit at the price of the tier it falls into. */
function graduated(tiers: readonly Tier[], quantity: number): bigint {
  let total = 0n;
  let below = 0;
  for (const tier of tiers) {
    if (quantity <= below) break;
    total += whole(tier, Math.min(quantity, tier.upTo ?? quantity) - below);
    below = tier.upTo ?? quantity;
  }
  return total;
}

/** The tier that a whole quantity reaches; the last one is open. */
function tierOf(tiers: readonly Tier[], quantity: number): Tier {
  return tiers.find(({ upTo }) => upTo === undefined || quantity <= upTo)!;
}

const whole = ({ unitMicros, flatMicros = 0 }: Tier, quantity: number): bigint =>
  times(unitMicros, quantity) + BigInt(flatMicros);
const times = (unitMicros: number, quantity: number): bigint => BigInt(unitMicros) * BigInt(quantity);
const begun = (quantity: number, size: number): bigint => (BigInt(quantity) + BigInt(size) - 1n) / BigInt(size);
