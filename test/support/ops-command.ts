import { execFile } from 'node:child_process';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run ops -- ARGUMENTS` as a process of its own, against the API at `url` with `token`. */
export function opsCommand(
  { url, token }: { readonly url: string; readonly token: string },
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const env = { PATH: process.env.PATH, BILLING_API_URL: url, BILLING_TOKEN: token, COLUMNS: '200', ...environment };
  return new Promise((ended) => {
    execFile(process.execPath, ['infra/ops.ts', ...args], { env }, (error, out, err) =>
      ended({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}
