/** A piece of XML, escaped already. */
export type Xml = string & { readonly xml: unique symbol };
type Part = Xml | undefined | false;
type Child = Part | readonly Part[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (sign) => SIGNS[sign]!) : text;

/** An element of elements; undefined, and so left out, where all of them are. */
export function element(name: string, ...children: readonly Child[]): Xml | undefined {
  const content = children.flat().filter((child) => child !== undefined && child !== false);
  return content.length === 0 ? undefined : (`<${name}>${content.join('')}</${name}>` as Xml);
}

/** An element of text; undefined where there is none. */
export function text(
  name: string,
  value: string | number | undefined,
  attributes: Readonly<Record<string, string>> = {},
) {
  if (value === undefined || value === '') return undefined;
  const written = Object.entries(attributes).map(([key, of]) => ` ${key}="${escaped(of)}"`);
  return `<${name}${written.join('')}>${escaped(String(value))}</${name}>` as Xml;
}

/** A whole document with the namespaces of its root. */
export function xmlDocument(
  name: string,
  namespaces: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): string {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${uri}"`);
  const content = children.flat().filter((child) => child !== undefined && child !== false);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${declared.join('')}>${content.join('')}</${name}>\n`;
}

/** Minor units as a decimal with two places, as every currency that we bill in has them. */
export function decimal(minorUnits: number): string {
  const digits = String(Math.abs(minorUnits)).padStart(3, '0');
  return `${minorUnits < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A whole number divided by a power of ten, without trailing zeros: (24950000, 6) is `24.95`. */
export function scaled(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Parts per million as a percentage: 190 000 is `19`. */
export const percent = (ppm: number): string => scaled(ppm, 4);
