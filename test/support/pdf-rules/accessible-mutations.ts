import { catalogOf, dictionaryIn, listIn, pagesOf, resolved } from './model.ts';
import { attributes, dictionary, drawing, entry, link, type Mutation, node, number, tree, xmp } from './mutation.ts';
import { Name, Reference, Text, type Value } from './syntax.ts';

/** Small faults of a good document, each a breach of a rule of PDF/UA, which is named by how it begins. */
export const ACCESSIBLE_MUTATIONS: readonly (readonly [rule: string, fault: string, mutate: Mutation])[] = [
  ['7.1, 7.2: elements', 'another type', entry((pdf) => node(pdf, 'P'), 'S', new Name('Paragraph'))],
  ['7.1, 7.2: elements', 'a cell outside of a row', entry((pdf) => node(pdf, 'TR'), 'S', new Name('TD'))],
  ['7.1: the root', 'another parent', (pdf) => node(pdf, 'H1').set('P', new Reference(number(pdf, node(pdf, 'L'))))],
  ['7.2: the rows', 'a wide cell', (pdf) => attributes(node(pdf, 'TH')).set('ColSpan', 2)],
  ['7.3', 'no words', entry((pdf) => node(pdf, 'Figure'), 'Alt')],
  ['ISO 32000-1, 14.8.5.4.3', 'no place', entry((pdf) => node(pdf, 'Figure'), 'A')],
  ['ISO 32000-1, 14.8.5.4.3', 'a table without', entry((pdf) => node(pdf, 'Table'), 'A')],
  ['7.4.2', 'no first level', entry((pdf) => node(pdf, 'H1'), 'S', new Name('H2'))],
  ['7.5: header', 'no scope', (pdf) => attributes(node(pdf, 'TH')).delete('Scope')],
  ['7.5: every', 'a row without a head', (pdf) => node(pdf, 'TH').set('S', new Name('TD'))],
  ['7.6', 'two bodies', entry((pdf) => node(pdf, 'Lbl'), 'S', new Name('LBody'))],
  ['5: the metadata', 'part 2', xmp('<pdfuaid:part>1', '<pdfuaid:part>2')],
  ['7.1: all that is drawn', 'neither', drawing(/\/Artifact BMC\n(.*?)EMC\n/s, '$1')],
  ['7.1: all that is drawn', 'one in the other', drawing(/EMC\n(\/\w+<<)/, '$1')],
  ['7.1: what is marked', 'a paragraph', drawing('/Artifact BMC', '/P BMC')],
  ['7.1: every piece of content is', 'one that is not', drawing('/MCID 0>>', '/MCID 999>>')],
  ['7.1: every piece of content is', 'one twice', (pdf) => (node(pdf, 'H1').get('K') as Value[]).push(0)],
  ['7.1: every piece of content finds', 'of another type', drawing(/\/P<</, '/H1<<')],
  [
    '7.1: every piece of content finds',
    'of another element',
    (pdf) => {
      const list = resolved(pdf, listIn(pdf, dictionaryIn(pdf, tree(pdf), 'ParentTree'), 'Nums')[1]) as Value[];
      [list[0], list[1]] = [list[1]!, list[0]!];
    },
  ],
  ['7.1: pages and annotations', 'one key for two', (pdf) => link(pdf).set('StructParent', 0)],
  ['7.1: pages and annotations', 'a next key that is taken', entry(tree, 'ParentTreeNextKey', 1)],
  ['7.1: types are', 'one with another meaning', entry(tree, 'RoleMap', dictionary(['P', new Name('H1')]))],
  ['7.1: the title is known', 'none', xmp(/<dc:title>.*?<\/dc:title>/, '')],
  ['7.1: the title is shown', 'it is not', entry(catalogOf, 'ViewerPreferences', dictionary())],
  ['7.2: the language', 'none', entry(catalogOf, 'Lang')],
  ['7.8', 'a foot that is none', drawing('/Subtype/Footer', '/Subtype/Watermark')],
  ['7.8', 'a foot that is only decoration', drawing(/\/Artifact<<.*?>>BDC/, '/Artifact BMC')],
  [
    '7.17',
    'an item left out',
    (pdf) => {
      const first = dictionaryIn(pdf, dictionaryIn(pdf, catalogOf(pdf), 'Outlines'), 'First');
      first.set('Next', dictionaryIn(pdf, first, 'Next').get('Next')!);
    },
  ],
  ['7.18.1', 'no words', entry(link, 'Contents', new Text(' '))],
  ['7.18.3', 'another order', entry((pdf) => pagesOf(pdf)[0]!.page, 'Tabs')],
  ['7.18.5', 'in a paragraph', entry((pdf) => node(pdf, 'Link'), 'S', new Name('P'))],
  ['7.18.5', 'not in its element', (pdf) => (node(pdf, 'Link').get('K') as Value[]).pop()],
];
