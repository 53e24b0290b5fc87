import { isTree } from './intrinsics.ts';

/** Whether a record is for a function. */
export type StreamFilter = (record: unknown) => boolean;

type Test = (value: unknown) => boolean;

/**
 * An event source's filter criteria, or an event pattern, as Lambda and EventBridge evaluate them: a record passes that fits
 * any of the patterns, each field of which must have one of the listed values, or hold a list with one of them. Throws on a pattern with anything that is not known here: what is not
 * understood must not pass for what fits.
 */
export function streamFilter(patterns: readonly string[]): StreamFilter {
  if (patterns.length === 0) return () => true;
  const tests = patterns.map((text) => compile(JSON.parse(text), text));
  return (record) => tests.some((test) => test(record));
}

function compile(pattern: unknown, where: string): Test {
  if (!isTree(pattern)) throw new Error(`The filter pattern is not known here: ${where}`);
  const fields = Object.entries(pattern).map(([name, wanted]): [string, Test] => [
    name,
    Array.isArray(wanted) ? ofAny(anyOf(wanted.map((each) => condition(each, where)))) : compile(wanted, where),
  ]);
  return (value) => fields.every(([name, test]) => test(isTree(value) ? value[name] : undefined));
}

const anyOf =
  (tests: readonly Test[]): Test =>
  (value) =>
    tests.some((test) => test(value));

const ofAny =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) ? value.some(test) : test(value);

/** A value itself, `{prefix}` or `{exists}`: what the product's patterns use. */
function condition(wanted: unknown, where: string): Test {
  if (typeof wanted === 'string') return (value) => value === wanted;
  if (isTree(wanted) && Object.keys(wanted).length === 1) {
    const { prefix, exists } = wanted;
    if (typeof prefix === 'string') return (value) => typeof value === 'string' && value.startsWith(prefix);
    // It is about leaves: a branch that is there has none.
    if (typeof exists === 'boolean') return (value) => (value !== undefined && !isTree(value)) === exists;
  }
  throw new Error(`The condition ${JSON.stringify(wanted)} is not known here, in the filter pattern ${where}`);
}
