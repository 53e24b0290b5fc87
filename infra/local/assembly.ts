import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemplateResource, unhonoured } from './honoured.ts';
import { HONOURED } from './honoured-properties.ts';
import { type Identity, identityOf, isReferable, type Place } from './identities.ts';
import { evaluate, isTree, type Resolver, UnresolvableError } from './intrinsics.ts';

type Tree = Readonly<Record<string, unknown>>;

/** A stack as CDK synthesized it: its template as it stands, and the bundled assets by the key they would have in S3. */
export interface Assembly {
  readonly stackName: string;
  readonly region: string;
  readonly template: { readonly [section: string]: Tree | undefined };
  readonly assets: ReadonlyMap<string, string>;
}

/** A resource of the template with every intrinsic replaced, and what others call it. */
export interface Resource extends TemplateResource {
  /** Absent for types that nothing refers to. */
  readonly identity?: Identity;
}

/** The resources of one type. */
export const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type === type);

/** The one account of the local stack; the queue server knows no other. */
export const LOCAL_ACCOUNT = '000000000000';

/** The template wants what the local stack does not do; `problems` lists every instance. */
export class UnhonouredTemplateError extends Error {
  override readonly name = 'UnhonouredTemplateError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The local stack does not honour ${problems.length} part(s) of the template:\n${problems.map((p) => `- ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** Reads the one stack of a cloud assembly directory. `region` applies when the stack was synthesized without one. */
export function readAssembly(directory: string, region = 'us-east-1'): Assembly {
  const manifest = readJson(join(directory, 'manifest.json'));
  const artifacts = Object.entries(
    manifest.artifacts as Record<string, { type: string; environment?: string; properties?: Tree }>,
  );
  const stacks = artifacts.filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (!stack || stacks.length > 1) throw new Error(`${directory}: expected one stack, found ${stacks.length}`);
  const [id, { environment = '', properties = {} }] = stack;
  const [, account, ownRegion] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
  if (account !== 'unknown-account')
    throw new Error(`${directory}: synthesize the stack without an account to run it here`);
  return {
    stackName: String(properties.stackName ?? id),
    region: !ownRegion || ownRegion === 'unknown-region' ? region : ownRegion,
    template: readJson(join(directory, String(properties.templateFile))) as Assembly['template'],
    assets: assetPaths(directory, id),
  };
}

function assetPaths(directory: string, stackId: string): ReadonlyMap<string, string> {
  const file = join(directory, `${stackId}.assets.json`);
  const { files = {} } = existsSync(file) ? readJson(file) : {};
  const paths = new Map<string, string>();
  for (const { source, destinations } of Object.values(
    files as Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>,
  )) {
    for (const { objectKey } of Object.values(destinations)) paths.set(objectKey, join(directory, source.path));
  }
  return paths;
}

const readJson = (file: string): Tree => JSON.parse(readFileSync(file, 'utf8')) as Tree;

/**
 * The stack's resources with every intrinsic replaced by what it stands for here. Throws `UnhonouredTemplateError` that
 * lists everything the local stack would not do as AWS does.
 */
export function resolveResources(assembly: Assembly, place: Place): readonly Resource[] {
  const problems: string[] = [];
  const { resolver, identity } = resolverOf(assembly, place);
  const resources = presentResources(assembly, resolver).map(({ logicalId, type, raw }) => ({
    logicalId,
    type,
    properties: Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [
        name,
        attempt(() => evaluate(value, resolver, `${logicalId}.${name}`), problems),
      ]),
    ),
    ...(isReferable(type) && { identity: attempt(() => identity(logicalId), problems) }),
  }));
  problems.push(...unhonoured(resources, HONOURED));
  if (problems.length > 0) throw new UnhonouredTemplateError(problems);
  return resources;
}

function presentResources(assembly: Assembly, resolver: Resolver): { logicalId: string; type: string; raw: Tree }[] {
  const all = Object.entries(
    (assembly.template.Resources ?? {}) as Record<string, { Type: string; Properties?: Tree; Condition?: string }>,
  );
  return all
    .filter(([, { Condition }]) => Condition === undefined || resolver.condition(Condition))
    .map(([logicalId, { Type, Properties = {} }]) => ({ logicalId, type: Type, raw: Properties }));
}

function attempt<T>(compute: () => T, problems: string[]): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof UnresolvableError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

function resolverOf(
  assembly: Assembly,
  place: Place,
): { resolver: Resolver; identity: (logicalId: string) => Identity } {
  const { template, stackName } = assembly;
  const resources = (template.Resources ?? {}) as Record<string, { Type: string; Properties?: Tree }>;
  const parameters = (template.Parameters ?? {}) as Record<string, { Default?: unknown }>;
  const pseudo: Record<string, unknown> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.accountId}:stack/${stackName}/local`,
  };
  const identity = (logicalId: string) => {
    const resource = resources[logicalId];
    if (!resource) throw new UnresolvableError(`Ref "${logicalId}": there is no such resource or parameter`);
    const property = (name: string) => evaluate(resource.Properties?.[name], resolver, `${logicalId}.${name}`);
    return identityOf({ logicalId, type: resource.Type, stackName, property }, place);
  };
  const resolver: Resolver = {
    ref: (name) => {
      if (name in pseudo) return pseudo[name];
      const fallback = parameters[name]?.Default;
      return fallback === undefined ? identity(name).ref : fallback;
    },
    attribute: (logicalId, name) => {
      const value = identity(logicalId).attributes[name];
      if (value === undefined) throw new UnresolvableError(`Fn::GetAtt "${logicalId}.${name}" is not honoured`);
      return value;
    },
    condition: (name) => {
      const condition = template.Conditions?.[name];
      if (!isTree(condition)) throw new UnresolvableError(`there is no condition "${name}"`);
      return Boolean(evaluate(condition, resolver, `Conditions.${name}`));
    },
  };
  return { resolver, identity };
}
