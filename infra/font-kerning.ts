import type { Coverage, Font, GlyphClasses, LookupTable, PairAdjustment } from 'fontkit';

/** Lookup types of OpenType's table GPOS: an adjustment of pairs, and a table that lies farther away than 64 kB. */
const PAIRS = 2;
const EXTENSION = 9;

/** What a glyph, when it is the left one, adds to its own advance before each right one; undefined: nothing is said. */
type Row = (right: number) => number | undefined;
/** The rows of one table, by left glyph. */
type Rows = ReadonlyMap<number, Row>;

/**
 * The kerning of a font's glyphs, in units of the font: `kerning(left)(right)`, by number of glyph. It is read once from
 * the font's pairs, since shaping all of two million pairs takes minutes. The first table that tells of a pair decides,
 * as in OpenType's chapter “GPOS”.
 */
export function kerningOf(font: Font): (left: number) => (right: number) => number {
  const tables = kerningTables(font).map(rowsOf);
  return (left) => {
    const rows = tables.flatMap((table) => table.get(left) ?? []);
    return (right) => {
      for (const row of rows) {
        const kerning = row(right);
        if (kerning !== undefined) return kerning;
      }
      return 0;
    };
  };
}

function kerningTables({ GPOS }: Font): PairAdjustment[] {
  const features = GPOS?.featureList.filter(({ tag }) => tag === 'kern') ?? [];
  const used = new Set(features.flatMap(({ feature }) => feature.lookupListIndexes));
  const lookups = GPOS?.lookupList.toArray().filter((_, index) => used.has(index)) ?? [];
  return lookups.flatMap(({ lookupType, subTables }) =>
    subTables.map((table: LookupTable) => {
      if (lookupType === PAIRS && 'coverage' in table) return table;
      if (lookupType === EXTENSION && 'extension' in table && table.lookupType === PAIRS) return table.extension;
      throw new Error(`The font kerns by a lookup of type ${lookupType}, which is not read.`);
    }),
  );
}

function rowsOf(table: PairAdjustment): Rows {
  const lefts = covered(table.coverage);
  if (table.version === 1) {
    const sets = table.pairSets.toArray();
    return new Map(
      lefts.map((left, index) => {
        const pairs = new Map(sets[index]?.map(({ secondGlyph, value1 }) => [secondGlyph, value1.xAdvance ?? 0]));
        return [left, (right) => pairs.get(right)];
      }),
    );
  }
  const [leftClass, rightClass] = [classesOf(table.classDef1), classesOf(table.classDef2)];
  const values = table.classRecords
    .toArray()
    .map((record) => record.toArray().map(({ value1 }) => value1.xAdvance ?? 0));
  return new Map(
    lefts.map((left) => {
      const row = values[leftClass.get(left) ?? 0]!;
      return [left, (right) => row[rightClass.get(right) ?? 0]!];
    }),
  );
}

function covered(coverage: Coverage): readonly number[] {
  if (coverage.version === 1) return coverage.glyphs;
  return coverage.rangeRecords.flatMap(({ start, end }) => glyphs(start, end));
}

/** A glyph that is not in it is of class 0. */
function classesOf(classes: GlyphClasses): ReadonlyMap<number, number> {
  return classes.version === 1
    ? new Map(classes.classValueArray.map((each, index) => [classes.startGlyph + index, each]))
    : new Map(
        classes.classRangeRecord.flatMap((range) =>
          glyphs(range.start, range.end).map((glyph): [number, number] => [glyph, range.class]),
        ),
      );
}

function glyphs(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
