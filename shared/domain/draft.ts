import type { Account, BillingInput } from './account.ts';
import { historyFor } from './billing-history.ts';
import { addDays, monthOf, type PlainDate } from './calendar.ts';
import type { DraftLine } from './charges/lines.ts';
import { Unchargeable } from './charges/unchargeable.ts';
import { type FeeContext, feeLines } from './fees/fee-lines.ts';
import { receivablesContact } from './hand-over.ts';
import {
  type BillingDecision,
  type DraftInvoice,
  HOLDS,
  type HoldCode,
  type InvoiceLine,
  type PaymentExpectation,
} from './invoice.ts';
import { sumOf } from './money.ts';
import type { Address, Seller } from './seller.ts';
import { computeTaxes } from './tax/compute.ts';
import { type TaxRules, taxRules } from './tax/rules.ts';

type Held = Extract<BillingDecision, { outcome: 'held' }>;

/** What every invoice of an account needs, whatever it charges. */
export interface Grounds {
  readonly input: BillingInput;
  readonly seller: Seller;
  readonly address: Address;
  readonly rules: Exclude<TaxRules, { kind: 'missing' }>;
  readonly invoiceDate: PlainDate;
}

/**
 * Whether an account can be invoiced on a date at all; the answer is a hold where it cannot. `Unchargeable` from
 * `compose` becomes a hold, too.
 */
export function grounded<Decision>(
  input: BillingInput,
  seller: Seller,
  invoiceDate: PlainDate,
  compose: (grounds: Grounds) => Decision,
): Decision | Held {
  const { account } = input;
  if (account.hold !== undefined) return held('hold_by_finance', account.hold.reason);
  if (account.currency !== seller.currency)
    return held('currency_mismatch', `${account.currency} instead of ${seller.currency}`);
  const address = account.billingAddress;
  const missing = missingParts(address);
  if (address === undefined || missing.length > 0)
    return held('billing_address_missing', `missing: ${missing.join(', ')}`);
  const rules = taxRules({ ...account, billingAddress: address }, seller, invoiceDate);
  if (rules.kind === 'missing') return held('tax_rule_missing', `${rules.place} on ${invoiceDate}`);
  try {
    return compose({ input, seller, address, rules, invoiceDate });
  } catch (error) {
    if (error instanceof Unchargeable) return held(error.code, error.message);
    throw error;
  }
}

/** Charges with the fees on them, numbered, taxed once per tax code, and their sums; all in minor units (C12). */
export function totalled(
  grounds: Grounds,
  charges: readonly DraftLine[],
): Pick<DraftInvoice, 'lines' | 'taxes' | 'subtotal' | 'taxTotal' | 'total'> {
  const unnumbered = [...charges, ...feeLines(charges, feeContext(grounds))];
  const lines = unnumbered.map((line, index): InvoiceLine => ({ line: index + 1, ...line }));
  const taxes = computeTaxes(lines, grounds.rules, grounds.input.account.currency);
  const subtotal = sumOf(lines);
  const taxTotal = sumOf(taxes);
  return { lines, taxes, subtotal, taxTotal, total: subtotal + taxTotal };
}

function feeContext({ input: { account }, seller, address, invoiceDate }: Grounds): FeeContext {
  const { trafficStudy, currency } = account;
  return { seller, address, invoiceDate, currency, ...(trafficStudy === undefined ? {} : { trafficStudy }) };
}

type Particulars = Pick<DraftInvoice, 'invoiceId' | 'kind' | 'coversChange' | 'cycle' | 'usageCovered' | 'itemised'> & {
  readonly totals: ReturnType<typeof totalled>;
  /** The date whose month the invoice belongs to. */
  readonly of: PlainDate;
};

/** The draft with all that the account, the seller and the day say of it; the due date is `paymentTermDays` after its date. */
export function draftOf(grounds: Grounds, { totals, of, ...particulars }: Particulars): DraftInvoice {
  const { input, seller, address, invoiceDate } = grounds;
  const { account } = input;
  return {
    ...particulars,
    accountId: account.accountId,
    sellerId: account.sellerId,
    month: monthOf(of),
    invoiceDate,
    dueDate: addDays(invoiceDate, seller.paymentTermDays),
    currency: account.currency,
    language: account.language,
    ...partiesOf(account, address, seller),
    ...totals,
    previousBalance: account.balance,
    ...(account.credit ? { credit: account.credit } : {}),
    ...(account.history ? { history: historyFor(account.history) } : {}),
    payment: expectation(input, invoiceDate),
  };
}

/** Who writes to whom, as it stands on a document of this moment. */
export function partiesOf(account: Account, address: Address, seller: Seller): Pick<DraftInvoice, 'seller' | 'buyer'> {
  const main = account.recipients.find((recipient) => recipient.main);
  const { name, address: sellerAddress, taxIds, support, bankAccount, timeZone, brandColour } = seller;
  return {
    seller: {
      name,
      address: sellerAddress,
      taxIds,
      support,
      accountsReceivable: receivablesContact(seller, address.country),
      timeZone,
      ...(brandColour === undefined ? {} : { brandColour }),
      ...(bankAccount === undefined ? {} : { bankAccount }),
    },
    buyer: {
      name: account.name,
      address,
      taxIds: account.taxIds,
      ...(account.reference === undefined ? {} : { reference: account.reference }),
      ...(main === undefined ? {} : { email: main.email }),
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

/** Which parts of a billing address the tax and the law on invoices need and do not have. */
function missingParts(address: Address | undefined): string[] {
  if (address === undefined) return ['the whole address'];
  const parts: (keyof Address)[] = ['line1', 'city', 'postalCode', 'country'];
  if (address.country === 'CA' || address.country === 'US') parts.push('region');
  return parts.filter((part) => !address[part]?.trim());
}

const held = (code: HoldCode, detail: string): Held => ({
  outcome: 'held',
  code,
  reason: `${HOLDS[code]} (${detail}).`,
});
