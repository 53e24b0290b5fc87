import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleCast } from '../sample/telecom.ts';
import type { LocalStack } from '../stack-options.ts';
import { ROLES, type Role, tokenFor } from './api-client.ts';

/** What the `ops` command is told while the stack serves. */
export interface Session {
  /** The API is gone: nobody is to be led there any more. */
  end(): void;
}

/** Shows where the API is and a token for every role, and leaves both for the `ops` command in `session.json`. */
export async function announceSession(
  stack: LocalStack,
  apiUrl: string,
  directory: string,
  say: (line: string) => void,
): Promise<Session> {
  const accountId = sampleCast()['five-recipients'];
  const tokens: Partial<Record<Role, string>> = {};
  for (const role of Object.keys(ROLES) as Role[])
    tokens[role] = await tokenFor(stack, role, role === 'billing-admin' ? accountId : undefined);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'session.json');
  writeFileSync(file, JSON.stringify({ url: apiUrl, tokens, accountId }, undefined, 2), { mode: 0o600 });
  say(`\nThe API is at ${apiUrl} (its description: ${apiUrl}/openapi.json). Tokens, good for a day:`);
  for (const [role, token] of Object.entries(tokens)) say(`\n${role} (${ROLES[role as Role]}):\n${token}`);
  say(
    `\nThe billing admin's account is ${accountId}. They are also in ${file} for npm run ops. Ctrl-C stops everything.`,
  );
  return { end: () => rmSync(file, { force: true }) };
}
