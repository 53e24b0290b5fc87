import type { Attachment } from '../pdf/attachment.ts';
import { ciiOf } from './cii.ts';
import type { EInvoice } from './model.ts';
import { isEuropean, isListed } from './parties.ts';

/**
 * The document for machines inside of a PDF, by the name that Factur-X and ZUGFeRD give it; of European sellers, and to buyers
 * whose country it has a code for.
 */
export function facturX(model: EInvoice): Attachment | undefined {
  const { seller, buyer } = model;
  if (!isEuropean(seller.address.country) || !isListed(buyer.address.country, 'cii')) return undefined;
  return {
    fileName: 'factur-x.xml',
    type: 'INVOICE',
    profile: 'EN 16931',
    description: 'Factur-X',
    bytes: ciiOf(model),
  };
}
