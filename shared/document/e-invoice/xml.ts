import { utf8 } from '../pdf/byte-writer.ts';

/** A piece of XML, escaped already, with a character for each byte of UTF-8: so a whole document is only copied. */
export type Xml = string & { readonly xml: unique symbol };
type Part = Xml | undefined | false;
type Child = Part | readonly Part[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 has no place for: controls but tabulator and line break, halves of surrogate pairs, and two non-characters. */
const FOREIGN = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;
/** Most texts: nothing about them is to be escaped, left out, asked or encoded. */
const PLAIN = /^[!#-%'-;=?-~][ !#-%'-;=?-~]*$/;
const escaped = (text: string): string =>
  /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (sign) => SIGNS[sign]!) : text;

/** An element of elements; undefined, and so left out, where all of them are. */
export function element(name: string, ...children: readonly Child[]): Xml | undefined {
  const content = joined(children);
  return content === '' ? undefined : (`<${name}>${content}</${name}>` as Xml);
}

function joined(children: readonly Child[]): string {
  let content = '';
  for (const child of children) {
    if (typeof child === 'string') content += child;
    else if (typeof child === 'object') content += joined(child);
  }
  return content;
}

/** An element of text; undefined where there is none but white space, since no element may be empty (PEPPOL-EN16931-R008). */
export function text(name: string, value: string | number | undefined, attributes?: Readonly<Record<string, string>>) {
  if (value === undefined) return undefined;
  const content = contentOf(String(value));
  if (content === undefined) return undefined;
  let written = '';
  for (const key in attributes) written += ` ${key}="${contentOf(attributes[key]!) ?? ''}"`;
  return `<${name}${written}>${content}</${name}>` as Xml;
}

function contentOf(value: string): string | undefined {
  if (PLAIN.test(value)) return value;
  const content = value.replace(FOREIGN, '');
  return content.trim() === '' ? undefined : utf8(escaped(content));
}

/** A whole document with the namespaces of its root, in UTF-8. */
export function xmlDocument(
  name: string,
  namespaces: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): Buffer {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${uri}"`);
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${declared.join('')}>`;
  return Buffer.from(`${head}${joined(children)}</${name}>\n`, 'latin1');
}

/** A whole number divided by a power of ten, without trailing zeros: (24950000, 6) is `24.95`. */
export function scaled(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Parts per million as a percentage: 190 000 is `19`. */
export const percent = (ppm: number): string => scaled(ppm, 4);
