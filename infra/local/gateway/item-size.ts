/** A value in DynamoDB's JSON, e.g. `{ S: 'text' }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

/** What an index copies of an item, and by what it is ordered. */
export interface IndexSchema {
  readonly keys: readonly string[];
  /** Attributes besides the keys; undefined: all. */
  readonly included?: readonly string[];
}

export interface TableSchema {
  readonly keys: readonly string[];
  readonly indexes: readonly IndexSchema[];
}

/** Bytes DynamoDB bills an item at: names and values, as its documentation describes them. */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

function valueBytes(value: AttributeValue): number {
  const [[type, content] = []] = Object.entries(value);
  if (type === 'S') return Buffer.byteLength(String(content));
  if (type === 'N') return numberBytes(String(content));
  if (type === 'B') return Buffer.byteLength(String(content), 'base64');
  if (type === 'SS' || type === 'NS' || type === 'BS') {
    return (content as string[]).reduce((sum, member) => sum + valueBytes({ [type[0]!]: member }), 0);
  }
  if (type === 'L') return (content as AttributeValue[]).reduce((sum, member) => sum + 1 + valueBytes(member), 3);
  if (type === 'M') return itemBytes(content as Item) + 3 + Object.keys(content as Item).length;
  return 1;
}

/** One byte for two significant digits, one more, and one more for a minus. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

const kilobytes = (item: Item): number => Math.max(1, Math.ceil(itemBytes(item) / 1024));

/** Write units, not yet doubled for a transaction, of an item that was `before` and is `after`; its indexes included. */
export function writeUnits(schema: TableSchema, before: Item | undefined, after: Item | undefined): number {
  const table = Math.max(before ? kilobytes(before) : 1, after ? kilobytes(after) : 1);
  return schema.indexes.reduce((sum, index) => sum + indexUnits(schema, index, before, after), table);
}

/** As documented: an entry added or removed is one write, its key changed two, another attribute changed one. */
function indexUnits(
  schema: TableSchema,
  index: IndexSchema,
  before: Item | undefined,
  after: Item | undefined,
): number {
  const old = project(schema, index, before);
  const fresh = project(schema, index, after);
  if (!old || !fresh) return old || fresh ? kilobytes((old ?? fresh)!) : 0;
  if (!isSame(old, fresh, index.keys)) return kilobytes(old) + kilobytes(fresh);
  return isSame(old, fresh, [...new Set([...Object.keys(old), ...Object.keys(fresh)])])
    ? 0
    : Math.max(kilobytes(old), kilobytes(fresh));
}

function project(schema: TableSchema, index: IndexSchema, item: Item | undefined): Item | undefined {
  if (!item || index.keys.some((name) => !(name in item))) return undefined;
  if (!index.included) return item;
  const names = new Set([...schema.keys, ...index.keys, ...index.included]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}

const isSame = (one: Item, other: Item, names: readonly string[]): boolean =>
  names.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
