/** What somebody does to a document; throws where there is nothing to do it to. */
export type Mutation = (xml: string) => string;

function changed(xml: string, pattern: RegExp, by: string | ((...found: string[]) => string)): string {
  const mutated = xml.replace(pattern, by as string);
  if (mutated === xml) throw new Error(`Nothing to change at ${pattern}`);
  return mutated;
}

const opening = (name: string) => `<${name}(?: [^>]*)?>`;
const whole = (name: string) => new RegExp(`${opening(name)}.*?</${name}>`, 's');

/** Takes the first element of a name out, with all within it. */
export const without =
  (name: string): Mutation =>
  (xml) =>
    changed(xml, whole(name), '');

/** Another text in the first element of a name. */
export const withText =
  (name: string, text: string): Mutation =>
  (xml) =>
    changed(xml, new RegExp(`(${opening(name)}).*?(</${name}>)`, 's'), (_all, open, close) => `${open}${text}${close}`);

/** The first element of a name, twice. */
export const twice =
  (name: string): Mutation =>
  (xml) =>
    changed(xml, whole(name), (all) => `${all}${all}`);

/** The first element of a name without its attributes, or with these. */
export const withAttributes =
  (name: string, attributes = ''): Mutation =>
  (xml) =>
    changed(xml, new RegExp(`<${name}(?: [^>]*)?>`), `<${name}${attributes}>`);

/** An element put behind the first of a name. */
export const followedBy =
  (name: string, added: string): Mutation =>
  (xml) =>
    changed(xml, whole(name), (all) => `${all}${added}`);

/** Done within the first element of a name alone. */
export const within =
  (name: string, mutate: Mutation): Mutation =>
  (xml) =>
    changed(xml, whole(name), (all) => mutate(all));

/** Any piece of text, the first time that it stands there. */
export const instead =
  (of: string, by: string): Mutation =>
  (xml) => {
    if (!xml.includes(of)) throw new Error(`There is no ${of}`);
    return xml.replace(of, () => by);
  };

export const both =
  (...mutations: readonly Mutation[]): Mutation =>
  (xml) =>
    mutations.reduce((mutated, mutate) => mutate(mutated), xml);
