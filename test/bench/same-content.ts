import { type Placed, readPdf } from '../support/pdf.ts';
import { pageContents, readObjects } from '../support/pdf-objects.ts';
import { nameIn, openPdf, type Pdf } from '../support/pdf-rules/file.ts';
import { annotationsOf, listIn, type Node, nodesOf, pagesOf } from '../support/pdf-rules/model.ts';
import { type Dictionary, type Text, textOf } from '../support/pdf-rules/syntax.ts';

type Box = readonly [x: number, y: number, width: number, height: number];

/** What a page consists of beside its text: boxes, rules and the squares of codes, in PDF's coordinates. */
interface Shapes {
  readonly boxes: readonly Box[];
  /** With the radius of their corners behind their size. */
  readonly rounded: readonly (readonly [...Box, radius: number])[];
  readonly rules: readonly (readonly [from: number, y: number, to: number])[];
  readonly codes: readonly (readonly Box[])[];
}

/** An element of the structure tree. */
export interface Part {
  readonly tag: string;
  readonly alternative: string | undefined;
  readonly scope: string | undefined;
  readonly kids: readonly Part[];
}

interface Link {
  readonly area: readonly [left: number, bottom: number, right: number, top: number];
  readonly url: string;
  readonly words: string;
  readonly part: Part;
}

interface Page {
  readonly shapes: Shapes;
  readonly links: readonly Link[];
  /** Texts in the order in which they are drawn, those of one piece of marked content together. */
  readonly pieces: readonly { readonly part: Part | undefined; readonly texts: readonly Written[] }[];
}

/** A text, and which of the document's fonts it is in, by the order of their first use. */
type Written = Omit<Placed, 'font'> & { readonly font: number };

/** What one of our documents consists of, to be drawn again. */
export interface Content {
  readonly width: number;
  readonly height: number;
  readonly root: Part;
  readonly pages: readonly Page[];
  readonly outline: readonly string[];
  readonly attachments: Readonly<Record<string, Uint8Array>>;
}

export async function contentOf(bytes: Uint8Array): Promise<Content> {
  const { width, height, placed, outline, attachments } = await readPdf(bytes);
  const pdf = openPdf(bytes);
  const fonts = [...new Set(placed.flat().map(({ font }) => font))];
  const parts = partsOf(pdf);
  const links = linksIn(pdf, parts.annotations);
  const shapes = pageContents(readObjects(bytes)).map(shapesOf);
  const pages = pagesOf(pdf).map(({ number }, index) => ({
    shapes: shapes[index]!,
    links: links.filter(({ page }) => page === number),
    pieces: piecesOf(placed[index]!, fonts, parts.pieces),
  }));
  return { width, height, root: parts.root, pages, outline, attachments };
}

function partsOf(pdf: Pdf) {
  const pieces = new Map<string, Part>();
  const annotations = new Map<number, Part>();
  const partOf = ({ tag, element, kids, contents, annotations: links }: Node): Part => {
    const alternative = element.has('Alt') ? textOf(element.get('Alt')) : undefined;
    const scope = listIn(pdf, element, 'A').map((attributes) => nameIn(attributes as Dictionary, 'Scope'))[0];
    const part = { tag, alternative, scope, kids: kids.map(partOf) };
    for (const { page, mcid } of contents) pieces.set(`p${page}R_mc${mcid}`, part);
    for (const link of links) annotations.set(link, part);
    return part;
  };
  return { root: partOf(nodesOf(pdf)[0]!), pieces, annotations };
}

const linksIn = (pdf: Pdf, parts: ReadonlyMap<number, Part>) =>
  annotationsOf(pdf).map(({ number, annotation, page }) => ({
    page: page.number,
    area: annotation.get('Rect') as unknown as Link['area'],
    url: ((annotation.get('A') as Dictionary).get('URI') as Text).bytes,
    words: textOf(annotation.get('Contents')),
    part: parts.get(number)!,
  }));

function piecesOf(
  placed: readonly Placed[],
  fonts: readonly string[],
  parts: ReadonlyMap<string, Part>,
): Page['pieces'] {
  const pieces: { piece: string | undefined; part: Part | undefined; texts: Written[] }[] = [];
  for (const text of placed) {
    const written = { ...text, font: fonts.indexOf(text.font) };
    const last = pieces.at(-1);
    if (last !== undefined && last.piece === text.piece) last.texts.push(written);
    else pieces.push({ piece: text.piece, part: parts.get(text.piece ?? ''), texts: [written] });
  }
  return pieces;
}

function shapesOf(content: string): Shapes {
  const found = <T extends readonly number[] = Box>(pattern: RegExp, within = content) =>
    [...within.matchAll(pattern)].map((match) => match.slice(1).map(Number) as readonly number[] as T);
  return {
    boxes: found(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f$/gm),
    rounded: [...content.matchAll(/([\d.]+ [\d.]+ m .* c) h f$/gm)].map(([, path]) => roundedBox(path!)),
    rules: found<Shapes['rules'][number]>(/([\d.]+) ([\d.]+) m ([\d.]+) [\d.]+ l S$/gm),
    codes: [...content.matchAll(/q ([\d.]+) 0 0 -\1 ([\d.]+) ([\d.]+) cm (.*?) f Q/g)].map(([, side, x, y, path]) =>
      found(/(\d+) (\d+) (\d+) (\d+) re/g, path).map(([column, row, wide, high]) => [
        Number(x) + column * Number(side),
        Number(y) - (row + high) * Number(side),
        wide * Number(side),
        high * Number(side),
      ]),
    ),
  };
}

/** Its lower left corner, size and radius. */
function roundedBox(path: string): Shapes['rounded'][number] {
  const points = [...path.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  return [left, bottom, Math.max(...xs) - left, Math.max(...ys) - bottom, xs[0]! - left];
}
