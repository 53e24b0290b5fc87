import { expect } from 'vitest';
import { must, type Rules } from './archival-file.ts';
import { everyNode, type Node, nodesOf, numberOf, pagesOf } from './model.ts';
import { type Dictionary, type Name, textOf } from './syntax.ts';

/** Standard types that our documents use (ISO 32000-1, 14.8.4), and what may be in them. Text: content itself. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  Document: ['Sect', 'H1', 'H2', 'P', 'L', 'Table', 'Figure'],
  Sect: ['H2', 'P', 'L', 'Table', 'Figure'],
  ...{ H1: ['Text'], H2: ['Text'], P: ['Text', 'Link'], Link: ['Text'], Figure: ['Text'] },
  ...{ L: ['LI'], LI: ['Lbl', 'LBody'], Lbl: ['Text'], LBody: ['Text', 'P'] },
  ...{ Table: ['TR'], TR: ['TH', 'TD'], TH: ['Text', 'P'], TD: ['Text', 'P'] },
};

const attributesOf = ({ element }: Node): Dictionary | undefined => element.get('A') as Dictionary | undefined;
const attribute = (node: Node, key: string) => attributesOf(node)?.get(key);
const spanOf = (cell: Node): number => (attribute(cell, 'ColSpan') as number | undefined) ?? 1;
const scopeOf = (cell: Node): string | undefined =>
  cell.tag === 'TH' ? (attribute(cell, 'Scope') as Name | undefined)?.name : undefined;

/** Which cell is in each column of each row: all of them cells, of all rows equally many. */
const gridOf = (table: Node): Node[][] =>
  table.kids.map(({ kids }) => kids.flatMap((cell) => Array.from({ length: spanOf(cell) }, () => cell)));

const tablesOf = (nodes: readonly Node[]) => nodes.filter(({ tag }) => tag === 'Table');

/** ISO 14289-1, 7.2 to 7.6: which elements a document has, and what is in which. */
export const STRUCTURE_RULES: Rules = {
  '7.1, 7.2: elements are of standard types, in those that may hold them': (pdf) => {
    for (const { tag, kids, contents } of nodesOf(pdf)) {
      const allowed = INSIDE[tag];
      must(allowed !== undefined, `${tag} is no standard type`);
      for (const kid of kids) must(allowed!.includes(kid.tag), `${kid.tag} in ${tag}`);
      must(contents.length === 0 || allowed!.includes('Text'), `Content in ${tag}`);
    }
  },
  '7.1: the root is a document, and every element knows its parent': (pdf) => {
    const [root, ...others] = nodesOf(pdf);
    expect(root?.tag).toBe('Document');
    for (const { element, parent, tag } of others)
      must(numberOf(element.get('P')) === parent!.number, `The parent of a ${tag}`);
  },
  '7.2: the rows of a table are equally wide': (pdf) => {
    for (const table of tablesOf(nodesOf(pdf)))
      expect(new Set(gridOf(table).map((row) => row.length)).size, `table ${table.number}`).toBe(1);
  },
  '7.3: every picture says what it shows': (pdf) => {
    for (const { element } of nodesOf(pdf).filter(({ tag }) => tag === 'Figure'))
      expect(wordsIn(element).length).toBeGreaterThan(9);
  },
  'ISO 32000-1, 14.8.5.4.3: pictures, and tables that are wholly on a page, say where they are on it': (pdf) => {
    const pages = new Map(pagesOf(pdf).map(({ number }) => [number, number]));
    for (const node of nodesOf(pdf).filter(({ tag }) => tag === 'Figure' || tag === 'Table')) {
      const on = new Set(everyNode(node).flatMap(({ contents }) => contents.map(({ page }) => pages.get(page))));
      const box = attribute(node, 'BBox') as number[] | undefined;
      expect(box === undefined, `${node.tag} ${node.number}`).toBe(on.size > 1);
      if (box === undefined) continue;
      const [left, bottom, right, top] = box as [number, number, number, number];
      expect(left >= 0 && left < right && bottom >= 0 && bottom < top, box.join()).toBe(true);
      expect((attribute(node, 'O') as Name).name).toBe('Layout');
      expect((attribute(node, 'Placement') as Name).name).toBe('Block');
    }
  },
  '7.4.2: headings begin with the first level and skip none': (pdf) => {
    const levels = nodesOf(pdf)
      .flatMap(({ tag }) => /^H(\d)$/.exec(tag)?.[1] ?? [])
      .map(Number);
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
  },
  '7.5: header cells say what they are the head of': (pdf) => {
    for (const cell of nodesOf(pdf).filter(({ tag }) => tag === 'TH')) {
      expect((attribute(cell, 'O') as Name).name).toBe('Table');
      expect(scopeOf(cell)).toMatch(/^(?:Row|Column)$/);
    }
  },
  '7.5: every cell of a table has a head, over it or before it': (pdf) => {
    for (const table of tablesOf(nodesOf(pdf))) {
      const over = new Set<number>();
      for (const row of gridOf(table)) {
        let before = false;
        for (const [column, cell] of row.entries()) {
          if (scopeOf(cell) === 'Column') over.add(column);
          if (scopeOf(cell) === 'Row') before = true;
          must(cell.tag !== 'TD' || before || over.has(column), `A cell in column ${column}`);
        }
      }
    }
  },
  '7.6: lists have items of a label and a body, so that no reader joins them to one word': (pdf) => {
    for (const item of nodesOf(pdf).filter(({ tag }) => tag === 'LI'))
      expect(item.kids.map(({ tag }) => tag)).toEqual(['Lbl', 'LBody']);
  },
};

const wordsIn = (element: Dictionary): string => {
  const words = element.get('Alt');
  return words === undefined ? '' : textOf(words);
};
