/** A piece of XML, escaped already. */
export type Xml = string & { readonly xml: unique symbol };
type Part = Xml | undefined | false;
type Child = Part | readonly Part[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 has no place for: controls but tabulator and line break, halves of surrogate pairs, and two non-characters. */
const FOREIGN = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;
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
  const content = String(value).replace(FOREIGN, '');
  if (content.trim() === '') return undefined;
  let written = '';
  for (const key in attributes) written += ` ${key}="${escaped(attributes[key]!)}"`;
  return `<${name}${written}>${escaped(content)}</${name}>` as Xml;
}

/** A whole document with the namespaces of its root. */
export function xmlDocument(
  name: string,
  namespaces: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): string {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${uri}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${declared.join('')}>${joined(children)}</${name}>\n`;
}

/** A whole number divided by a power of ten, without trailing zeros: (24950000, 6) is `24.95`. */
export function scaled(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Parts per million as a percentage: 190 000 is `19`. */
export const percent = (ppm: number): string => scaled(ppm, 4);
