import { expect } from 'vitest';
import { codesOf, operatorsOf, type PdfObjects, pageContents, refersTo } from './pdf-objects.ts';

/** What ISO 19005-3 (PDF/A-3, level a) asks of a file, by its clauses, as far as our documents come into their reach. */
export const PDF_A_RULES: Readonly<Record<string, (pdf: PdfObjects) => void>> = {
  '6.1.2: the header is followed by a comment of bytes above 127': ({ source }) => {
    expect(source).toMatch(/^%PDF-1\.7\n%[\x80-\xff]{4}\n/);
  },
  '6.1.3: the file has an identity, and is not encrypted': ({ trailer }) => {
    expect(trailer).toMatch(/\/ID \[<([0-9A-F]{32})> <\1>\]/);
    expect(trailer).not.toContain('/Encrypt');
  },
  '6.1.3: nothing follows the end of the file': ({ source }) => {
    expect(source).toMatch(/startxref\n\d+\n%%EOF\n$/);
  },
  '6.1.7.1: no stream lies in another file': ({ all }) => {
    expect(all(/\/Length \d+/).filter((body) => /\/(F|FFilter|FDecodeParms) /.test(body))).toEqual([]);
  },
  '6.2.3: colours are defined by an sRGB profile': (pdf) => {
    const [catalog] = pdf.all(/\/Type \/Catalog/);
    expect(catalog).toContain('/S /GTS_PDFA1');
    const number = refersTo(catalog!, 'DestOutputProfile');
    expect(pdf.bodies.get(number)).toContain('/N 3');
    expect(pdf.streams.get(number)!.toString('latin1')).toMatch(/acsp.*sRGB/s);
  },
  '6.2.4.3: all colours are RGB': (pdf) => {
    for (const content of pageContents(pdf))
      expect(operatorsOf(content).filter((operator) => /^(g|G|k|K|cs|CS|sc|SC|scn|SCN|sh)$/.test(operator))).toEqual(
        [],
      );
  },
  '6.2.2: pages use only operators that the standard knows': (pdf) => {
    for (const content of pageContents(pdf))
      for (const operator of operatorsOf(content))
        expect([
          'BMC',
          'BDC',
          'EMC',
          'BT',
          'ET',
          'Tf',
          'Td',
          'Tj',
          'TJ',
          'rg',
          'RG',
          'w',
          'd',
          'm',
          'l',
          'c',
          'h',
          're',
          'f',
          'S',
          'q',
          'Q',
          'cm',
        ]).toContain(operator);
  },
  '6.2.10: nothing is transparent': ({ all }) => {
    expect(all(/\/(SMask|ExtGState|ca|CA|BM|Group)\b/)).toEqual([]);
  },
  '6.2.11.4.1: every font is embedded': (pdf) => {
    const descriptors = pdf.all(/\/Type \/FontDescriptor/);
    expect(descriptors).toHaveLength(2);
    for (const descriptor of descriptors) expect(pdf.streams.has(refersTo(descriptor, 'FontFile2'))).toBe(true);
    expect(pdf.source).not.toMatch(/Helvetica|\/Type1/);
  },
  '6.2.11.4.2: no CIDSet that could be incomplete': ({ all }) => {
    expect(all(/\/CIDSet/)).toEqual([]);
  },
  '6.2.11.3.2: a subset says how its glyphs are found': ({ all }) => {
    expect(all(/\/CIDFontType2/).every((font) => font.includes('/CIDToGIDMap /Identity'))).toBe(true);
  },
  '6.2.11.3.1, 6.2.11.3.3: an encoding of our own is embedded, and is of the same collection as the font': (pdf) => {
    const [encoding, ...others] = pdf.all(/\/Type \/CMap/);
    expect(others).toEqual([]);
    const system = '/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>';
    for (const body of [encoding!, ...pdf.all(/\/CIDFontType2/)]) expect(body).toContain(system);
    expect(encoding).toContain('/WMode 0');
    const [map] = [...pdf.streams.values()].map(String).filter((content) => content.includes('begincidrange'));
    expect(map).toContain('/WMode 0 def');
    expect(map).toContain(`/CMapName /${/\/CMapName \/(\w+)/.exec(encoding!)![1]} def`);
  },
  '6.2.11.7.2, 6.2.11.8: every glyph stands for a character, and none for a missing one': (pdf) => {
    const maps = [...pdf.streams.values()].map(String).filter((content) => content.includes('beginbfrange'));
    const mapped = maps.flatMap((map) =>
      [...map.matchAll(/<([0-9a-f]{2,4})> <([0-9a-f]{2,4})> </g)].map(
        ([, from, to]) => [from!.length, hex(from!), hex(to!)] as const,
      ),
    );
    const codes = pageContents(pdf).map(codesOf);
    const drawn = {
      2: new Set(codes.flatMap(({ byte }) => byte)),
      4: new Set(codes.flatMap(({ wide }) => wide)),
    };
    expect(drawn[2].size).toBeGreaterThan(30);
    for (const digits of [2, 4] as const)
      for (const code of drawn[digits])
        expect(
          code > 0 && mapped.some(([length, from, to]) => length === digits && from <= code && code <= to),
          `code ${code} of ${digits} digits`,
        ).toBe(true);
  },
  '6.3.2: annotations are printed': ({ all }) => {
    expect(all(/\/Type \/Annot/).every((annotation) => annotation.includes('/F 4'))).toBe(true);
  },
  '6.5.1: no actions but links': ({ all }) => {
    expect(all(/\/(JavaScript|JS|Launch|SubmitForm|ImportData|Movie|Sound|OpenAction|AA)\b/)).toEqual([]);
  },
  '6.6.2.1, 6.6.4: the metadata say which part and level it is': (pdf) => {
    const xmp = metadataOf(pdf);
    expect(xmp).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(xmp).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
  },
  '6.6.2.3: every schema that the standard does not know is described': (pdf) => {
    const xmp = metadataOf(pdf);
    for (const prefix of ['pdfuaid', ...(xmp.includes('<fx:') ? ['fx'] : [])])
      expect(xmp).toContain(`<pdfaSchema:prefix>${prefix}</pdfaSchema:prefix>`);
  },
  '6.7.2.2, 6.7.3.3: it is tagged': ({ all }) => {
    expect(all(/\/Type \/Catalog/)[0]).toMatch(/\/MarkInfo << \/Marked true >>.*\/StructTreeRoot \d+ 0 R/);
  },
  '6.8: what is attached says what it is to the document, and of which type it is': ({ all }) => {
    for (const file of all(/\/Type \/EmbeddedFile/)) expect(file).toContain('/Subtype /text#2Fxml');
    for (const file of all(/\/Type \/Filespec/))
      expect(file).toMatch(/\/F \(.+\) \/UF \(.+\) .*\/AFRelationship \/Alternative/);
  },
};

const hex = (text: string): number => Number.parseInt(text, 16);
const metadataOf = (pdf: PdfObjects): string =>
  String(pdf.streams.get(refersTo(pdf.all(/\/Type \/Catalog/)[0]!, 'Metadata')));
