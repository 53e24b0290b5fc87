import { z } from 'zod';
import { obstacleTo, UBL_FORMATS, type UblFormat, usualFormat } from '../../shared/document/e-invoice/formats.ts';
import type { EInvoice } from '../../shared/document/e-invoice/model.ts';
import { ublOf } from '../../shared/document/e-invoice/ubl.ts';
import { Problem } from './problem.ts';
import { PROBLEMS } from './route-parts.ts';

/** What all routes have in common that give a document in UBL. */
export const UBL_DESCRIPTION =
  'Of invoices with VAT, or GST in Australia. Without `format` the one that the receiver’s country expects: XRechnung in ' +
  'Germany, Peppol’s PINT A-NZ in Australia, elsewhere Peppol BIS Billing 3 where the buyer has a VAT ID, by which its ' +
  'network delivers, and EN 16931 alone where it has none.';
export const UBL_TYPE = 'application/xml; charset=utf-8';
export const ublQuery = z.object({ format: z.enum(UBL_FORMATS).optional() });
export const ublAnswer = {
  200: { description: 'The document.', content: { 'application/xml': { schema: z.string() } } },
  ...PROBLEMS,
};

/** Where more than one tax holds, or none that EN 16931 knows. */
export const noEInvoice = () =>
  new Problem(
    404,
    'e_invoice_not_available',
    'There are e-invoices of sellers in the European Union, the United Kingdom and Australia.',
  );

/** Throws 404 `e_invoice_not_available` where the document could not keep the rules of the format, or of any. */
export function written(model: EInvoice, asked: UblFormat | undefined): string {
  // Where nobody chose, Australia's is the last that there could be.
  const format = asked ?? usualFormat(model) ?? 'a-nz';
  const obstacle = obstacleTo(format, model);
  if (obstacle === undefined) return ublOf(model, format);
  const detail = `There is no e-invoice in the format ${format}: ${obstacle}.`;
  throw new Problem(404, 'e_invoice_not_available', detail, asked && { field: 'format' });
}
