/** The part of fontkit that we use; the package brings no types. */
declare module 'fontkit' {
  export interface Glyph {
    readonly id: number;
    readonly advanceWidth: number;
    readonly path: { toSVG(): string };
  }
  export interface Font {
    readonly postscriptName: string;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly capHeight: number;
    readonly xHeight: number;
    readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
    readonly numGlyphs: number;
    readonly characterSet: readonly number[];
    readonly GPOS?: GlyphPositions;
    getGlyph(number: number): Glyph;
    glyphForCodePoint(codePoint: number): Glyph;
    layout(text: string): {
      readonly glyphs: readonly Glyph[];
      readonly positions: readonly { readonly xAdvance: number }[];
    };
    /** It begins with the box for what is missing, as number 0. */
    createSubset(): { readonly glyphs: number[]; encode(): Uint8Array };
  }
  export function create(bytes: Uint8Array): Font;

  /** OpenType's table GPOS. */
  export interface GlyphPositions {
    readonly featureList: readonly {
      readonly tag: string;
      readonly feature: { readonly lookupListIndexes: readonly number[] };
    }[];
    readonly lookupList: LazyList<{ readonly lookupType: number; readonly subTables: readonly LookupTable[] }>;
  }
  export type LookupTable = PairAdjustment | { readonly lookupType: number; readonly extension: PairAdjustment };
  export type PairAdjustment =
    | { readonly version: 1; readonly coverage: Coverage; readonly pairSets: LazyList<readonly PairValue[]> }
    | {
        readonly version: 2;
        readonly coverage: Coverage;
        readonly classDef1: GlyphClasses;
        readonly classDef2: GlyphClasses;
        readonly classRecords: LazyList<LazyList<Adjustment>>;
      };
  export type Coverage =
    | { readonly version: 1; readonly glyphs: readonly number[] }
    | { readonly version: 2; readonly rangeRecords: readonly { readonly start: number; readonly end: number }[] };
  export type GlyphClasses =
    | { readonly version: 1; readonly startGlyph: number; readonly classValueArray: readonly number[] }
    | {
        readonly version: 2;
        readonly classRangeRecord: readonly { readonly start: number; readonly end: number; readonly class: number }[];
      };
  export interface Adjustment {
    readonly value1: { readonly xAdvance?: number };
  }
  export interface PairValue extends Adjustment {
    readonly secondGlyph: number;
  }
  interface LazyList<T> {
    toArray(): T[];
  }
}
