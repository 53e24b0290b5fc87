import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimPort } from './ports.ts';
import { groupCpuMs } from './process-time.ts';

/** A running DynamoDB Local. It listens on all interfaces (it knows no other way), so use it on a trusted network. */
export interface LocalDynamoDb {
  readonly endpoint: string;
  readonly port: number;
  /** Processor time that it took so far, in milliseconds; undefined where that cannot be known. */
  cpuMs(): number | undefined;
  /** Ends the process; resolves when it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

const EMULATOR = resolve(import.meta.dirname, '../../node_modules/amplify-dynamodb-simulator/emulator');
const JAVA = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
const HOW_TO_GET_JAVA =
  'install it (Debian and Ubuntu: "sudo apt-get install openjdk-17-jre-headless", macOS: "brew install openjdk@17") or let JAVA_HOME point to it';
const START_SECONDS = 30;

/**
 * Java must not outlive us, however we end: the shell's standard input is a pipe that closes with our process, even when
 * that is killed, and the shell then ends Java. In a session of its own, so that Ctrl-C reaches only us and the functions
 * can finish against a table that still answers.
 */
const SUPERVISOR = `
exec 3<&0
"$@" </dev/null 3<&- & java=$!
( read -r _ <&3; kill "$java" ) & watch=$!
wait "$java"; code=$?
kill "$watch" 2>/dev/null
exit "$code"`;

/**
 * Starts AWS's DynamoDB Local: in memory, or with its data in `dataDir`. Picks a free port when none is given. Throws one
 * sentence for a person when Java is missing or too old, or the port is taken.
 */
export async function startDynamoDb(options: { dataDir?: string; port?: number } = {}): Promise<LocalDynamoDb> {
  await requireJava();
  const port = await claimPort('DynamoDB Local', options.port);
  if (options.dataDir) mkdirSync(options.dataDir, { recursive: true });
  const java = spawn('/bin/sh', ['-c', SUPERVISOR, 'dynamodb', JAVA, ...javaArguments(port, options.dataDir)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    // It writes a metadata file into its working directory.
    cwd: options.dataDir ?? tmpdir(),
  });
  let complaints = '';
  java.stderr.on('data', (text) => {
    complaints = `${complaints}${text}`.slice(-2_000);
  });
  const endpoint = `http://127.0.0.1:${port}`;
  if (!(await answers(endpoint, java))) {
    await end(java);
    throw new Error(
      `DynamoDB Local did not start within ${START_SECONDS} seconds: ${complaints.trim() || 'it said nothing'}`,
    );
  }
  // It must not keep us alive: whoever is done with us does not wait for the emulator.
  java.unref();
  for (const stream of [java.stdin, java.stderr])
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
  return { endpoint, port, cpuMs: () => java.pid && groupCpuMs(java.pid), stop: () => end(java) };
}

function javaArguments(port: number, dataDir?: string): string[] {
  return [
    '-Xms64m',
    '-Xmx256m',
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    `-Djava.library.path=${join(EMULATOR, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(EMULATOR, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-sharedDb',
    '-disableTelemetry',
    ...(dataDir ? ['-dbPath', resolve(dataDir)] : ['-inMemory']),
  ];
}

function requireJava(): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(JAVA, ['-version'], (error, _output, versions) => {
      const major = Number(/version "(\d+)/.exec(versions)?.[1] ?? 0);
      if (major >= 17) resolve();
      else if (error || major === 0)
        reject(new Error(`DynamoDB Local needs Java 17 or newer and there is none: ${HOW_TO_GET_JAVA}.`));
      else reject(new Error(`DynamoDB Local needs Java 17 or newer and this is Java ${major}: ${HOW_TO_GET_JAVA}.`));
    });
  });
}

/** Whether it answers at all before the deadline; a request without a signature is answered with an error. */
async function answers(endpoint: string, java: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + START_SECONDS * 1_000;
  while (Date.now() < deadline && java.exitCode === null) {
    const answered = await new Promise((resolve) => {
      request(endpoint, (response) => resolve(response.resume()))
        .on('error', () => resolve(false))
        .end();
    });
    if (answered) return true;
    await sleep(40);
  }
  return false;
}

async function end(java: ChildProcess): Promise<void> {
  if (java.exitCode !== null || java.signalCode !== null) return;
  const gone = once(java, 'exit');
  java.stdin?.end();
  const killer = setTimeout(() => java.pid && process.kill(-java.pid, 'SIGKILL'), 5_000);
  await gone;
  clearTimeout(killer);
}
