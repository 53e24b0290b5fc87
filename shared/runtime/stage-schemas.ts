import * as z from 'zod';
import { isCountry } from '../domain/countries.ts';
import { CURRENCIES } from '../domain/money.ts';
import { PRORATION_POLICIES, type ProrationPolicyId } from '../domain/proration.ts';
import { RETENTION_LAWS } from '../domain/retention.ts';
import { RETRY_POLICIES, type RetryPolicyId } from '../domain/retry-policy.ts';
import { HAND_OVER_TERMS } from '../domain/seller.ts';
import { printedText } from '../import/field-schemas.ts';
import { feesSchema, salesTaxSchema, taxRegistrationsSchema } from './fee-schemas.ts';

/** Countries in which a place is not determined without its state or province. */
const COUNTRIES_WITH_REGIONS = ['US', 'CA', 'AU'];

const country = z.string().refine(isCountry, 'an ISO 3166-1 alpha-2 code');
const addressSchema = z
  .strictObject({
    line1: printedText,
    line2: printedText.optional(),
    city: printedText,
    region: z
      .string()
      .regex(/^[A-Z0-9]{1,3}$/, 'a state or province code')
      .optional(),
    postalCode: printedText,
    country,
  })
  .refine((address) => address.region || !COUNTRIES_WITH_REGIONS.includes(address.country), {
    path: ['region'],
    message: 'required in this country',
  });

/** What C23 says where a stage says nothing. */
const dunningSchema = z
  .strictObject({
    // One document per reminder: see DOCUMENTS.
    reminderDays: z.array(z.int().min(1)).max(2).default([1, 7]),
    finalNoticeDay: z.int().min(1).default(10),
    suspensionDay: z.int().min(1).default(15),
    emergencyCalls: z.enum(['allowed', 'barred']).optional(),
    servicesReturn: z.enum(['nothing-unpaid', 'nothing-overdue']).optional(),
    handOver: z.array(z.enum(HAND_OVER_TERMS)).optional(),
  })
  .refine(({ reminderDays, finalNoticeDay }) => ascending([...reminderDays, finalNoticeDay]), {
    path: ['finalNoticeDay'],
    message: 'must come after the reminders, and the reminders in order',
  })
  .refine(({ finalNoticeDay, suspensionDay }) => suspensionDay > finalNoticeDay, {
    path: ['suspensionDay'],
    message: 'must come after the final notice',
  });

const contact = { email: z.email(), phone: printedText };
const receivablesSchema = z
  .strictObject({
    ...contact,
    regions: z.array(z.strictObject({ ...contact, countries: z.array(country).min(1) })).optional(),
  })
  .check(({ value: { regions = [] }, issues }) => {
    const seen = new Set<string>();
    for (const [index, { countries }] of regions.entries())
      for (const code of countries) {
        const path = ['regions', index, 'countries'];
        if (seen.has(code)) issues.push({ code: 'custom', input: code, path, message: `${code} is in two regions` });
        seen.add(code);
      }
  });
/** WCAG 2.2, 1.4.3: text of this colour on white can be read, and white text on it. */
const READABLE = 4.5;
const brandColourSchema = z
  .string()
  .regex(/^#[0-9A-F]{6}$/, 'a colour such as #0B5FFF')
  .refine(
    (colour) => contrastToWhite(colour) >= READABLE,
    'too light to be read on white: its contrast must be 4.5 at least',
  );

function contrastToWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

export const sellerSchema = z.strictObject({
  sellerId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens'),
  name: printedText,
  address: addressSchema.refine(({ country }) => Object.hasOwn(RETENTION_LAWS, country), {
    path: ['country'],
    message: 'how long invoices must be kept there is not on file: see shared/domain/retention.ts',
  }),
  taxIds: z.array(z.strictObject({ label: printedText, value: printedText })),
  currency: z.enum(CURRENCIES),
  timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Dublin'),
  numberPrefix: z.string().regex(/^[A-Z0-9]{2,6}$/, '2 to 6 upper-case letters or digits'),
  numberSeries: z.int().min(1).max(26),
  shards: z.int().min(1).max(256),
  prorationPolicy: z.enum(Object.keys(PRORATION_POLICIES) as ProrationPolicyId[]).optional(),
  paymentTermDays: z.int().min(0).max(120).default(15),
  support: z.strictObject({ email: z.email(), phone: printedText, portalUrl: z.url({ protocol: /^https$/ }) }),
  accountsReceivable: receivablesSchema,
  brandColour: brandColourSchema.optional(),
  bankAccount: z
    .strictObject({ iban: printedText.optional(), bic: printedText.optional(), text: printedText.optional() })
    .optional(),
  dunning: dunningSchema.prefault({}),
  retryPolicy: z.enum(Object.keys(RETRY_POLICIES) as RetryPolicyId[]).optional(),
  confirmsServices: z.literal(true).optional(),
  hardwareDownloads: z.literal(true).optional(),
  billingAdminsByCustomers: z.literal(true).optional(),
  fees: feesSchema.optional(),
  salesTax: salesTaxSchema.optional(),
  taxRegistrations: taxRegistrationsSchema.optional(),
});

function ascending(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || values[index - 1]! < value);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets such as +01:00 are accepted there too, but know no daylight saving time.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
