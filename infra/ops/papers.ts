import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import { amount, table } from './print.ts';

const receiptsSchema = z.object({
  receipts: z.array(
    z.object({
      receiptId: z.string(),
      kind: z.string(),
      brand: z.string().optional(),
      last4: z.string().optional(),
      date: z.string(),
      currency: z.string(),
      amount: z.number(),
      settled: z.array(z.object({ number: z.string() })),
      returned: z.object({ on: z.string() }).optional(),
    }),
  ),
});

/** The payments of an account, newest first; or the receipt of one of them as a file. */
export async function receipts(
  api: ApiClient,
  account: string,
  options: { save?: string; out?: string },
): Promise<void> {
  const path = `/accounts/${encodeURIComponent(account)}/receipts`;
  if (options.save !== undefined)
    return await save(api, `${path}/${encodeURIComponent(options.save)}/pdf`, options.out);
  const { receipts: all } = await api.get('finance', path, receiptsSchema);
  if (all.length === 0) return console.log(`${account} has not paid anything yet.`);
  const rows = all.map(({ receiptId, date, kind, brand = '', last4 = '', currency, settled, returned, ...of }) => [
    date,
    amount(of.amount, currency),
    `${kind} ${brand} ${last4}`.trim(),
    [...new Set(settled.map(({ number }) => number))].join('\n'),
    returned === undefined ? '' : `returned ${returned.on}`,
    receiptId,
  ]);
  console.log(table(['date', 'amount', 'paid with', 'settled', '', 'receipt'], rows));
}

const statementSchema = z.object({
  currency: z.string(),
  from: z.string(),
  to: z.string(),
  opening: z.number(),
  closing: z.number(),
  contested: z.number(),
  credit: z.number(),
  movements: z.array(z.unknown()),
  ages: z.record(z.string(), z.number()),
});

/** An account's statement as a file, and its figures on screen. */
export async function statement(
  api: ApiClient,
  { account, out, ...period }: { account: string; from: string; to?: string; out?: string },
): Promise<void> {
  const [path, query] = [`/accounts/${encodeURIComponent(account)}/statement`, new URLSearchParams(period)];
  const found = await api.get('finance', `${path}?${query}`, statementSchema);
  const { from, to, currency, opening, closing, contested, credit, movements, ages } = found;
  const figures = { opening, closing, contested, credit, ...ages };
  const rows = Object.entries(figures).map(([label, minor]) => [label, amount(minor, currency)]);
  console.log(table([`${from} to ${to}`, `${movements.length} movements`], rows));
  await save(api, `${path}/pdf?${query}`, out);
}

async function save(api: ApiClient, path: string, out?: string): Promise<void> {
  const { fileName, bytes } = await api.file('finance', path);
  writeFileSync(out ?? fileName, bytes);
  console.log(`Saved ${out ?? fileName} (${bytes.length} bytes).`);
}
