import { createHash } from 'node:crypto';
import { constants, deflateSync } from 'node:zlib';
import type { PreparedFont } from './prepared-font.ts';

/** The objects of a PDF file, each under its number from 1 on, in the order in which they were added. */
export class PdfFile {
  readonly #pieces: Uint8Array[] = [];
  readonly #offsets: number[] = [];
  #length = 0;

  constructor() {
    // The second line says to whoever transports it that it is not text.
    this.#write(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'));
  }

  /** The number that the next object gets. */
  get next(): number {
    return this.#offsets.length + 1;
  }

  /** Adds an object; `body` is everything between `obj` and `endobj`. */
  add(...body: readonly (string | Uint8Array)[]): number {
    const number = this.next;
    this.#offsets.push(this.#length);
    this.#write(Buffer.from(`${number} 0 obj\n`));
    for (const part of body) this.#write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
    this.#write(END_OF_OBJECT);
    return number;
  }

  addStream(deflated: Uint8Array, entries = ''): number {
    return this.add(
      `<< /Length ${deflated.length} /Filter /FlateDecode ${entries}>>\nstream\n`,
      deflated,
      '\nendstream',
    );
  }

  /** The whole file. `identity`: what makes it another file than others, as text. */
  end(catalog: number, info: number, identity: string): Uint8Array {
    const rows = this.#offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const id = createHash('sha256').update(identity).digest('hex').slice(0, 32);
    const trailer = `<< /Size ${this.next} /Root ${catalog} 0 R /Info ${info} 0 R /ID [<${id}> <${id}>] >>`;
    const table = `xref\n0 ${this.next}\n0000000000 65535 f \n${rows}`;
    this.#write(Buffer.from(`${table}trailer\n${trailer}\nstartxref\n${this.#length}\n%%EOF\n`));
    return Buffer.concat(this.#pieces, this.#length);
  }

  #write(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }
}

const END_OF_OBJECT = Buffer.from('\nendobj\n');

/** Drawing is text, which even the fastest level makes small; most of a document's bytes are its fonts. */
export const deflated = (text: string): Uint8Array =>
  deflateSync(Buffer.from(text, 'latin1'), { level: constants.Z_BEST_SPEED });

/** A text of a PDF that is no drawing: in bytes where that is possible, else in UTF-16. */
export function pdfString(text: string): string {
  if (/^[ -~]*$/.test(text)) return `(${text.replace(/[\\()]/g, '\\$&')})`;
  return `<${Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex')}>`;
}

/** What a subset of a font comes to in a file; the same in every document, so made once per process. */
interface EmbeddedFont {
  readonly name: string;
  readonly glyphs: number;
  readonly bytes: number;
  readonly program: Uint8Array;
  readonly widths: string;
  readonly characters: Uint8Array;
}

const embedded = new Map<string, EmbeddedFont>();

/** Adds the smallest subset of a font that has all glyphs up to `highest`. */
export function addFont(file: PdfFile, prepared: PreparedFont, highest: number): number {
  const { name, program, bytes, widths, characters } = subsetWith(prepared, highest);
  const { box, ascent, descent, capHeight, xHeight } = prepared;
  const fontFile = file.addStream(program, `/Length1 ${bytes} `);
  const metrics = `/FontBBox [${box.join(' ')}] /ItalicAngle 0 /Ascent ${ascent} /Descent ${descent} /CapHeight ${capHeight} /XHeight ${xHeight} /StemV 0`;
  const descriptor = file.add(
    `<< /Type /FontDescriptor /FontName /${name} /Flags 4 ${metrics} /FontFile2 ${fontFile} 0 R >>`,
  );
  const system = '<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>';
  const descendant = file.add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo ${system} /FontDescriptor ${descriptor} 0 R /W ${widths} /CIDToGIDMap /Identity >>`,
  );
  const toUnicode = file.addStream(characters);
  return file.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${toUnicode} 0 R >>`,
  );
}

function subsetWith(prepared: PreparedFont, highest: number): EmbeddedFont {
  const index = prepared.subsets.findIndex(({ glyphs }) => glyphs >= highest);
  const subset = prepared.subsets[index];
  if (subset === undefined) throw new Error(`${prepared.name} has no glyph ${highest}`);
  // A name of six letters tells subsets of one font apart.
  const name = `SUBSE${'TUVWXYZ'[index]}+${prepared.name}`;
  const known = embedded.get(name);
  if (known !== undefined) return known;
  const { glyphs, bytes } = subset;
  const made = { name, glyphs, bytes, program: Buffer.from(subset.deflated, 'base64'), ...tablesOf(prepared, glyphs) };
  embedded.set(name, made);
  return made;
}

/** By glyph: how wide it is, and which character it stands for when text is copied or searched. */
function tablesOf(prepared: PreparedFont, glyphs: number): Pick<EmbeddedFont, 'widths' | 'characters'> {
  const widths = prepared.widths.slice(0, glyphs).map((width) => (width * 1000) / prepared.unitsPerEm);
  const codes = Array.from(prepared.characters, (character) => character.codePointAt(0)!).slice(0, glyphs);
  return { widths: `[1 [${widths.join(' ')}]]`, characters: deflated(characterMap(codes)) };
}

/** Where one list of the map ends, and where a glyph's first byte changes, a range may not go on. */
const MOST_PER_LIST = 100;
const PAGE = 256;

/** Glyphs that follow each other as their characters do make one range. */
function characterMap(codes: readonly number[]): string {
  const ranges: { readonly first: number; last: number }[] = [];
  codes.forEach((code, index) => {
    const glyph = index + 1;
    const range = ranges.at(-1);
    const goesOn = code === codes[index - 1]! + 1 && glyph % PAGE !== 0 && code % PAGE !== 0;
    if (range && goesOn) range.last = glyph;
    else ranges.push({ first: glyph, last: glyph });
  });
  const hex = (number: number) => `<${number.toString(16).padStart(4, '0')}>`;
  const unicode = (code: number) => `<${Buffer.from(String.fromCodePoint(code), 'utf16le').swap16().toString('hex')}>`;
  const lines = ranges.map(({ first, last }) => `${hex(first)} ${hex(last)} ${unicode(codes[first - 1]!)}`);
  const lists: string[] = [];
  for (let from = 0; from < lines.length; from += MOST_PER_LIST) {
    const some = lines.slice(from, from + MOST_PER_LIST);
    lists.push(`${some.length} beginbfrange\n${some.join('\n')}\nendbfrange`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${lists.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}
