import { expect } from 'vitest';
import { must, type Rules } from './archival-file.ts';
import { nameIn } from './file.ts';
import {
  catalogOf,
  dictionariesOf,
  dictionaryIn,
  formsOf,
  listIn,
  numberOf,
  type Operation,
  operationsIn,
  operationsOn,
  pagesOf,
  resolved,
} from './model.ts';
import { type Dictionary, type Name, textOf } from './syntax.ts';

/** Operators that pages may use, with the number of their operands (ISO 32000-1, annex A). */
const OPERANDS: Readonly<Record<string, number>> = {
  ...{ BMC: 1, BDC: 2, EMC: 0, BT: 0, ET: 0, Tf: 2, Td: 2, Tj: 1, TJ: 1, rg: 3, RG: 3, w: 1, d: 2 },
  ...{ m: 2, l: 2, c: 6, h: 0, re: 4, f: 0, S: 0, q: 0, Q: 0, cm: 6, Do: 1 },
};
const PATH = ['m', 'l', 'c', 'h', 're'];

/** ISO 19005-3, 6.2.2 to 6.2.10: what pages draw, and in which colours. */
export const GRAPHICS_RULES: Rules = {
  '6.2.2: pages use only operators that the standard knows, with as many operands': (pdf) => {
    for (const page of pagesOf(pdf))
      for (const { operator, operands } of operationsOn(pdf, page))
        must(operands.length === OPERANDS[operator], operator);
  },
  '6.2.2: a page has what it draws with, and does not inherit it': (pdf) => {
    for (const page of pagesOf(pdf)) {
      const fonts = dictionaryIn(pdf, dictionaryIn(pdf, page.page, 'Resources'), 'Font');
      const forms = formsOf(pdf, page.page);
      for (const { operator, operands } of operationsOn(pdf, page)) {
        if (operator === 'Tf') must(fonts.has((operands[0] as Name).name), 'There is no such font');
        if (operator === 'Do') must(forms.has((operands[0] as Name).name), 'There is no such form');
      }
    }
  },
  'ISO 32000-1, 8.2: texts are shown in text objects, and a path is painted once it is drawn': (pdf) => {
    for (const page of pagesOf(pdf)) {
      let state: 'page' | 'path' | 'text' = 'page';
      for (const { operator } of operationsOn(pdf, page)) {
        const next = { BT: 'text', ET: 'page', f: 'page', S: 'page' } as const;
        const from =
          operator === 'ET' || /^T[fdjJ]$/.test(operator) ? 'text' : /^[fS]$/.test(operator) ? 'path' : 'page';
        if (PATH.includes(operator)) {
          must(state !== 'text', operator);
          state = 'path';
        } else if (/^(?:BMC|BDC|EMC|rg|RG|w|d)$/.test(operator)) must(state !== 'path', operator);
        else {
          must(state === from, operator);
          state = next[operator as keyof typeof next] ?? state;
        }
      }
      expect(state).toBe('page');
    }
  },
  '6.2.3: one output intent, which describes itself, says what colours are': (pdf) => {
    const intents = listIn(pdf, catalogOf(pdf), 'OutputIntents') as Dictionary[];
    expect(intents.map((intent) => nameIn(intent, 'S'))).toEqual(['GTS_PDFA1']);
    for (const key of ['OutputConditionIdentifier', 'Info']) expect(textOf(intents[0]!.get(key))).toMatch(/^sRGB/);
  },
  '6.2.3: its profile is an sRGB monitor’s, in a version before 5, with as many colours as it says': (pdf) => {
    const [intent] = listIn(pdf, catalogOf(pdf), 'OutputIntents') as Dictionary[];
    const number = numberOf(intent!.get('DestOutputProfile'));
    const profile = pdf.streams.get(number)!;
    expect(profile.readUInt32BE(0)).toBe(profile.length);
    expect(profile[8]).toBeLessThan(5);
    expect(profile.toString('latin1', 12, 20)).toBe('mntrRGB ');
    expect(profile.toString('latin1', 36, 40)).toBe('acsp');
    expect((resolved(pdf, intent!.get('DestOutputProfile')) as Dictionary).get('N')).toBe(3);
    expect(tagsIn(profile)).toEqual(expect.arrayContaining(['desc', 'cprt', 'wtpt', 'rXYZ', 'gXYZ', 'bXYZ', 'rTRC']));
  },
  '6.2.4.3: whatever is painted has a colour that was set before, in red, green and blue': (pdf) => {
    for (const page of pagesOf(pdf)) {
      const set = new Set<string>();
      for (const { operator, operands } of operationsOn(pdf, page)) {
        if (operator === 'rg' || operator === 'RG') {
          set.add(operator);
          for (const share of operands as number[]) must(share >= 0 && share <= 1, `${share} is no share of a colour`);
        } else if (/^(?:f|Tj|TJ)$/.test(operator)) must(set.has('rg'), operator);
        else if (operator === 'S') must(set.has('RG'), operator);
      }
    }
  },
  '6.2.8, 6.2.9: there are no images, and forms are boxes alone that need nothing from elsewhere': (pdf) => {
    for (const { page } of pagesOf(pdf)) {
      for (const key of dictionaryIn(pdf, page, 'Resources').keys()) expect(['Font', 'XObject']).toContain(key);
      for (const reference of formsOf(pdf, page).values()) {
        const form = resolved(pdf, reference) as Dictionary;
        expect(nameIn(form, 'Subtype')).toBe('Form');
        expect([...dictionaryIn(pdf, form, 'Resources')]).toEqual([]);
        expectBoxesWithin(listIn(pdf, form, 'BBox') as number[], operationsIn(pdf.streams.get(numberOf(reference))!));
      }
    }
  },
  '6.2.10: nothing is transparent': (pdf) => {
    for (const dictionary of dictionariesOf(pdf))
      for (const key of ['SMask', 'ExtGState', 'ca', 'CA', 'BM', 'Group']) expect(dictionary.has(key), key).toBe(false);
  },
};

function expectBoxesWithin([left, bottom, right, top]: readonly number[], operations: readonly Operation[]): void {
  for (const { operator, operands } of operations) {
    must(operator === 're' || operator === 'f', operator);
    const [x = left!, y = bottom!, width = 0, height = 0] = operands as number[];
    must(x >= left! && y >= bottom! && x + width <= right! && y + height <= top!, 'It is drawn beside its form');
  }
}

const tagsIn = (profile: Buffer): string[] =>
  Array.from({ length: profile.readUInt32BE(128) }, (_, index) =>
    profile.toString('latin1', 132 + 12 * index, 136 + 12 * index),
  );
