import { at, type Element, everyElement, first } from './element.ts';

/** A rule about elements and attributes as they are written. */
export type SyntaxRules = Readonly<Record<string, (root: Element) => boolean>>;

const counted = (holds: (count: number) => boolean) => (from: string, name: string) => (root: Element) =>
  everyElement(root).every(({ path, element }) => !path.endsWith(from) || holds(at(element, name).length));
export const atMostOnce = counted((count) => count <= 1);
export const exactlyOnce = counted((count) => count === 1);

/** Whether every attribute is one that `allowed` has for its element. */
export const attributesOnly = (allowed: (path: string) => string | undefined) => (root: Element) =>
  everyElement(root).every(({ path, element }) =>
    Object.keys(element.attributes).every((name) => name === allowed(path)),
  );

/** Every element of this name is one that holds, wherever it stands. */
export const each =
  (name: string, holds: (text: string) => boolean) =>
  (root: Element): boolean =>
    everyElement(root).every(({ element }) => element.name !== name || holds(element.text));

/** Of every amount that names a currency; of the list, what we bill in. */
export const isInListedCurrencies = (root: Element): boolean =>
  everyElement(root).every(
    ({ element: { attributes } }) =>
      !('currencyID' in attributes) || /^(AUD|EUR|GBP|JPY)$/.test(attributes.currencyID!),
  );

/** An ISO date of a day that there is. */
export const isRealDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toISOString().startsWith(text);

export const isWithoutEmpty = (document: Element): boolean =>
  everyElement(document).every(({ element: { children, text } }) => children.length > 0 || text.trim() !== '');

export const isAmount = (path: string) => path.endsWith('Amount');

/** Every amount's currency is the document's. */
export const isInOneCurrency = (document: Element): boolean => {
  const currency = first(document, 'cbc:DocumentCurrencyCode')?.text;
  return everyElement(document).every(
    ({ path, element }) => !isAmount(path) || element.attributes.currencyID === currency,
  );
};

/** Every date of the document is one, written as Peppol wants it. */
export const hasRealDates = (document: Element): boolean =>
  everyElement(document).every(({ element: { name, text } }) => !name.endsWith('Date') || isRealDate(text));
