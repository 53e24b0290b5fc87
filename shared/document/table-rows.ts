/** One row: the first cell is text on the left, the others are figures on the right. */
export type TableRow =
  /** What the rows under it have in common, and their sum. */
  | { readonly kind: 'group'; readonly label: string; readonly about?: string; readonly figure: string }
  /** What the rows above it add up to. */
  | { readonly kind: 'sum'; readonly label: string; readonly figure: string }
  | {
      readonly kind: 'line';
      /** Before the text, in a column of its own where any row has one: a date. */
      readonly lead?: string;
      readonly text: string;
      readonly note?: string;
      readonly figures: readonly string[];
    };

export interface TableContent {
  readonly heading: string;
  /** What the heading becomes where the table goes on. */
  readonly continued: string;
  /** The column before the text, where there is one. */
  readonly lead?: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Points that what ends the document takes: where it would be alone on the last page, the sums go with it. */
  readonly below?: number;
  /** Notes stand beside the texts of a group where all of them fit there, instead of under them. */
  readonly beside?: true;
}
