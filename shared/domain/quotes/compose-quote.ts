import type { BillingInput } from '../account.ts';
import { addDays, addMonths, monthOf, type PlainDate } from '../calendar.ts';
import { findProduct, type Pricing, type Product } from '../catalog.ts';
import { recurringCharges } from '../charges/recurring.ts';
import { composeDated } from '../compose-invoice.ts';
import { partiesOf } from '../draft.ts';
import type { BillingDecision } from '../invoice.ts';
import { type Currency, fromMicros } from '../money.ts';
import { nextDueAfter } from '../next-due.ts';
import { priceOf } from '../pricing.ts';
import { prorationPolicy } from '../proration.ts';
import type { Seller } from '../seller.ts';
import { NOTICE_DAYS } from '../subscription-terms.ts';
import { agreedSubscriptions, forContractPeriod, isProspect } from './agreed.ts';
import { composeOnce } from './once.ts';
import type { DraftQuote, QuoteContract, QuotedInvoice, QuoteLine, QuoteLineRequest, QuoteRequest } from './quote.ts';
import { listPricing, quotedPricing } from './quoted-price.ts';
import { QuoteRefused } from './refusals.ts';

/** Who makes a quote when; `date` is the seller's. */
export interface QuoteMaker {
  readonly by: string;
  readonly date: PlainDate;
  readonly fingerprint: string;
}

/**
 * A quote as its customer reads it (R125). The request has no faults (`quoteFaults`). Every amount is what invoices will
 * say: the contract period's are the lines that they charge, the first invoice's come from what composes invoices. Pure.
 * Throws `quote_not_billable` where the account could not be invoiced, `subscription_exists`.
 */
export function composeQuote(
  request: QuoteRequest,
  input: BillingInput,
  seller: Seller,
  products: readonly Product[],
  maker: QuoteMaker,
): DraftQuote {
  const { account } = input;
  const { quoteId, billingStartDate, validUntil, contact } = request;
  const terms = { quoteId, billingStartDate, contract: contractOf(request) };
  const lines = request.lines.map((line, index) =>
    quoteLine(line, index + 1, { input, terms, seller, products } satisfies Quoting),
  );
  const first = firstInvoiceOf({ ...terms, lines }, input, seller, products, maker.date);
  const { date } = maker;
  const once = request.once && composeOnce(request.once, { quoteId, input, seller, products, date });
  const contractTotal = sumOf(lines, 'contractTotal') + (once?.total ?? 0);
  const savings = sumOf(lines, 'savings') + sumOf(once?.items ?? [], 'savings');
  return {
    ...terms,
    ...maker,
    accountId: account.accountId,
    sellerId: account.sellerId,
    language: account.language,
    currency: account.currency,
    // The first invoice could not be made without an address.
    ...partiesOf(account, account.billingAddress!, seller),
    validUntil,
    ...(contact === undefined ? {} : { contact }),
    terms: account.terms,
    lines,
    perInterval: perInterval(lines),
    ...(once === undefined ? {} : { once }),
    contractTotal,
    listTotal: contractTotal + savings,
    savings,
    ...(first === undefined ? {} : { firstInvoice: first }),
  };
}

function contractOf({ billingStartDate, contractMonths, renewalMonths }: QuoteRequest): QuoteContract {
  const renewsOn = addMonths(billingStartDate, contractMonths);
  return {
    months: contractMonths,
    endsOn: addDays(renewsOn, -1),
    renewsOn,
    renewalMonths: renewalMonths ?? contractMonths,
    cancelBy: addDays(renewsOn, -NOTICE_DAYS),
  };
}

interface Quoting {
  readonly input: BillingInput;
  readonly terms: Pick<DraftQuote, 'quoteId' | 'billingStartDate' | 'contract'>;
  readonly seller: Seller;
  readonly products: readonly Product[];
}

function quoteLine(asked: QuoteLineRequest, line: number, quoting: Quoting): QuoteLine {
  const { productId, quantity, interval, discountPpm, billingGroup, awaitsActivation } = asked;
  const { input, terms, products } = quoting;
  const { currency } = input.account;
  const { quoteId: version, billingStartDate: from } = terms;
  const product = findProduct(products, productId)!;
  const list = listPricing(product, currency, interval, from);
  const price = { version, from, interval, pricing: quotedPricing(asked, list)! };
  const offered = {
    ...{ line, productId, quantity, interval, price },
    ...(billingGroup === undefined ? {} : { billingGroup }),
    ...(awaitsActivation === undefined ? {} : { awaitsActivation }),
  };
  const contractTotal = contractTotalOf(offered, quoting);
  const listTotal = list && contractTotalOf({ ...offered, price: { ...price, pricing: list } }, quoting);
  return {
    ...offered,
    ...{ description: product.name, group: product.group, unit: product.unit },
    ...(list === undefined ? {} : { listPricing: list }),
    ...(discountPpm === undefined ? {} : { discountPpm }),
    amount: amountOf(price.pricing, quantity, currency),
    contractTotal,
    savings: (listTotal ?? contractTotal) - contractTotal,
  };
}

const amountOf = (pricing: Pricing, quantity: number, currency: Currency): number =>
  fromMicros(priceOf(pricing, quantity), currency).amount;

/** What the invoices of the contract period charge for a line, each of its periods and parts rounded by itself. */
function contractTotalOf(
  line: Parameters<typeof forContractPeriod>[2],
  { input: { account }, terms, seller, products }: Quoting,
): number {
  const { billedThrough: _nothing, ...unbilled } = account;
  const charged = recurringCharges([forContractPeriod(account, terms, line)], {
    products,
    currency: account.currency,
    account: unbilled,
    billingDate: terms.contract.endsOn,
    policy: prorationPolicy(seller.prorationPolicy),
  });
  return charged.reduce((total, { amount }) => total + amount, 0);
}

const SHORTEST_FIRST = ['month', 'quarter', 'year'] as const;

function perInterval(lines: readonly QuoteLine[]): DraftQuote['perInterval'] {
  return SHORTEST_FIRST.flatMap((interval) => {
    const own = lines.filter((line) => line.interval === interval);
    return own.length === 0 ? [] : [{ interval, amount: sumOf(own, 'amount') }];
  });
}

const sumOf = <F extends 'amount' | 'contractTotal' | 'savings'>(
  lines: readonly Pick<QuoteLine, F>[],
  field: F,
): number => lines.reduce((sum, line) => sum + line[field], 0);

/** Rates of a later day may not be published yet; then those of today stand in for them, and the quote says so. */
const NOT_YET_KNOWN: readonly string[] = ['usf_factor_missing', 'tax_rule_missing'];
/** A start a year ahead, billed by the year. */
const MOST_CYCLES = 30;

/**
 * What the first invoice that knows of a quote says of it, were it accepted as the account stands: for an account that had
 * nothing before, that invoice to the cent. Undefined: nothing is charged before a circuit is activated, or at all. `today`
 * is the seller's. Throws `quote_not_billable`, `subscription_exists`.
 */
export function firstInvoiceOf(
  quote: Quoting['terms'] & Pick<DraftQuote, 'lines'>,
  input: BillingInput,
  seller: Seller,
  products: readonly Product[],
  today: PlainDate,
): QuotedInvoice | undefined {
  const { account: agreed, subscriptions } = agreedSubscriptions(input, quote);
  // Nothing but the quote: what else the account owes, has, or is held for is another matter.
  const { hold: _hold, credit: _credit, ...rest } = agreed;
  let account = { ...rest, balance: 0 };
  for (let cycle = 0; cycle < MOST_CYCLES; cycle++) {
    const date = account.nextBillingDate;
    const compose = (ratesOf: PlainDate) =>
      composeDated({ account, subscriptions, methods: input.methods }, seller, products, date, ratesOf);
    const known = compose(date);
    const early = known.outcome === 'held' && NOT_YET_KNOWN.includes(known.code);
    const decision: BillingDecision = early ? compose(today) : known;
    if (decision.outcome === 'held') throw new QuoteRefused('quote_not_billable', 'accountId', decision.reason);
    if (decision.outcome === 'invoice') {
      const { lines, taxes, subtotal, taxTotal, total } = decision.draft;
      const dueDate = addDays(date, seller.paymentTermDays);
      const part = isProspect(input) ? {} : ({ part: true } as const);
      return {
        invoiceDate: date,
        dueDate,
        lines,
        taxes,
        subtotal,
        taxTotal,
        total,
        ratesOf: early ? today : date,
        ...part,
      };
    }
    const billedThrough = { date, month: monthOf(date), change: decision.coversChange };
    account = { ...account, billedThrough, nextBillingDate: nextDueAfter({ account, subscriptions }, products, date) };
  }
  return undefined;
}
