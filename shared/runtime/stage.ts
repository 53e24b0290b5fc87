import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Product } from '../domain/catalog.ts';
import { BillingError } from '../domain/errors.ts';
import type { Seller } from '../domain/seller.ts';
import { uniqueBy } from '../import/unique-by.ts';
import { productSchema } from './product-schemas.ts';
import { sellerSchema } from './stage-schemas.ts';
import { rateProblems, type SellerUsage, usageSchema } from './usage-schemas.ts';

/** The configuration of one deployment: `infra/stages/<stage>.json`. Nothing in it is secret. */
export interface Stage {
  readonly stage: string;
  /** Where it is deployed; absent: where the deployer's credentials point. */
  readonly region?: string;
  readonly mail: { readonly fromAddress: string; readonly domain: string };
  /** Name of the Secrets Manager secret with the payment processor's keys. */
  readonly processorSecretName: string;
  readonly alarmEmail?: string;
  readonly logRetentionDays: number;
  /** How the anchors of the audit logs are locked: `governance` can be lifted by an administrator, `compliance` by nobody. */
  readonly audit: { readonly lockMode: 'governance' | 'compliance'; readonly lockYears: number };
  /** How invoices are locked for as long as the seller's law has them kept. */
  readonly documents: { readonly lockMode: 'governance' | 'compliance' };
  /** How many of a function run at once at most, so that neither the processor nor SES is flooded. */
  readonly concurrency: {
    readonly issueInvoice: number;
    readonly deliverInvoice: number;
    readonly collectPayment: number;
  };
  readonly sellers: readonly Seller[];
  readonly products: readonly Product[];
  /** How usage is read and priced, for the sellers that bill it. */
  readonly usage?: readonly SellerUsage[] | undefined;
}

/** The retention periods that CloudWatch Logs knows. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** SQS event sources accept 2 to 1000. */
const concurrency = z.int().min(2).max(1000);

/** Checks a stage file as a whole; every fault names its field. */
export const stageSchema = z
  .strictObject({
    stage: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'up to 20 lower-case letters, digits and hyphens'),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as eu-west-1')
      .optional(),
    mail: z.strictObject({
      fromAddress: z.email(),
      domain: z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'a domain name'),
    }),
    processorSecretName: z.string().regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'a name that Secrets Manager allows'),
    alarmEmail: z.email().optional(),
    logRetentionDays: z
      .int()
      .refine((days) => LOG_RETENTION_DAYS.includes(days), `one of ${LOG_RETENTION_DAYS.join(', ')}`),
    audit: z.strictObject({ lockMode: z.enum(['governance', 'compliance']), lockYears: z.int().min(1).max(30) }),
    documents: z.strictObject({ lockMode: z.enum(['governance', 'compliance']) }),
    concurrency: z.strictObject({
      issueInvoice: concurrency,
      deliverInvoice: concurrency,
      collectPayment: concurrency,
    }),
    sellers: z.array(sellerSchema).min(1).superRefine(uniqueBy('sellerId')).superRefine(uniqueBy('numberPrefix')),
    products: z.array(productSchema).min(1).superRefine(uniqueBy('productId')),
    usage: z.array(usageSchema).superRefine(uniqueBy('sellerId')).optional(),
  })
  .refine((stage) => stage.mail.fromAddress.endsWith(`@${stage.mail.domain}`), {
    path: ['mail', 'fromAddress'],
    message: 'must belong to mail.domain',
  })
  .refine(
    ({ usage = [], sellers }) => usage.every((each) => sellers.some((seller) => seller.sellerId === each.sellerId)),
    {
      path: ['usage'],
      message: 'names a seller that is none of sellers',
    },
  )
  .superRefine(({ usage = [], sellers }, context) => {
    for (const [index, each] of usage.entries()) {
      const currency = sellers.find(({ sellerId }) => sellerId === each.sellerId)?.currency;
      for (const { path, reason } of currency === undefined ? [] : rateProblems(each, currency))
        context.addIssue({ code: 'custom', path: ['usage', index, ...path], message: reason });
    }
  });

/** Checks a parsed stage file. Throws `invalid_configuration` naming every faulty field. */
export function parseStage(value: unknown): Stage {
  const parsed = stageSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new BillingError('invalid_configuration', `stage: ${faults.join('; ')}`);
}

/** Reads the `stage.json` that the build put beside the bundle: the stage as it was checked and parsed there. */
export function loadStage(file = new URL('./stage.json', import.meta.url)): Stage {
  return JSON.parse(readFileSync(file, 'utf8')) as Stage;
}

/** Throws `seller_not_found`. */
export function sellerOf(stage: Pick<Stage, 'sellers'>, sellerId: string): Seller {
  const seller = stage.sellers.find((candidate) => candidate.sellerId === sellerId);
  if (!seller) throw new BillingError('seller_not_found', sellerId);
  return seller;
}
