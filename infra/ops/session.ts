import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

/** Written by the local stack while it serves: where the API is, and a token for each role. */
const SESSION = new URL('../../.local/session.json', import.meta.url);
const sessionSchema = z.object({ url: z.url(), tokens: z.record(z.string(), z.string()) });

export type Role = 'finance' | 'ops' | 'staff';
export interface Session {
  readonly url: string;
  /** The token to use for what a role may do. */
  token(role: Role): string;
}

/**
 * Which API to talk to: `BILLING_API_URL` and `BILLING_TOKEN`, or the local stack that is running. Throws a sentence that
 * says what to set.
 */
export function openSession(environment: NodeJS.ProcessEnv = process.env, file = SESSION): Session {
  const { BILLING_API_URL: url, BILLING_TOKEN: token } = environment;
  if (url && token) return { url, token: () => token };
  if (url || token) throw new Error(`Set BILLING_${url ? 'TOKEN' : 'API_URL'} as well.`);
  if (!existsSync(file))
    throw new Error('Set BILLING_API_URL and BILLING_TOKEN, or start the local stack with "npm start".');
  const session = sessionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    url: session.url,
    token: (role) => {
      const found = session.tokens[role];
      if (found === undefined) throw new Error(`The local stack gave out no token for the role ${role}.`);
      return found;
    },
  };
}
