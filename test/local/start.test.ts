import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { claimPort } from '../../infra/local/ports.ts';

const START = new URL('../../infra/local/start.ts', import.meta.url).pathname;

interface Started {
  readonly process: ChildProcess;
  /** Everything printed so far. */
  text(): string;
  readonly exit: Promise<number | null>;
}

const started: Started[] = [];

/** Starts the command in a process group of its own, so that whatever it leaves behind can be found. */
function start(options: readonly string[], environment: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [START, ...options], {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const run = { process: child, text: () => output, exit };
  started.push(run);
  return run;
}

async function until(run: Started, words: string): Promise<void> {
  for (const deadline = Date.now() + 120_000; !run.text().includes(words); ) {
    if (Date.now() > deadline || run.process.exitCode !== null)
      throw new Error(`"${words}" never came:\n${run.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const groupLives = ({ process: { pid = 0 } }: Started): boolean => {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
};

/** How many calls of the first file were counted, as the table on screen says. */
const counted = (run: Started): number =>
  Number(/ asterisk\/northwind-us\/calls-2026-11\.csv\.gz +│ +\d+ │ +(\d+) │/.exec(run.text())?.[1]);

afterEach(() => {
  for (const { process: child } of started.splice(0)) {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  }
});

describe('npm start', () => {
  it('serves with tokens on screen; a second one on its port says so in one sentence; Ctrl-C leaves no process behind', async () => {
    const port = String(await claimPort('The test'));
    const first = start(['--accounts', '3', '--date', '2026-12-01', '--port', port]);
    await until(first, 'Ctrl-C');
    const token = /\nfinance \([^)]*\):\n(\S+)/.exec(first.text())?.[1];
    const run = await fetch(`http://127.0.0.1:${port}/sellers/northwind-us/runs/2026-12-01`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await run.json()).toMatchObject({ complete: true, failed: 0, open: 0 });
    expect(first.text()).toMatch(/The next morning the processor’s money was compared .* 0 differences/);

    await until(first, 'The mails are at');
    const mails = /The mails are at (\S+),/.exec(first.text())![1]!;
    expect(await (await fetch(`${mails}?kind=invoice`)).text()).toMatch(
      /\d+ mails, newest first.*Invoice NTUS-202612/s,
    );

    const second = start(['--once', '--accounts', '3', '--port', port]);
    expect(await second.exit).toBe(1);
    expect(second.text().trim().split('\n')).toEqual([expect.stringContaining(`port ${port} is in use`)]);

    first.process.kill('SIGINT');
    await first.exit;
    // Java notices within moments that nobody needs it any more.
    await expect.poll(() => groupLives(first), { timeout: 5_000 }).toBe(false);
  });

  it('on kept state and the same date, bills nobody twice and says so, and counts no call twice', async () => {
    const data = mkdtempSync(join(tmpdir(), 'telecom-billing-data-'));
    try {
      const options = ['--once', '--accounts', '3', '--date', '2026-12-01', '--data', data];
      const first = start(options);
      expect([await first.exit, first.text()]).toEqual([0, expect.stringContaining('northwind-us')]);
      expect(counted(first)).toBeGreaterThan(500);
      const second = start(options);
      expect([await second.exit, second.text()]).toEqual([0, expect.stringContaining('Nobody was billed twice')]);
      expect(second.text()).toContain('0 mails sent');
      expect(counted(second)).toBe(0);
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });

  it('without Java says in one sentence how to get it', async () => {
    const run = start(['--once'], { PATH: '', JAVA_HOME: '' });
    expect(await run.exit).toBe(1);
    expect(run.text().trim().split('\n')).toEqual([expect.stringMatching(/needs Java 17.*openjdk-17-jre-headless/)]);
  });

  it.each([
    ['--date', 'tomorrow', 'a date such as'],
    ['--accounts', '0', 'a whole number above 0'],
  ])('refuses %s %s with the reason', async (option, value, reason) => {
    const run = start(['--once', option, value]);
    expect(await run.exit).toBe(1);
    expect(run.text()).toContain(reason);
  });
});
