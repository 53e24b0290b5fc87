import { z } from 'zod';
import { type BillingInput, SCHEDULES } from '../../shared/domain/account.ts';
import {
  addressSchema,
  intervalSchema,
  methodSchema,
  recipientsSchema,
  taxIdSchema,
} from '../../shared/import/account-schema.ts';

const subscriptionView = z.object({
  subscriptionId: z.string(),
  productId: z.string(),
  changes: z.array(z.object({ change: z.int(), effectiveOn: z.string(), time: z.string().optional(), delta: z.int() })),
  billingGroup: z.string().optional(),
  minimum: z.int().optional().describe('Contracted: paid for even when less is there.'),
  intervals: z
    .array(z.object({ from: z.string(), interval: intervalSchema }))
    .optional()
    .describe('By which interval it is paid for from a day on; before and without: by the month.'),
  trial: z.object({ until: z.string() }).optional(),
  activation: z.union([z.literal('pending'), z.object({ on: z.string() })]).optional(),
  contract: z.object({ endsOn: z.string(), renewalMonths: z.int() }).optional(),
  cancellation: z.object({ requestedOn: z.string(), endsOn: z.string() }).optional(),
});

/** What the processor needs to charge a method stays inside. */
const methodView = methodSchema.omit({ processorCustomer: true, processorMethod: true });

/** An account as the API shows it. Amounts are minor units of `currency`; dates are read in the seller's time zone. */
export const accountView = z
  .object({
    accountId: z.string(),
    sellerId: z.string(),
    name: z.string(),
    language: z.string(),
    currency: z.string(),
    billingAddress: addressSchema.optional(),
    taxIds: z.array(taxIdSchema),
    recipients: recipientsSchema,
    billingStartDate: z.string(),
    schedule: z.enum(SCHEDULES).optional().describe('When it is billed; without it by the calendar month.'),
    quote: z.string().optional(),
    autopay: z.boolean(),
    terms: z.enum(['card', 'wire']),
    defaultMethodId: z.string().optional(),
    reference: z.string().optional(),
    services: z.enum(['active', 'suspending', 'suspended', 'reactivating']),
    hold: z.object({ reason: z.string(), since: z.string() }).optional(),
    nextBillingDate: z.string(),
    balance: z.int().describe('Unpaid, in minor units; at 0 suspended services are reactivated.'),
    version: z.int().describe('Send it as If-Match with the next change.'),
    subscriptions: z.array(subscriptionView),
    paymentMethods: z.array(methodView),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof accountView>;

export function viewAccount({ account, subscriptions, methods }: BillingInput): AccountView {
  const { billedThrough: _internal, usageCovered: _too, services, taxIds, recipients, ...profile } = account;
  return {
    ...profile,
    services: services.status,
    taxIds: [...taxIds],
    recipients: [...recipients],
    subscriptions: subscriptions.map(({ changes, intervals, activation, ...rest }) => ({
      ...rest,
      changes: [...changes],
      ...(intervals && { intervals: [...intervals] }),
      ...(activation && { activation: activation === 'pending' ? activation : { on: activation.on } }),
    })),
    paymentMethods: methods.map(({ methodId, kind, brand, last4, expires }) => ({
      methodId,
      kind,
      brand,
      last4,
      ...(expires === undefined ? {} : { expires }),
    })),
  };
}

/** The entity tag of an account: its version. */
export const etagOf = ({ version }: { version: number }): { ETag: string } => ({ ETag: `"${version}"` });
