import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** One piece of text as it stands on a page: points from the bottom left, `y` the baseline. */
export interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export interface ReadPdf {
  /** The text of each page in reading order, with plain spaces. */
  readonly pages: readonly string[];
  readonly text: string;
  readonly placed: readonly (readonly Placed[])[];
  readonly width: number;
  readonly height: number;
  readonly info: Readonly<Record<string, unknown>>;
  /** What the document's XML metadata names as its author. */
  readonly creator: unknown;
}

/** Reads a PDF as a customer's software would. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: VerbosityLevel.ERRORS, useSystemFonts: false });
  const document = await task.promise;
  const placed: Placed[][] = [];
  let view = [0, 0, 0, 0];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    view = page.view;
    const { items } = await page.getTextContent({ disableNormalization: true });
    placed.push(
      items.flatMap((item) =>
        'str' in item && item.str.trim() !== ''
          ? [{ text: item.str, x: item.transform[4], y: item.transform[5], width: item.width, size: item.transform[0] }]
          : [],
      ),
    );
  }
  const { info, metadata } = await document.getMetadata();
  await task.destroy();
  const pages = placed.map((items) => plain(items.map((item) => item.text).join(' ')));
  return {
    pages,
    text: pages.join(' '),
    placed,
    width: view[2]!,
    height: view[3]!,
    info: info as Record<string, unknown>,
    creator: metadata?.get('dc:creator'),
  };
}

/** The narrow and unbreakable spaces of a locale as ordinary ones. */
export const plain = (text: string): string => text.replace(/\s+/gu, ' ');
