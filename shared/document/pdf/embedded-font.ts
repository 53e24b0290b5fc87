import { deflateSync } from 'node:zlib';
import { type PdfFile, to } from './pdf-file.ts';
import type { PreparedFont } from './prepared-font.ts';

/** What a subset of a font comes to in a file; the same in every document, so made once per process. */
interface EmbeddedFont {
  readonly name: string;
  readonly bytes: number;
  readonly program: Uint8Array;
  /** Of each glyph from 1 on, in thousandths of the size, with spaces between them. */
  readonly widths: string;
  readonly characters: Uint8Array;
}

const embedded = new Map<string, EmbeddedFont>();

/**
 * Embeds the smallest subset of a font that has all glyphs up to `highest`, and gives the font's object. What a subset comes
 * to is the same in every document: nothing is made anew but references.
 */
export function embedFont(file: PdfFile, prepared: PreparedFont, highest: number): number {
  const { name, bytes, program, widths, characters } = subsetWith(prepared, highest);
  const { box, ascent, descent, capHeight, xHeight } = prepared;
  const compressed = '/Filter /FlateDecode';
  const data = file.stream(`/Length1 ${bytes} ${compressed}`, program);
  const descriptor = file.object(
    `<< /Type /FontDescriptor /FontName /${name} /Flags ${SYMBOLIC} /FontBBox [${box.join(' ')}] /ItalicAngle 0 ` +
      `/Ascent ${ascent} /Descent ${descent} /CapHeight ${capHeight} /XHeight ${xHeight} /StemV 0 /FontFile2 ${to(data)} >>`,
  );
  const descendant = file.object(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDToGIDMap /Identity /FontDescriptor ${to(descriptor)} ` +
      `/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [1 [${widths}]] >>`,
  );
  const unicode = file.stream(compressed, characters);
  return file.object(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${to(descendant)}] ` +
      `/ToUnicode ${to(unicode)} >>`,
  );
}

/** A flag of the descriptor: its glyphs are numbered in an order of our own. */
const SYMBOLIC = 4;

function subsetWith(prepared: PreparedFont, highest: number): EmbeddedFont {
  const index = prepared.subsets.findIndex(({ glyphs }) => glyphs >= highest);
  const subset = prepared.subsets[index];
  if (subset === undefined) throw new Error(`${prepared.name} has no glyph ${highest}`);
  // A name of six letters tells subsets of one font apart.
  const name = `SUBSE${'TUVWXYZ'[index]}+${prepared.name}`;
  const known = embedded.get(name);
  if (known !== undefined) return known;
  const { glyphs, bytes } = subset;
  const codes = Array.from(prepared.characters, (character) => character.codePointAt(0)!).slice(0, glyphs);
  const made = {
    name,
    bytes,
    program: Buffer.from(subset.deflated, 'base64'),
    widths: prepared.widths
      .slice(0, glyphs)
      .map((width) => (width * 1000) / prepared.unitsPerEm)
      .join(' '),
    characters: deflateSync(characterMap(codes)),
  };
  embedded.set(name, made);
  return made;
}

/** Where one list of the map ends, and where a glyph's first byte changes, a range may not go on. */
const MOST_PER_LIST = 100;
const PAGE = 256;

/**
 * Which character each glyph stands for when text is copied or searched. Glyphs that follow each other as their characters do
 * make one range.
 */
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
