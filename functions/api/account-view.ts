import { z } from 'zod';
import type { BillingInput } from '../../shared/domain/account.ts';
import { EXEMPTION_STATUSES, type TaxExemption } from '../../shared/domain/tax/exemption.ts';
import {
  addressSchema,
  exemptionFields,
  methodSchema,
  recipientsSchema,
  taxIdFields,
  trafficStudySchema,
} from '../../shared/import/account-schema.ts';

const subscriptionView = z.object({
  subscriptionId: z.string(),
  productId: z.string(),
  changes: z.array(z.object({ change: z.int(), effectiveOn: z.string(), delta: z.int() })),
});

/** What the processor needs to charge a method stays inside. */
const methodView = methodSchema.omit({ processorCustomer: true, processorMethod: true });

const taxIdView = taxIdFields.extend({
  evidence: z
    .array(
      z.object({
        authority: z.string(),
        valid: z.boolean(),
        at: z.string(),
        on: z.string(),
        reference: z.string().optional(),
      }),
    )
    .optional()
    .describe('What the tax authority answered, oldest first.'),
});

export const exemptionView = exemptionFields
  .extend({
    status: z.enum(EXEMPTION_STATUSES),
    requestedAt: z.string(),
    requestedBy: z.string(),
    decidedOn: z.string().optional().describe('Approved, it applies to invoices dated from this day on.'),
    decidedBy: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'Exemption' });

/** An account as the API shows it. Amounts are minor units of `currency`; dates are read in the seller's time zone. */
export const accountView = z
  .object({
    accountId: z.string(),
    sellerId: z.string(),
    name: z.string(),
    language: z.string(),
    currency: z.string(),
    billingAddress: addressSchema.optional(),
    taxIds: z.array(taxIdView),
    exemptions: z.array(exemptionView).optional(),
    trafficStudy: trafficStudySchema.optional(),
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
  const { billedThrough: _internal, services, taxIds, exemptions, recipients, ...profile } = account;
  return {
    ...profile,
    services: services.status,
    taxIds: taxIds.map(({ evidence, ...id }) => ({ ...id, ...(evidence && { evidence: [...evidence] }) })),
    ...(exemptions && { exemptions: exemptions.map(viewExemption) }),
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

export const viewExemption = ({ taxCodes, ...exemption }: TaxExemption): z.infer<typeof exemptionView> => ({
  ...exemption,
  ...(taxCodes && { taxCodes: [...taxCodes] }),
});

/** The entity tag of an account: its version. */
export const etagOf = ({ version }: { version: number }): { ETag: string } => ({ ETag: `"${version}"` });
