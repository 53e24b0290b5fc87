import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { leaveOut } from '../../infra/left-out.ts';
import { CHECKED_NUMBERS } from '../../shared/import/tax-id-format.ts';

/** Runs a script as a bundle from which everything is left out that functions do not reach, and returns what it prints. */
async function printed(contents: string): Promise<unknown> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    plugins: [leaveOut],
  });
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module'], { input: outputFiles[0]!.text, encoding: 'utf8' }),
  );
}

it('a bundle can check the tax IDs of every country whose tax IDs are checked, and of no other', async () => {
  const checks = `import { stdnum } from 'stdnum';
    const checks = (country, number) => typeof stdnum[country]?.[number]?.validate === 'function';
    const asked = ${JSON.stringify([...Object.entries(CHECKED_NUMBERS), ['CH', 'vat'], ['DE', 'idnr']])};
    console.log(JSON.stringify(asked.filter(([country, number]) => !checks(country, number))));`;
  expect(await printed(checks)).toEqual([
    ['CH', 'vat'],
    ['DE', 'idnr'],
  ]);
});

/** What our adapter calls of the processor's library, such as `paymentIntents.create`. */
function processorCalls(): string[] {
  const folder = fileURLToPath(new URL('../../shared/payments', import.meta.url));
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const calls = sources.flatMap((source) => [...source.matchAll(/\bstripe\.([a-z]\w*(?:\.[a-z]\w*)+)\(/g)]);
  return [...new Set(calls.map(([, call]) => call!))];
}

it('a bundle can ask the processor all that our adapter asks, and says of anything else that it is left out', async () => {
  const calls = processorCalls();
  expect(calls).toContain('checkout.sessions.create');
  const asks = `import Stripe from 'stripe';
    const stripe = new Stripe('sk_test_1');
    const found = (call) => call.split('.').reduce((of, name) => of[name], stripe);
    const missing = ${JSON.stringify(calls)}.filter((call) => typeof found(call) !== 'function');
    let refusal = '';
    try { stripe.quotes.create({}); } catch (error) { refusal = error.message; }
    console.log(JSON.stringify({ missing, refusal }));`;
  expect(await printed(asks)).toEqual({
    missing: [],
    refusal: './resources/Quotes.js is not in the bundle: the processor is asked for nothing else',
  });
});
