import { expect } from 'vitest';
import { STRUCTURE_RULES } from './pdf-rules/accessible-structure.ts';
import { must, type Rules } from './pdf-rules/archival-file.ts';
import { metadataAt } from './pdf-rules/archival-metadata.ts';
import { nameIn, type Pdf } from './pdf-rules/file.ts';
import {
  annotationsOf,
  catalogOf,
  dictionaryIn,
  nodesOf,
  numberOf,
  operationsOn,
  pagesOf,
  parentTreeOf,
  resolved,
} from './pdf-rules/model.ts';
import { type Dictionary, Name, Reference, textOf, type Value } from './pdf-rules/syntax.ts';

/** Operators after which there is something to see. */
const PAINTING = ['TJ', 'Tj', 'S', 'f'];

/** What ISO 14289-1 (PDF/UA-1) asks of a file, by its clauses. Of fonts it asks what PDF/A does. */
export const PDF_UA_RULES: Rules = {
  ...STRUCTURE_RULES,
  '5: the metadata say that it is PDF/UA-1': (pdf) => {
    expect(metadataAt(pdf, '//rdf:Description/pdfuaid:part')).toEqual(['1']);
  },
  '7.1: all that is drawn is content or decoration, and never one within the other': (pdf) => {
    for (const page of pagesOf(pdf)) {
      const open: string[] = [];
      for (const { operator } of operationsOn(pdf, page)) {
        const marked = open.includes('mark');
        if (operator === 'BDC' || operator === 'BMC') {
          must(!marked, 'A mark within a mark');
          open.push('mark');
        } else if (operator === 'EMC') must(open.pop() === 'mark', 'A mark ends outside of what it began in');
        else if (operator === 'BT') open.push('text');
        else if (operator === 'ET') must(open.pop() === 'text', 'A text ends outside of what it began in');
        else if (PAINTING.includes(operator)) must(marked, `${operator} is neither content nor decoration`);
      }
      expect(open).toEqual([]);
    }
  },
  '7.1: what is marked without a number is decoration': (pdf) => {
    for (const page of pagesOf(pdf))
      for (const { operator, operands } of operationsOn(pdf, page)) {
        const numbered = operator === 'BDC' && (operands[1] as Dictionary).has('MCID');
        if (operator === 'BMC' || operator === 'BDC')
          must(numbered !== ((operands[0] as Name).name === 'Artifact'), 'Content without an element');
      }
  },
  '7.1: every piece of content is in the structure, once': (pdf) => {
    const inTree = nodesOf(pdf).flatMap(({ contents }) => contents.map(({ page, mcid }) => `${page} ${mcid}`));
    const drawn = piecesOf(pdf).map(({ page, mcid }) => `${page} ${mcid}`);
    expect(inTree.sort()).toEqual(drawn.sort());
    expect(new Set(drawn).size).toBe(drawn.length);
  },
  '7.1: every piece of content finds its element, and is of its type': (pdf) => {
    const owners = new Map(
      nodesOf(pdf).flatMap((node) => node.contents.map(({ page, mcid }) => [`${page} ${mcid}`, node])),
    );
    const tree = parentTreeOf(pdf);
    for (const { page, mcid, tag, key } of piecesOf(pdf)) {
      const list = resolved(pdf, tree.get(key)) as readonly Value[];
      const owner = list[mcid];
      const expected = owners.get(`${page} ${mcid}`);
      must(owner instanceof Reference && owner.number === expected?.number, `The element of piece ${mcid}`);
      must(tag === expected?.tag, `${tag} in ${expected?.tag}`);
    }
  },
  '7.1: pages and annotations have a key each, below the next one that is free': (pdf) => {
    const keys = [
      ...pagesOf(pdf).map(({ page }) => page.get('StructParents')),
      ...annotationsOf(pdf).map(({ annotation }) => annotation.get('StructParent')),
    ] as number[];
    const tree = [...parentTreeOf(pdf).keys()];
    expect([...tree].sort((a, b) => a - b)).toEqual(tree);
    expect(keys.sort((a, b) => a - b)).toEqual(tree);
    const root = dictionaryIn(pdf, catalogOf(pdf), 'StructTreeRoot');
    expect(root.get('ParentTreeNextKey')).toBe(tree.length);
  },
  '7.1: types are standard ones, and none is given another meaning': (pdf) => {
    expect(dictionaryIn(pdf, catalogOf(pdf), 'StructTreeRoot').has('RoleMap')).toBe(false);
    expect(dictionaryIn(pdf, catalogOf(pdf), 'MarkInfo').get('Suspects') ?? false).toBe(false);
  },
  '7.1: the title is known': (pdf) => {
    const [title, ...others] = metadataAt(pdf, '//dc:title/rdf:Alt/rdf:li');
    expect(title).toMatch(/\p{L}{4}/u);
    expect(others).toEqual([]);
  },
  '7.1: the title is shown': (pdf) => {
    expect(dictionaryIn(pdf, catalogOf(pdf), 'ViewerPreferences').get('DisplayDocTitle')).toBe(true);
  },
  '7.2: the language is known': (pdf) => {
    expect(textOf(catalogOf(pdf).get('Lang'))).toMatch(/^[a-z]{2}(?:-[A-Z]{2})?$/);
    expect(metadataAt(pdf, '//dc:language/rdf:Bag/rdf:li')).toEqual([textOf(catalogOf(pdf).get('Lang'))]);
  },
  '7.8: every page has a foot, and every one but the first a head, which say what they are': (pdf) => {
    for (const [index, page] of pagesOf(pdf).entries()) {
      const marked = operationsOn(pdf, page).flatMap(({ operator, operands: [, properties] }) =>
        operator === 'BDC' && !(properties as Dictionary).has('MCID') ? [properties as Dictionary] : [],
      );
      expect(marked.map((of) => nameIn(of, 'Type'))).toEqual(marked.map(() => 'Pagination'));
      const kinds = new Set(marked.map((of) => nameIn(of, 'Subtype')));
      expect([...kinds], `page ${index + 1}`).toEqual(index === 0 ? ['Footer'] : ['Header', 'Footer']);
    }
  },
  '7.17: the outline leads to its headings, one after the other': (pdf) => {
    const outline = dictionaryIn(pdf, catalogOf(pdf), 'Outlines');
    const pages = pagesOf(pdf).map(({ number }) => number);
    const seen: number[] = [];
    for (let next: Value | undefined = outline.get('First'); next !== undefined; ) {
      const item = resolved(pdf, next) as Dictionary;
      expect(textOf(item.get('Title'))).not.toBe('');
      expect(dictionaryIn(pdf, item, 'Parent')).toBe(outline);
      expect(item.get('Prev') && numberOf(item.get('Prev'))).toBe(seen.at(-1));
      const [page, how] = item.get('Dest') as Value[];
      expect(pages).toContain(numberOf(page));
      expect(how).toEqual(new Name('XYZ'));
      seen.push(numberOf(next));
      next = item.get('Next');
    }
    expect(numberOf(outline.get('Last'))).toBe(seen.at(-1));
    expect(outline.get('Count')).toBe(seen.length);
    expect(seen).toHaveLength(nodesOf(pdf).filter(({ tag }) => /^H\d$/.test(tag)).length);
  },
  '7.18.1: annotations say in words where they lead': (pdf) => {
    for (const { annotation } of annotationsOf(pdf)) expect(textOf(annotation.get('Contents')).trim()).not.toBe('');
  },
  '7.18.3: what can be reached by the keyboard follows the structure': (pdf) => {
    for (const { page } of pagesOf(pdf)) expect(nameIn(page, 'Tabs')).toBe('S');
  },
  '7.18.5: a link is one in the structure, which both sides know of': (pdf) => {
    const tree = parentTreeOf(pdf);
    const links = nodesOf(pdf).filter(({ tag }) => tag === 'Link');
    expect(links.flatMap(({ annotations }) => annotations)).toEqual(annotationsOf(pdf).map(({ number }) => number));
    for (const { number, annotation } of annotationsOf(pdf)) {
      const owner = numberOf(tree.get(annotation.get('StructParent') as number));
      expect(links.find((link) => link.annotations.includes(number))?.number).toBe(owner);
    }
    for (const { contents } of links) expect(contents.length).toBeGreaterThan(0);
  },
};

/** The marked content of every page: its number, the type that the page says it is of, and the page's key. */
function piecesOf(pdf: Pdf) {
  return pagesOf(pdf).flatMap((page) => {
    const key = page.page.get('StructParents') as number;
    return operationsOn(pdf, page)
      .filter(({ operator, operands }) => operator === 'BDC' && (operands[1] as Dictionary).has('MCID'))
      .map(({ operands: [tag, properties] }) => {
        const mcid = (properties as Dictionary).get('MCID') as number;
        return { page: page.number, mcid, tag: (tag as Name).name, key };
      });
  });
}
