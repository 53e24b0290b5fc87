import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Rules } from './archival-file.ts';
import { dateIn } from './archival-metadata.ts';
import { nameIn, type Pdf } from './file.ts';
import { annotationsOf, catalogOf, dictionariesOf, dictionaryIn, listIn, numberOf, resolved } from './model.ts';
import { type Dictionary, type Text, textOf } from './syntax.ts';

/** What would make a document do something, be filled in, or look different. */
const FORBIDDEN = [
  ...['AA', 'OpenAction', 'JavaScript', 'JS', 'AcroForm', 'XFA', 'NeedsRendering', 'Perms', 'Requirements'],
  ...['OCProperties', 'OC', 'AlternatePresentations', 'PresSteps'],
];

/** ISO 19005-3, 6.3 to 6.5 and 6.8 to 6.11: what can be clicked on, and what is attached. */
export const ACTION_RULES: Rules = {
  '6.3.1, 6.3.3: annotations are links, which need no appearance': (pdf) => {
    for (const { annotation } of annotationsOf(pdf)) {
      expect([nameIn(annotation, 'Type'), nameIn(annotation, 'Subtype')]).toEqual(['Annot', 'Link']);
      expect(annotation.has('AP')).toBe(false);
    }
  },
  '6.3.2: annotations are printed, and never hidden': (pdf) => {
    // Bits: 1 invisible, 2 hidden, 4 printed, 32 no view, 256 toggled.
    for (const { annotation } of annotationsOf(pdf)) expect((annotation.get('F') as number) & 295).toBe(4);
  },
  'ISO 32000-1, 12.5.2: an annotation is on its page': (pdf) => {
    const [, , width, height] = listIn(pdf, dictionaryIn(pdf, catalogOf(pdf), 'Pages'), 'MediaBox') as number[];
    for (const { annotation } of annotationsOf(pdf)) {
      const [left, bottom, right, top] = annotation.get('Rect') as [number, number, number, number];
      expect(0 <= left && left < right && right <= width!, `${left} to ${right}`).toBe(true);
      expect(0 <= bottom && bottom < top && top <= height!, `${bottom} to ${top}`).toBe(true);
    }
  },
  '6.5.1: the only action is to lead to an address': (pdf) => {
    for (const { annotation } of annotationsOf(pdf)) {
      const action = dictionaryIn(pdf, annotation, 'A');
      expect([...action.keys()]).toEqual(['S', 'URI']);
      expect(nameIn(action, 'S')).toBe('URI');
      expect((action.get('URI') as Text).bytes).toMatch(/^(?:https:\/\/|mailto:)[!-~]+$/);
    }
  },
  '6.4, 6.5.2, 6.9 to 6.11: nothing happens by itself, is filled in, hidden or required': (pdf) => {
    for (const dictionary of dictionariesOf(pdf))
      for (const key of FORBIDDEN) if (dictionary.has(key)) expect.unreachable(key);
  },
  '6.8: what is attached says of which type it is, how long, and when it was made': (pdf) => {
    for (const { stream, content } of attachedTo(pdf)) {
      expect(nameIn(stream, 'Type')).toBe('EmbeddedFile');
      expect(nameIn(stream, 'Subtype')).toBe('text/xml');
      const parameters = dictionaryIn(pdf, stream, 'Params');
      expect(parameters.get('Size')).toBe(content.length);
      const sum = Buffer.from((parameters.get('CheckSum') as Text).bytes, 'latin1').toString('hex');
      expect(sum).toBe(createHash('md5').update(content).digest('hex'));
      expect(dateIn(parameters, 'ModDate')).toMatch(/^20/);
    }
  },
  '6.8: what is attached has a name in both ways, and says what it is to the document': (pdf) => {
    for (const { specification, name } of attachedTo(pdf)) {
      expect(nameIn(specification, 'Type')).toBe('Filespec');
      expect(name).toMatch(/^[\w-]+\.xml$/);
      expect([textOf(specification.get('F')), textOf(specification.get('UF'))]).toEqual([name, name]);
      expect(nameIn(specification, 'AFRelationship')).toBe('Alternative');
    }
  },
  '6.8: the document is associated with what is attached, and with nothing else': (pdf) => {
    const associated = listIn(pdf, catalogOf(pdf), 'AF').map(numberOf);
    expect(associated).toEqual(attachedTo(pdf).map(({ number }) => number));
    const all = dictionariesOf(pdf).filter((dictionary) => dictionary.has('EF'));
    expect(all).toHaveLength(associated.length);
  },
};

function attachedTo(pdf: Pdf) {
  const catalog = catalogOf(pdf);
  if (!catalog.has('Names')) return [];
  const names = listIn(pdf, dictionaryIn(pdf, dictionaryIn(pdf, catalog, 'Names'), 'EmbeddedFiles'), 'Names');
  const [name, reference] = names;
  expect(names).toHaveLength(2);
  const number = numberOf(reference);
  const specification = resolved(pdf, reference) as Dictionary;
  const files = dictionaryIn(pdf, specification, 'EF');
  const file = numberOf(files.get('F'));
  expect(numberOf(files.get('UF'))).toBe(file);
  const [stream, content] = [pdf.objects.get(file) as Dictionary, pdf.streams.get(file)!];
  return [{ number, specification, name: textOf(name), stream, content }];
}
