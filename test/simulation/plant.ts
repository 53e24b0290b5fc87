import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import Table from 'cli-table3';
import { Command } from 'commander';
import type { simulateMany } from './pool.ts';
import type { Run } from './simulate.ts';

const SEEDS = 1_000;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUGS = fileURLToPath(new URL('./bugs/', import.meta.url));
/** All that a simulation needs. */
const PARTS = ['functions', 'infra', 'shared', 'test', 'package.json', 'tsconfig.json'];

interface Bug {
  readonly name: string;
  readonly patch: string;
  /** What it would do to a customer. */
  readonly harm: string;
}
type Found = { readonly after: number; readonly run: Run } | 'not found' | 'does not apply';

const program = new Command('npm run plant --')
  .description(
    `Plants one bug after the other (test/simulation/bugs) in a copy of the product: the simulation must find each within ${SEEDS} seeds.`,
  )
  .argument('[names...]', 'only bugs whose names contain one of these')
  .parse();

const bugs = bugsNamed(program.args);
const copy = copied();
try {
  const pool = pathToFileURL(join(copy, 'test/simulation/pool.ts')).href;
  const { simulateMany: simulate } = (await import(pool)) as { simulateMany: typeof simulateMany };
  const results: [Bug, Found][] = [];
  for (const bug of bugs) {
    const found = await plant(bug, simulate);
    results.push([bug, found]);
    console.error(`${results.length}/${bugs.length} ${bug.name}: ${typeof found === 'string' ? found : 'found'}`);
  }
  report(results);
  if (bugs.length === 0 || results.some(([, found]) => typeof found === 'string')) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true });
}

function bugsNamed(parts: readonly string[]): Bug[] {
  return readdirSync(BUGS)
    .filter((file) => file.endsWith('.patch') && (parts.length === 0 || parts.some((part) => file.includes(part))))
    .sort()
    .map((file) => {
      const patch = join(BUGS, file);
      const [harm = ''] = readFileSync(patch, 'utf8').split('\n', 1);
      return { name: file.replace('.patch', ''), patch, harm };
    });
}

function copied(): string {
  const place = mkdtempSync(join(tmpdir(), 'planted-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(place, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'));
  return place;
}

/** Each run of the pool starts threads of its own, which read the product as it stands then. */
async function plant({ patch }: Bug, simulate: typeof simulateMany): Promise<Found> {
  if (!applied(patch)) return 'does not apply';
  try {
    let after = 0;
    let found: Found = 'not found';
    const onRun = (run: Run): boolean => {
      after++;
      if (run.violation) found = { after, run };
      return run.violation !== undefined;
    };
    await simulate({ from: 1, seeds: SEEDS, workers: availableParallelism(), onRun });
    return found;
  } finally {
    applied(patch, '--reverse');
  }
}

function applied(patch: string, ...options: string[]): boolean {
  try {
    execFileSync('git', ['apply', ...options, patch], { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
    return true;
  } catch {
    return false;
  }
}

function report(results: readonly [Bug, Found][]): void {
  const table = new Table({
    head: ['bug', 'what it does to a customer', 'found after', 'by'],
    wordWrap: true,
    colWidths: [36, 52, 13, 44],
  });
  for (const [{ name, harm }, found] of results) {
    const [after, by] =
      typeof found === 'string' ? [found, ''] : [`${found.after} seeds`, found.run.violation?.invariant];
    table.push([name, harm, after, by ?? '']);
  }
  console.log(table.toString());
  for (const [{ name }, found] of results)
    if (found === 'not found') console.log(`Not found within ${SEEDS} seeds: ${name}`);
  const broken = results.filter(([, found]) => found === 'does not apply').map(([{ name }]) => name);
  if (broken.length > 0)
    console.log(`Does not apply any more, write it anew for the code as it is: ${broken.join(', ')}`);
}
