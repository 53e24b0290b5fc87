import type { Account } from './account.ts';
import type { PlainDate } from './calendar.ts';
import type { TaxCode } from './catalog.ts';
import type { InvoiceLine, TaxLine } from './invoice.ts';
import { type Currency, money, scale } from './money.ts';
import type { Address } from './seller.ts';
import { CANADA, EU_MEMBERS, NATIONAL, type TaxRate, WITHOUT_TAX } from './tax-tables.ts';

const PPM = 1_000_000;
const REVERSE_CHARGE =
  'Reverse charge: VAT is to be accounted for by the recipient (Directive 2006/112/EC, Articles 44 and 196).';

/** The taxes that apply to a customer on a date, before any amount is known. */
export type TaxRules =
  | { readonly kind: 'rates'; readonly jurisdiction: string; readonly rates: readonly TaxRate[] }
  | { readonly kind: 'reverse-charge'; readonly jurisdiction: string; readonly rate: TaxRate }
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly place: string };

/**
 * Which taxes hold at the billing address (R23) on the invoice date: Nova Scotia's change of rate follows the earlier of
 * tax paid and payable, which is the invoice date and not the usage period (CRA Notice 342).
 */
export function taxRules(
  buyer: Pick<Account, 'taxIds'> & { billingAddress: Address },
  sellerCountry: string,
  date: PlainDate,
): TaxRules {
  const { country, region = '' } = buyer.billingAddress;
  if (WITHOUT_TAX.includes(country)) return { kind: 'none' };
  const place = country === 'CA' ? `CA-${region}` : country;
  const rates = inForce((country === 'CA' ? CANADA[region] : NATIONAL[country]) ?? [], date);
  const rate = rates[0];
  if (rate === undefined) return { kind: 'missing', place };
  return isReverseCharge(buyer, sellerCountry, date)
    ? { kind: 'reverse-charge', jurisdiction: place, rate }
    : { kind: 'rates', jurisdiction: place, rates };
}

/**
 * Between EU member states, with a VAT ID found valid on or before the date (C14). Never within one country, so an Irish
 * customer of the Irish seller always pays VAT, and never for the United Kingdom.
 */
function isReverseCharge(
  buyer: Pick<Account, 'taxIds'> & { billingAddress: Address },
  sellerCountry: string,
  date: PlainDate,
): boolean {
  const { country } = buyer.billingAddress;
  const crossBorder = EU_MEMBERS.includes(country) && EU_MEMBERS.includes(sellerCountry) && country !== sellerCountry;
  return (
    crossBorder &&
    buyer.taxIds.some((id) => id.kind === 'eu-vat' && id.validatedOn !== undefined && id.validatedOn <= date)
  );
}

/** The newest row of each tax that has begun by the date. */
function inForce(rows: readonly TaxRate[], date: PlainDate): TaxRate[] {
  const latest = new Map<string, TaxRate>();
  for (const row of rows) {
    const known = latest.get(row.tax);
    if (row.from <= date && (known === undefined || known.from < row.from)) latest.set(row.tax, row);
  }
  return [...latest.values()];
}

/**
 * Each tax once on the sum of the lines it reaches, rounded once half-up to the minor unit (C12; ETA s.165.2, Revenu
 * Québec, GST Act s.9-90, HMRC Notice 700 §17.5). Rounded line taxes are never summed.
 */
export function computeTaxes(
  lines: readonly Pick<InvoiceLine, 'amount' | 'taxCode'>[],
  rules: Exclude<TaxRules, { kind: 'missing' }>,
  currency: Currency,
): TaxLine[] {
  if (rules.kind === 'none') return [];
  if (rules.kind === 'reverse-charge') {
    return [taxLine(rules.rate, rules.jurisdiction, 'AE', 0, baseOf(lines, rules.rate.exempt), 0, REVERSE_CHARGE)];
  }
  return rules.rates
    .filter((rate) => lines.some((line) => !rate.exempt?.includes(line.taxCode)))
    .map((rate) => {
      const base = baseOf(lines, rate.exempt);
      const tax = scale(money(base, currency), rate.ratePpm, PPM).amount;
      return taxLine(rate, rules.jurisdiction, 'S', rate.ratePpm, base, tax);
    });
}

const baseOf = (lines: readonly Pick<InvoiceLine, 'amount' | 'taxCode'>[], exempt: readonly TaxCode[] = []): number =>
  lines.filter((line) => !exempt.includes(line.taxCode)).reduce((total, line) => total + line.amount, 0);

const taxLine = (
  rate: TaxRate,
  jurisdiction: string,
  category: TaxLine['category'],
  ratePpm: number,
  base: number,
  amount: number,
  mention?: string,
): TaxLine => ({
  label: rate.label,
  tax: rate.tax,
  jurisdiction,
  category,
  ratePpm,
  base,
  amount,
  rateFrom: rate.from,
  ...(rate.exempt === undefined ? {} : { exempt: rate.exempt }),
  ...(mention === undefined ? {} : { mention }),
});
