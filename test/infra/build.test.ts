import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildFunctions } from '../../infra/build.ts';
import { FUNCTIONS } from '../../infra/functions.ts';
import { readStage } from '../../infra/stage.ts';

const stage = readStage('local');
let root: string;
let out: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sources-'));
  out = join(root, 'out');
  mkdirSync(join(root, 'functions', 'api'), { recursive: true });
  for (const name of FUNCTIONS) {
    const file = name === 'api' ? 'functions/api/index.ts' : `functions/${name}.ts`;
    writeFileSync(join(root, file), `export const handler = async (): Promise<string> => '${name}';`);
  }
});

describe('the build', () => {
  it('makes one module per function that exports its handler', async () => {
    const bundles = await buildFunctions(stage, out, root);
    for (const name of FUNCTIONS) {
      const { handler } = await import(pathToFileURL(join(bundles[name].dir, 'index.mjs')).href);
      expect(await handler()).toBe(name);
    }
  });

  it('gives the same bytes for the same sources, so that nothing is deployed for nothing', async () => {
    const read = async () => {
      const bundles = await buildFunctions(stage, out, root);
      return FUNCTIONS.map((name) => readFileSync(join(bundles[name].dir, 'index.mjs'), 'utf8'));
    };
    expect(await read()).toEqual(await read());
  });

  it('puts the stage’s configuration beside each function', async () => {
    const bundles = await buildFunctions(stage, out, root);
    expect(JSON.parse(readFileSync(join(bundles['issue-invoice'].dir, 'stage.json'), 'utf8'))).toEqual(stage);
  });

  it('puts the fonts beside the function that renders documents', async () => {
    mkdirSync(join(root, 'shared/document/pdf/assets'), { recursive: true });
    writeFileSync(join(root, 'shared/document/pdf/assets/a.ttf'), 'font');
    const bundles = await buildFunctions(stage, out, root);
    expect(readFileSync(join(bundles['deliver-invoice'].dir, 'assets/a.ttf'), 'utf8')).toBe('font');
  });

  it('keeps every function within 1.5 MB, and each of them starts', async () => {
    const bundles = await buildFunctions(stage, out);
    for (const name of FUNCTIONS) expect(bundles[name].bytes, name).toBeLessThanOrEqual(1_500_000);
    const files = FUNCTIONS.map((name) => pathToFileURL(join(bundles[name].dir, 'index.mjs')).href);
    // In a process of its own, where nothing but Node itself loads them.
    const script = `for (const file of ${JSON.stringify(files)}) console.log(typeof (await import(file)).handler)`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(printed.trim().split('\n')).toEqual(FUNCTIONS.map(() => 'function'));
  }, 120_000);

  it('keeps the function that renders documents within 600 kB as it is zipped', async () => {
    const { dir } = (await buildFunctions(stage, out))['deliver-invoice'];
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const zipped = files.map(({ parentPath, name }) => deflateRawSync(readFileSync(join(parentPath, name))).length);
    expect(zipped.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(600_000);
  }, 120_000);

  it('wakes it up without what Node makes of HTTP on demand', async () => {
    const { dir } = (await buildFunctions(stage, out))['deliver-invoice'];
    const script = `await import(${JSON.stringify(pathToFileURL(join(dir, 'index.mjs')).href)}); console.log(process.moduleLoadList.join())`;
    const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(loaded).toContain('NativeModule http');
    expect(loaded).not.toContain('undici');
  }, 120_000);

  it('names a function whose source is missing', async () => {
    rmSync(join(root, 'functions/sweep-overdue.ts'));
    await expect(buildFunctions(stage, out, root)).rejects.toThrow('The function sweep-overdue has no source');
  });
});
