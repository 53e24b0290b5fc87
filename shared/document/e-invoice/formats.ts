import type { EInvoice } from './model.ts';
import { isListed, MAIL_SCHEME } from './parties.ts';

/**
 * Whose rules a UBL document keeps: those of EN 16931 alone, and on top of them Peppol BIS Billing 3, XRechnung 3 of Germany,
 * or, with GST for VAT, Peppol's PINT for Australia and New Zealand.
 */
export const UBL_FORMATS = ['en16931', 'peppol', 'xrechnung', 'a-nz'] as const;
export type UblFormat = (typeof UBL_FORMATS)[number];

/**
 * Sellers of whom Peppol wants what we have not got: a company number beside the VAT ID and few ways to pay (DK-R, NL-R), or
 * a number that the tax office gives to each invoice (GR-R).
 */
const BEYOND_PEPPOL: readonly string[] = ['DK', 'GR', 'NL'];

/** Why a document could not keep a format's rules; undefined where it can. */
export function obstacleTo(format: UblFormat, { taxScheme, seller, buyer }: EInvoice): string | undefined {
  const { country } = buyer.address;
  if (!isListed(country, 'ubl')) return `${country} is in no list of countries that e-invoices go by`;
  if (taxScheme === 'GST' && format !== 'a-nz') return 'an invoice with GST is one of a-nz';
  switch (format) {
    case 'en16931':
      return undefined;
    case 'xrechnung':
      return buyer.endpoint === undefined ? 'the buyer has neither an e-mail address nor a VAT ID' : undefined;
    case 'peppol':
      if (BEYOND_PEPPOL.includes(seller.address.country))
        return `Peppol has rules of its own for sellers of ${seller.address.country}`;
      if (seller.endpoint === undefined || seller.endpoint.scheme === MAIL_SCHEME)
        return 'the seller has no address in Peppol’s network';
      if (buyer.endpoint === undefined || buyer.endpoint.scheme === MAIL_SCHEME)
        return 'without a VAT ID the buyer has no address in Peppol’s network';
      return undefined;
    case 'a-nz':
      if (taxScheme !== 'GST') return 'a-nz knows GST alone';
      return buyer.taxId === undefined ? 'the buyer has no ABN' : undefined;
  }
}

/** The format that a receiver expects where nobody chose one; undefined where there is none whose rules it can keep. */
export function usualFormat(invoice: EInvoice): UblFormat | undefined {
  const expected: readonly UblFormat[] = invoice.buyer.address.country === 'DE' ? ['xrechnung'] : ['a-nz', 'peppol'];
  return [...expected, 'en16931' as const].find((format) => obstacleTo(format, invoice) === undefined);
}
