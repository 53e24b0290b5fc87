import type { ChargeGroup } from './catalog.ts';
import { BillingError } from './errors.ts';
import { changeWords, priceChangeWords, quantityChangeWords, usageChangeWords } from './explain/change-words.ts';
import { fromMicros, rounded } from './explain/exact.ts';
import type { DraftInvoice, InvoiceLine } from './invoice.ts';
import { type Currency, sumOf } from './money.ts';
import { priceOf } from './pricing.ts';
import type { UsageClass } from './usage/usage.ts';

/** What of an invoice a comparison needs. */
export type Compared = Pick<DraftInvoice, 'lines' | 'taxes' | 'total' | 'currency'>;

export type ChangeKind = 'quantity' | 'price' | 'periods' | 'proration' | 'purchase' | 'usage' | 'fee' | 'tax';

/** One reason why an invoice differs from the one before. `amount` is minor units, negative where it became less. */
export interface ChangePart {
  readonly kind: ChangeKind;
  /** The product, usage class, fee or tax that it is about; for prorations and purchases whether they are new or gone. */
  readonly about: string;
  readonly group?: ChargeGroup;
  readonly amount: number;
  readonly words: string;
  /** The product, fee or tax by name, where it has one. */
  readonly name?: string;
  /** Of quantities in `unit`, of prices in micros: what was and what is. */
  readonly figures?: { readonly from: number; readonly to: number; readonly unit: string };
}

export interface BillChange {
  readonly currency: Currency;
  readonly total: number;
  readonly lastTotal: number;
  /** `total - lastTotal`: what the amounts of the parts add up to, always. */
  readonly difference: number;
  /** The largest first. */
  readonly parts: readonly ChangePart[];
}

const NOTHING = { lines: [], taxes: [], total: 0 } as const;

/**
 * Why this invoice differs from the last one, as a short list whose amounts add up to the difference exactly: quantities
 * and prices by product, partial periods and purchases that came or went, usage by class, fees and taxes. Without a last
 * invoice all is new. Throws `currency_mismatch`.
 */
export function billChange(invoice: Compared, last?: Compared): BillChange {
  const { currency, total } = invoice;
  const before = last ?? { ...NOTHING, currency };
  if (before.currency !== currency)
    throw new BillingError('currency_mismatch', `${before.currency} and ${currency} cannot be compared`);
  const parts = [
    ...recurringParts(before, invoice),
    ...comings('proration', before, invoice),
    ...comings('purchase', before, invoice),
    ...usageParts(before, invoice),
    ...feeParts(before, invoice),
    ...taxParts(before, invoice),
  ];
  return {
    currency,
    total,
    lastTotal: before.total,
    difference: total - before.total,
    parts: parts.filter(({ amount }) => amount !== 0).sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount)),
  };
}

/** What both sides have under each key; the order is that of this invoice, then of the last one. */
function bySides<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string) {
  const keys = [...new Set([...after, ...before].map(keyOf))];
  const under = (items: readonly T[], key: string) => items.filter((item) => keyOf(item) === key);
  return keys.map((key) => ({ key, before: under(before, key), after: under(after, key) }));
}

const charged = ({ lines }: Compared, charge: InvoiceLine['charge']) => lines.filter((line) => line.charge === charge);

/** A changed price is the quantity of before at the new price; what remains is the changed quantity. */
function recurringParts(last: Compared, invoice: Compared): ChangePart[] {
  const { currency } = invoice;
  const sides = bySides(charged(last, 'recurring'), charged(invoice, 'recurring'), ({ productId }) => productId);
  return sides.flatMap(({ key: about, before, after }): ChangePart[] => {
    const { group, description, unit } = (after[0] ?? before[0])!;
    const amount = sumOf(after) - sumOf(before);
    const common = { about, group, name: description };
    const [was, is] = [before[0], after[0]];
    if (before.length > 1 || after.length > 1) {
      const words = changeWords(description, sumOf(before), sumOf(after), currency);
      return [{ ...common, kind: 'periods', amount, words }];
    }
    const [from, to] = [was?.quantity ?? 0, is?.quantity ?? 0];
    const atNewPrice = was && is ? repriced(was, is, currency) : sumOf(before);
    return [
      ...changed(atNewPrice - sumOf(before), () => ({
        ...common,
        kind: 'price',
        words: was && is ? priceChangeWords(was, is, currency) : '',
        ...pricesOf(was, is),
      })),
      ...changed(sumOf(after) - atNewPrice, () => ({
        ...common,
        kind: 'quantity',
        words: quantityChangeWords(description, unit, from, to),
        figures: { from, to, unit },
      })),
    ];
  });
}

/** Most products cost what they did, and words about that are for nobody. */
const changed = (amount: number, part: () => Omit<ChangePart, 'amount'>): ChangePart[] =>
  amount === 0 ? [] : [{ ...part(), amount }];

const pricesOf = (was: InvoiceLine | undefined, is: InvoiceLine | undefined): Pick<ChangePart, 'figures'> =>
  was?.unitMicros === undefined || is?.unitMicros === undefined
    ? {}
    : { figures: { from: was.unitMicros, to: is.unitMicros, unit: is.unit } };

/** What the quantity of before would have cost at the price of now; minor units. */
function repriced(was: InvoiceLine, is: InvoiceLine, currency: Currency): number {
  if (was.explanation.kind !== 'period' || is.explanation.kind !== 'period') return was.amount;
  const micros = priceOf(is.explanation.price.pricing, was.quantity) * BigInt(is.explanation.periods);
  return rounded(fromMicros(micros, currency), 'half-up');
}

/** Charges that stand on one invoice only: those of the last one are gone, those of this one are new. */
function comings(kind: 'proration' | 'purchase', last: Compared, invoice: Compared): ChangePart[] {
  const what = kind === 'proration' ? 'Prorated charges' : 'Purchases';
  return [
    { kind, about: 'new', amount: sumOf(charged(invoice, kind)), words: `${what} of this invoice.` },
    {
      kind,
      about: 'gone',
      amount: -sumOf(charged(last, kind)),
      words: `${what} of the last invoice that do not recur.`,
    },
  ];
}

function usageParts(last: Compared, invoice: Compared): ChangePart[] {
  const classOf = ({ explanation, productId }: InvoiceLine): string =>
    explanation.kind === 'usage' || explanation.kind === 'allowance' ? explanation.usage : productId;
  return bySides(charged(last, 'usage'), charged(invoice, 'usage'), classOf).map(({ key: about, before, after }) => ({
    kind: 'usage',
    about,
    amount: sumOf(after) - sumOf(before),
    words: usageChangeWords(about as UsageClass, before, after),
  }));
}

function feeParts(last: Compared, invoice: Compared): ChangePart[] {
  const feeOf = ({ explanation, productId }: InvoiceLine): string =>
    explanation.kind === 'fee' ? explanation.fee : productId;
  return bySides(charged(last, 'fee'), charged(invoice, 'fee'), feeOf).map(({ key: about, before, after }) => {
    const { description, group } = (after[0] ?? before[0])!;
    const words = changeWords(description, sumOf(before), sumOf(after), invoice.currency);
    return { kind: 'fee', about, group, name: description, amount: sumOf(after) - sumOf(before), words };
  });
}

function taxParts(last: Compared, invoice: Compared): ChangePart[] {
  const sides = bySides(last.taxes, invoice.taxes, ({ label, jurisdiction }) => `${label} (${jurisdiction})`);
  return sides.map(({ key: about, before, after }) => ({
    kind: 'tax',
    about,
    name: (after[0] ?? before[0])!.label,
    amount: sumOf(after) - sumOf(before),
    words: changeWords(about, sumOf(before), sumOf(after), invoice.currency),
  }));
}
