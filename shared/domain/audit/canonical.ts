/** A cryptographic hash of a text, in hexadecimal. Given from outside: the domain computes, and loads no library. */
export type Digest = (text: string) => string;

export type Tree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);

/**
 * JSON that is the same for the same content: names in order, nothing between the tokens, what is undefined left out.
 * Sets become lists in order.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part) => {
    if (part instanceof Set) return [...part].sort();
    if (!isTree(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
