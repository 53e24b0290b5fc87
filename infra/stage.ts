import { existsSync, readFileSync } from 'node:fs';
import { type Stage, stageSchema } from '../shared/runtime/stage.ts';

const STAGES = new URL('./stages/', import.meta.url);

/**
 * Reads the configuration of a stage from `infra/stages/<name>.json`, or from another folder. Throws a sentence that
 * names the file and every field that is wrong.
 */
export function readStage(name: string, folder = STAGES): Stage {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new Error(`"${name}" cannot name a stage: use lower-case letters, digits and hyphens`);
  }
  const label = `infra/stages/${name}.json`;
  const file = new URL(`${name}.json`, folder);
  if (!existsSync(file)) throw new Error(`There is no ${label}: copy infra/stages/example.json and fill it in`);
  const parsed = stageSchema.safeParse(json(readFileSync(file, 'utf8'), label));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
    throw new Error(`${label} is not valid:\n  ${faults.join('\n  ')}`);
  }
  // Physical names are made of the stage's name: a copied file would otherwise fight with the stage it was copied from.
  if (parsed.data.stage !== name) {
    throw new Error(`${label} is not valid:\n  stage: must be "${name}", as the file is named`);
  }
  return parsed.data;
}

function json(text: string, label: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${label} is not JSON: ${(error as Error).message}`);
  }
}
