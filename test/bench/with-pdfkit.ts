import PDFDocument from 'pdfkit';
import type { Content, Part } from './same-content.ts';

const FONTS = new URL('../../infra/fonts/', import.meta.url);
/** In the order in which our documents first use them: the seller's name is bold. */
const FILES = ['SourceSans3-SemiBold', 'SourceSans3-Regular'].map((name) => new URL(`${name}.ttf`, FONTS).pathname);

/**
 * The same pages with pdfkit used the usual way: fonts by their path, and a call for each text, box and rule. `plain`: these
 * alone. `whole`: what ours has beside them too, the codes, the links, the outline, the e-invoice and the elements of the
 * structure, as PDF/A-3a.
 */
export async function drawWithPdfkit(content: Content, how: 'plain' | 'whole'): Promise<Uint8Array> {
  const { pages, root, width, height, outline, attachments } = content;
  const whole = how === 'whole';
  const archival = { subset: 'PDF/A-3a', pdfVersion: '1.7', tagged: true, lang: 'de-DE', font: null } as const;
  const document = new PDFDocument({
    ...{ size: [width, height], margin: 0, autoFirstPage: false },
    ...(whole && (archival as object)),
  });
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on('end', resolve));
  const structure = whole ? structureOf(document, root) : undefined;
  for (const page of pages) {
    document.addPage();
    if (structure) document.markContent('Artifact', { type: 'Layout' });
    drawShapes(document, page, height, whole);
    if (structure) document.endMarkedContent();
    drawTexts(document, page, content, structure);
    if (structure) drawLinks(document, page, height, structure);
  }
  if (structure) {
    for (const title of outline) document.outline.addItem(title);
    for (const [name, bytes] of Object.entries(attachments))
      document.file(Buffer.from(bytes), { name, type: 'text/xml', relationship: 'Alternative' } as object);
    structure.get(root)!.end();
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

type Page = Content['pages'][number];
type Structure = ReadonlyMap<Part, ReturnType<PDFKit.PDFDocument['struct']>>;

function structureOf(document: PDFKit.PDFDocument, root: Part): Structure {
  const elements = new Map<Part, ReturnType<PDFKit.PDFDocument['struct']>>();
  const add = (part: Part) => {
    const { alternative, scope } = part;
    const options = { ...(alternative !== undefined && { alt: alternative }), ...(scope !== undefined && { scope }) };
    const element = document.struct(part.tag, options);
    elements.set(part, element);
    for (const kid of part.kids) element.add(add(kid));
    return element;
  };
  document.addStructure(add(root));
  return elements;
}

function drawTexts(document: PDFKit.PDFDocument, page: Page, { height }: Content, structure?: Structure): void {
  for (const { part, texts } of page.pieces) {
    if (structure) {
      if (part === undefined) document.markContent('Artifact', { type: 'Pagination' });
      else structure.get(part)!.add(document.markStructureContent(part.tag));
    }
    for (const { text, x, y, size, font, width } of texts)
      document
        .font(FILES[font]!)
        .fontSize(size)
        .fillColor('#14213D')
        .text(text, x, height - y - size, { width: width + 2 });
    if (structure) document.endMarkedContent();
  }
}

function drawLinks(document: PDFKit.PDFDocument, { links }: Page, height: number, structure: Structure): void {
  for (const { area, url, words, part } of links) {
    const [left, bottom, right, top] = area;
    const options = { structParent: structure.get(part), Contents: new String(words) };
    document.link(left, height - top, right - left, top - bottom, url, options as object);
  }
}

function drawShapes(document: PDFKit.PDFDocument, { shapes }: Page, height: number, whole: boolean): void {
  const { boxes, rounded, rules, codes } = shapes;
  for (const [x, y, wide, high] of boxes) document.rect(x, height - y - high, wide, high).fill('#F4F6FA');
  for (const [x, y, wide, high, radius] of rounded)
    document.roundedRect(x, height - y - high, wide, high, radius).fill('#F4F6FA');
  for (const [from, y, to] of rules)
    document
      .moveTo(from, height - y)
      .lineTo(to, height - y)
      .lineWidth(0.6)
      .stroke('#DCE1EA');
  if (!whole) return;
  for (const code of codes) {
    for (const [x, y, wide, high] of code) document.rect(x, height - y - high, wide, high);
    document.fill('#14213D');
  }
}
