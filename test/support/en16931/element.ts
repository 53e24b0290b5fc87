import { XmlDocument, type XmlElement } from 'libxml2-wasm';

/** An element of a document, its name with the prefix that the official rules use too. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text; '' where it has elements. */
  readonly text: string;
  readonly children: readonly Element[];
}

export function parseXml(xml: string): Element {
  using document = XmlDocument.fromString(xml);
  return elementOf(document.root);
}

function elementOf(node: XmlElement): Element {
  const children: Element[] = [];
  for (let child = node.firstChild; child !== null; child = child.next)
    if ('attrs' in child) children.push(elementOf(child as XmlElement));
  const prefix = node.namespacePrefix;
  return {
    name: prefix === '' ? node.name : `${prefix}:${node.name}`,
    attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
    text: children.length === 0 ? node.content : '',
    children,
  };
}

/** All elements at a path of names, as `cac:Party/cbc:EndpointID`. */
export function at(from: Element | undefined, path: string): Element[] {
  let found = from === undefined ? [] : [from];
  for (const name of path.split('/'))
    found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  return found;
}
export const first = (from: Element | undefined, path: string): Element | undefined => at(from, path)[0];
export const textAt = (from: Element | undefined, path: string): string | undefined => first(from, path)?.text;

/** An element and all within it, each with the names of those around it. */
export function everyElement(root: Element, path = ''): { readonly path: string; readonly element: Element }[] {
  const here = `${path}/${root.name}`;
  return [{ path: here, element: root }, ...root.children.flatMap((child) => everyElement(child, here))];
}
