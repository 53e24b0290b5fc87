import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { addStack, createApp } from '../../infra/app.ts';
import type { Bundles } from '../../infra/build.ts';
import { FUNCTIONS } from '../../infra/functions.ts';
import { readStage } from '../../infra/stage.ts';
import type { Stage } from '../../shared/runtime/stage.ts';

export interface Resource {
  readonly id: string;
  readonly Type: string;
  // Templates are untyped trees; the tests say what they expect in them.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** A template and the questions that the tests ask it. */
export class Template {
  readonly resources: readonly Resource[];

  constructor(template: { Resources: Record<string, Omit<Resource, 'id'>> }) {
    this.resources = Object.entries(template.Resources).map(([id, resource]) => ({ id, ...resource }));
  }

  of(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.Type === type);
  }

  named(type: string, property: string, ending: string): Resource {
    const found = this.of(type).filter((resource) => String(resource.Properties[property]).endsWith(ending));
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} end in ${ending}`);
    return found[0]!;
  }

  function(name: string): Resource {
    return this.named('AWS::Lambda::Function', 'FunctionName', `-${name}`);
  }

  /** What the role of a function may do. */
  statements(functionName: string): readonly Statement[] {
    const role = this.function(functionName).Properties.Role['Fn::GetAtt'][0];
    return this.of('AWS::IAM::Policy')
      .filter(({ Properties }) => Properties.Roles.some((each: { Ref: string }) => each.Ref === role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  }

  /** The actions that a function has on a resource, or on anything when none is named. */
  actions(functionName: string, on?: Resource): readonly string[] {
    return this.statements(functionName)
      .filter(({ Resource: target }) => !on || JSON.stringify(target).includes(`"${on.id}"`))
      .flatMap(({ Action }) => Action)
      .sort();
  }
}

/** Stands in for bundled code: the template does not depend on what the functions do. */
export function emptyBundles(): Bundles {
  const root = mkdtempSync(join(tmpdir(), 'bundles-'));
  const bundle = (name: string) => {
    const dir = join(root, name);
    mkdirSync(dir);
    writeFileSync(join(dir, 'index.mjs'), `export const handler = () => '${name}';`);
    return { dir, bytes: 1 };
  };
  return Object.fromEntries(FUNCTIONS.map((name) => [name, bundle(name)])) as unknown as Bundles;
}

/** An app with the stack of a stage in it, not yet synthesized. */
export async function appOf(stage: Stage, { checks }: { checks: boolean }): Promise<App> {
  const app = await createApp({ outdir: mkdtempSync(join(tmpdir(), 'assembly-')), checks });
  addStack(app, stage, emptyBundles());
  return app;
}

export async function templateOf(stage: Stage = readStage('local')): Promise<Template> {
  const assembly = (await appOf(stage, { checks: false })).synth();
  return new Template(assembly.getStackByName(`TelecomBilling-${stage.stage}`).template);
}
