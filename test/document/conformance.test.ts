import { describe, expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { fontOf } from '../../shared/document/pdf/fonts.ts';
import { EVERY_PAPER, LONG_PAPERS, named } from '../support/every-paper.ts';
import { PDF_A_RULES } from '../support/pdf-a.ts';
import { FONT_RULES } from '../support/pdf-rules/archival-fonts.ts';
import { brokenRules } from '../support/pdf-rules/broken.ts';
import { nameIn, openPdf } from '../support/pdf-rules/file.ts';
import { fontsOf } from '../support/pdf-rules/fonts.ts';
import { pagesOf } from '../support/pdf-rules/model.ts';
import { PDF_UA_RULES } from '../support/pdf-ua.ts';

describe('keeps every rule of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1):', () => {
  it.each([...EVERY_PAPER, ...LONG_PAPERS])(
    '%s',
    async (_name, render) => {
      const pdf = openPdf(await render());
      expect(brokenRules({ ...PDF_A_RULES, ...PDF_UA_RULES }, pdf)).toEqual([]);
    },
    60_000,
  );
});

it('draws every character of the fonts as itself, as wide as it is, and readable for machines', async () => {
  const characters = Array.from(fontOf('regular').prepared.characters);
  const drawn = new Set<string>();
  for (let from = 0; from < characters.length; from += 80) {
    const pdf = openPdf(await renderInvoice(named(`a${characters.slice(from, from + 80).join('')}`)));
    expect(brokenRules(FONT_RULES, pdf), `from ${from}`).toEqual([]);
    // Of each weight one font in bytes and one in pairs of bytes.
    const seen = fontsOf(pdf).map((font) => [nameIn(font.font, 'BaseFont')!.slice(7), font] as const);
    for (const [weight, { shown, characters: known }] of seen)
      for (const code of shown) drawn.add(`${weight} ${known.get(code)}`);
  }
  const composed = characters.filter((character) => character.normalize('NFC') === character);
  expect(composed.filter((character) => !drawn.has(`SourceSans3-Regular ${character}`))).toEqual([]);
  expect(composed.filter((character) => !drawn.has(`SourceSans3-SemiBold ${character}`))).toEqual([]);
}, 60_000);

it.each(LONG_PAPERS)('%s has more pages, and more objects, than are held at once', async (_name, render) => {
  const pdf = openPdf(await render());
  expect(pagesOf(pdf).filter(({ contents }) => contents.length === 2).length).toBeGreaterThan(0);
  expect(pdf.objects.size).toBeGreaterThan(2_000);
});
