import type { PlainDate } from '../calendar.ts';
import { findPrice, type Pricing, type Product, type RecurringInterval } from '../catalog.ts';
import { type Currency, roundedQuotient } from '../money.ts';
import { MONTHS } from '../schedule.ts';
import type { QuoteLineRequest } from './quote.ts';

const WHOLE_PPM = 1_000_000;

/**
 * What the catalog asks for an interval on a date; where it has no price for that interval, its monthly price for as many
 * months (quarters are rarely in a catalog, C27). Undefined: it has neither.
 */
export function listPricing(
  product: Product,
  currency: Currency,
  interval: RecurringInterval,
  on: PlainDate,
): Pricing | undefined {
  const listed = findPrice(product, currency, interval, on);
  if (listed !== undefined) return listed.pricing;
  const monthly = findPrice(product, currency, 'month', on);
  return monthly && eachPrice(monthly.pricing, (micros) => micros * MONTHS[interval]);
}

/** What a line is offered for. Undefined: nothing was agreed on, and the catalog has no price. */
export function quotedPricing(
  { unitMicros, discountPpm }: Pick<QuoteLineRequest, 'unitMicros' | 'discountPpm'>,
  list: Pricing | undefined,
): Pricing | undefined {
  if (unitMicros !== undefined) return { model: 'flat', unitMicros };
  return list === undefined || discountPpm === undefined ? list : discounted(list, discountPpm);
}

/** Each price of a list less a share of it, rounded once, half-up, to a millionth of the currency's major unit. */
function discounted(pricing: Pricing, discountPpm: number): Pricing {
  const left = BigInt(WHOLE_PPM - discountPpm);
  return eachPrice(pricing, (micros) => roundedQuotient(BigInt(micros) * left, BigInt(WHOLE_PPM), 'half-up'));
}

function eachPrice(pricing: Pricing, change: (micros: number) => number): Pricing {
  switch (pricing.model) {
    case 'flat':
      return { ...pricing, unitMicros: change(pricing.unitMicros) };
    case 'package':
      return { ...pricing, packageMicros: change(pricing.packageMicros) };
    case 'graduated':
    case 'volume':
      return {
        ...pricing,
        tiers: pricing.tiers.map((tier) => ({
          ...tier,
          unitMicros: change(tier.unitMicros),
          ...(tier.flatMicros === undefined ? {} : { flatMicros: change(tier.flatMicros) }),
        })),
      };
  }
}
