import { metadataOf } from './archival-metadata.ts';
import { nameIn, type Pdf } from './file.ts';
import { annotationsOf, catalogOf, dictionariesOf, dictionaryIn, listIn, nodesOf, numberOf, pagesOf } from './model.ts';
import type { Dictionary, Value } from './syntax.ts';

export type Mutation = (pdf: Pdf) => void;

export const node = (pdf: Pdf, tag: string): Dictionary => nodesOf(pdf).find((each) => each.tag === tag)!.element;
export const link = (pdf: Pdf): Dictionary => annotationsOf(pdf)[0]!.annotation;
export const typed = (pdf: Pdf, type: string): Dictionary =>
  dictionariesOf(pdf).find((each) => nameIn(each, 'Type') === type || nameIn(each, 'Subtype') === type)!;
export const tree = (pdf: Pdf): Dictionary => dictionaryIn(pdf, catalogOf(pdf), 'StructTreeRoot');
export const intent = (pdf: Pdf): Dictionary => listIn(pdf, catalogOf(pdf), 'OutputIntents')[0] as Dictionary;
export const number = (pdf: Pdf, of: Dictionary): number => [...pdf.objects].find(([, object]) => object === of)![0];
export const attributes = (of: Dictionary): Dictionary => of.get('A') as Dictionary;
export const dictionary = (...entries: readonly [string, Value][]): Dictionary => new Map(entries);

/** Sets an entry of what `of` finds, or takes it away. */
export const entry =
  (of: (pdf: Pdf) => Dictionary, key: string, value?: Value): Mutation =>
  (pdf) => {
    if (value === undefined) of(pdf).delete(key);
    else of(pdf).set(key, value);
  };

/** Replaces the first match in what a stream says; there must be one. */
function within(pdf: Pdf, stream: number, from: string | RegExp, to: string): void {
  const before = pdf.streams.get(stream)!.toString('latin1');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`There is no ${from}`);
  pdf.streams.set(stream, Buffer.from(after, 'latin1'));
}

export const drawing =
  (from: string | RegExp, to: string): Mutation =>
  (pdf) =>
    within(pdf, pagesOf(pdf)[0]!.contents[0]!, from, to);

export const xmp =
  (from: string | RegExp, to: string): Mutation =>
  (pdf) => {
    const before = metadataOf(pdf);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`There is no ${from}`);
    pdf.streams.set(numberOf(catalogOf(pdf).get('Metadata')), Buffer.from(after));
  };

export const mapped =
  (key: 'Encoding' | 'ToUnicode', from: string | RegExp, to: string): Mutation =>
  (pdf) =>
    within(pdf, numberOf(typed(pdf, 'Type0').get(key)), from, to);

/** Changes a byte of the program of the first font, or of the colour profile. */
export const byte =
  (of: (pdf: Pdf) => number, at: number): Mutation =>
  (pdf) => {
    const bytes = Buffer.from(pdf.streams.get(of(pdf))!);
    bytes[at]! ^= 0xff;
    pdf.streams.set(of(pdf), bytes);
  };
export const program = (pdf: Pdf): number => numberOf(typed(pdf, 'FontDescriptor').get('FontFile2'));
export const profile = (pdf: Pdf): number => numberOf(intent(pdf).get('DestOutputProfile'));
