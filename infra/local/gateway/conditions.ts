/** The condition block of a policy statement: operator → key → value or values. */
export type ConditionBlock = Readonly<
  Record<string, Readonly<Record<string, string | boolean | readonly (string | boolean)[]>>>
>;
/** The values a request has for a condition key; undefined when it has none. */
export type Context = (key: string) => readonly string[] | undefined;

/** Keys whose values the gateway knows, or knows to be absent; a policy with any other key is refused. */
const KEYS: ReadonlySet<string> = new Set([
  'aws:SecureTransport',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:RequestedRegion',
  // Set only on calls that AWS services make; functions' calls have none.
  'aws:SourceAccount',
  'aws:SourceArn',
  'events:source',
  'events:detail-type',
  'kms:ViaService',
  's3:prefix',
  'ses:FromAddress',
  'ses:Recipients',
]);

type Comparison = (actual: string, wanted: string) => boolean;
const same: Comparison = (actual, wanted) => actual === wanted;
const like: Comparison = (actual, wanted) => wildcard(wanted).test(actual);

/** Operators that hold when any wanted value matches, and those that hold when none does. */
const OPERATORS: Readonly<Record<string, { readonly compare: Comparison; readonly negated: boolean }>> = {
  StringEquals: { compare: same, negated: false },
  StringNotEquals: { compare: same, negated: true },
  StringEqualsIgnoreCase: {
    compare: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
    negated: false,
  },
  StringLike: { compare: like, negated: false },
  StringNotLike: { compare: like, negated: true },
  ArnEquals: { compare: like, negated: false },
  ArnLike: { compare: like, negated: false },
  Bool: { compare: same, negated: false },
};

const patterns = new Map<string, RegExp>();

/** A pattern with `*` and `?` as a regular expression over the whole text. */
export function wildcard(pattern: string): RegExp {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    compiled = new RegExp(`^${source}$`, 's');
    patterns.set(pattern, compiled);
  }
  return compiled;
}

/**
 * Compiles a condition block to one question. Throws on an operator or a key it does not know: a condition that is
 * not understood must not pass for one that holds.
 */
export function compileConditions(block: ConditionBlock): (context: Context) => boolean {
  const tests = Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => compileCondition(operator, key, [wanted].flat().map(String))),
  );
  return (context) => tests.every((test) => test(context));
}

function compileCondition(operator: string, key: string, wanted: readonly string[]): (context: Context) => boolean {
  const [, set, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const known = OPERATORS[name ?? ''];
  if (!known) throw new Error(`the gateway does not know the policy condition operator ${operator}`);
  if (!KEYS.has(key)) throw new Error(`the gateway does not know the policy condition key ${key}`);
  const holds = (actual: string) => wanted.some((value) => known.compare(actual, value)) !== known.negated;
  return (context) => {
    const actual = context(key);
    if (!actual || actual.length === 0) return Boolean(ifExists) || set === 'ForAllValues' || (known.negated && !set);
    return set === 'ForAllValues' ? actual.every(holds) : actual.some(holds);
  };
}
