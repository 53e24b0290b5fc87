import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { everyText, having } from '../support/every-text.ts';

/** By place, without the language: which blanks a text shows. */
function blanksOf(language: Language): Map<string, string[]> {
  const blanks = new Map<string, string[]>();
  for (const [place, text] of everyText(language, (blank) => `⟨${blank}⟩`)) {
    const shown = [...text.matchAll(/⟨([^⟩]+)⟩/g)].map(([, blank]) => blank!);
    if (shown.length > 0) blanks.set(place.slice(3), [...new Set(shown)].toSorted());
  }
  return blanks;
}

describe('every language', () => {
  const english = blanksOf('en');
  it.each(LANGUAGES)('%s says all that English says: no text leaves out what is filled in', (language) => {
    const own = blanksOf(language);
    const differing = [...english].filter(([place, shown]) => String(own.get(place)) !== String(shown));
    expect(differing.map(([place, shown]) => [place, shown, own.get(place)])).toEqual([]);
    expect([...own.keys()].filter((place) => !english.has(place))).toEqual([]);
  });

  it.each(LANGUAGES)('%s ends every sentence', (language) => {
    // Of several sentences, or of a verb of its own: labels, headings and notes beside amounts have no full stop.
    const texts = everyText(language, 'X');
    expect(having(texts, /[.?!] .*[^.?!]$/s)).toEqual([]);
    const prose = texts.filter(([place]) =>
      /\.paragraphs\.|\.steps\.(card|debit)\.|\.about\.|\.nextStep\./.test(place),
    );
    expect(prose.length).toBeGreaterThan(40);
    expect(having(prose, /[^.?!]$/)).toEqual([]);
  });

  it.each(LANGUAGES)('%s keeps a number and what is counted on one line', (language) => {
    expect(having(everyText(language, 'X'), /(?<![\w–])\d+ (?!\d)\p{L}/u)).toEqual([]);
  });

  it.each(LANGUAGES)('%s has dashes and ellipses as they are typeset', (language) => {
    expect(having(everyText(language, 'X'), /\.\.\.| - |\d-\d|--/)).toEqual([]);
  });
});
