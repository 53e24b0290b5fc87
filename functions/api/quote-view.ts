import { z } from 'zod';
import { dateIn, type PlainDate } from '../../shared/domain/calendar.ts';
import {
  QUOTE_STATUSES,
  type Quote,
  type QuotedInvoice,
  statusOn,
  totalsByProduct,
} from '../../shared/domain/quotes/quote.ts';
import { addressSchema, idSchema } from '../../shared/import/field-schemas.ts';
import { intervalSchema } from '../../shared/import/subscription-schema.ts';
import { type ApiDeps, type ApiEnv, sellerOfAccount } from './context.ts';
import { lineView, taxView, viewLines, viewTaxes } from './invoice-view.ts';
import { productProblem } from './problem.ts';
import { accountParams } from './route-parts.ts';

export const tags = ['Quotes'];
/** The same request again does nothing more. */
export const outcomeSchema = z.enum(['done', 'repeated']);
export const quoteParams = accountParams.extend({ quoteId: idSchema });

/** An invoice that an acceptance brings about, as it was or would be composed. Amounts are minor units. */
export const quotedInvoiceView = z.object({
  invoiceDate: z.string(),
  dueDate: z.string(),
  lines: z.array(lineView),
  taxes: z.array(taxView),
  subtotal: z.int(),
  taxTotal: z.int(),
  total: z.int(),
  ratesOf: z.string().describe('The day whose rates of taxes and fees these are.'),
  part: z.literal(true).optional().describe('What it adds to an invoice that charges other things, too.'),
});

/** What a quote says of anything that it offers. */
const offered = {
  line: z.int(),
  productId: z.string(),
  description: z.string(),
  group: z.string(),
  unit: z.string(),
  quantity: z.int(),
};

/** A quote as the API shows it (R125). Amounts are minor units of `currency`, without tax but for the first invoice. */
export const quoteView = z
  .object({
    quoteId: z.string(),
    number: z.string(),
    accountId: z.string(),
    status: z.enum(QUOTE_STATUSES),
    date: z.string(),
    validUntil: z.string().describe('The last day on which it can be accepted.'),
    billingStartDate: z.string(),
    language: z.string(),
    currency: z.string(),
    seller: z.object({ name: z.string(), address: addressSchema }),
    buyer: z.object({ name: z.string(), address: addressSchema }),
    contact: z.object({ name: z.string(), email: z.string() }).optional(),
    contract: z.object({
      months: z.int(),
      endsOn: z.string(),
      renewsOn: z.string(),
      renewalMonths: z.int(),
      cancelBy: z.string().describe('Cancelled later, the next term is charged.'),
    }),
    lines: z.array(
      z.object({
        ...offered,
        interval: intervalSchema,
        discountPpm: z.int().optional(),
        billingGroup: z.string().optional(),
        awaitsActivation: z.literal(true).optional(),
        amount: z.int().describe('For one whole interval.'),
        contractTotal: z.int(),
        savings: z.int().describe('Against the catalog, over the contract period.'),
      }),
    ),
    once: z
      .object({
        items: z.array(
          z.object({
            ...offered,
            discountPpm: z.int().optional(),
            hardware: z.literal(true).optional(),
            amount: z.int(),
            savings: z.int(),
          }),
        ),
        shippingAddress: addressSchema.optional(),
        total: z.int(),
        invoice: quotedInvoiceView.optional().describe('As if it were accepted on the day of the quote.'),
      })
      .optional()
      .describe('What is bought once: invoiced by itself on the day of acceptance.'),
    perInterval: z.array(z.object({ interval: intervalSchema, amount: z.int() })),
    perProduct: z.array(z.object({ productId: z.string(), description: z.string(), contractTotal: z.int() })),
    contractTotal: z.int().describe('What is bought once included.'),
    listTotal: z.int(),
    savings: z.int(),
    firstInvoice: quotedInvoiceView
      .optional()
      .describe('As it was on the day of the quote. None while everything waits for its circuit.'),
    decision: z
      .object({
        at: z.string(),
        reason: z.string().optional(),
        adminContact: z.object({ name: z.string(), email: z.string(), phone: z.string().optional() }).optional(),
        order: quotedInvoiceView.optional().describe('The first invoice as it was shown when it was accepted.'),
        purchase: quotedInvoiceView.optional().describe('The invoice of what was bought once.'),
      })
      .optional(),
  })
  .meta({ id: 'Quote' });

export function viewQuote(quote: Quote, today: PlainDate): z.infer<typeof quoteView> {
  const { quoteId, number, accountId, date, validUntil, billingStartDate, language, currency, contact } = quote;
  const { seller, buyer, contract, lines, perInterval, contractTotal, listTotal, savings } = quote;
  const { firstInvoice, decision, once } = quote;
  return {
    ...{ quoteId, number, accountId, date, validUntil, billingStartDate, language, currency },
    status: statusOn(quote, today),
    seller: { name: seller.name, address: seller.address },
    buyer: { name: buyer.name, address: buyer.address },
    ...(contact && { contact: { ...contact } }),
    contract: { ...contract },
    lines: lines.map(({ price: _price, listPricing: _list, ...line }) => line),
    ...(once && { once: viewOnce(once) }),
    perInterval: [...perInterval],
    perProduct: totalsByProduct(quote),
    ...{ contractTotal, listTotal, savings },
    ...(firstInvoice && { firstInvoice: viewQuotedInvoice(firstInvoice) }),
    ...(decision && { decision: decisionOf(decision) }),
  };
}

/** Who decided for the telecom is in the audit log. */
const decisionOf = ({ by: _by, order, purchase, ...decision }: NonNullable<Quote['decision']>) => ({
  ...decision,
  ...(purchase && { purchase: viewQuotedInvoice(purchase) }),
  ...(order && { order: viewQuotedInvoice(order) }),
});

const viewOnce = ({ items, invoice, ...once }: NonNullable<Quote['once']>) => ({
  ...once,
  items: items.map(({ price: _price, listPricing: _list, ...item }) => item),
  ...(invoice && { invoice: viewQuotedInvoice(invoice) }),
});

export const viewQuotedInvoice = ({ lines, taxes, ...rest }: QuotedInvoice): z.infer<typeof quotedInvoiceView> => ({
  ...rest,
  lines: viewLines(lines),
  taxes: viewTaxes(taxes),
});

/** The quote in the path. Throws 404 `quote_not_found`. */
export async function quoteOf({ store }: ApiDeps, accountId: string, quoteId: string): Promise<Quote> {
  const quote = await store.quote(accountId, quoteId);
  if (quote === undefined) throw productProblem('quote_not_found', 'quoteId');
  return quote;
}

/** The seller's date of the request. */
export const todayOf = ({ deps, input, now }: ApiEnv['Variables']): PlainDate =>
  dateIn(now, sellerOfAccount(deps, input).timeZone);
