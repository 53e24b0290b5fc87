import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** One piece of text as it stands on a page: points from the bottom left, `y` the baseline. */
export interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** Its font, by a name that means nothing. */
  readonly font: string;
  /** The piece of marked content that it is in, as the structure names it; none where it is decoration. */
  readonly piece: string | undefined;
}

export interface ReadPdf {
  /** The text of each page in reading order, with plain spaces. */
  readonly pages: readonly string[];
  readonly text: string;
  readonly placed: readonly (readonly Placed[])[];
  readonly width: number;
  readonly height: number;
  readonly info: Readonly<Record<string, unknown>>;
  /** What a screen reader reads, in its order: what each element is, and its words. */
  readonly heard: readonly string[];
  readonly outline: readonly string[];
  /** What pictures say in words. */
  readonly alternatives: readonly string[];
  readonly attachments: Readonly<Record<string, Uint8Array>>;
  /** What the document's XML metadata names as its author. */
  readonly creator: unknown;
}

/** Reads a PDF as a customer's software would. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: VerbosityLevel.ERRORS, useSystemFonts: false });
  const document = await task.promise;
  const placed: Placed[][] = [];
  const heard: string[] = [];
  const alternatives: string[] = [];
  let view = [0, 0, 0, 0];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    view = page.view;
    const { items } = await page.getTextContent({ disableNormalization: true, includeMarkedContent: true });
    const tree = await page.getStructTree();
    heard.push(...heardOn(tree, items as Item[]));
    alternatives.push(...alternativesIn(tree));
    placed.push(placedAmong(items as Item[]));
  }
  const { info, metadata } = await document.getMetadata();
  const outline = ((await document.getOutline()) ?? []).map(({ title }) => title);
  const attachments: Record<string, Uint8Array> = {};
  for (const name of (await document.getAttachments())?.keys() ?? [])
    attachments[name] = (await document.getAttachmentContent(name)) as unknown as Uint8Array;
  await task.destroy();
  const pages = placed.map((items) => plain(items.map((item) => item.text).join(' ')));
  return {
    pages,
    text: pages.join(' '),
    placed,
    width: view[2]!,
    height: view[3]!,
    info: info as Record<string, unknown>,
    heard,
    alternatives,
    outline,
    attachments,
    creator: metadata?.get('dc:creator'),
  };
}

interface TextItem {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly transform: readonly number[];
  readonly width: number;
  readonly fontName: string;
}
type Item = TextItem | { readonly type: string; readonly id?: string };
interface StructNode {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly alt?: string;
  readonly children?: readonly StructNode[];
}

const alternativesIn = (node: StructNode | null): string[] => [
  ...(node?.alt === undefined ? [] : [node.alt]),
  ...(node?.children ?? []).flatMap(alternativesIn),
];

function placedAmong(items: readonly Item[]): Placed[] {
  const placed: Placed[] = [];
  let piece: string | undefined;
  for (const item of items) {
    if ('type' in item) piece = item.type.startsWith('begin') ? item.id : undefined;
    else if (item.str.trim() !== '') {
      const [size, , , , x, y] = item.transform as [number, number, number, number, number, number];
      placed.push({ text: item.str, x, y, width: item.width, size, font: item.fontName, piece });
    }
  }
  return placed;
}

/** Joins the structure of a page to the text of its pieces. */
function heardOn(tree: StructNode | null, items: readonly Item[]): string[] {
  const texts = new Map<string, string>();
  let current: string | undefined;
  for (const item of items) {
    if ('type' in item) current = item.type.startsWith('begin') ? item.id : undefined;
    else if (current !== undefined)
      texts.set(current, `${texts.get(current) ?? ''}${item.str}${item.hasEOL ? ' ' : ''}`);
  }
  const heard: string[] = [];
  const walk = ({ role, children = [] }: StructNode): void => {
    const words = children.filter(({ type }) => type === 'content').map(({ id }) => texts.get(id ?? '') ?? '');
    if (words.length > 0) heard.push(`${role}: ${plain(words.join(' ')).trim()}`);
    for (const child of children) if (child.type === undefined) walk(child);
  };
  if (tree !== null) walk(tree);
  return heard;
}

/** The narrow and unbreakable spaces of a locale as ordinary ones. */
export const plain = (text: string): string => text.replace(/\s+/gu, ' ');

/** What stands beyond a margin of a page. */
const outside = (page: readonly Placed[], width: number, height: number): string[] =>
  page
    .filter(
      ({ x, y, width: wide, text }) =>
        x < 47 || x + (text.trim() === text ? wide : 0) > width - 47 || y < 20 || y > height - 20,
    )
    .map(({ text }) => text);

/** Texts of a page that lie over each other. */
function collisions(page: readonly Placed[]): string[] {
  return page.flatMap((a, index) =>
    page
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5)
      .filter((b) => Math.abs(a.y - b.y) < 0.7 * Math.min(a.size, b.size))
      .map((b) => `${a.text} | ${b.text}`),
  );
}

/** What leaves a page of a document, or lies over something else on it. */
export const misplaced = ({ placed, width, height }: Pick<ReadPdf, 'placed' | 'width' | 'height'>): string[] =>
  placed.flatMap((page) => [...outside(page, width, height), ...collisions(page)]);
