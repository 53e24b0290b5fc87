import type { PrintedMention } from './printed-taxes.ts';
import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import { proseWidth, wrapped } from './wrap.ts';

/** Sentences that the law wants. */
export function drawMentions(sheet: Sheet, mentions: readonly PrintedMention[]): void {
  for (const { text, language } of mentions) drawNote(sheet, text, language);
}

/** A sentence of its own; `language` where it is not the document's. */
export function drawNote(sheet: Sheet, text: string, language?: string): void {
  sheet.room(wrapped(text, sheet.width, STYLES.body).length * leading(STYLES.body) + 6);
  sheet.y += 6;
  drawProse(sheet, text, language);
}

/** A paragraph over the whole width, which does not end in a word alone; `language` where it is not the document's. */
export function drawProse(sheet: Sheet, text: string, language?: string): void {
  const width = proseWidth(text, sheet.width, STYLES.body);
  sheet.paragraph(text, sheet.left, width, STYLES.body, 'P', language === undefined ? {} : { language });
}
