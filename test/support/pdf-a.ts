import { expect } from 'vitest';
import { ACTION_RULES } from './pdf-rules/archival-actions.ts';
import { FILE_RULES, type Rules } from './pdf-rules/archival-file.ts';
import { FONT_RULES } from './pdf-rules/archival-fonts.ts';
import { GRAPHICS_RULES } from './pdf-rules/archival-graphics.ts';
import { METADATA_RULES } from './pdf-rules/archival-metadata.ts';
import { ENTRY_RULES } from './pdf-rules/entries.ts';
import { nameIn } from './pdf-rules/file.ts';
import { catalogOf, dictionariesOf, dictionaryIn } from './pdf-rules/model.ts';
import { Text } from './pdf-rules/syntax.ts';

/**
 * What ISO 19005-3 (PDF/A-3, level a) asks of a file, by its clauses, as far as our documents come into their reach, and what
 * ISO 32000-1 does where PDF/A relies on it. That the file can be read at all, `openPdf` has seen before.
 */
export const PDF_A_RULES: Rules = {
  ...FILE_RULES,
  ...ENTRY_RULES,
  ...GRAPHICS_RULES,
  ...FONT_RULES,
  ...ACTION_RULES,
  ...METADATA_RULES,
  '6.7.2.2: it is marked as tagged': (pdf) => {
    expect(dictionaryIn(pdf, catalogOf(pdf), 'MarkInfo').get('Marked')).toBe(true);
  },
  '6.7.3.3: it has a structure': (pdf) => {
    expect(nameIn(dictionaryIn(pdf, catalogOf(pdf), 'StructTreeRoot'), 'Type')).toBe('StructTreeRoot');
  },
  '6.7.4: languages are named as RFC 3066 does': (pdf) => {
    const languages = dictionariesOf(pdf).flatMap((dictionary) => dictionary.get('Lang') ?? []);
    expect(languages.length).toBeGreaterThan(0);
    for (const language of languages)
      expect(language instanceof Text && language.bytes).toMatch(/^[a-z]{2}(?:-[A-Z]{2})?$/);
  },
};
