import type { Attachment } from '../pdf/pdf-document.ts';
import { ciiOf } from './cii.ts';
import type { EInvoice } from './model.ts';
import { isEuropean } from './parties.ts';

/** The document for machines inside of a PDF, by the name that Factur-X and ZUGFeRD give it; of European sellers. */
export function facturX(model: EInvoice): Attachment | undefined {
  if (!isEuropean(model.seller.address.country)) return undefined;
  return {
    fileName: 'factur-x.xml',
    type: 'INVOICE',
    profile: 'EN 16931',
    description: 'Factur-X',
    bytes: Buffer.from(ciiOf(model)),
  };
}
