import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { expect } from 'vitest';
import type { Rules } from './archival-file.ts';
import { nameIn, type Pdf } from './file.ts';
import { catalogOf, dictionaryIn, numberOf } from './model.ts';
import { type Dictionary, type Text, textOf } from './syntax.ts';

const NAMESPACES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  pdfaid: 'http://www.aiim.org/pdfa/ns/id/',
  pdfuaid: 'http://www.aiim.org/pdfua/ns/id/',
  pdfaExtension: 'http://www.aiim.org/pdfa/ns/extension/',
  pdfaSchema: 'http://www.aiim.org/pdfa/ns/schema#',
  pdfaProperty: 'http://www.aiim.org/pdfa/ns/property#',
};

/** Properties that the standard knows, with the element that their value is in, where it is in any. */
const KNOWN: Readonly<Record<string, string | undefined>> = {
  ...{ 'dc:format': undefined, 'dc:title': 'Alt', 'dc:creator': 'Seq', 'dc:language': 'Bag' },
  ...{ 'xmp:CreateDate': undefined, 'xmp:ModifyDate': undefined, 'pdfaExtension:schemas': 'Bag' },
  ...{ 'pdfaid:part': undefined, 'pdfaid:conformance': undefined },
};
/** What a described schema's values look like, by their type. */
const VALUES: Readonly<Record<string, RegExp>> = { Integer: /^[+-]?\d+$/, Text: /^[^\n]+$/ };

export const metadataOf = (pdf: Pdf): string =>
  pdf.streams.get(numberOf(catalogOf(pdf).get('Metadata')))!.toString('utf8');

/** The text of each place that a path leads to. */
export function metadataAt(pdf: Pdf, path: string): string[] {
  const xml = metadataOf(pdf).replace(/^\ufeff/, '');
  using document = XmlDocument.fromString(xml);
  return document.find(path, NAMESPACES).map((node) => node.content);
}

const properties = <T>(pdf: Pdf, read: (property: XmlElement) => T): T[] => {
  using document = XmlDocument.fromString(metadataOf(pdf));
  return document.find('//rdf:RDF/rdf:Description/*', NAMESPACES).map((node) => read(node as XmlElement));
};

/** ISO 19005-3, 6.6: what a document says about itself. */
export const METADATA_RULES: Rules = {
  '6.6.2.1: the metadata are a packet of XMP in UTF-8, which anyone can read': (pdf) => {
    const number = numberOf(catalogOf(pdf).get('Metadata'));
    const stream = pdf.objects.get(number) as Dictionary;
    expect([nameIn(stream, 'Type'), nameIn(stream, 'Subtype')]).toEqual(['Metadata', 'XML']);
    expect(stream.has('Filter')).toBe(false);
    expect(metadataOf(pdf)).toMatch(/^<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>\n<x:xmpmeta /);
    expect(metadataOf(pdf)).toMatch(/<\/x:xmpmeta>\n<\?xpacket end="[rw]"\?>$/);
    expect(Buffer.from(metadataOf(pdf), 'utf8').equals(pdf.streams.get(number)!)).toBe(true);
    expect(properties(pdf, ({ name }) => name).length).toBeGreaterThan(8);
  },
  '6.6.2.3: every property is one that the standard knows, or of a schema that is described, with its type': (pdf) => {
    const described = describedIn(pdf);
    const wrong = properties(pdf, (property) => {
      const name = `${property.namespacePrefix}:${property.name}`;
      const inside = property.firstChild?.next ?? property.firstChild;
      if (!(name in KNOWN)) return VALUES[described.get(name) ?? '']?.test(property.content) ? [] : [name];
      const container = property.find(KNOWN[name] === undefined ? 'self::*[not(*)]' : `rdf:${KNOWN[name]}`, NAMESPACES);
      return container.length === 1 && inside !== undefined ? [] : [name];
    });
    expect(wrong.flat()).toEqual([]);
  },
  '6.6.2.3.3: a described schema has all that describes it, and nothing else': (pdf) => {
    const schemas = '//pdfaExtension:schemas/rdf:Bag/rdf:li';
    const fields = ['pdfaSchema:schema', 'pdfaSchema:namespaceURI', 'pdfaSchema:prefix', 'pdfaSchema:property/rdf:Seq'];
    const each = ['pdfaProperty:name', 'pdfaProperty:valueType', 'pdfaProperty:category', 'pdfaProperty:description'];
    const count = (path: string) => metadataAt(pdf, path).length;
    for (const field of fields) expect(count(`${schemas}/${field}`), field).toBe(count(schemas));
    expect(count(`${schemas}/*`)).toBe(4 * count(schemas));
    for (const field of each)
      expect(count(`${schemas}//rdf:li/${field}[. != '']`), field).toBe(count(`${schemas}//rdf:li`));
    expect(count(`${schemas}//rdf:li/*`)).toBe(4 * count(`${schemas}//rdf:li`));
    for (const category of metadataAt(pdf, '//pdfaProperty:category')) expect(category).toMatch(/^(?:ex|in)ternal$/);
  },
  '6.6.2.3, 6.6.4, and ISO 14289-1, 5: what the standards define goes by their prefixes': (pdf) => {
    using document = XmlDocument.fromString(metadataOf(pdf));
    for (const [prefix, uri] of Object.entries(NAMESPACES)) {
      const own = document.find(`//*[namespace-uri() = '${uri}']`) as XmlElement[];
      for (const { namespacePrefix, name } of own) expect(namespacePrefix, name).toBe(prefix);
    }
  },
  '6.6.4: the metadata say which part and level it is': (pdf) => {
    expect(metadataAt(pdf, '//pdfaid:part')).toEqual(['3']);
    expect(metadataAt(pdf, '//pdfaid:conformance')).toEqual(['A']);
  },
  'ISO 32000-1, 14.3: the information that older readers show is the same': (pdf) => {
    const info = dictionaryIn(pdf, pdf.trailer, 'Info');
    expect(metadataAt(pdf, '//dc:title/rdf:Alt/rdf:li[@xml:lang="x-default"]')).toEqual([textOf(info.get('Title'))]);
    expect(metadataAt(pdf, '//dc:creator/rdf:Seq/rdf:li')).toEqual([textOf(info.get('Author'))]);
    expect(metadataAt(pdf, '//xmp:CreateDate')).toEqual([dateIn(info, 'CreationDate')]);
    expect(metadataAt(pdf, '//xmp:ModifyDate')).toEqual([dateIn(info, 'ModDate')]);
  },
};

/** The type of each property of the schemas that are described, by its prefix and name. */
function describedIn(pdf: Pdf): ReadonlyMap<string, string> {
  const at = '//pdfaExtension:schemas/rdf:Bag/rdf:li';
  const described = new Map<string, string>();
  for (const prefix of metadataAt(pdf, `${at}/pdfaSchema:prefix`)) {
    const of = `${at}[pdfaSchema:prefix = '${prefix}']//rdf:li`;
    const types = metadataAt(pdf, `${of}/pdfaProperty:valueType`);
    for (const [index, name] of metadataAt(pdf, `${of}/pdfaProperty:name`).entries())
      described.set(`${prefix}:${name}`, types[index]!);
  }
  return described;
}

/** `(D:20261201050012Z)` as XMP writes it. */
export function dateIn(of: Dictionary, key: string): string {
  const date = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec((of.get(key) as Text).bytes);
  if (date === null) throw new Error(`${key} is no date`);
  const [, year, month, day, hour, minute, second] = date;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
