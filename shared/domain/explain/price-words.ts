import type { Pricing, Tier } from '../catalog.ts';
import type { PriceUsed } from '../explanation.ts';
import { type Currency, MINOR_UNITS } from '../money.ts';
import { priceOf } from '../pricing.ts';
import { type Exact, type Rounding, rounded } from './exact.ts';
import { countText, dateText, exactText, moneyText, priceText, unitsText } from './figures.ts';

/** The price that was used, with its version and since when it holds. */
export const priceWords = ({ pricing, productId, version, from }: PriceUsed, unit: string, currency: Currency) =>
  `The price is ${pricingText(pricing, unit, currency)} (version ${version} of ${productId}, from ${dateText(from)}).`;

function pricingText(pricing: Pricing, unit: string, currency: Currency): string {
  switch (pricing.model) {
    case 'flat':
      return `${priceText(pricing.unitMicros, currency)} per ${unit}`;
    case 'package':
      return `${priceText(pricing.packageMicros, currency)} for each begun package of ${unitsText(pricing.size, unit)}`;
    case 'graduated':
      return `that of the tier each ${unit} falls into: ${tiersText(pricing.tiers, currency)}`;
    case 'volume':
      return `that of the tier the whole quantity reaches, for every ${unit}: ${tiersText(pricing.tiers, currency)}`;
  }
}

const tiersText = (tiers: readonly Tier[], currency: Currency): string =>
  tiers
    .map((tier) => `${reachText(tier)} ${priceText(tier.unitMicros, currency)}${onceText(tier, currency)}`)
    .join(', ');

const reachText = ({ upTo }: Tier): string => (upTo === undefined ? 'beyond' : `up to ${countText(upTo)}`);
const onceText = ({ flatMicros = 0 }: Tier, currency: Currency): string =>
  flatMicros === 0 ? '' : ` and ${priceText(flatMicros, currency)} once`;

/** The left side of a calculation: `2 × EUR 25.00`, or what the quantity costs where no single price holds. */
export function times(pricing: Pricing, quantity: number, unit: string, currency: Currency): string {
  if (pricing.model === 'flat') return `${countText(quantity)} × ${priceText(pricing.unitMicros, currency)}`;
  return `${priceText(priceOf(pricing, quantity), currency)} for ${unitsText(quantity, unit)}`;
}

/** `… = EUR 12.903225…, rounded half up to EUR 12.90.`; the rounding only where there is something to round. */
export function calculation(left: string, exact: Exact, currency: Currency, rounding: Rounding = 'half-up'): string {
  const amount = moneyText(rounded(exact, rounding), currency);
  if (exact.dividend % exact.divisor === 0n) return `${left} = ${amount}.`;
  const how = rounding === 'down' ? 'down' : 'half up';
  return `${left} = ${exactText(exact, currency)}, rounded ${how} to the ${MINOR_UNITS[currency].name}: ${amount}.`;
}
