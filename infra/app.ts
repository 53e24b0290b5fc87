import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Annotations, App, DefaultStackSynthesizer, Validations } from 'aws-cdk-lib';
import { feeWarnings } from '../shared/runtime/fee-warnings.ts';
import type { Stage } from '../shared/runtime/stage.ts';
import { BillingStack } from './billing-stack.ts';
import { type Bundles, buildFunctions } from './build.ts';
import { readStage } from './stage.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** CDK's behaviours that we choose; set here, so that the command line and `synthesize` give the same template. */
const FEATURE_FLAGS = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:target-partitions': ['aws'],
  '@aws-cdk/core:strictCfnValidateErrors': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};

export interface AppOptions {
  /** Where the cloud assembly goes; the command line says so itself. */
  readonly outdir?: string;
  /** Whether CDK's validation of the template and cdk-nag run; whatever they find stops the synthesis. */
  readonly checks: boolean;
}

/** An app without a stack yet. The checks take longer than everything else, so the local stack goes without. */
export async function createApp({ outdir, checks }: AppOptions): Promise<App> {
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: checks,
    context: FEATURE_FLAGS,
  });
  if (checks) {
    const { AwsSolutionsChecks } = await import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  }
  return app;
}

/** Puts the stack of a stage into an app. */
export function addStack(app: App, stage: Stage, bundles: Bundles): BillingStack {
  const stack = new BillingStack(app, `TelecomBilling-${stage.stage}`, {
    stage,
    bundles,
    description: `Invoicing and collection, stage ${stage.stage}`,
    ...(stage.region && { env: { region: stage.region } }),
    terminationProtection: true,
    // Without the rule and its parameter the template is complete in itself; `cdk deploy` checks the bootstrap anyway.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  // The command line prints them whenever the stage is synthesized.
  for (const warning of feeWarnings(stage)) Annotations.of(stack).addWarningV2(`Fees:${warning}`, warning);
  return stack;
}

/**
 * Bundles the functions and synthesizes the stack in this process, without the command line. Returns the directory of
 * the cloud assembly. `stage`: the name of a file in `infra/stages`, or the configuration itself. `root`: the folder that
 * holds `functions` and `shared`.
 */
export async function synthesize(
  stage: string | Stage,
  outDir = join(ROOT, 'dist', 'cloud-assembly'),
  { checks = false, root = ROOT } = {},
): Promise<string> {
  const config = typeof stage === 'string' ? readStage(stage) : stage;
  const bundles = await buildFunctions(config, join(outDir, 'functions'), root);
  const assembly = join(outDir, 'assembly');
  // Assets of earlier builds would pile up beside the ones that count.
  rmSync(assembly, { recursive: true, force: true });
  const app = await createApp({ outdir: assembly, checks });
  addStack(app, config, bundles);
  return app.synth().directory;
}

/** The entry point of the `cdk` command; see `cdk.json`. The only place that reads CDK's context. */
async function main(): Promise<void> {
  const app = await createApp({ checks: true });
  const name: unknown = app.node.tryGetContext('stage');
  if (typeof name !== 'string') throw new Error('Say which stage: -c stage=<name of a file in infra/stages>');
  const stage = readStage(name);
  addStack(app, stage, await buildFunctions(stage, join(ROOT, 'dist', 'functions', name)));
  app.synth();
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    // The sentence says what to mend in the configuration or the code; a stack trace above it would only hide it.
    console.error(error.message);
    process.exitCode = 1;
  });
}
