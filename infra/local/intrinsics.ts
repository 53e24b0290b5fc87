/**
 * Evaluates the CloudFormation functions that CDK emits. Whatever is not evaluated here is an error: a value that only
 * AWS can compute must never reach a function as something else.
 */
export interface Resolver {
  /** The value of `Ref` for a resource, parameter or pseudo parameter. */
  ref(logicalId: string): unknown;
  /** The value of `Fn::GetAtt`. */
  attribute(logicalId: string, name: string): unknown;
  /** The value of a condition by its name. */
  condition(name: string): boolean;
}

/** A value that cannot be computed here; the message says which and where. */
export class UnresolvableError extends Error {
  override readonly name = 'UnresolvableError';
}

type Tree = Readonly<Record<string, unknown>>;

/** Stands for `AWS::NoValue`: the property that has it is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

/** Replaces every intrinsic below `value` by what it stands for. `path` is where it is, for errors. */
export function evaluate(value: unknown, resolver: Resolver, path: string): unknown {
  const result = evaluateNode(value, resolver, path);
  return result === NO_VALUE ? undefined : result;
}

function evaluateNode(value: unknown, resolver: Resolver, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, i) => evaluateNode(item, resolver, `${path}[${i}]`)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value === 'string' && value.includes('{{resolve:')) {
    throw new UnresolvableError(`${path}: dynamic reference "${value}" is not honoured`);
  }
  if (!isTree(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (others.length === 0 && name !== undefined && isIntrinsic(name)) {
    return callIntrinsic(name, value[name], resolver, path);
  }
  const entries = Object.entries(value).map(
    ([key, item]) => [key, evaluateNode(item, resolver, `${path}.${key}`)] as const,
  );
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
}

const isIntrinsic = (name: string): boolean => name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');

/** True for an object with keys, which may be an intrinsic or a property tree. */
export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Intrinsic = (argument: unknown, resolver: Resolver, path: string) => unknown;

function callIntrinsic(name: string, argument: unknown, resolver: Resolver, path: string): unknown {
  const intrinsic = INTRINSICS[name];
  if (!intrinsic) throw new UnresolvableError(`${path}: ${name} is not honoured`);
  return intrinsic(argument, resolver, `${path}.${name}`);
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, resolver, path) => {
    const name = text(argument, path);
    return name === 'AWS::NoValue' ? NO_VALUE : resolver.ref(name);
  },
  Condition: (argument, resolver, path) => resolver.condition(text(argument, path)),
  'Fn::GetAtt': (argument, resolver, path) => {
    const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument, path).map(String);
    return resolver.attribute(id ?? '', attribute.join('.'));
  },
  'Fn::Join': (argument, resolver, path) => {
    const [separator, items] = list(argument, path);
    const parts = list(evaluateNode(items, resolver, path), path);
    return parts.map((part) => text(part, path)).join(text(separator, path));
  },
  'Fn::Split': (argument, resolver, path) => {
    const [separator, source] = list(argument, path);
    return text(evaluateNode(source, resolver, path), path).split(text(separator, path));
  },
  'Fn::Select': (argument, resolver, path) => {
    const [index, items] = list(argument, path);
    const chosen = list(evaluateNode(items, resolver, path), path)[Number(evaluateNode(index, resolver, path))];
    if (chosen === undefined) throw new UnresolvableError(`${path}: there is no item ${JSON.stringify(index)}`);
    return chosen;
  },
  'Fn::Sub': substitute,
  'Fn::If': (argument, resolver, path) => {
    const [condition, then, otherwise] = list(argument, path);
    return evaluateNode(resolver.condition(text(condition, path)) ? then : otherwise, resolver, path);
  },
  'Fn::Equals': (argument, resolver, path) => {
    const [left, right] = list(argument, path);
    return evaluateNode(left, resolver, path) === evaluateNode(right, resolver, path);
  },
  'Fn::Not': (argument, resolver, path) => !evaluateNode(list(argument, path)[0], resolver, path),
  'Fn::And': (argument, resolver, path) => list(argument, path).every((item) => evaluateNode(item, resolver, path)),
  'Fn::Or': (argument, resolver, path) => list(argument, path).some((item) => evaluateNode(item, resolver, path)),
};

function substitute(argument: unknown, resolver: Resolver, path: string): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, path);
  const known = evaluateNode(variables ?? {}, resolver, path) as Tree;
  return text(template, path).replace(/\$\{(!?)([^}]+)\}/g, (_match, escaped: string, name: string) => {
    if (escaped) return `\${${name}}`;
    if (name in known) return text(known[name], path);
    const [id, ...attribute] = name.split('.');
    return text(attribute.length > 0 ? resolver.attribute(id ?? '', attribute.join('.')) : resolver.ref(name), path);
  });
}

function text(value: unknown, path: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new UnresolvableError(`${path}: expected a text, found ${JSON.stringify(value)}`);
}

function list(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnresolvableError(`${path}: expected a list, found ${JSON.stringify(value)}`);
}
