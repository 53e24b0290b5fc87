import type { WrittenAccount } from '../../../shared/import/account-schema.ts';
import { ApiClient, tokenFor } from './api-client.ts';
import { amountOf, type Stage } from './cast-stories.ts';

/** What is told of a quote: its number, and what it says of the contract and of the first invoice. */
interface Quote {
  readonly accountId: string;
  readonly number: string;
  readonly currency: string;
  readonly contract: { readonly months: number };
  readonly contractTotal: number;
  readonly savings: number;
  readonly once: { readonly invoice: { readonly total: number } };
  readonly firstInvoice: { readonly invoiceDate: string; readonly total: number };
}

const NAME = 'Saltmarsh Hotel & Spa Ltd';

/** A customer-to-be: sales has entered it, and it has nothing yet. */
const prospect = (accountId: string, date: string): WrittenAccount => ({
  accountId,
  sellerId: 'northwind-ie',
  name: NAME,
  language: 'en',
  currency: 'EUR',
  billingAddress: { line1: '12 Strand Road', city: 'Wexford', postalCode: 'Y35 XK20', country: 'IE' },
  recipients: [{ email: 'office@saltmarsh-hotel.example', main: true }],
  billingStartDate: date,
  terms: 'wire',
  subscriptions: [],
});

const offer = (date: string) => ({
  quoteId: `Q-${date}`,
  lines: [
    { productId: 'desk-phone', quantity: 60, discountPpm: 150_000 },
    { productId: 'standard-number', quantity: 20, interval: 'quarter' },
    { productId: 'contact-center-licence', quantity: 3, interval: 'year', discountPpm: 100_000 },
  ],
  once: { items: [{ productId: 'desk-phone-purchase', quantity: 20, discountPpm: 100_000 }] },
  contractMonths: 12,
  billingStartDate: date,
  validUntil: date,
});

/** Sales makes a quote whose billing starts with the run, and the customer buys: nobody has entered its prices twice. */
export async function quoteIsAccepted({ stack, apiUrl }: Stage, date: string): Promise<Quote> {
  const accountId = `quoted-${date}`;
  const staff = new ApiClient(apiUrl, await tokenFor(stack, 'staff'));
  await staff.call('POST', '/accounts', prospect(accountId, date));
  const path = `/accounts/${accountId}/quotes`;
  const { quote } = await staff.call<{ quote: Quote }>('POST', path, offer(date));
  const admin = new ApiClient(apiUrl, await tokenFor(stack, 'billing-admin', accountId));
  const { checkout } = await admin.get<{ checkout: { accountVersion: number } }>(`${path}/Q-${date}`);
  const adminContact = { name: 'Orla Finnegan', email: 'orla@saltmarsh-hotel.example' };
  const { billingAddress: shippingAddress } = prospect(accountId, date);
  const bought = { adminContact, shippingAddress, contactVerified: true, termsAccepted: true };
  await admin.call('POST', `${path}/Q-${date}/acceptance`, bought, { 'if-match': `"${checkout.accountVersion}"` });
  await stack.settle();
  return quote;
}

interface Issued {
  readonly number: string;
  readonly kind: string;
  readonly total: number;
}

/** Says what the quote was and that its first invoice came to what was quoted. Throws when it did not. */
export async function quoteIsBilled({ stack, apiUrl, say }: Stage, quote: Quote): Promise<void> {
  const { accountId, number, currency, contract, contractTotal, savings, firstInvoice, once } = quote;
  const finance = new ApiClient(apiUrl, await tokenFor(stack, 'finance'));
  const { invoices } = await finance.get<{ invoices: Issued[] }>(`/accounts/${accountId}/invoices`);
  const quoted = amountOf(firstInvoice.total, currency);
  const first = invoices.find(({ kind }) => kind === 'cycle');
  const bought = invoices.find(({ kind }) => kind === 'purchase');
  if (bought?.total !== once.invoice.total)
    throw new Error(
      `What quote ${number} sells once came to ${bought && amountOf(bought.total, currency)}; it said ${amountOf(once.invoice.total, currency)}`,
    );
  if (first !== undefined && first.total !== firstInvoice.total)
    throw new Error(
      `Invoice ${first.number} came to ${amountOf(first.total, currency)}; quote ${number} said ${quoted}`,
    );
  say(
    `${NAME} accepted quote ${number}: ${contract.months} months for ${amountOf(contractTotal, currency)}, ` +
      `${amountOf(savings, currency)} saved. Its devices came by themselves, on ${bought.number} over ${amountOf(bought.total, currency)}. ${
        first === undefined
          ? `Its first invoice comes on ${firstInvoice.invoiceDate}.`
          : `Its first invoice, ${first.number}, came to ${quoted} as it was quoted.`
      }`,
  );
}
