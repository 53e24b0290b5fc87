import type { Account } from '../account.ts';
import type { PlainDate } from '../calendar.ts';
import { TAX_CODES, type TaxCode } from '../catalog.ts';
import type { Address, Seller } from '../seller.ts';
import { CANADA } from './canada.ts';
import { appliesOn, type TaxExemption } from './exemption.ts';
import { EUROPEAN_UNION, NATIONAL, territoryOutside } from './national.ts';
import { inForce, type TaxRate } from './rate.ts';
import { salesTaxes } from './sales-tax.ts';
import { type TaxIdEvidence, validVatId } from './tax-id.ts';

/** The taxes that apply to a customer on a date, before any amount is known. */
export type TaxRules =
  | {
      readonly kind: 'rates';
      readonly jurisdiction: string;
      readonly rates: readonly TaxRate[];
      /** What the rates say anything about, be it that they do not reach it. */
      readonly known: readonly TaxCode[];
      readonly exemptions: readonly TaxExemption[];
    }
  | {
      readonly kind: 'reverse-charge';
      readonly jurisdiction: string;
      readonly rate: TaxRate;
      readonly vatId: { readonly value: string; readonly answer: Omit<TaxIdEvidence, 'at'> };
    }
  | { readonly kind: 'missing'; readonly place: string };

export type TaxedBuyer = Pick<Account, 'taxIds' | 'exemptions'> & { readonly billingAddress: Address };
export type TaxingSeller = Pick<Seller, 'address' | 'salesTax' | 'taxRegistrations'>;

/** Business customers there pay VAT to a seller of another member state all the same (C14). */
const ALWAYS_VAT: readonly string[] = ['IE'];

/**
 * Which taxes hold at the billing address (R23) on the invoice date: Nova Scotia's change of rate follows the earlier of
 * tax paid and payable, which is the invoice date and not the usage period (CRA Notice 342).
 */
export function taxRules(buyer: TaxedBuyer, seller: TaxingSeller, date: PlainDate): TaxRules {
  const { country, region = '', postalCode } = buyer.billingAddress;
  const place = country === 'CA' || country === 'US' ? `${country}-${region}` : country;
  const outside = territoryOutside(country, postalCode);
  if (outside !== undefined) return { kind: 'missing', place: `${place}, ${outside}` };
  if (!collectsIn(country, seller))
    return { kind: 'missing', place: `${place}, for a seller of ${seller.address.country} without registration there` };

  const exemptions = (buyer.exemptions ?? []).filter((exemption) => appliesOn(exemption, date));
  if (country === 'US') {
    const { rates, known } = salesTaxes(seller.salesTax ?? [], buyer.billingAddress, date);
    return known.length === 0
      ? { kind: 'missing', place }
      : { kind: 'rates', jurisdiction: place, rates, known, exemptions };
  }
  const rates = inForce((country === 'CA' ? CANADA[region] : NATIONAL[country]) ?? [], date, ({ tax }) => tax);
  const rate = rates[0];
  if (rate === undefined) return { kind: 'missing', place };
  const vatId = isCrossBorder(country, seller) ? validVatId(buyer.taxIds, country, date) : undefined;
  return vatId === undefined
    ? { kind: 'rates', jurisdiction: place, rates, known: TAX_CODES, exemptions }
    : { kind: 'reverse-charge', jurisdiction: place, rate, vatId };
}

/**
 * Whether a seller may collect a country's taxes: at home, in the whole Union from within it (one-stop shop, Directive
 * 2006/112/EC Art. 369a ff.), or where its configuration says that it is registered; `EU` stands for the Union.
 */
function collectsIn(country: string, { address, taxRegistrations = [] }: TaxingSeller): boolean {
  if (country === address.country || taxRegistrations.includes(country)) return true;
  return isMember(country) && sellsFromUnion({ address, taxRegistrations });
}

/**
 * Between two countries of which one is a member state and the seller another's, a business with a VAT ID of its country
 * that was valid on the date owes the VAT itself (C14; Directive 2006/112/EC Art. 44, 196). Never in Ireland or the United
 * Kingdom, whose customers always pay.
 */
const isCrossBorder = (country: string, seller: TaxingSeller): boolean =>
  country !== seller.address.country && isMember(country) && !ALWAYS_VAT.includes(country) && sellsFromUnion(seller);

const sellsFromUnion = ({ address, taxRegistrations = [] }: Omit<TaxingSeller, 'salesTax'>): boolean =>
  isMember(address.country) || taxRegistrations.includes('EU');
const isMember = (country: string): boolean => Object.hasOwn(EUROPEAN_UNION, country);
