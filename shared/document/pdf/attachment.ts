import { hash } from 'node:crypto';
import type { EmbeddedInvoice } from './metadata.ts';
import { deflate, type PdfFile, textString, to } from './pdf-file.ts';

/** A file inside of the document: the invoice for machines. */
export interface Attachment extends EmbeddedInvoice {
  readonly description: string;
  readonly bytes: Uint8Array;
}

/** What the catalog says of a file associated with the document as another form of it (ISO 19005-3, 6.8; Factur-X 1.0, 6.2). */
export function attached(file: PdfFile, { fileName, description, bytes }: Attachment, date: string): string {
  const sum = hash('md5', bytes, 'hex').toUpperCase();
  const stream = file.stream(
    `/Type /EmbeddedFile /Subtype /text#2Fxml /Filter /FlateDecode /Params << /Size ${bytes.length} /ModDate ${date} /CheckSum <${sum}> >>`,
    deflate(bytes),
  );
  const specification = file.object(
    `<< /Type /Filespec /F (${fileName}) /UF ${textString(fileName)} /Desc ${textString(description)} /AFRelationship /Alternative ` +
      `/EF << /F ${to(stream)} /UF ${to(stream)} >> >>`,
  );
  return `/AF [${to(specification)}] /Names << /EmbeddedFiles << /Names [(${fileName}) ${to(specification)}] >> >>`;
}
