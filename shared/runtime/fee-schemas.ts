import * as z from 'zod';
import { TAX_CODES } from '../domain/catalog.ts';
import type { SoldTaxCode } from '../domain/tax/sales-tax-row.ts';
import { printedText } from '../import/field-schemas.ts';

/** The part of a seller's configuration that says which surcharges and sales taxes it charges. */

const date = z.iso.date();
const ppm = z.int().min(0).max(1_000_000);
const status = z.enum(['final', 'sample']);
const region = z.string().regex(/^[A-Z]{2}$/, 'a state or province code');
const SOLD: readonly SoldTaxCode[] = TAX_CODES.filter((code) => code !== 'surcharge' && code !== 'usf');
const soldTaxCodes = z.array(z.enum(SOLD)).min(1);

const endsAfterItBegins = ({ from, to }: { from: string; to?: string | undefined }) => to === undefined || from <= to;
const ends = { path: ['to'], message: 'must not be before `from`' };

const feeRateSchema = z
  .strictObject({
    fee: z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'lower-case letters, digits and hyphens'),
    // 47 CFR 64.2401: a charge of our own must not look like one that a government imposes.
    label: printedText.refine((label) => !/\btax(es)?\b|government|mandat/i.test(label), 'must not sound like a tax'),
    regions: z.array(region).min(1).optional(),
    taxCodes: soldTaxCodes,
    productIds: z.array(printedText).min(1).optional(),
    ratePpm: ppm,
    perUnit: z.strictObject({ units: z.array(printedText).min(1), micros: z.int().min(1) }).optional(),
    from: date,
    to: date.optional(),
    source: printedText,
    status,
  })
  .refine(({ ratePpm, perUnit }) => ratePpm > 0 || perUnit !== undefined, {
    path: ['ratePpm'],
    message: 'must be above 0 where there is no `perUnit`',
  })
  .refine(endsAfterItBegins, ends);

const feeRates = z
  .array(feeRateSchema)
  .refine(
    (rates) => new Set(rates.map(({ fee, from }) => `${fee} ${from}`)).size === rates.length,
    'a fee has two rows from the same date',
  )
  .optional();

const usfFactorSchema = z
  .strictObject({
    quarter: z.string().regex(/^\d{4}-Q[1-4]$/, 'a quarter such as 2026-Q4'),
    factorPpm: ppm.min(1),
    effectiveFrom: date,
    source: printedText,
    status: z.enum(['proposed', 'final', 'sample']),
  })
  .refine(({ quarter, effectiveFrom }) => effectiveFrom === firstDayOf(quarter), {
    path: ['effectiveFrom'],
    message: 'must be the first day of the quarter',
  });

const usfSchema = z.strictObject({
  notContributing: printedText.optional(),
  acceptSampleFactors: z.boolean().optional(),
  factors: z
    .array(usfFactorSchema)
    .refine(
      (factors) => new Set(factors.map(({ quarter, status }) => `${quarter} ${status}`)).size === factors.length,
      'a quarter has two factors of the same status',
    )
    .optional(),
});

export const feesSchema = z.strictObject({
  stateLocal: feeRates,
  regulatoryRecovery: feeRates,
  canadianRegulatory: feeRates,
  usf: usfSchema.optional(),
});

const salesTaxRowSchema = z
  .strictObject({
    state: region,
    locality: z
      .strictObject({
        name: printedText,
        city: printedText.optional(),
        zipPrefixes: z
          .array(z.string().regex(/^\d{1,5}$/, 'the first digits of a ZIP code'))
          .min(1)
          .optional(),
      })
      .refine(({ city, zipPrefixes }) => city !== undefined || zipPrefixes !== undefined, 'needs a city or zipPrefixes')
      .optional(),
    tax: printedText,
    taxCodes: soldTaxCodes,
    ratePpm: ppm,
    from: date,
    to: date.optional(),
    includesUsf: z.boolean(),
    includesSurcharges: z.boolean(),
    source: printedText,
    status,
  })
  .refine(endsAfterItBegins, ends);

/**
 * Rows of one tax follow each other in time. Two that begin on one day, or that hold at the same time and reach a tax code
 * together, would leave the choice to their order or tax a line twice.
 */
export const salesTaxSchema = z.array(salesTaxRowSchema).superRefine((rows, context) => {
  rows.forEach((row, index) => {
    const fault = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [index, field], message });
    for (const [other, before] of rows.slice(0, index).entries()) {
      const shared = row.taxCodes.find((code) => before.taxCodes.includes(code));
      if (shared === undefined || placeOf(row) !== placeOf(before)) continue;
      if (!sameCodes(row, before)) {
        if (holdTogether(row, before)) fault('taxCodes', `"${shared}" is taxed by row ${other} at the same time`);
      } else if (row.from === before.from) fault('from', `row ${other} begins on ${row.from}, too`);
    }
  });
});

type WrittenSalesTax = z.infer<typeof salesTaxRowSchema>;
const placeOf = ({ state, locality, tax }: WrittenSalesTax): string => JSON.stringify([state, locality?.name, tax]);
const sameCodes = (a: WrittenSalesTax, b: WrittenSalesTax): boolean =>
  new Set([...a.taxCodes, ...b.taxCodes]).size === new Set(a.taxCodes).size &&
  new Set(a.taxCodes).size === new Set(b.taxCodes).size;
const holdTogether = (a: WrittenSalesTax, b: WrittenSalesTax): boolean =>
  (b.to === undefined || a.from <= b.to) && (a.to === undefined || b.from <= a.to);

/** `EU` stands for the Union's one-stop shop. */
export const taxRegistrationsSchema = z.array(z.string().regex(/^[A-Z]{2}$/, 'a country code, or EU'));

/** `2026-Q4` → `2026-10-01`. */
const firstDayOf = (quarter: string): string =>
  `${quarter.slice(0, 4)}-${String(3 * Number(quarter.slice(6)) - 2).padStart(2, '0')}-01`;
