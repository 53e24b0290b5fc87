import { isTree } from './intrinsics.ts';

/** What the local stack does with a property: acts on it, has a reason to need nothing, or knows only some values. */
export type Rule =
  | { readonly kind: 'honoured' }
  | { readonly kind: 'inert'; readonly reason: string }
  | { readonly kind: 'only'; readonly values: readonly unknown[] }
  | { readonly kind: 'within'; readonly properties: Readonly<Record<string, Rule>> };

/** Acted on, with everything below it. */
export const honoured: Rule = { kind: 'honoured' };
/** Means nothing on one machine; `reason` says why leaving it out tests nothing less. */
export const inert = (reason: string): Rule => ({ kind: 'inert', reason });
/** Honoured for these values; any other is refused. */
export const only = (...values: unknown[]): Rule => ({ kind: 'only', values });
/** A tree, or a list of trees, of which each property has its own rule. */
export const within = (properties: Readonly<Record<string, Rule>>): Rule => ({ kind: 'within', properties });

/** The rules of one resource type: by property, or one reason why the whole resource is inert. */
export type TypeRules = Readonly<Record<string, Rule>> | { readonly inertResource: string };

export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * Everything in the resources that the local stack would not do as AWS does, one sentence each. Empty when what runs
 * here is what is deployed.
 */
export function unhonoured(
  resources: readonly TemplateResource[],
  rules: Readonly<Record<string, TypeRules>>,
): readonly string[] {
  return resources.flatMap((resource) => {
    const own = rules[resource.type];
    if (!own) return [`${resource.logicalId}: resources of type ${resource.type} are not honoured`];
    if ('inertResource' in own) return [];
    const where = `${resource.logicalId} (${resource.type})`;
    return unhonouredBelow(resource.properties, own as Readonly<Record<string, Rule>>, where);
  });
}

function unhonouredBelow(
  tree: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, Rule>>,
  where: string,
): string[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    return rule ? unhonouredValue(value, rule, `${where}.${name}`) : [`${where}.${name}: the property is not honoured`];
  });
}

function unhonouredValue(value: unknown, rule: Rule, where: string): string[] {
  if (rule.kind === 'only') return rule.values.includes(value) ? [] : [wrongValue(value, rule.values, where)];
  if (rule.kind !== 'within') return [];
  if (Array.isArray(value)) return value.flatMap((item, i) => unhonouredValue(item, rule, `${where}[${i}]`));
  if (!isTree(value)) return [`${where}: expected properties, found ${JSON.stringify(value)}`];
  return unhonouredBelow(value, rule.properties, where);
}

const wrongValue = (value: unknown, known: readonly unknown[], where: string): string =>
  `${where}: the value ${JSON.stringify(value)} is not honoured, only ${known.map((item) => JSON.stringify(item)).join(', ')}`;
