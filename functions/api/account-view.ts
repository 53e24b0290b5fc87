import { z } from 'zod';
import {
  type BillingInput,
  CALL_DETAILS,
  CHOSEN_SCHEDULES,
  type HandOver,
  PAYMENT_TERMS,
  type Recipient,
  SCHEDULES,
  UNDELIVERABLE_REASONS,
} from '../../shared/domain/account.ts';
import { EXEMPTION_STATUSES, type TaxExemption } from '../../shared/domain/tax/exemption.ts';
import { methodSchema, trafficStudySchema } from '../../shared/import/account-schema.ts';
import { addressSchema } from '../../shared/import/field-schemas.ts';
import { intervalSchema } from '../../shared/import/subscription-schema.ts';
import { exemptionFields, taxIdFields } from '../../shared/import/tax-schemas.ts';
import { urlIdOf } from './invoice-view.ts';

const subscriptionView = z.object({
  subscriptionId: z.string(),
  productId: z.string(),
  changes: z.array(z.object({ change: z.int(), effectiveOn: z.string(), time: z.string().optional(), delta: z.int() })),
  billingGroup: z.string().optional(),
  minimum: z.int().optional().describe('Contracted: paid for even when less is there.'),
  agreedPrice: z
    .looseObject({ version: z.string(), interval: intervalSchema })
    .optional()
    .describe('From the accepted quote that `version` names: holds for this interval instead of the catalog’s price.'),
  intervals: z
    .array(z.object({ from: z.string(), interval: intervalSchema }))
    .optional()
    .describe('By which interval it is paid for from a day on; before and without: by the month.'),
  trial: z.object({ until: z.string() }).optional(),
  activation: z.union([z.literal('pending'), z.object({ on: z.string() })]).optional(),
  contract: z
    .object({ startsOn: z.string().optional(), endsOn: z.string(), renewalMonths: z.int() })
    .optional()
    .describe('`endsOn` is the last day of the first term; renewals have the day of the month of `startsOn`.'),
  cancellation: z.object({ requestedOn: z.string(), endsOn: z.string() }).optional(),
});

/** What the processor needs to charge a method stays inside. */
const methodView = methodSchema.omit({ processorCustomer: true, processorMethod: true, mandate: true });

const recipientView = z
  .object({
    email: z.string(),
    main: z.boolean(),
    undeliverable: z
      .object({
        since: z.string(),
        reason: z.enum(UNDELIVERABLE_REASONS),
        detail: z.string().optional().describe('What the mail server said.'),
      })
      .optional()
      .describe('Nothing is mailed there until the address is replaced or confirmed.'),
    softBounces: z.int().optional().describe('Of how many invoices mails came back in a row, for the time being.'),
  })
  .meta({ id: 'Recipient' });

const viewRecipient = ({ email, main, undeliverable, softBounces }: Recipient): z.infer<typeof recipientView> => ({
  ...{ email, main },
  ...(undeliverable && { undeliverable: { ...undeliverable } }),
  ...(softBounces && { softBounces: softBounces.length }),
});

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

export const handedOverView = z
  .object({
    since: z.string(),
    because: z.enum(['wire', 'contract', 'undeliverable']),
    invoiceId: z.string().describe('The unpaid invoice that brought it about.'),
    contact: z.object({ email: z.string(), phone: z.string() }).describe('Whom the customer turns to.'),
  })
  .meta({ id: 'HandedOver' });

export const viewHandOver = ({ invoiceId, contact, ...of }: HandOver): z.infer<typeof handedOverView> => ({
  ...of,
  invoiceId: urlIdOf(invoiceId),
  contact: { ...contact },
});

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
    recipients: z.array(recipientView),
    billingStartDate: z.string(),
    schedule: z.enum(SCHEDULES).optional().describe('When it is billed; without it by the calendar month.'),
    scheduleChanges: z
      .array(z.object({ from: z.string(), schedule: z.enum(CHOSEN_SCHEDULES) }))
      .optional()
      .describe('What it is billed by since then instead.'),
    quote: z.string().optional(),
    autopay: z.boolean(),
    terms: z.enum(PAYMENT_TERMS),
    defaultMethodId: z.string().optional(),
    fallbackMethodIds: z
      .array(z.string())
      .optional()
      .describe('Tried in this order when the default is declined for good.'),
    reference: z.string().optional(),
    callDetails: z
      .enum(CALL_DETAILS)
      .optional()
      .describe(
        'Whether invoices list calls and messages one by one: in full, without the last three digits of the others’ numbers (in France four), or ' +
          'not at all. Without it: `none` in Germany, France and Italy, `masked` elsewhere in the European Union and in the United Kingdom, otherwise `full`.',
      ),
    services: z.enum(['active', 'suspending', 'suspended', 'reactivating']),
    handedOver: handedOverView
      .optional()
      .describe('Accounts Receivable arranges payment and service, until nothing is owed.'),
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
  const {
    billedThrough: _internal,
    usageCovered: _too,
    billingAdmins: _shownApart,
    services,
    taxIds,
    exemptions,
    recipients,
    fallbackMethodIds,
    scheduleChanges,
    handedOver,
    ...profile
  } = account;
  return {
    ...profile,
    services: services.status,
    taxIds: taxIds.map(({ evidence, ...id }) => ({ ...id, ...(evidence && { evidence: [...evidence] }) })),
    ...(exemptions && { exemptions: exemptions.map(viewExemption) }),
    recipients: recipients.map(viewRecipient),
    ...(scheduleChanges && { scheduleChanges: [...scheduleChanges] }),
    ...(handedOver && { handedOver: viewHandOver(handedOver) }),
    ...(fallbackMethodIds && { fallbackMethodIds: [...fallbackMethodIds] }),
    subscriptions: subscriptions.map(
      ({ changes, intervals, activation, cancellation, resumptions: _inside, ...rest }) => ({
        ...rest,
        changes: [...changes],
        ...(intervals && { intervals: [...intervals] }),
        ...(cancellation && { cancellation: { requestedOn: cancellation.requestedOn, endsOn: cancellation.endsOn } }),
        ...(activation && { activation: activation === 'pending' ? activation : { on: activation.on } }),
      }),
    ),
    paymentMethods: methods.map(({ methodId, kind, brand, last4, expires, billingAddress: of }) => ({
      methodId,
      kind,
      brand,
      last4,
      ...(expires === undefined ? {} : { expires }),
      ...(of && { billingAddress: of }),
    })),
  };
}

export const viewExemption = ({ taxCodes, ...exemption }: TaxExemption): z.infer<typeof exemptionView> => ({
  ...exemption,
  ...(taxCodes && { taxCodes: [...taxCodes] }),
});

/** The entity tag of an account: its version. */
export const etagOf = ({ version }: { version: number }): { ETag: string } => ({ ETag: `"${version}"` });
