import type { PrintedMention } from './printed-taxes.ts';
import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import { proseWidth, wrapped } from './wrap.ts';

/** Sentences that the law wants. */
export function drawMentions(sheet: Sheet, mentions: readonly PrintedMention[]): void {
  for (const { text, language } of mentions) drawNote(sheet, text, language);
}

/** How high they will be. */
export const mentionsHeight = (sheet: Sheet, mentions: readonly PrintedMention[]): number =>
  mentions.reduce((sum, { text }) => sum + noteHeight(sheet, text), 0);
const noteHeight = (sheet: Sheet, text: string): number =>
  wrapped(text, sheet.width, STYLES.body).length * leading(STYLES.body) + 6;

/** A sentence of its own; `language` where it is not the document's. */
export function drawNote(sheet: Sheet, text: string, language?: string): void {
  sheet.room(noteHeight(sheet, text));
  sheet.y += 6;
  drawProse(sheet, text, language);
}

/** A paragraph over the whole width, which does not end in a word alone; `language` where it is not the document's. */
export function drawProse(sheet: Sheet, text: string, language?: string): void {
  const width = proseWidth(text, sheet.width, STYLES.body);
  sheet.paragraph(text, sheet.left, width, STYLES.body, 'P', language === undefined ? {} : { language });
}
