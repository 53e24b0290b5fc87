import { z } from 'zod';
import type { QuoteRequest } from '../../shared/domain/quotes/quote.ts';
import { addressSchema, dateSchema, idSchema, sentenceSchema } from '../../shared/import/field-schemas.ts';
import { intervalSchema } from '../../shared/import/subscription-schema.ts';
import { decimalSchema } from '../../shared/runtime/product-schemas.ts';

/** The subscriptions of a quote are named by it and their line, and their names are no longer than others. */
const MOST_ID = 56;
const MOST_LINES = 40;

const offered = {
  productId: idSchema,
  quantity: z.int().min(1).max(100_000),
  unitPrice: decimalSchema.optional().describe('Agreed per unit, and interval; without it the catalog’s.'),
  discountPpm: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('Off the catalog’s price, parts per million: 125000 is 12.5 %.'),
};
const lineSchema = z.strictObject({
  ...offered,
  interval: intervalSchema.default('month'),
  billingGroup: sentenceSchema(60).optional(),
  awaitsActivation: z.literal(true).optional().describe('A circuit: charged once its provider has confirmed it.'),
});
const onceSchema = z
  .strictObject({
    items: z.array(z.strictObject(offered)).min(1, 'needs at least one item').max(MOST_LINES),
    shippingAddress: addressSchema.optional().describe('Without it the customer says where hardware is sent to.'),
  })
  .describe('Bought once: invoiced by themselves on the day of acceptance.');
/** What sales asks to be offered (R124, R125); prices are decimals per unit, and become millionths. */
export const quoteRequestSchema = z
  .strictObject({
    quoteId: idSchema.max(MOST_ID),
    lines: z.array(lineSchema).min(1, 'needs at least one line').max(MOST_LINES),
    once: onceSchema.optional(),
    contractMonths: z.int().min(1).max(60),
    renewalMonths: z.int().min(1).max(60).optional().describe('Without it as long as the contract.'),
    billingStartDate: dateSchema.describe('Nothing is charged before it; on or after `validUntil`.'),
    validUntil: dateSchema,
    contact: z
      .strictObject({ name: sentenceSchema(120), email: z.email('must be an e-mail address').max(254) })
      .optional()
      .describe('Gets it by mail; without it the recipients of the invoices do.'),
  })
  .transform(
    ({ lines, once, ...rest }): QuoteRequest => ({
      ...rest,
      lines: lines.map(priced),
      ...(once && { once: { ...once, items: once.items.map(priced) } }),
    }),
  );

/** A decimal is read into millionths. */
function priced<L extends { readonly unitPrice?: number | undefined }>({ unitPrice, ...line }: L) {
  return { ...line, ...(unitPrice === undefined ? {} : { unitMicros: unitPrice }) };
}
