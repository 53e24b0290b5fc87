import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Stage, stageSchema } from '../shared/runtime/stage.ts';

const STAGES = new URL('./stages/', import.meta.url);

/** Reads `infra/stages/<name>.json`. Throws a sentence that names the file and every field that is wrong. */
export function readStage(name: string): Stage {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) {
    throw new Error(`"${name}" is not a stage: a stage's name is 1 to 20 lower-case letters, digits and hyphens`);
  }
  const file = new URL(`${name}.json`, STAGES);
  if (!existsSync(file)) {
    throw new Error(`There is no stage "${name}": copy infra/stages/example.json to infra/stages/${name}.json`);
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(fileURLToPath(file), 'utf8'));
  } catch (error) {
    throw new Error(`infra/stages/${name}.json is not JSON: ${(error as Error).message}`);
  }
  const stage = parseStage(json, `infra/stages/${name}.json`);
  if (stage.stage !== name) {
    throw new Error(`infra/stages/${name}.json: stage: is "${stage.stage}", but the file is named "${name}"`);
  }
  return stage;
}

/** Validates a stage's configuration. Throws a sentence that names `source` and every field that is wrong. */
export function parseStage(value: unknown, source: string): Stage {
  const parsed = stageSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
  throw new Error(`${source}: ${faults.join('; ')}`);
}
