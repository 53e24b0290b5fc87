import * as z from 'zod';
import { addDays } from '../domain/calendar.ts';
import {
  CHARGE_GROUPS,
  INTERVALS,
  type Price,
  type Pricing,
  type Product,
  TAX_CODES,
  TAX_TREATMENTS,
  type Tier,
} from '../domain/catalog.ts';
import { CURRENCIES } from '../domain/money.ts';
import { printedText } from '../import/field-schemas.ts';

/*
 * Products as finance writes them: prices are decimal strings of the currency's major unit. They become integer millionths
 * here, digit by digit, and are never a float.
 */

const MICRO_DIGITS = 6;

/** `"24.95"` → 24 950 000. */
export const decimalSchema = z
  .string('must be a decimal string, such as "24.95"')
  .regex(/^\d{1,8}(\.\d{1,6})?$/, 'must be a decimal with up to six places, such as "24.95" or "0.0055"')
  .transform((decimal): number => {
    const [whole = '', fraction = ''] = decimal.split('.');
    return Number(whole + fraction.padEnd(MICRO_DIGITS, '0'));
  });

const tiersSchema = z
  .array(
    z.strictObject({ upTo: z.int().min(1).optional(), unitPrice: decimalSchema, flatPrice: decimalSchema.optional() }),
  )
  .min(1)
  .superRefine((tiers, context) => {
    for (const [index, { upTo }] of tiers.entries()) {
      const last = index === tiers.length - 1;
      if (last !== (upTo === undefined))
        context.addIssue({
          code: 'custom',
          path: [index, 'upTo'],
          message: last ? 'the last tier is open' : 'is missing',
        });
      else if (upTo !== undefined && upTo <= (tiers[index - 1]?.upTo ?? 0))
        context.addIssue({ code: 'custom', path: [index, 'upTo'], message: 'must be above the tier before' });
    }
  })
  .transform((tiers) =>
    tiers.map(
      ({ upTo, unitPrice, flatPrice }): Tier => ({
        ...(upTo === undefined ? {} : { upTo }),
        unitMicros: unitPrice,
        ...(flatPrice === undefined ? {} : { flatMicros: flatPrice }),
      }),
    ),
  );

const pricingSchema = z.discriminatedUnion('model', [
  z.strictObject({ model: z.enum(['graduated', 'volume']), tiers: tiersSchema }),
  z
    .strictObject({ model: z.literal('package'), size: z.int().min(1), packagePrice: decimalSchema })
    .transform(({ packagePrice, ...rest }): Pricing => ({ ...rest, packageMicros: packagePrice })),
]);

const priceSchema = z
  .strictObject({
    version: printedText,
    currency: z.enum(CURRENCIES),
    interval: z.enum(INTERVALS).default('month'),
    unitPrice: decimalSchema.optional(),
    pricing: pricingSchema.optional(),
    from: z.iso.date(),
    to: z.iso.date().optional(),
  })
  .superRefine(({ unitPrice, pricing, from, to }, context) => {
    if ((unitPrice === undefined) === (pricing === undefined))
      context.addIssue({ code: 'custom', path: ['unitPrice'], message: 'give either this or pricing' });
    if (to !== undefined && to < from)
      context.addIssue({ code: 'custom', path: ['to'], message: `lies before from, ${from}` });
  })
  .transform(({ unitPrice, pricing, ...price }): Omit<Price, 'to'> & { to?: string | undefined } => ({
    ...price,
    pricing: pricing ?? { model: 'flat', unitMicros: unitPrice ?? 0 },
  }));

const count = z.int().min(1);
const productObject = z.strictObject({
  productId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'lower-case letters, digits and hyphens'),
  name: printedText,
  group: z.enum(CHARGE_GROUPS),
  unit: printedText,
  taxCode: z.enum(TAX_CODES),
  taxTreatment: z.enum(TAX_TREATMENTS).optional(),
  allowances: z
    .strictObject({ minutes: count.optional(), tollFreeMinutes: count.optional(), credits: count.optional() })
    .optional(),
  selfService: z.literal(true).optional(),
  dataKeptDays: z.int().min(1).max(3660).optional(),
  prices: z.array(priceSchema).min(1),
});

/** A product with its prices: versions of one currency and interval follow each other without overlap or gap. */
export const productSchema = productObject.superRefine(({ productId, prices }, context) => {
  const fault = (index: number, field: string, message: string) =>
    context.addIssue({ code: 'custom', path: ['prices', index, field], message: `${message} (${productId})` });
  prices.forEach((price, index) => {
    const before = prices
      .slice(0, index)
      .filter((of) => of.currency === price.currency && of.interval === price.interval);
    if (before.some(({ version }) => version === price.version))
      fault(index, 'version', `"${price.version}" is used twice in ${price.currency} per ${price.interval}`);
    const last = before.at(-1);
    if (last === undefined) return;
    if (price.from <= last.from)
      fault(index, 'from', `must come after ${last.from}, when version ${last.version} begins`);
    else if (last.to !== undefined && price.from <= last.to)
      fault(index, 'from', `overlaps version ${last.version}, which holds to ${last.to}`);
    else if (last.to !== undefined && price.from > addDays(last.to, 1))
      fault(index, 'from', `leaves a gap: no price from ${addDays(last.to, 1)}, after version ${last.version}`);
  });
}) as z.ZodType<Product, z.input<typeof productObject>>;

/** As it is written in a stage file. */
export type WrittenProduct = z.input<typeof productObject>;
