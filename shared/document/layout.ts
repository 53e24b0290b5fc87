/**
 * Raised whenever an invoice or a credit note would be drawn differently than before: it is on record with every PDF, and says whether a PDF
 * made again can be expected to have the same bytes.
 */
export const LAYOUT = 5;
