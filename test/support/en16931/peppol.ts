import { isPeppolScheme } from './codes.ts';
import { amountOf, filled, type Identifier, type Line, micros, type Party, type Rules, type Terms } from './terms.ts';

/** `quantity × price ÷ base` is the amount to the cent; the official rule forgives two. */
function isPriced({ quantity, price, baseQuantity = '1', amount }: Line): boolean {
  const base = amountOf(baseQuantity);
  if (base <= 0n) return false;
  const off = (amountOf(quantity) * amountOf(price)) / base - amountOf(amount);
  return (off < 0n ? -off : off) < 5_000n;
}

/** What XRechnung takes over from Peppol BIS Billing 3, in either's documents. */
export const SHARED_WITH_XRECHNUNG: Rules = {
  'PEPPOL-EN16931-R010': ({ buyer }) => filled(buyer.endpoint?.id),
  'PEPPOL-EN16931-R020': ({ seller }) => filled(seller.endpoint?.id),
  'PEPPOL-EN16931-R061': ({ payment }) =>
    payment.every(({ means, mandate }) => !/^[45]9$/.test(means ?? '') || mandate),
  'PEPPOL-EN16931-R110': ({ period, lines }) =>
    lines.every((line) => (line.period?.from ?? period?.from ?? '') >= (period?.from ?? '')),
  'PEPPOL-EN16931-R111': ({ period, lines }) =>
    lines.every((line) => (line.period?.to ?? period?.to ?? '') <= (period?.to ?? '9')),
  'PEPPOL-EN16931-R120': ({ lines }) => lines.every(isPriced),
  'PEPPOL-EN16931-R121': ({ lines }) =>
    lines.every(({ baseQuantity }) => baseQuantity === undefined || (micros(baseQuantity) ?? 0n) > 0n),
  'PEPPOL-EN16931-R130': ({ lines }) => lines.every(({ unit, baseUnit = unit }) => baseUnit === unit),
};

/** Numbers whose form Peppol knows, by the scheme that they are used with. */
export function isWellFormed({ id, scheme }: Identifier): boolean {
  switch (scheme) {
    case '0151':
      return isAbn(id);
    case '0184':
      return /^DK\d{8}$/.test(id);
    case '0007':
      return /^\d{10}$/.test(id) && luhn(id);
    case '0211':
      return /^IT\d{11}$/.test(id) && luhn(id.slice(2));
    default:
      return true;
  }
}

const WEIGHTS = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
const isAbn = (id: string): boolean =>
  /^\d{11}$/.test(id) &&
  WEIGHTS.reduce((sum, weight, place) => sum + weight * (Number(id[place]) - (place === 0 ? 1 : 0)), 0) % 89 === 0;
const luhn = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) %
    10 ===
  0;

const identifiersOf = ({ seller, buyer }: Terms): Identifier[] =>
  [seller.endpoint, buyer.endpoint, seller.legalId, buyer.legalId].filter((id) => id !== undefined);
const wellFormed = (scheme: string) => (terms: Terms) =>
  identifiersOf(terms).every((id) => id.scheme !== scheme || isWellFormed(id));
export const ABN: Rules = { 'PEPPOL-COMMON-R050': wellFormed('0151') };

const reasonFor = (code: string, wanted: string) => (terms: Terms) =>
  terms.taxes.every(({ reasonCode, category }) => reasonCode !== code || category === wanted);
/** By the VAT ID if there is one, and only then by the address: Greece's letters are EL there. */
const supplierOf = ({ seller }: Terms) => seller.vatId?.slice(0, 2) ?? seller.address?.country;
const soldFrom =
  (countries: readonly string[], holds: (terms: Terms) => boolean) =>
  (terms: Terms): boolean =>
    !countries.includes(supplierOf(terms) ?? '') || holds(terms);
const soldAt = (country: string, holds: (terms: Terms) => boolean) => (terms: Terms) =>
  terms.seller.address?.country !== country || holds(terms);
const never = () => false;
const isSwedish = ({ vatId }: Party): boolean => /^SE\d{12}$/.test(vatId ?? '');
const isDutch = (id: string | undefined): boolean => !id?.startsWith('NL') || /^NL\d{9}B\d\d$/.test(id);

/** Peppol BIS Billing 3. */
export const PEPPOL: Rules = {
  ...SHARED_WITH_XRECHNUNG,
  'PEPPOL-EN16931-R002': ({ notes }) => notes.length <= 1,
  'PEPPOL-EN16931-R003': ({ buyerReference }) => filled(buyerReference),
  'PEPPOL-EN16931-R004': ({ specification }) =>
    specification === 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
  // E-mail and other addresses outside of its network are in the list of EN 16931 alone.
  'PEPPOL-EN16931-CL008': ({ seller, buyer }) =>
    isPeppolScheme(seller.endpoint?.scheme) && isPeppolScheme(buyer.endpoint?.scheme),
  'PEPPOL-EN16931-P0105': reasonFor('VATEX-EU-O', 'O'),
  'PEPPOL-EN16931-P0107': reasonFor('VATEX-EU-AE', 'AE'),
  'PEPPOL-COMMON-R042': wellFormed('0184'),
  'PEPPOL-COMMON-R047': wellFormed('0211'),
  'PEPPOL-COMMON-R049': wellFormed('0007'),
  // Warnings.
  'PEPPOL-COMMON-R056-1': ({ seller, buyer }) =>
    [seller, buyer].every(({ endpoint }) => endpoint?.scheme !== '9944' || /^NL\d{9}B\d\d$/.test(endpoint.id)),
  'PEPPOL-COMMON-R056-2': ({ seller, buyer }) => isDutch(seller.vatId) && isDutch(buyer.vatId),
  // Sellers there need what we have not got: a company number, a number of the tax office, few ways to pay.
  'DK-R-002': soldAt('DK', never),
  'GR-R-001': soldFrom(['GR', 'EL'], never),
  'NL-R-008': soldAt('NL', never),
  'IT-R-002': soldFrom(['IT'], ({ seller }) => filled(seller.address?.line)),
  'IT-R-003': soldFrom(['IT'], ({ seller }) => filled(seller.address?.city)),
  'IT-R-004': soldFrom(['IT'], ({ seller }) => filled(seller.address?.postalCode)),
  'SE-R-001': soldAt('SE', ({ seller }) => isSwedish(seller)),
  'SE-R-006': soldAt('SE', ({ taxes, lines }) =>
    [...taxes, ...lines].every(({ category, rate }) => category !== 'S' || ['25', '12', '6'].includes(rate ?? '')),
  ),
};
