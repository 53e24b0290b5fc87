import PDFDocument from 'pdfkit';

export interface DocumentOptions {
  readonly paper: 'A4' | 'LETTER';
  /** A BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
}

/** A PDF without a page, whose bytes depend on nothing but what is put into it. */
export function openDocument({ paper, language, title, author, createdAt }: DocumentOptions): PDFKit.PDFDocument {
  return new PDFDocument({
    size: paper,
    margin: 0,
    autoFirstPage: false,
    // No default font: it would be Helvetica, which is not embedded.
    font: '',
    lang: language,
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: metadata(title),
      Author: metadata(author),
      Creator: metadata(author),
      CreationDate: createdAt,
      ModDate: createdAt,
    },
  });
}

/** Ends a document and gives its bytes. All of them are there at once: pdfkit is a stream that waits for nobody. */
export function bytesOf(document: PDFKit.PDFDocument): Uint8Array {
  document.end();
  return document.read() as Buffer;
}

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** pdfkit writes its value into objects of the PDF, and what it converts to, as it is, into the metadata's XML. */
class MetadataText extends String {
  override toString(): string {
    return this.valueOf().replace(/[&<>]/g, (sign) => XML[sign]!);
  }
}

const metadata = (text: string): string => new MetadataText(text) as unknown as string;
