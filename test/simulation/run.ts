import { availableParallelism } from 'node:os';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { Coverage } from './coverage.ts';
import { simulateMany } from './pool.ts';
import type { Run } from './simulate.ts';

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly seed?: number;
  readonly trace: boolean;
  readonly workers: number;
  readonly keepGoing: boolean;
  readonly coverage: boolean;
}

const options = new Command('npm run simulate --')
  .description(
    'Simulates money coming in, on a virtual clock, with everything that can go wrong. A seed is a run, always the same.',
  )
  .option('--seeds <count>', 'how many seeds', whole, 1_000)
  .option('--from <seed>', 'the first of them', whole, 1)
  .option('--seed <seed>', 'only this one', whole)
  .option('--trace', 'with --seed: every line of what happened', false)
  .option('--workers <count>', 'threads', whole, availableParallelism())
  .option('--keep-going', 'does not stop at the first failure', false)
  .option('--coverage', 'lists how often each fault and outcome happened', false)
  .parse()
  .opts<Options>();

process.exitCode = options.seed === undefined ? await many(options) : await one(options.seed, options.trace);

async function one(seed: number, traced: boolean): Promise<number> {
  let failed = false;
  const onRun = (run: Run): boolean => {
    if (traced) console.log(run.lines.join('\n'));
    failed = run.violation !== undefined;
    console.log(`seed ${seed}: ${run.violation?.detail ?? 'as it should be'} (fingerprint ${run.fingerprint})`);
    return true;
  };
  await simulateMany({ from: seed, seeds: 1, workers: 1, traced, onRun });
  return failed ? 1 : 0;
}

async function many({ from, seeds, workers, keepGoing, coverage: listed }: Options): Promise<number> {
  const bar = new SingleBar({
    format: 'simulating {bar} {value}/{total} seeds · {speed}/s · {eta_formatted} left',
    stream: process.stderr,
    noTTYOutput: false,
    hideCursor: true,
    clearOnComplete: true,
  });
  const coverage = new Coverage();
  const failures: Run[] = [];
  const started = performance.now();
  let done = 0;
  bar.start(seeds, 0, { speed: 0 });
  await simulateMany({
    ...{ from, seeds, workers },
    onRun: (run) => {
      coverage.add(run.covered);
      if (run.violation) failures.push(run);
      done++;
      bar.update(done, { speed: Math.round((done * 1000) / (performance.now() - started)) });
      return failures.length > 0 && !keepGoing;
    },
  });
  bar.stop();
  const seconds = (performance.now() - started) / 1000;
  console.log(`${done} seeds from ${from} on in ${seconds.toFixed(0)} s, ${(done / seconds).toFixed(0)} per second`);
  if (listed) for (const [what, times] of coverage.counts) console.log(`${String(times).padStart(9)}  ${what}`);
  for (const { seed, violation } of failures) {
    console.log(`\nseed ${seed}: ${violation?.detail}`);
    console.log(`  again, line by line: npm run simulate -- --seed ${seed} --trace`);
  }
  for (const what of coverage.missing) console.log(`never happened: ${what}`);
  return failures.length > 0 || coverage.missing.length > 0 || done < seeds ? 1 : 0;
}
