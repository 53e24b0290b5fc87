import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { synthesize } from '../../infra/app.ts';
import { FUNCTIONS } from '../../infra/functions.ts';
import { startStack } from '../../infra/local/stack.ts';

export interface ColdStart {
  readonly name: string;
  readonly bytes: number;
  readonly zippedBytes: number;
  /** From the process's start to the handler loaded, without Node's compile cache, as on AWS. */
  readonly initMs: number;
}

/** Wakes every function once from cold with an event it refuses or has nothing to do for. */
export async function coldStarts(): Promise<ColdStart[]> {
  const directory = mkdtempSync(join(tmpdir(), 'telecom-billing-bench-'));
  const assemblyDir = await synthesize('local', directory);
  const stack = await startStack({ assemblyDir, environment: { NODE_DISABLE_COMPILE_CACHE: '1' } });
  try {
    for (const name of FUNCTIONS) await stack.invoke(name, { Records: [] });
    const metrics = stack.metrics();
    return FUNCTIONS.map((name) => {
      const code = readFileSync(join(directory, 'functions', name, 'index.mjs'));
      return { name, bytes: code.length, zippedBytes: gzipSync(code).length, initMs: metrics[name]?.initMs ?? 0 };
    });
  } finally {
    await stack.stop();
  }
}
