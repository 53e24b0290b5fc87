import { describe, expect, it } from 'vitest';
import { EVERY_PAPER, LONG_PAPERS } from '../support/every-paper.ts';
import { PDF_A_RULES } from '../support/pdf-a.ts';
import { brokenRules } from '../support/pdf-rules/broken.ts';
import { openPdf } from '../support/pdf-rules/file.ts';
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

it.each(LONG_PAPERS)('%s has more pages, and more objects, than are held at once', async (_name, render) => {
  const pdf = openPdf(await render());
  expect(pagesOf(pdf).filter(({ contents }) => contents.length === 2).length).toBeGreaterThan(0);
  expect(pdf.objects.size).toBeGreaterThan(2_000);
});
