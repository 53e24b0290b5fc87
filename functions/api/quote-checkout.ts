import { z } from 'zod';
import type { BillingInput } from '../../shared/domain/account.ts';
import type { PlainDate } from '../../shared/domain/calendar.ts';
import { firstInvoiceOf } from '../../shared/domain/quotes/compose-quote.ts';
import { needsMethod } from '../../shared/domain/quotes/decide-quote.ts';
import { needsShippingAddress, purchaseInvoiceOf } from '../../shared/domain/quotes/once.ts';
import type { Quote } from '../../shared/domain/quotes/quote.ts';
import { QuoteRefused } from '../../shared/domain/quotes/refusals.ts';
import { addressSchema } from '../../shared/import/field-schemas.ts';
import { type ApiDeps, sellerOfAccount } from './context.ts';
import { quotedInvoiceView, viewQuotedInvoice } from './quote-view.ts';

/** What stands between an open quote and "Buy now" (R127). */
export const checkoutView = z
  .object({
    needs: z.array(z.enum(['payment-method', 'payment-of-overdue-invoices', 'billing-address', 'shipping-address'])),
    accountVersion: z.int().describe('Send it as If-Match with the acceptance.'),
    billingAddress: addressSchema.optional(),
    order: quotedInvoiceView.optional().describe('The first invoice by the account’s address and taxes of now.'),
    purchase: quotedInvoiceView.optional().describe('The invoice of what is bought once, were it accepted today.'),
    problem: z.string().optional().describe('Why it could not be invoiced now.'),
  })
  .meta({ id: 'QuoteCheckout' });

/** What of the checkout is left to do, and the order as it would be billed now. */
export function checkoutOf(
  deps: ApiDeps,
  input: BillingInput,
  quote: Quote,
  today: PlainDate,
  overdue: boolean,
): z.infer<typeof checkoutView> {
  const { billingAddress, version } = input.account;
  const order = orderNow(deps, input, quote, today);
  return {
    needs: [
      ...(billingAddress === undefined ? (['billing-address'] as const) : []),
      ...(needsMethod(input) ? (['payment-method'] as const) : []),
      ...(needsShippingAddress(quote) ? (['shipping-address'] as const) : []),
      ...(overdue ? (['payment-of-overdue-invoices'] as const) : []),
    ],
    accountVersion: version,
    ...(billingAddress && { billingAddress }),
    ...order,
  };
}

function orderNow(
  deps: ApiDeps,
  input: BillingInput,
  quote: Quote,
  today: PlainDate,
): Pick<z.infer<typeof checkoutView>, 'order' | 'purchase' | 'problem'> {
  try {
    const seller = sellerOfAccount(deps, input);
    const { products } = deps.stage;
    const order = firstInvoiceOf(quote, input, seller, products, today);
    const { once, quoteId } = quote;
    const purchase = once && purchaseInvoiceOf({ quoteId, once }, input, seller, products, today);
    return {
      ...(order && { order: viewQuotedInvoice(order) }),
      ...(purchase && { purchase: viewQuotedInvoice(purchase) }),
    };
  } catch (error) {
    if (error instanceof QuoteRefused) return { problem: error.message };
    throw error;
  }
}
