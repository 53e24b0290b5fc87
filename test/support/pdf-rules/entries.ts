import { must, type Rules } from './archival-file.ts';
import { nameIn, type Pdf } from './file.ts';
import { dictionariesOf, dictionaryIn } from './model.ts';
import type { Dictionary } from './syntax.ts';

const STREAM = 'Length Filter?';
/** What a dictionary of each kind must have, and what it may have (`?`), by ISO 32000-1 and ISO 19005-3, as far as we write any. */
const ENTRIES: Readonly<Record<string, string>> = {
  XRef: `Type Size W Root Info ID ${STREAM}`,
  ObjStm: `Type N First ${STREAM}`,
  Catalog: 'Type Pages Lang MarkInfo ViewerPreferences StructTreeRoot Metadata OutputIntents Outlines? AF? Names?',
  Pages: 'Type Count MediaBox Kids',
  Page: 'Type Parent Resources Contents StructParents Tabs Annots?',
  XObject: `Type Subtype BBox Resources ${STREAM}`,
  Metadata: `Type Subtype ${STREAM}`,
  OutputIntent: 'Type S OutputConditionIdentifier Info DestOutputProfile',
  Outlines: 'Type First Last Count',
  Annot: 'Type Subtype Rect Border F StructParent Contents A',
  Filespec: 'Type F UF Desc AFRelationship EF',
  EmbeddedFile: `Type Subtype Params ${STREAM}`,
  'Font Type0': 'Type Subtype BaseFont Encoding DescendantFonts ToUnicode',
  'Font CIDFontType2': 'Type Subtype BaseFont CIDToGIDMap FontDescriptor CIDSystemInfo W',
  FontDescriptor: 'Type FontName Flags FontBBox ItalicAngle Ascent Descent CapHeight XHeight StemV FontFile2',
  CMap: `Type CMapName CIDSystemInfo WMode ${STREAM}`,
  StructTreeRoot: 'Type K ParentTree ParentTreeNextKey',
  StructElem: 'S P Pg? K? Alt? Lang? A?',
  MCR: 'Type Pg MCID',
  OBJR: 'Type Pg Obj',
  Info: 'Title Author CreationDate ModDate',
};

/** ISO 32000-1: the tables of the entries that dictionaries have. */
export const ENTRY_RULES: Rules = {
  'ISO 32000-1: dictionaries have the entries that their kind must have, and no unknown ones': (pdf) => {
    for (const [dictionary, kind] of kindsIn(pdf)) {
      const entries = ENTRIES[kind]?.split(' ') ?? [];
      must(entries.length > 0, `There is no kind ${kind}`);
      for (const entry of entries) must(entry.endsWith('?') || dictionary.has(entry), `A ${kind} without ${entry}`);
      for (const key of dictionary.keys())
        must(entries.includes(key) || entries.includes(`${key}?`), `A ${kind} with ${key}`);
    }
  },
};

function kindsIn(pdf: Pdf): (readonly [Dictionary, string])[] {
  const kinds = dictionariesOf(pdf).flatMap((dictionary) => {
    const type = nameIn(dictionary, 'Type');
    if (type === 'Font') return [[dictionary, `Font ${nameIn(dictionary, 'Subtype')}`] as const];
    return type === undefined ? [] : [[dictionary, type] as const];
  });
  const elements = dictionariesOf(pdf).filter((each) => each.has('S') && each.has('P'));
  const info = dictionaryIn(pdf, pdf.trailer, 'Info');
  return [...kinds, ...elements.map((element) => [element, 'StructElem'] as const), [info, 'Info']];
}
