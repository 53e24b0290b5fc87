import { readFileSync } from 'node:fs';
import { type Attachment, attached } from './attachment.ts';
import { embedFont, type FontUse } from './embedded-font.ts';
import { FONT_NAMES, fontOf, type ShapedText, type Weight, WIDE_FONT_NAMES } from './fonts.ts';
import { type DocumentFacts, metadataOf } from './metadata.ts';
import { type Bookmark, outlined } from './outline.ts';
import { PageDrawing } from './page-drawing.ts';
import { dateString, deflate, PdfFile, rectangle, textString, to } from './pdf-file.ts';
import { deflatedSquares, type Grid } from './squares.ts';
import { Structure } from './structure.ts';

export interface DocumentOptions extends DocumentFacts {
  /** Points. */
  readonly width: number;
  readonly height: number;
}

interface Link {
  readonly number: number;
  readonly area: readonly [left: number, bottom: number, right: number, top: number];
  readonly url: string;
  readonly words: string;
  readonly key: () => number;
}

interface Page {
  readonly number: number;
  drawing: PageDrawing;
  readonly links: Link[];
  /** What was drawn so far and is written already. */
  written?: number;
}

/** No printing condition that a registry knows: it is described, too (ISO 32000-1, 14.11.5). */
const SRGB = 'sRGB IEC61966-2.1';

/** So many pages wait for their feet, for which their number must be known, before they are written without. */
const MOST_UNWRITTEN = 32;
/** Bytes of a foot. */
const FOOT = 1_024;

/**
 * A document that is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once: tagged, all fonts embedded, colours defined,
 * and its metadata inside. The same content gives the same bytes.
 */
export class PdfDocument {
  readonly structure: Structure;
  readonly pages: Page[] = [];
  readonly #options: DocumentOptions;
  readonly #file = new PdfFile();
  readonly #parent = this.#file.reserve();
  readonly #bookmarks: Bookmark[] = [];
  readonly #stamps: Grid[] = [];
  readonly #uses: Readonly<Record<Weight, FontUse>> = {
    regular: { highest: 0, byte: false, wide: false },
    semibold: { highest: 0, byte: false, wide: false },
  };
  /** Pages from here on are not written yet. */
  #unwritten = 0;

  constructor(options: DocumentOptions) {
    this.#options = options;
    this.structure = new Structure(this.#file);
  }

  /** On the pages before, only decoration is drawn from now on. */
  addPage(): Page {
    if (this.pages.length > 0) this.structure.endPage();
    if (this.pages.length - this.#unwritten >= MOST_UNWRITTEN) this.#writeDrawn();
    const page: Page = { number: this.#file.reserve(), drawing: new PageDrawing(this.#options.height), links: [] };
    this.pages.push(page);
    return page;
  }

  /** Of thousands of pages only the last ones are held; what is drawn on the others later is a second part of their content. */
  #writeDrawn(): void {
    for (const page of this.pages.slice(this.#unwritten)) {
      page.written = this.#file.deflated('', page.drawing.bytes());
      page.drawing = new PageDrawing(this.#options.height, FOOT);
    }
    this.#unwritten = this.pages.length;
  }

  /** Notes that a text is drawn, so that the font has its glyphs. */
  uses(weight: Weight, { highest, wide }: ShapedText): void {
    const use = this.#uses[weight];
    if (highest > use.highest) use.highest = highest;
    if (wide) use.wide = true;
    else use.byte = true;
  }

  /** A link over part of a page, in points from the top left, owned by the open element; `words` say where it leads. */
  link(page: Page, x: number, y: number, width: number, height: number, url: string, words: string): void {
    const bottom = this.#options.height - y - height;
    const number = this.#file.reserve();
    const key = this.structure.annotate(page.number, number);
    page.links.push({ number, area: [x, bottom, x + width, bottom + height], url, words, key });
  }

  /** The name of a resource that fills the dark squares of a grid, which many documents have. */
  stamp(grid: Grid): string {
    let index = this.#stamps.indexOf(grid);
    if (index < 0) index = this.#stamps.push(grid) - 1;
    return `X${index}`;
  }

  bookmark(title: string, page: Page, y: number): void {
    this.#bookmarks.push({ title, page: page.number, top: this.#options.height - y });
  }

  /** Writes all objects and gives the bytes. */
  finish(attachment?: Attachment): Uint8Array {
    this.structure.endPage();
    const file = this.#file;
    const { language, title, author, createdAt, width, height } = this.#options;
    const resources = file.object(`<< /Font << ${this.#fonts()} >>${this.#drawnStamps()} >>`);
    this.pages.forEach((page, index) => {
      this.#writePage(page, index, resources);
    });
    const kids = this.pages.map(({ number }) => to(number)).join(' ');
    const box = `[0 0 ${width} ${height}]`;
    file.object(`<< /Type /Pages /Count ${this.pages.length} /MediaBox ${box} /Kids [${kids}] >>`, this.#parent);
    const metadata = file.stream('/Type /Metadata /Subtype /XML', metadataOf(this.#options, attachment));
    const colours = file.shared('/N 3 /Filter /FlateDecode', colourProfile());
    const date = dateString(createdAt);
    const catalog = [
      `/Type /Catalog /Pages ${to(this.#parent)} /Lang (${language}) /MarkInfo << /Marked true >>`,
      `/ViewerPreferences << /DisplayDocTitle true >> /StructTreeRoot ${to(this.structure.write())}`,
      `/Metadata ${to(metadata)} /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (${SRGB}) /Info (${SRGB}) /DestOutputProfile ${to(colours)} >>]`,
      outlined(file, this.#bookmarks),
      attachment === undefined ? '' : attached(file, attachment, date),
    ];
    const info = file.object(
      `<< /Title ${textString(title)} /Author ${textString(author)} /CreationDate ${date} /ModDate ${date} >>`,
    );
    return file.finish(file.object(`<< ${catalog.join(' ')} >>`), info);
  }

  #writePage({ number, drawing, links, written }: Page, index: number, resources: number): void {
    const file = this.#file;
    const rest = file.deflated('', drawing.bytes());
    const contents = written === undefined ? to(rest) : `[${to(written)} ${to(rest)}]`;
    for (const { number: link, area, url, words, key } of links)
      file.object(
        `<< /Type /Annot /Subtype /Link /Rect ${rectangle(area)} /Border [0 0 0] /F 4 ` +
          `/StructParent ${key()} /Contents ${textString(words)} /A << /S /URI /URI (${asUri(url)}) >> >>`,
        link,
      );
    const annotations = links.length === 0 ? '' : ` /Annots [${links.map((link) => to(link.number)).join(' ')}]`;
    file.object(
      `<< /Type /Page /Parent ${to(this.#parent)} /Resources ${to(resources)} /Contents ${contents} ` +
        `/StructParents ${index} /Tabs /S${annotations} >>`,
      number,
    );
  }

  #fonts(): string {
    const used = (Object.keys(FONT_NAMES) as Weight[]).filter((weight) => this.#uses[weight].highest > 0);
    return used
      .flatMap((weight) => {
        const { byte, wide } = embedFont(this.#file, fontOf(weight).prepared, this.#uses[weight]);
        return [
          ...(byte === undefined ? [] : [`/${FONT_NAMES[weight]} ${to(byte)}`]),
          ...(wide === undefined ? [] : [`/${WIDE_FONT_NAMES[weight]} ${to(wide)}`]),
        ];
      })
      .join(' ');
  }

  #drawnStamps(): string {
    if (this.#stamps.length === 0) return '';
    const names = this.#stamps.map((grid, index) => `/X${index} ${to(this.#file.shared(...deflatedSquares(grid)))}`);
    return ` /XObject << ${names.join(' ')} >>`;
  }
}

/** A URI as ASCII without what would end a PDF string. */
const asUri = (url: string): string =>
  new URL(url).href.replace(/[()\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

let profile: Uint8Array | undefined;

/** sRGB, which every colour of a document is in (ISO 19005-3, 6.2.3). Deflated once per process. */
function colourProfile(): Uint8Array {
  profile ??= deflate(readFileSync(new URL('./assets/sRGB.icc', import.meta.url)));
  return profile;
}
