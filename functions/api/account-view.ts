import { z } from 'zod';
import type { BillingInput } from '../../shared/domain/account.ts';
import { addressSchema, methodSchema, recipientsSchema, taxIdSchema } from '../../shared/import/account-schema.ts';

const subscriptionView = z.object({
  subscriptionId: z.string(),
  productId: z.string(),
  changes: z.array(z.object({ change: z.int(), effectiveOn: z.string(), delta: z.int() })),
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
  const { billedThrough: _internal, usageCovered: _covered, services, taxIds, recipients, ...profile } = account;
  return {
    ...profile,
    services: services.status,
    taxIds: [...taxIds],
    recipients: [...recipients],
    subscriptions: subscriptions.map(({ subscriptionId, productId, changes }) => ({
      subscriptionId,
      productId,
      changes: [...changes],
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
