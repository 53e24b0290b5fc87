import * as z from 'zod';
import { type ApiClient, allPages } from './api-client.ts';

const lettersSchema = z.object({
  deadLetters: z.array(z.object({ jobKey: z.string(), reason: z.string() })),
  cursor: z.string().optional(),
});

/** Before a file's dead letters are looked for: as long as most files take. */
const PATIENCE_MS = 2_000;

/**
 * Throws when the work on an uploaded file has given up, with its reason and what to do then. A file's name is of this
 * upload alone and part of its job's key. Does nothing before there has been no progress for two seconds.
 */
export async function unlessGivenUp(
  api: ApiClient,
  queue: 'usage' | 'imports',
  { name, progressAt }: { readonly name: string; readonly progressAt: number },
): Promise<void> {
  if (Date.now() - progressAt < PATIENCE_MS) return;
  for await (const { deadLetters } of allPages(
    api,
    'ops',
    `/dead-letters?queue=${queue}&status=open&limit=100`,
    lettersSchema,
  )) {
    const letter = deadLetters.find(({ jobKey }) => jobKey.includes(name));
    if (letter === undefined) continue;
    const again = `ops redrive '${letter.jobKey}' --queue ${queue} --yes`;
    throw new Error(`The work gave up: ${letter.reason}\nOnce that is mended: ${again}`);
  }
}
