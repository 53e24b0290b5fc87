import type { BillingInput } from '../../shared/domain/account.ts';
import type { Product } from '../../shared/domain/catalog.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { FeeRate, SellerFees } from '../../shared/domain/fees/fee-rates.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { SalesTaxRow } from '../../shared/domain/tax/sales-tax-row.ts';
import type { RatedRecord, RateRow, UsageClass } from '../../shared/domain/usage/usage.ts';
import { account, input, monthly, product, seller, subscription } from '../support/accounts.ts';
import { deckRow, rated, rateRow } from '../support/usage.ts';
import { type Rate, rate } from './measure.ts';

/** A customer in Québec (two taxes) with three products, one addition and one removal in the month before. */
export function composeRate(seconds: number): Rate {
  const canada = seller('CA', 'CAD');
  const products = [
    product('phone', 2500, 'CAD'),
    product('conference-phone', 4900, 'CAD'),
    product('number', 300, 'CAD', { group: 'standard-phone-numbers', unit: 'number' }),
  ];
  const of = account('CA-QC', 'CAD', { billedThrough: { date: '2026-11-01', month: '2026-11', change: 3 } });
  const everything = input(of, [
    subscription('phone', [1, '2026-01-01', 12], [4, '2026-11-15', 2]),
    subscription('conference-phone', [2, '2026-01-01', 2]),
    subscription('number', [3, '2026-01-01', 20], [5, '2026-11-10', -3]),
  ]);
  return rate('invoices composed in the pure domain', seconds, () =>
    composeInvoice(everything, canada, products, '2026-12-01', '2026-12-01'),
  );
}

/** A customer in Québec with twenty products of a catalog of 40, five of them changed in the month before: 25 lines, two taxes. */
export function composeManyLinesRate(seconds: number): Rate {
  const canada = seller('CA', 'CAD');
  const products = catalogOf('CAD');
  const of = account('CA-QC', 'CAD', { billedThrough: { date: '2026-11-01', month: '2026-11', change: 20 } });
  const subscriptions = Array.from({ length: 20 }, (_, index) =>
    subscription(
      `product-${index * 2}`,
      [index + 1, '2026-01-01', 10 + index],
      ...(index % 4 === 0 ? [[21 + index, '2026-11-15', 2] as [number, string, number]] : []),
    ),
  );
  const everything = input(of, subscriptions);
  return rate(`the same with ${LINES} lines`, seconds, () =>
    composeInvoice(everything, canada, products, '2026-12-01', '2026-12-01'),
  );
}

/**
 * A large customer in New York: a catalog of 40 products with 20 prices each, of which it has ten, four changed in the month
 * before; calls and messages within its plan and beyond; three fees, and the sales taxes of state and city. 25 lines.
 */
export function composeLongRate(seconds: number): Rate {
  const everything = largeAccount();
  const products = catalogOf('USD');
  const us = seller('US', 'USD', { fees: FEES, salesTax: [salesTax('State sales tax'), salesTax('City sales tax')] });
  const compose = () => composeInvoice(everything, us, products, '2026-12-01', '2026-12-01');
  const first = compose();
  const charges = first.outcome === 'invoice' ? first.draft.lines.map(({ charge }) => charge) : [];
  if (charges.length !== LINES) throw new Error(`The bench would measure another invoice: ${charges}`);
  return rate(`${LINES} lines, of ${CALLS} calls and fees too`, seconds, compose);
}

const LINES = 25;
const OWNED = 10;
const CALLS = 100;

function catalogOf(currency: Currency): Product[] {
  const prices = Array.from({ length: 20 }, (_, year) =>
    monthly(2500 + year, currency, { version: `v${year}`, from: `${2010 + year}-01-01` }),
  );
  return Array.from({ length: 40 }, (_, index) =>
    product(`product-${index}`, 2500, currency, {
      prices,
      ...(index === 0 ? { allowances: { minutes: 2, credits: 1 } } : {}),
      ...(index === 2 ? { group: 'standard-phone-numbers', unit: 'number' } : {}),
    }),
  );
}

function largeAccount(): BillingInput {
  const of = account('US-NY', 'USD', { billedThrough: { date: '2026-11-01', month: '2026-11', change: OWNED } });
  const subscriptions = Array.from({ length: OWNED }, (_, index) =>
    subscription(
      `product-${index * 2}`,
      [index + 1, '2026-01-01', 10 + index],
      ...(index % 3 === 0 ? [[12 + index, '2026-11-15', 2] as [number, string, number]] : []),
    ),
  );
  const records = Array.from({ length: CALLS }, (_, index) => call(index));
  return { ...input(of, subscriptions), usage: [{ month: '2026-11', covered: 0, last: 1, before: {}, records }] };
}

/** Of ten: four calls at home, two abroad, a premium and a toll-free one, two messages; a batch that came late follows the others. */
function call(index: number): RatedRecord {
  const second = ((index + CALLS / 4) % CALLS) * 25_000;
  const of = (usage: UsageClass, quantity: number, rate: RateRow) =>
    rated(`call-${index}`, usage, second, quantity, rate);
  const minutes = 60 * (1 + (index % 9));
  switch (index % 10) {
    case 0:
      return of('international', minutes, ABROAD[(index / 10) % ABROAD.length]!);
    case 1:
      return of('international', minutes, ABROAD[0]!);
    case 2:
      return of('domestic-premium', minutes, PREMIUM);
    case 3:
      return of('toll-free-inbound', minutes, TOLL_FREE);
    case 4:
    case 5:
      return of('message', 1 + (index % 3), MESSAGE);
    default:
      return of('domestic', minutes, HOME);
  }
}

const HOME = rateRow();
const ABROAD = [deckRow('49', 'DE', 19_000), deckRow('44', 'GB', 15_000)];
const PREMIUM = deckRow('1787', 'PR', 90_000, { deck: 'premium-2026' });
const TOLL_FREE = rateRow({ deck: 'toll-free-minutes', increments: { initial: 6, subsequent: 6 }, micros: 30_000 });
const MESSAGE = rateRow({ deck: 'sms', increments: { initial: 1, subsequent: 1 }, micros: 5_500, per: 'credit' });

const fee = (name: string, overrides: Partial<FeeRate> = {}): FeeRate => ({
  fee: name,
  label: name,
  taxCodes: ['telecom', 'toll-free'],
  ratePpm: 20_000,
  from: '2020-01-01',
  source: 'Table of the bench',
  status: 'sample',
  ...overrides,
});
const FEES: SellerFees = {
  stateLocal: [fee('state-local-fee')],
  regulatoryRecovery: [fee('regulatory-recovery-fee', { perUnit: { units: ['number'], micros: 250_000 } })],
  usf: {
    factors: [
      {
        quarter: '2026-Q4',
        factorPpm: 376_000,
        effectiveFrom: '2026-10-01',
        source: 'Table of the bench',
        status: 'final',
      },
    ],
  },
};

const salesTax = (tax: string): SalesTaxRow => ({
  state: 'NY',
  tax,
  taxCodes: ['telecom', 'toll-free', 'messaging'],
  ratePpm: 40_000,
  from: '2020-01-01',
  includesUsf: false,
  includesSurcharges: true,
  source: 'Table of the bench',
  status: 'sample',
});

/** The baseline of the same run: copying the account once through JSON, which any storage does at least. */
export function jsonRate(seconds: number): Rate {
  const of = account('CA-QC', 'CAD');
  const everything = input(of, [subscription('phone', [1, '2026-01-01', 12], [4, '2026-11-15', 2])]);
  return rate('baseline: one account through JSON and back', seconds, () => JSON.parse(JSON.stringify(everything)));
}
