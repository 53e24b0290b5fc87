import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../../shared/aws/table.ts';

/** The placeholders of one request. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

type Value = (item: Item, by: Placeholders) => unknown;
export type Condition = (item: Item, by: Placeholders) => boolean;
/** Names of attributes, and places of lists. */
export type Path = readonly (string | number)[];

/**
 * DynamoDB's expressions, as far as the product's stores use them: what is not understood throws, so that a store which begins
 * to use more of the language is noticed. Parsed once per text. (The npm package `dynalite` knows the whole language, but
 * only behind HTTP and with typed values, at a hundred times the price of a call.)
 */
export class Parser {
  readonly #tokens: readonly string[];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = text.match(/[#:]?\w+|<=|>=|<>|\S/g) ?? [];
  }

  /** The next token, without taking it. */
  get next(): string | undefined {
    return this.#tokens[this.#at];
  }

  take(expected?: string): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined || (expected !== undefined && token.toUpperCase() !== expected)) throw this.wrong(token);
    return token;
  }

  /** Takes the next token if it is this one. */
  took(token: string): boolean {
    if (this.next?.toUpperCase() !== token) return false;
    this.#at++;
    return true;
  }

  end(): void {
    if (this.next !== undefined) throw this.wrong(this.next);
  }

  wrong(token = 'the end'): Error {
    return new Error(`The in-memory table does not understand "${token}" in: ${this.#text}`);
  }

  path(): Path {
    const parts: (string | number)[] = [];
    do {
      const part = this.take();
      if (!/^#?\w+$/.test(part)) throw this.wrong(part);
      parts.push(part);
      while (this.took('[')) {
        parts.push(Number(this.take()));
        this.take(']');
      }
    } while (this.took('.'));
    return parts;
  }

  operand(): Value {
    if (this.next?.startsWith(':')) return placeholder(this.take());
    if (this.took('SIZE')) {
      this.take('(');
      const value = this.operand();
      this.take(')');
      return (item, by) => size(value(item, by));
    }
    const path = this.path();
    return (item, by) => read(item, path, by);
  }

  condition(): Condition {
    let left = this.#and();
    while (this.took('OR')) {
      const [a, b] = [left, this.#and()];
      left = (item, by) => a(item, by) || b(item, by);
    }
    return left;
  }

  #and(): Condition {
    let left = this.#not();
    while (this.took('AND')) {
      const [a, b] = [left, this.#not()];
      left = (item, by) => a(item, by) && b(item, by);
    }
    return left;
  }

  #not(): Condition {
    if (this.took('NOT')) {
      const inner = this.#not();
      return (item, by) => !inner(item, by);
    }
    if (this.took('(')) {
      const inner = this.condition();
      this.take(')');
      return inner;
    }
    const asked = FUNCTIONS[this.next ?? ''];
    return asked ? this.#call(asked) : this.#comparison();
  }

  #call(asked: (a: unknown, b: unknown) => boolean): Condition {
    this.take();
    this.take('(');
    const a = this.operand();
    const b = this.took(',') ? this.operand() : () => undefined;
    this.take(')');
    return (item, by) => asked(a(item, by), b(item, by));
  }

  #comparison(): Condition {
    const left = this.operand();
    const operator = this.take().toUpperCase();
    if (operator === 'BETWEEN') {
      const low = this.operand();
      this.take('AND');
      const high = this.operand();
      return (item, by) => {
        const value = left(item, by);
        return compared(value, low(item, by), (order) => order >= 0) && compared(value, high(item, by), (o) => o <= 0);
      };
    }
    if (operator === 'IN') {
      this.take('(');
      const choices: Value[] = [];
      do choices.push(this.operand());
      while (this.took(','));
      this.take(')');
      return (item, by) => choices.some((choice) => equal(left(item, by), choice(item, by)));
    }
    const right = this.operand();
    if (operator === '=') return (item, by) => equal(left(item, by), right(item, by));
    const holds = ORDERS[operator];
    if (!holds) throw this.wrong(operator);
    return (item, by) => compared(left(item, by), right(item, by), holds);
  }
}

const FUNCTIONS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  attribute_exists: (value) => value !== undefined,
  attribute_not_exists: (value) => value === undefined,
  begins_with: (value, prefix) => typeof value === 'string' && typeof prefix === 'string' && value.startsWith(prefix),
  contains: (value, part) =>
    value instanceof Set
      ? value.has(part)
      : Array.isArray(value)
        ? value.some((each) => equal(each, part))
        : typeof value === 'string' && typeof part === 'string' && value.includes(part),
};

function size(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (value instanceof Set) return value.size;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

const ORDERS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** What is not there equals nothing. */
const equal = (a: unknown, b: unknown): boolean =>
  a !== undefined && b !== undefined && (a === b || (typeof a === 'object' && isDeepStrictEqual(a, b)));

/** Values of different types have no order. */
function compared(a: unknown, b: unknown, holds: (order: number) => boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') return holds(a - b);
  return typeof a === 'string' && typeof b === 'string' && holds(a < b ? -1 : a > b ? 1 : 0);
}

const placeholder =
  (name: string): Value =>
  (_item, { values }) => {
    if (!(name in values)) throw new Error(`The request has no value ${name}`);
    return values[name];
  };

export function nameOf(part: string | number, { names }: Placeholders): string | number {
  if (typeof part === 'number' || !part.startsWith('#')) return part;
  const name = names[part];
  if (name === undefined) throw new Error(`The request has no name ${part}`);
  return name;
}

export function read(item: unknown, path: Path, by: Placeholders): unknown {
  let found = item;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) !== (typeof part === 'number'))
      return undefined;
    found = (found as Item)[nameOf(part, by)];
  }
  return found;
}

const conditions = new Map<string, Condition>();

/** A condition, filter or key condition. */
export function conditionOf(text: string): Condition {
  let condition = conditions.get(text);
  if (condition === undefined) {
    const parser = new Parser(text);
    condition = parser.condition();
    parser.end();
    conditions.set(text, condition);
  }
  return condition;
}

const projections = new Map<string, readonly Path[]>();

/** The attributes that a projection names; only whole ones. */
export function projected(item: Item, text: string, by: Placeholders): Item {
  let paths = projections.get(text);
  if (paths === undefined) {
    const parser = new Parser(text);
    const found: Path[] = [];
    do found.push(parser.path());
    while (parser.took(','));
    parser.end();
    if (found.some((path) => path.length !== 1)) throw parser.wrong('.');
    paths = found;
    projections.set(text, paths);
  }
  const names = paths.map(([part]) => nameOf(part!, by));
  return Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
}
