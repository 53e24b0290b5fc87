import { z } from 'zod';
import { CALL_DETAILS, LANGUAGES, PAYMENT_TERMS, SCHEDULES } from '../domain/account.ts';
import { TAX_CODES } from '../domain/catalog.ts';
import { isCountry } from '../domain/countries.ts';
import { CURRENCIES } from '../domain/money.ts';
import { METHOD_KINDS } from '../domain/retry-policy.ts';
import { recipientsSchema } from './recipient-schema.ts';
import { shownByDocuments } from './shown-by-documents.ts';
import { taxIdFault } from './tax-id-format.ts';

/**
 * The outside form of accounts: one JSON object per line of an import file, and the bodies of the HTTP API. Every object
 * is strict, so that a misspelt field is an error with a name and not a value silently lost.
 */

/** Ids travel in keys, queue messages and URLs. */
export const idSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'letters, digits, dot, hyphen and underscore only');

export const dateSchema = z.iso.date('must be a calendar date in the form YYYY-MM-DD');
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month in the form YYYY-MM');

/**
 * Text for documents. Control characters are refused: they would break lines in documents and headers in mails. So is what
 * no document can show: whoever enters it can write it otherwise, which is too late when an invoice is to be made.
 */
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')
    .superRefine(shownByDocuments);

export const addressSchema = z.strictObject({
  line1: text(120),
  line2: text(120).optional(),
  city: text(80),
  /** Province or state code where the country has them. Left out, a Canadian account loads and is held. */
  region: z
    .string()
    .regex(/^[A-Z0-9]{1,3}$/, 'must be a province or state code, such as ON')
    .optional(),
  postalCode: text(16),
  country: z.string().refine(isCountry, 'must be a country code by ISO 3166-1, such as CA or GB'),
});

export const taxIdFields = z.strictObject({
  kind: z.enum(['eu-vat', 'gb-vat', 'abn', 'other']),
  label: text(40),
  value: text(40),
  validatedOn: dateSchema.optional(),
});
/** With its form and check digits right; whether the authority knows it is another question. */
const taxIdSchema = taxIdFields.superRefine((id, context) => {
  const fault = taxIdFault(id);
  if (fault !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: fault });
});
export const taxIdsSchema = z.array(taxIdSchema).max(5);

/** A tax exemption certificate as somebody asks for it (R136, R137). */
export const exemptionFields = z.strictObject({
  exemptionId: idSchema,
  jurisdiction: z
    .string()
    .regex(
      /^(US-[A-Z]{2}|CA(-[A-Z]{2})?)$/,
      'must be a state or province, such as US-NY or CA-BC, or CA for GST and HST',
    ),
  number: text(60),
  validFrom: dateSchema,
  validTo: dateSchema.optional(),
  /** Absent: everything. */
  taxCodes: z.array(z.enum(TAX_CODES)).min(1).optional(),
});
const inOrder = ({ validFrom, validTo }: { validFrom: string; validTo?: string | undefined }) =>
  validTo === undefined || validFrom <= validTo;
const order = { path: ['validTo'], message: 'must not be before validFrom' };
export const exemptionSchema = exemptionFields.refine(inOrder, order);
/** One that another system had approved brings the day of it; the others wait to be looked at. */
const importedExemptionSchema = exemptionFields.extend({ approvedOn: dateSchema.optional() }).refine(inOrder, order);

/** What a study of the customer's traffic found: parts per million that are interstate or international. */
export const trafficStudySchema = z.strictObject({
  interstatePpm: z.int().min(0).max(1_000_000),
  from: dateSchema,
  source: text(200),
});

export const changeSchema = z.strictObject({
  effectiveOn: dateSchema,
  /** Local time, for sellers who charge to the second. */
  time: z.iso.time({ precision: 0, error: 'must be a time of day in the form HH:MM:SS' }).optional(),
  delta: z
    .int()
    .min(-1_000_000)
    .max(1_000_000)
    .refine((delta) => delta !== 0, 'must not be 0'),
});

export const intervalSchema = z.enum(['month', 'quarter', 'year']);

export const subscriptionSchema = z.strictObject({
  subscriptionId: idSchema,
  productId: idSchema,
  changes: z.array(changeSchema).min(1, 'needs at least one change').max(1000),
  billingGroup: text(60).optional(),
  minimum: z.int().min(1).max(1_000_000).optional(),
  interval: intervalSchema.optional(),
  trial: z.strictObject({ until: dateSchema }).optional(),
  /** Broadband waits until its circuit is confirmed (R95). */
  activation: z.union([z.literal('pending'), dateSchema], 'must be "pending" or a date').optional(),
  /** Renewed by 12 months unless agreed otherwise (C27). */
  contract: z.strictObject({ endsOn: dateSchema, renewalMonths: z.int().min(1).max(60).default(12) }).optional(),
});

/** E.164: `+` and at most 15 digits. */
export const phoneNumberSchema = z
  .string()
  .regex(/^\+[1-9]\d{4,14}$/, 'must be a number in E.164, such as +16175550100');

/** A telephone number and when it belongs to the account: both days with it, read in the seller's time zone. */
export const ownedNumberSchema = z
  .strictObject({ number: phoneNumberSchema, from: dateSchema, to: dateSchema.optional() })
  .refine(({ from, to }) => to === undefined || from <= to, { path: ['to'], message: 'lies before from' });

/** The processor's tokens, brand and last four only: never a card number (R153). */
export const methodSchema = z.strictObject({
  methodId: idSchema,
  kind: z.enum(METHOD_KINDS),
  brand: text(40),
  last4: z.string().regex(/^\d{4}$/, 'must be the last four digits'),
  expires: monthSchema.optional(),
  processorCustomer: z
    .string()
    .max(255)
    .regex(/^cus_[A-Za-z0-9_-]+$/, 'must be the processor’s customer id, cus_…'),
  processorMethod: z
    .string()
    .max(255)
    .regex(/^pm_[A-Za-z0-9_-]+$/, 'must be the processor’s payment method id, pm_…'),
  mandate: z
    .string()
    .max(255)
    .regex(/^mandate_[A-Za-z0-9_]+$/, 'must be the processor’s mandate id, mandate_…')
    .optional(),
  billingAddress: addressSchema.optional(),
});

/** Why finance wants no invoice for now. */
export const holdSchema = z.strictObject({ reason: text(200) });

const profile = {
  name: text(200),
  language: z.enum(LANGUAGES),
  /** Taxes follow it. Without one the account loads, and its invoice is held until it is completed. */
  billingAddress: addressSchema.optional(),
  taxIds: taxIdsSchema,
  trafficStudy: trafficStudySchema.optional(),
  autopay: z.boolean(),
  terms: z.enum(PAYMENT_TERMS),
  reference: text(60).optional(),
  callDetails: z.enum(CALL_DETAILS).optional(),
};

const uniqueBy = (field: string) => (items: readonly object[] | undefined, context: z.core.$RefinementCtx) => {
  const seen = new Set<unknown>();
  for (const [index, item] of items?.entries() ?? []) {
    const value = item[field as keyof typeof item];
    if (seen.has(value))
      context.issues.push({ code: 'custom', path: [index, field], message: 'is used twice', input: value });
    seen.add(value);
  }
};

const isInQuebec = ({ billingAddress: of }: { billingAddress?: z.infer<typeof addressSchema> | undefined }): boolean =>
  of?.country === 'CA' && of.region === 'QC';

/** A whole account: one line of an import file, or the body of `POST /accounts`. */
export const accountSchema = z
  .strictObject({
    accountId: idSchema,
    sellerId: idSchema,
    ...profile,
    /** Left out in Québec: French, as the Charter of the French Language wants where the customer does not ask for another. */
    language: profile.language.optional(),
    taxIds: profile.taxIds.default([]),
    /** Absent: off on the calendar, where the customer chooses, and on where it is always on (C25). */
    autopay: profile.autopay.optional(),
    terms: profile.terms.default('card'),
    currency: z.enum(CURRENCIES),
    recipients: recipientsSchema,
    /** The day charges begin. Instead of it: the day of signature and the months that are free from then on (R94). */
    billingStartDate: dateSchema.optional(),
    signedOn: dateSchema.optional(),
    freeMonths: z.int().min(0).max(36).optional(),
    schedule: z.enum(SCHEDULES).optional(),
    /** The quote that was accepted; quarterly billing needs one (C27). */
    quote: idSchema.optional(),
    /**
     * The last month that another system invoiced in full, with everything in effect on its 1st; on the other schedules
     * the last day of the last cycle that it invoiced.
     */
    billedThrough: z.union([monthSchema, dateSchema], 'must be a month, YYYY-MM, or a date, YYYY-MM-DD').optional(),
    defaultMethodId: idSchema.optional(),
    hold: holdSchema.optional(),
    exemptions: z.array(importedExemptionSchema).max(20).optional().superRefine(uniqueBy('exemptionId')),
    subscriptions: z.array(subscriptionSchema).max(80).superRefine(uniqueBy('subscriptionId')),
    /** Telephone numbers, by which calls are found to be the account's; they are added also to an account that exists. */
    numbers: z.array(ownedNumberSchema).max(2000).default([]),
    paymentMethods: z.array(methodSchema).max(8).default([]).superRefine(uniqueBy('methodId')),
  })
  .superRefine((account, context) => {
    if ((account.billingStartDate === undefined) === (account.signedOn === undefined))
      context.addIssue({ code: 'custom', path: ['billingStartDate'], message: 'give either this or signedOn' });
    if (account.language === undefined && !isInQuebec(account))
      context.addIssue({
        code: 'custom',
        path: ['language'],
        message: 'is missing: only in Québec it is French by itself',
      });
    if (account.freeMonths !== undefined && account.signedOn === undefined)
      context.addIssue({ code: 'custom', path: ['freeMonths'], message: 'needs signedOn' });
  });
export type AccountLine = z.infer<typeof accountSchema>;
/** As it is written in a file, before defaults are filled in. */
export type WrittenAccount = z.input<typeof accountSchema>;

/** What `PATCH /accounts/{id}` may change; `null` takes an optional value away. */
export const accountPatchSchema = z
  .strictObject({
    ...profile,
    billingAddress: addressSchema.nullable(),
    reference: profile.reference.nullable(),
    callDetails: profile.callDetails.nullable(),
    trafficStudy: trafficStudySchema.nullable(),
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'names nothing to change');
export type AccountPatch = z.infer<typeof accountPatchSchema>;
