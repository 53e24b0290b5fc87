import { canonicalJson, isTree, type Tree } from './canonical.ts';
import type { KindRules } from './kinds.ts';

/** A field before and after. A value that was not there, or is not to be shown, is absent. */
export interface Change {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Neither value is kept in the log. */
  readonly withheld?: true;
}

/** Only place an item, or say who wrote it. */
const NO_FIELDS: ReadonlySet<string> = new Set([
  ...['pk', 'sk', 'workPk', 'workSk', 'listPk', 'listSk', 'collectAt', 'dunAt', 'expiresAt'],
  ...['changedBy', 'accountId', 'sellerId'],
]);

/** What changed between two images of an item, by field in alphabetical order. Lists are compared as wholes. */
export function changesBetween(before: Tree | undefined, after: Tree | undefined, rules: KindRules): Change[] {
  const [old, now] = [fieldsOf(before, rules), fieldsOf(after, rules)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((field): Change[] => {
    const [from, to] = [old.get(field), now.get(field)];
    if (canonicalJson(from) === canonicalJson(to)) return [];
    if (to === undefined && after !== undefined && named(rules.onlySet, field)) return [];
    if (named(rules.withheld, field)) return [{ field, withheld: true }];
    return [{ field, ...(from !== undefined && { before: from }), ...(to !== undefined && { after: to }) }];
  });
}

/** Whether a list of paths names a field, itself or by something above it. */
export const named = (paths: readonly string[] | undefined, field: string): boolean =>
  paths?.some((path) => field === path || field.startsWith(`${path}.`)) ?? false;

function fieldsOf(image: Tree | undefined, { only, ignored }: KindRules): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  if (image === undefined) return fields;
  if (only) {
    for (const path of only) {
      const value = valueAt(image, path);
      if (value !== undefined) fields.set(path, value);
    }
    return fields;
  }
  const walk = (tree: Tree, above: string): void => {
    for (const [name, value] of Object.entries(tree)) {
      const path = above + name;
      if (value === undefined || named(ignored, path) || (above === '' && NO_FIELDS.has(name))) continue;
      if (isTree(value)) walk(value, `${path}.`);
      else fields.set(path, value);
    }
  };
  walk(image, '');
  return fields;
}

const valueAt = (tree: Tree, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isTree(value) ? value[name] : undefined), tree);
