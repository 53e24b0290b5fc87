import type { Item } from '../../../shared/aws/table.ts';
import { nameOf, Parser, type Path, type Placeholders, read } from './expressions.ts';

type Change = (item: Item, old: Item, by: Placeholders) => void;

const updates = new Map<string, readonly Change[]>();

/** What an update expression makes of an item, which stays as it is. Every value is that of the old item. */
export function updated(old: Item, text: string, by: Placeholders): Item {
  let changes = updates.get(text);
  if (changes === undefined) {
    changes = parsed(text);
    updates.set(text, changes);
  }
  const item = { ...old };
  for (const change of changes) change(item, old, by);
  return item;
}

function parsed(text: string): Change[] {
  const parser = new Parser(text);
  const changes: Change[] = [];
  while (parser.next !== undefined) {
    const clause = parser.take().toUpperCase();
    const parse = CLAUSES[clause];
    if (!parse) throw parser.wrong(clause);
    do changes.push(parse(parser));
    while (parser.took(','));
  }
  return changes;
}

const CLAUSES: Readonly<Record<string, (parser: Parser) => Change>> = {
  SET(parser) {
    const path = parser.path();
    parser.take('=');
    const value = setTo(parser);
    return (item, old, by) => write(item, path, value(old, by), by);
  },
  REMOVE(parser) {
    const path = parser.path();
    return (item, _old, by) => write(item, path, undefined, by);
  },
  ADD(parser) {
    const path = parser.path();
    const value = parser.operand();
    return (item, old, by) => write(item, path, sum(read(old, path, by), value(old, by)), by);
  },
};

/** What an attribute is set to. */
function setTo(parser: Parser): (old: Item, by: Placeholders) => unknown {
  if (parser.took('LIST_APPEND')) {
    const [head, tail] = pair(parser, setTo);
    return (old, by) => [...(head(old, by) as unknown[]), ...(tail(old, by) as unknown[])];
  }
  if (!parser.took('IF_NOT_EXISTS')) return parser.operand();
  const [known, otherwise] = pair(parser, (inside) => inside.operand());
  return (old, by) => known(old, by) ?? otherwise(old, by);
}

function pair<T>(parser: Parser, parse: (parser: Parser) => T): readonly [T, T] {
  parser.take('(');
  const first = parse(parser);
  parser.take(',');
  const second = parse(parser);
  parser.take(')');
  return [first, second];
}

/** A number is added; the members of a set join. */
function sum(before: unknown, added: unknown): unknown {
  if (typeof added === 'number' && (before === undefined || typeof before === 'number')) return (before ?? 0) + added;
  if (added instanceof Set && (before === undefined || before instanceof Set))
    return new Set([...(before ?? []), ...added]);
  throw new Error('ADD takes numbers and sets');
}

/** Maps and lists on the way are copied, for the old item stands elsewhere. What lies in none cannot be written. */
function write(item: Item, path: Path, value: unknown, by: Placeholders): void {
  const names = path.map((part) => nameOf(part, by));
  const last = names.pop()!;
  let place = item;
  for (const [index, name] of names.entries()) {
    const inner = place[name];
    const isList = typeof (names[index + 1] ?? last) === 'number';
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner) !== isList)
      throw new InvalidPath('The document path provided in the update expression is invalid for update');
    const copy = (isList ? [...(inner as unknown[])] : { ...inner }) as Item;
    place[name] = copy;
    place = copy;
  }
  if (value === undefined) delete place[last];
  else place[last] = value;
}

export class InvalidPath extends Error {}
