import type { z } from 'zod';
import { codePointName, unprintableIn } from '../domain/printable.ts';

/** So many characters are named; more would hide the sentence. */
const MOST_NAMED = 10;

/** Refuses a text that no document can show, naming the characters: `北 (U+5317)`. */
export function shownByDocuments(text: string, context: z.RefinementCtx): void {
  const characters = unprintableIn(text);
  if (characters.length === 0) return;
  const named = characters.slice(0, MOST_NAMED).map((character) => `${character} (${codePointName(character)})`);
  const more = characters.length > MOST_NAMED ? ` and ${characters.length - MOST_NAMED} others` : '';
  const message = `contains what no document can show: ${named.join(', ')}${more}; write it in Latin, Greek or Cyrillic letters`;
  context.addIssue({ code: 'custom', message });
}
