import { z } from 'zod';
import { TAX_TREATMENTS } from '../../shared/domain/catalog.ts';
import type { Invoice, InvoiceId } from '../../shared/domain/invoice.ts';
import { DECLINE_REASONS, type Receivable } from '../../shared/domain/receivable.ts';
import { addressSchema } from '../../shared/import/field-schemas.ts';
import type { ApiDeps } from './context.ts';
import type { Downloads } from './hardware-downloads.ts';
import { productProblem } from './problem.ts';
import { accountParams, sellerParams } from './route-parts.ts';

const URL_ID = /^(\d{4}-\d{2}(?:-\d{2})?)-(cycle|purchase-[A-Za-z0-9][A-Za-z0-9_.-]{0,63})$/;
/** In URLs `2026-12#cycle` is written `2026-12-cycle`: `#` would begin a fragment. */
export const invoiceIdParam = z
  .string()
  .regex(URL_ID, 'must be a month or date and a kind, such as 2026-12-cycle')
  .transform((text): InvoiceId => text.replace(URL_ID, '$1#$2'));
export const invoiceParams = accountParams.extend({ invoiceId: invoiceIdParam });
export const numberParams = sellerParams.extend({
  number: z
    .string()
    .regex(/^[A-Z0-9]{2,6}-\d{6}[A-Z]-\d{6,}$/, 'must be an invoice number, such as NTIE-202612A-000042'),
});
export const urlIdOf = (invoiceId: InvoiceId): string => invoiceId.replace('#', '-');

export const collectionState = z.enum(['idle', 'attempting', 'processing', 'needs-authentication', 'stopped']);
/** As much as the bank lets a customer know; the processor's own code stays inside. */
export const declineReason = z.enum(DECLINE_REASONS);

/** Where an invoice stands. Amounts are minor units of `currency`. */
export const invoiceSummary = z
  .object({
    number: z.string(),
    invoiceId: z.string(),
    accountId: z.string(),
    kind: z.enum(['cycle', 'purchase']),
    month: z.string(),
    invoiceDate: z.string(),
    dueDate: z.string(),
    currency: z.string(),
    total: z.int(),
    due: z.int(),
    disputed: z.int().optional().describe('Contested and not decided: neither collected nor dunned.'),
    status: z.enum(['unpaid', 'paid']),
    paidAt: z.string().optional(),
    downloadable: z
      .boolean()
      .describe('Whether who asks may download its PDF and UBL; a hardware order’s come by mail.'),
    collection: z.object({
      state: collectionState,
      attempts: z.int(),
      nextAt: z.string().optional(),
      lastDecline: z.object({ reason: declineReason, at: z.string(), methodId: z.string() }).optional(),
    }),
  })
  .meta({ id: 'InvoiceSummary' });

export const lineView = z.object({
  line: z.int(),
  charge: z.enum(['recurring', 'proration', 'purchase', 'usage', 'fee']),
  group: z.string(),
  productId: z.string(),
  description: z.string(),
  unit: z.string(),
  servicePeriod: z.object({ from: z.string(), to: z.string() }),
  quantity: z.int(),
  unitMicros: z.int().optional().describe('Millionths of the currency: 24.95 is 24950000.'),
  proration: z
    .object({ days: z.int(), of: z.int(), effectiveOn: z.string() })
    .optional()
    .describe('Of a part of a period: how many of its days are charged.'),
  amount: z.int(),
  taxCode: z.string(),
  taxTreatment: z.enum(TAX_TREATMENTS).optional(),
  billingGroup: z.string().optional(),
});

export const taxView = z.object({
  label: z.string(),
  jurisdiction: z.string(),
  category: z.string(),
  ratePpm: z.int().describe('Parts per million: 9.975 % is 99750.'),
  base: z.int(),
  amount: z.int(),
  mention: z.string().optional(),
  rateFrom: z.string().describe('Since when this rate holds.'),
  rounding: z.object({ method: z.enum(['half-up', 'down']), source: z.string() }),
  source: z.string().describe('Where the rate is published.'),
  status: z.enum(['final', 'sample']),
  evidence: z
    .object({
      kind: z.enum(['vat-id', 'certificate']),
      id: z.string(),
      authority: z.string(),
      on: z.string(),
      reference: z.string().optional(),
    })
    .optional()
    .describe('What a tax of 0 relies on.'),
});

/** An invoice with its breakdown (R48). */
export const invoiceView = invoiceSummary
  .extend({
    issuedAt: z.string(),
    cycle: z.object({ from: z.string(), to: z.string() }).optional().describe('Where it is not the calendar month.'),
    seller: z.object({ name: z.string(), address: addressSchema }),
    buyer: z.object({ name: z.string(), address: addressSchema, reference: z.string().optional() }),
    lines: z.array(lineView),
    taxes: z.array(taxView),
    subtotal: z.int(),
    taxTotal: z.int(),
    previousBalance: z.int(),
  })
  .meta({ id: 'Invoice' });

export function summarise(receivable: Receivable, downloads: Downloads): z.infer<typeof invoiceSummary> {
  const { number, accountId, kind, month, invoiceDate, dueDate, currency, total, due, status, paidAt, collection } =
    receivable;
  const { disputed } = receivable;
  const { state, attempts, nextAt, lastDecline } = collection;
  return {
    number,
    invoiceId: urlIdOf(receivable.invoiceId),
    accountId,
    kind,
    month,
    invoiceDate,
    dueDate,
    currency,
    total,
    due,
    ...(disputed ? { disputed } : {}),
    status,
    ...(paidAt === undefined ? {} : { paidAt }),
    downloadable: downloads(receivable),
    collection: {
      state,
      attempts,
      ...(nextAt === undefined ? {} : { nextAt }),
      ...(lastDecline && {
        lastDecline: { reason: lastDecline.reason ?? 'declined', at: lastDecline.at, methodId: lastDecline.methodId },
      }),
    },
  };
}

/** How a line came about has a route of its own. */
export const viewLines = (lines: Invoice['lines']): z.infer<typeof lineView>[] =>
  lines.map(({ explanation, ...printed }) => ({ ...printed, ...daysOf(explanation) }));

function daysOf(explanation: Invoice['lines'][number]['explanation']): Pick<z.infer<typeof lineView>, 'proration'> {
  if (explanation.kind !== 'proration') return {};
  const { days, of, effectiveOn } = explanation;
  return { proration: { days, of, effectiveOn } };
}

export const viewTaxes = (taxes: Invoice['taxes']): z.infer<typeof taxView>[] =>
  taxes.map(({ tax: _code, exempt: _exempt, reaches: _reaches, ...printed }) => printed);

export function viewInvoice(
  receivable: Receivable,
  invoice: Invoice,
  downloads: Downloads,
): z.infer<typeof invoiceView> {
  const { issuedAt, cycle, seller, buyer, subtotal, taxTotal, previousBalance } = invoice;
  return {
    ...summarise(receivable, downloads),
    issuedAt,
    ...(cycle && { cycle }),
    seller: { name: seller.name, address: seller.address },
    buyer: {
      name: buyer.name,
      address: buyer.address,
      ...(buyer.reference === undefined ? {} : { reference: buyer.reference }),
    },
    lines: viewLines(invoice.lines),
    taxes: viewTaxes(invoice.taxes),
    subtotal,
    taxTotal,
    previousBalance,
  };
}

/** A receivable with its invoice. Throws 404 `invoice_not_found` where either is missing. */
export async function wholeInvoice(
  store: Pick<ApiDeps['store'], 'invoice'>,
  receivable: Receivable | undefined,
): Promise<{ receivable: Receivable; invoice: Invoice }> {
  const invoice = receivable && (await store.invoice(receivable.accountId, receivable.invoiceId));
  if (receivable === undefined || invoice === undefined) throw productProblem('invoice_not_found');
  return { receivable, invoice };
}
