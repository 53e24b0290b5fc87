import PDFDocument from 'pdfkit';
import type { ReadPdf } from '../support/pdf.ts';
import { pageContents, type readObjects } from '../support/pdf-objects.ts';

const FONTS = new URL('../../infra/fonts/', import.meta.url);
/** In the order in which our documents first use them: the seller's name is bold. */
const FILES = ['SourceSans3-SemiBold', 'SourceSans3-Regular'].map((name) => new URL(`${name}.ttf`, FONTS).pathname);

/** What a page consists of beside its text: boxes, rules and the squares of codes, in PDF's coordinates. */
interface Shapes {
  readonly boxes: readonly (readonly number[])[];
  /** With the radius of their corners behind their size. */
  readonly rounded: readonly (readonly number[])[];
  readonly rules: readonly (readonly number[])[];
  readonly codes: readonly (readonly (readonly number[])[])[];
}

/** What one of our documents consists of, to be drawn again. */
export interface Content extends ReadPdf {
  readonly shapes: readonly Shapes[];
  /** By page, where they are and lead. */
  readonly links: readonly (readonly (readonly [area: readonly number[], url: string])[])[];
}

export const contentOf = (read: ReadPdf, objects: ReturnType<typeof readObjects>): Content => ({
  ...read,
  shapes: pageContents(objects).map(shapesOf),
  links: objects.all(/^<< \/Type \/Page /).map((page) => linksOn(page, objects)),
});

const linksOn = (page: string, { bodies }: ReturnType<typeof readObjects>) =>
  [...(/\/Annots \[(.*?)\]/.exec(page)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, link]) => {
    const [, area, url] = /\/Rect \[(.*?)\].*\/URI \((.*?)\)/.exec(bodies.get(Number(link))!)!;
    return [area!.split(' ').map(Number), url!] as const;
  });

function shapesOf(content: string): Shapes {
  const found = (pattern: RegExp, within = content) =>
    [...within.matchAll(pattern)].map((match) => match.slice(1).map(Number));
  return {
    boxes: found(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f$/gm),
    rounded: [...content.matchAll(/([\d.]+ [\d.]+ m .* c) h f$/gm)].map(([, path]) => roundedBox(path!)),
    rules: found(/([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S$/gm),
    codes: [...content.matchAll(/q ([\d.]+) 0 0 -\1 ([\d.]+) ([\d.]+) cm (.*?) f Q/g)].map(([, side, x, y, path]) =>
      found(/(\d+) (\d+) (\d+) (\d+) re/g, path).map(([column, row, wide, high]) => [
        Number(x) + column! * Number(side),
        Number(y) - (row! + high!) * Number(side),
        wide! * Number(side),
        high! * Number(side),
      ]),
    ),
  };
}

/** Its lower left corner, size and radius. */
function roundedBox(path: string): readonly number[] {
  const points = [...path.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  return [left, bottom, Math.max(...xs) - left, Math.max(...ys) - bottom, xs[0]! - left];
}

/**
 * The same pages with pdfkit used the usual way: fonts by their path, and a call for each text, box and rule. `plain`: these
 * alone. `whole`: what ours has beside them too, the codes, the links, the outline, the e-invoice, a tag for each text, as
 * PDF/A-3a.
 */
export async function drawWithPdfkit(content: Content, how: 'plain' | 'whole'): Promise<Uint8Array> {
  const { placed, width, height, shapes, links, outline, attachments } = content;
  const whole = how === 'whole';
  const archival = { subset: 'PDF/A-3a', pdfVersion: '1.7', tagged: true, lang: 'de-DE', font: null } as const;
  const document = new PDFDocument({
    ...{ size: [width, height], margin: 0, autoFirstPage: false },
    ...(whole && (archival as object)),
  });
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on('end', resolve));
  const root = whole ? document.struct('Document') : undefined;
  if (root) document.addStructure(root);
  const fonts = [...new Set(placed.flat().map(({ font }) => font))];
  placed.forEach((page, index) => {
    document.addPage();
    if (root) document.markContent('Artifact', { type: 'Layout' });
    drawShapes(document, shapes[index]!, height, whole);
    if (root) document.endMarkedContent();
    for (const { text, x, y, size, font, width: wide } of page) {
      const element = root && document.struct('P');
      element?.add(document.markStructureContent('P'));
      document
        .font(FILES[fonts.indexOf(font)]!)
        .fontSize(size)
        .fillColor('#14213D')
        .text(text, x, height - y - size, { width: wide + 2 });
      element?.end();
      if (element) root.add(element);
    }
    if (!whole) return;
    for (const [[left, bottom, right, top], url] of links[index]! as [[number, number, number, number], string][])
      document.link(left, height - top, right - left, top - bottom, url);
  });
  if (whole) {
    for (const title of outline) document.outline.addItem(title);
    for (const [name, bytes] of Object.entries(attachments))
      document.file(Buffer.from(bytes), { name, type: 'text/xml', relationship: 'Alternative' } as object);
  }
  root?.end();
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawShapes(
  document: PDFKit.PDFDocument,
  { boxes, rounded, rules, codes }: Shapes,
  height: number,
  whole: boolean,
) {
  for (const [x, y, wide, high] of boxes as [number, number, number, number][])
    document.rect(x, height - y - high, wide, high).fill('#F4F6FA');
  for (const [x, y, wide, high, radius] of rounded as [number, number, number, number, number][])
    document.roundedRect(x, height - y - high, wide, high, radius).fill('#F4F6FA');
  for (const [from, y, to] of rules as [number, number, number][])
    document
      .moveTo(from, height - y)
      .lineTo(to, height - y)
      .lineWidth(0.6)
      .stroke('#DCE1EA');
  if (!whole) return;
  for (const code of codes) {
    for (const [x, y, wide, high] of code as [number, number, number, number][])
      document.rect(x, height - y - high, wide, high);
    document.fill('#14213D');
  }
}
