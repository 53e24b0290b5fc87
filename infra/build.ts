import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, stop } from 'esbuild';
import type { Stage } from '../shared/runtime/stage.ts';
import { FUNCTIONS, type FunctionName } from './functions.ts';
import { leaveOut } from './left-out.ts';
import { lightHttp } from './light-http.ts';

export interface Bundle {
  /** The directory that becomes the function's code asset. */
  readonly dir: string;
  /** Size of `index.mjs`. */
  readonly bytes: number;
}
export type Bundles = Readonly<Record<FunctionName, Bundle>>;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const DOCUMENT_ASSETS = 'shared/document/pdf/assets';
/** Functions that render documents and so need fonts and colours beside their code. */
const RENDERS: readonly FunctionName[] = ['deliver-invoice', 'send-notice', 'export-invoices', 'api'];

/** CommonJS libraries require modules of Node, and in a bundle of ES modules there is no `require`. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; globalThis.require ??= requireFrom(import.meta.url);";

/** How functions become bundles. */
export const BUNDLING = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  // Half the bytes to read at a cold start. The maps that make stack traces readable again are not deployed.
  minify: true,
  sourcemap: 'external',
  sourcesContent: false,
  plugins: [leaveOut, lightHttp],
  banner: { js: REQUIRE },
  // The words of seven languages as they are written, and not as escapes.
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles every function with one esbuild call into `<outDir>/<name>/index.mjs`, with the stage's configuration and the
 * files it reads beside it. The same sources give the same bytes, so that an unchanged function keeps its asset hash,
 * and so that the source map of what is deployed, `<outDir>/maps/<name>.map`, can be made again from its commit.
 *
 * Throws when a function's source is missing, naming it. `root` is the folder that holds `functions` and `shared`.
 */
export async function buildFunctions(stage: Stage, outDir: string, root = ROOT): Promise<Bundles> {
  const entries = FUNCTIONS.map((name) => ({ in: sourceOf(name, root), out: `${name}/index` }));
  rmSync(outDir, { recursive: true, force: true });
  await build({ ...BUNDLING, absWorkingDir: root, entryPoints: entries, outdir: outDir });
  // Its process would stay as long as ours, and holds half a gigabyte.
  await stop();
  mkdirSync(join(outDir, 'maps'));
  return Object.fromEntries(FUNCTIONS.map((name) => [name, complete(name, stage, outDir, root)])) as Bundles;
}

function sourceOf(name: FunctionName, root: string): string {
  const candidates = [`functions/${name}.ts`, `functions/${name}/index.ts`];
  const found = candidates.find((file) => existsSync(join(root, file)));
  if (!found) throw new Error(`The function ${name} has no source: neither ${candidates.join(' nor ')} exists`);
  return found;
}

function complete(name: FunctionName, stage: Stage, outDir: string, root: string): Bundle {
  const dir = join(outDir, name);
  renameSync(join(dir, 'index.mjs.map'), join(outDir, 'maps', `${name}.map`));
  writeFileSync(join(dir, 'stage.json'), JSON.stringify(stage));
  const assets = join(root, DOCUMENT_ASSETS);
  if (RENDERS.includes(name) && existsSync(assets)) cpSync(assets, join(dir, 'assets'), { recursive: true });
  return { dir, bytes: statSync(join(dir, 'index.mjs')).size };
}
