import type { Account, BillingInput } from './account.ts';
import { addDays, addMonths, dayOf, daysBetween, firstOf, monthOf, type PlainDate } from './calendar.ts';
import type { Product } from './catalog.ts';
import { type ChargeContext, recurringCharges, Unchargeable } from './charges.ts';
import { type FeeContext, feeLines } from './fees/fee-lines.ts';
import {
  type BillingDecision,
  type DraftInvoice,
  HOLDS,
  type HoldCode,
  type InvoiceLine,
  invoiceIdOf,
  type PaymentExpectation,
  type TaxLine,
} from './invoice.ts';
import type { Address, Seller } from './seller.ts';
import { computeTaxes } from './tax/compute.ts';
import { type TaxRules, taxRules } from './tax/rules.ts';

/** Invoices go out between the 1st and the 5th (R55): a run this many days late still bears the billing date. */
const DAYS_ON_TIME = 4;

/**
 * What a run makes of one account that is due on `billingDate`: an invoice, nothing to invoice, or a hold that finance
 * must lift. `businessDate` is the date of the run, in the seller's time zone. Pure: the same input gives the same answer.
 */
export function composeInvoice(
  input: BillingInput,
  seller: Seller,
  products: readonly Product[],
  billingDate: PlainDate,
  businessDate: PlainDate,
): BillingDecision {
  const { account } = input;
  if (account.hold !== undefined) return held('hold_by_finance', account.hold.reason);
  if (account.currency !== seller.currency)
    return held('currency_mismatch', `${account.currency} instead of ${seller.currency}`);
  const address = account.billingAddress;
  const missing = missingParts(address);
  if (address === undefined || missing.length > 0)
    return held('billing_address_missing', `missing: ${missing.join(', ')}`);

  const invoiceDate = invoiceDateFor(billingDate, businessDate);
  const rules = taxRules({ ...account, billingAddress: address }, seller, invoiceDate);
  if (rules.kind === 'missing') return held('tax_rule_missing', `${rules.place} on ${invoiceDate}`);
  try {
    const charges = recurringCharges(input.subscriptions, contextOf(input, products, billingDate));
    const fees = feeLines(charges, feeContext(account, seller, address, invoiceDate));
    const lines = [...charges, ...fees];
    return decide(input, seller, address, { lines, rules, billingDate, invoiceDate });
  } catch (error) {
    if (error instanceof Unchargeable) return held(error.code, error.message);
    throw error;
  }
}

/** When the account is due next: the 1st of the month after the billed one. */
export const nextBillingDateAfter = (billingDate: PlainDate): PlainDate => addMonths(firstOf(monthOf(billingDate)), 1);

/** A start on the 1st to the 5th is invoiced in that run, a later one with the next month's (R99, C7). */
export const firstBillingDate = (billingStartDate: PlainDate): PlainDate =>
  dayOf(billingStartDate) <= 5 ? billingStartDate : nextBillingDateAfter(billingStartDate);

/** A run that comes after the window dates its invoices on its own day, so that the customer keeps the full term. */
const invoiceDateFor = (billingDate: PlainDate, businessDate: PlainDate): PlainDate =>
  daysBetween(billingDate, businessDate) <= DAYS_ON_TIME ? billingDate : businessDate;

interface Charges {
  readonly lines: readonly Omit<InvoiceLine, 'line'>[];
  readonly rules: Exclude<TaxRules, { kind: 'missing' }>;
  readonly billingDate: PlainDate;
  readonly invoiceDate: PlainDate;
}

function decide(input: BillingInput, seller: Seller, address: Address, charges: Charges): BillingDecision {
  const { account } = input;
  const taxes = computeTaxes(charges.lines, charges.rules, account.currency);
  const subtotal = total(charges.lines);
  const taxTotal = total(taxes);
  const month = monthOf(charges.billingDate);
  const coversChange = Math.max(
    0,
    ...input.subscriptions.flatMap((subscription) => subscription.changes.map((change) => change.change)),
  );
  if (charges.lines.length === 0)
    return { outcome: 'zero', reason: 'Nothing to charge', month, coversChange, settled: true };
  if (subtotal + taxTotal === 0)
    return { outcome: 'zero', reason: 'Charges and credits cancel out', month, coversChange, settled: true };
  if (subtotal + taxTotal < 0) {
    return {
      outcome: 'zero',
      reason: 'Credits exceed charges and are carried to the next invoice',
      month,
      coversChange,
      settled: false,
    };
  }
  const draft: DraftInvoice = {
    invoiceId: invoiceIdOf(month, 'cycle'),
    accountId: account.accountId,
    sellerId: account.sellerId,
    kind: 'cycle',
    month,
    invoiceDate: charges.invoiceDate,
    dueDate: addDays(charges.invoiceDate, seller.paymentTermDays),
    currency: account.currency,
    language: account.language,
    ...snapshots(account, address, seller),
    lines: charges.lines.map((line, index) => ({ line: index + 1, ...line })),
    taxes,
    subtotal,
    taxTotal,
    total: subtotal + taxTotal,
    previousBalance: account.balance,
    payment: expectation(input, charges.invoiceDate),
    coversChange,
  };
  return { outcome: 'invoice', draft };
}

function snapshots(account: Account, address: Address, seller: Seller): Pick<DraftInvoice, 'seller' | 'buyer'> {
  const { name, address: sellerAddress, taxIds, support, accountsReceivable, bankAccount, timeZone } = seller;
  return {
    seller: {
      name,
      address: sellerAddress,
      taxIds,
      support,
      accountsReceivable,
      timeZone,
      ...(bankAccount === undefined ? {} : { bankAccount }),
    },
    buyer: {
      name: account.name,
      address,
      taxIds: account.taxIds,
      ...(account.reference === undefined ? {} : { reference: account.reference }),
    },
  };
}

/** Autopay accounts are charged on the invoice date (C23); nobody is told to pay what will be collected anyway. */
function expectation({ account, methods }: BillingInput, invoiceDate: PlainDate): PaymentExpectation {
  const method = methods.find((candidate) => candidate.methodId === account.defaultMethodId);
  return account.autopay && method !== undefined
    ? { kind: 'autopay', methodKind: method.kind, brand: method.brand, last4: method.last4, on: invoiceDate }
    : { kind: 'customer-pays', terms: account.terms };
}

function contextOf({ account }: BillingInput, products: readonly Product[], billingDate: PlainDate): ChargeContext {
  return {
    products,
    currency: account.currency,
    billingStartDate: account.billingStartDate,
    billingDate,
    ...(account.billedThrough === undefined ? {} : { billedThrough: account.billedThrough }),
  };
}

const feeContext = (
  { trafficStudy }: Account,
  seller: Seller,
  address: Address,
  invoiceDate: PlainDate,
): FeeContext => ({
  seller,
  address,
  invoiceDate,
  ...(trafficStudy === undefined ? {} : { trafficStudy }),
});

/** Which parts of a billing address the tax and the law on invoices need and do not have. */
function missingParts(address: Address | undefined): string[] {
  if (address === undefined) return ['the whole address'];
  const parts: (keyof Address)[] = ['line1', 'city', 'postalCode', 'country'];
  if (address.country === 'CA' || address.country === 'US') parts.push('region');
  return parts.filter((part) => !address[part]?.trim());
}

const total = (amounts: readonly Pick<TaxLine, 'amount'>[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount, 0);

const held = (code: HoldCode, detail: string): BillingDecision => ({
  outcome: 'held',
  code,
  reason: `${HOLDS[code]} (${detail}).`,
});
