/** A font as `infra/prepare-fonts.ts` prepares it for documents. Lists are by character, in the order of `characters`. */
export interface PreparedFont {
  /** Its PostScript name. */
  readonly name: string;
  readonly unitsPerEm: number;
  readonly box: readonly number[];
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly xHeight: number;
  /** Every character that it can show, the most usual first. The place of one, from 1, is the number of its glyph. */
  readonly characters: string;
  readonly widths: readonly number[];
  /** Classes as the left and the right one of a pair, and the kerning between them. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly kerning: readonly (readonly number[])[];
  /** The same font with its first glyphs only, from the smallest to all: TrueType, deflated, in base64. */
  readonly subsets: readonly { readonly glyphs: number; readonly bytes: number; readonly deflated: string }[];
}
