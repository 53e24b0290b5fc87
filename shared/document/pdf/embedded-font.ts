import { FIRST_CODE } from './fonts.ts';
import { deflate, type PdfFile, to } from './pdf-file.ts';
import type { PreparedFont } from './prepared-font.ts';

/** What a subset of a font comes to in a file; the same in every document, so made once per process. */
interface EmbeddedFont {
  readonly name: string;
  readonly bytes: number;
  readonly program: Uint8Array;
  /** Of each glyph from 1 on, in thousandths of the size, with spaces between them. */
  readonly widths: string;
  /** Which character a code stands for when text is copied or searched: in one byte, and in two. */
  readonly characters: { readonly byte: Uint8Array; readonly wide: Uint8Array };
}

/** What of a font a document uses. */
export interface FontUse {
  /** The highest glyph; 0: none. */
  highest: number;
  /** Whether there are texts in one byte, and in two bytes per glyph. */
  byte: boolean;
  wide: boolean;
}

const embedded = new Map<string, EmbeddedFont>();
const compressed = '/Filter /FlateDecode';

/**
 * Embeds the smallest subset of a font that has all glyphs up to the highest, and gives the objects of the font in one byte and
 * in two. What a subset comes to is the same in every document: nothing is made anew but references.
 */
export function embedFont(
  file: PdfFile,
  prepared: PreparedFont,
  { highest, byte, wide }: FontUse,
): { readonly byte?: number; readonly wide?: number } {
  const { name, bytes, program, widths, characters } = subsetWith(prepared, highest);
  const { box, ascent, descent, capHeight, xHeight } = prepared;
  const data = file.shared(`/Length1 ${bytes} ${compressed}`, program);
  const descriptor = file.object(
    `<< /Type /FontDescriptor /FontName /${name} /Flags ${SYMBOLIC} /FontBBox [${box.join(' ')}] /ItalicAngle 0 ` +
      `/Ascent ${ascent} /Descent ${descent} /CapHeight ${capHeight} /XHeight ${xHeight} /StemV 0 /FontFile2 ${to(data)} >>`,
  );
  const descendant = file.object(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDToGIDMap /Identity /FontDescriptor ${to(descriptor)} ` +
      `/CIDSystemInfo ${IDENTITY} /W [1 [${widths}]] >>`,
  );
  const font = (encoding: string, map: Uint8Array) =>
    file.object(
      `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding ${encoding} /DescendantFonts [${to(descendant)}] ` +
        `/ToUnicode ${to(file.shared(compressed, map))} >>`,
    );
  return {
    ...(byte && { byte: font(to(oneByteEncoding(file)), characters.byte) }),
    ...(wide && { wide: font('/Identity-H', characters.wide) }),
  };
}

/** A flag of the descriptor: its glyphs are numbered in an order of our own. */
const SYMBOLIC = 4;
const IDENTITY = '<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>';

/** The first glyphs by one byte each (ISO 32000-1, 9.7.5.3): from `FIRST_CODE` on, glyph 1 and those after it. */
const ONE_BYTE = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin
/Registry (Adobe) def
/Ordering (Identity) def
/Supplement 0 def
end def
/CMapName /OneByte def
/CMapType 1 def
/WMode 0 def
1 begincodespacerange
<00> <ff>
endcodespacerange
1 begincidrange
<${FIRST_CODE.toString(16)}> <ff> 1
endcidrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;

let oneByte: Uint8Array | undefined;
const encodings = new WeakMap<PdfFile, number>();

/** One for all fonts of a file. */
function oneByteEncoding(file: PdfFile): number {
  let encoding = encodings.get(file);
  if (encoding === undefined) {
    oneByte ??= deflate(Buffer.from(ONE_BYTE));
    encoding = file.shared(`/Type /CMap /CMapName /OneByte /CIDSystemInfo ${IDENTITY} /WMode 0 ${compressed}`, oneByte);
    encodings.set(file, encoding);
  }
  return encoding;
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
  const codes = Array.from(prepared.characters, (character) => character.codePointAt(0)!).slice(0, glyphs);
  const made = {
    name,
    bytes,
    program: Buffer.from(subset.deflated, 'base64'),
    widths: prepared.widths
      .slice(0, glyphs)
      .map((width) => (width * 1000) / prepared.unitsPerEm)
      .join(' '),
    characters: {
      byte: deflate(Buffer.from(characterMap(codes.slice(0, 256 - FIRST_CODE), FIRST_CODE, 2))),
      wide: deflate(Buffer.from(characterMap(codes, 1, 4))),
    },
  };
  embedded.set(name, made);
  return made;
}

/** Where one list of the map ends, and where a glyph's first byte changes, a range may not go on. */
const MOST_PER_LIST = 100;
const PAGE = 256;

/**
 * Which character each code stands for, from `first` on, in so many hexadecimal digits. Codes that follow each other as their
 * characters do make one range.
 */
function characterMap(characters: readonly number[], first: number, digits: 2 | 4): string {
  const ranges: { readonly from: number; to: number }[] = [];
  characters.forEach((character, index) => {
    const code = first + index;
    const range = ranges.at(-1);
    const goesOn = character === characters[index - 1]! + 1 && code % PAGE !== 0 && character % PAGE !== 0;
    if (range && goesOn) range.to = code;
    else ranges.push({ from: code, to: code });
  });
  const hex = (number: number) => `<${number.toString(16).padStart(digits, '0')}>`;
  const unicode = (code: number) => `<${Buffer.from(String.fromCodePoint(code), 'utf16le').swap16().toString('hex')}>`;
  const lines = ranges.map(({ from, to: last }) => `${hex(from)} ${hex(last)} ${unicode(characters[from - first]!)}`);
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
<${'0'.repeat(digits)}> <${'f'.repeat(digits)}>
endcodespacerange
${lists.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}
