import { z } from 'zod';
import { CALL_DETAILS, LANGUAGES, PAYMENT_TERMS, SCHEDULES } from '../domain/account.ts';
import { CURRENCIES } from '../domain/money.ts';
import { METHOD_KINDS } from '../domain/retry-policy.ts';
import { addressSchema, dateSchema, idSchema, monthSchema, sentenceSchema } from './field-schemas.ts';
import { recipientsSchema } from './recipient-schema.ts';
import { subscriptionSchema } from './subscription-schema.ts';
import { importedExemptionSchema, taxIdsSchema } from './tax-schemas.ts';
import { uniqueBy } from './unique-by.ts';

/**
 * The outside form of accounts: one JSON object per line of an import file, and the bodies of the HTTP API. Every object
 * is strict, so that a misspelt field is an error with a name and not a value silently lost.
 */

/** What a study of the customer's traffic found: parts per million that are interstate or international. */
export const trafficStudySchema = z.strictObject({
  interstatePpm: z.int().min(0).max(1_000_000),
  from: dateSchema,
  source: sentenceSchema(200),
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
  brand: sentenceSchema(40),
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
export const holdSchema = z.strictObject({ reason: sentenceSchema(200) });

const profile = {
  name: sentenceSchema(200),
  language: z.enum(LANGUAGES),
  /** Taxes follow it. Without one the account loads, and its invoice is held until it is completed. */
  billingAddress: addressSchema.optional(),
  taxIds: taxIdsSchema,
  trafficStudy: trafficStudySchema.optional(),
  autopay: z.boolean(),
  terms: z.enum(PAYMENT_TERMS),
  reference: sentenceSchema(60).optional(),
  callDetails: z.enum(CALL_DETAILS).optional(),
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
