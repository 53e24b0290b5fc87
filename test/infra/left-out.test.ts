import { execFileSync } from 'node:child_process';
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
