import { setTimeout as sleep } from 'node:timers/promises';
import type { WrittenAccount } from '../../../shared/import/account-schema.ts';
import { ApiClient, tokenFor } from './api-client.ts';
import type { Stage } from './cast-stories.ts';

interface ImportReport {
  readonly complete: boolean;
  readonly loaded: number;
  readonly existing: number;
  readonly rejected: {
    readonly total: number;
    readonly lines: readonly { readonly line: number; readonly field: string; readonly reason: string }[];
  };
}

const PATIENCE_MS = 10_000;

/**
 * Loads accounts as a user would: a JSON-lines file, dropped into the imports bucket by a link from the API. Accounts that
 * exist are left as they are. Throws when a line is rejected, for the sample is meant to be right.
 */
export async function importAccounts(
  { stack, apiUrl }: Stage,
  name: string,
  accounts: Iterable<WrittenAccount>,
): Promise<ImportReport> {
  const staff = new ApiClient(apiUrl, await tokenFor(stack, 'staff'));
  const { url } = await staff.call<{ url: string }>('POST', '/imports', { name });
  const lines = [...accounts].map((account) => `${JSON.stringify(account)}\n`).join('');
  const uploaded = await fetch(url, { method: 'PUT', body: lines });
  if (!uploaded.ok) throw new Error(`Uploading the sample answered ${uploaded.status}: ${await uploaded.text()}`);
  await stack.settle();
  const report = await reportOf(staff, name);
  const [first] = report.rejected.lines;
  if (first) throw new Error(`Line ${first.line} of the sample was rejected: ${first.field}: ${first.reason}`);
  return report;
}

async function reportOf(staff: ApiClient, name: string): Promise<ImportReport> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
    const report = await staff.get<ImportReport>(`/imports/${name}`);
    if (report.complete) return report;
    if (Date.now() > deadline) throw new Error(`The import ${name} did not complete`);
  }
}
