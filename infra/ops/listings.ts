import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { type ApiClient, allPages, reach } from './api-client.ts';
import { documentPath } from './invoice-path.ts';
import { age, amount, table } from './print.ts';

const lettersSchema = z.object({
  deadLetters: z.array(
    z.object({
      queue: z.string(),
      jobKey: z.string(),
      accountId: z.string().optional(),
      reason: z.string(),
      ageSeconds: z.number(),
      failures: z.number(),
      status: z.string(),
    }),
  ),
  cursor: z.string().optional(),
});

/** Work that gave up: whose, why and how long ago. */
export async function deadLetters(
  api: ApiClient,
  filter: { queue?: string; account?: string; status: string },
): Promise<void> {
  const query = new URLSearchParams({
    limit: '100',
    ...(filter.queue === undefined ? {} : { queue: filter.queue }),
    ...(filter.account === undefined ? {} : { accountId: filter.account }),
    ...(filter.status === 'all' ? {} : { status: filter.status }),
  });
  const rows: string[][] = [];
  for await (const page of allPages(api, 'ops', `/dead-letters?${query}`, lettersSchema))
    for (const letter of page.deadLetters) {
      const { queue, jobKey, accountId = '–', ageSeconds, failures, status, reason } = letter;
      rows.push([queue, accountId, age(ageSeconds), String(failures), status, reason, jobKey]);
    }
  if (rows.length === 0) return console.log('There are no dead letters.');
  console.log(table(['queue', 'account', 'age', 'failures', 'status', 'reason', 'job key'], rows));
}

const runSchema = z.object({
  planned: z.number(),
  invoiced: z.number(),
  zero: z.number(),
  held: z.number(),
  failed: z.number(),
  open: z.number(),
  complete: z.boolean(),
});
const entriesSchema = z.object({
  entries: z.array(z.object({ accountId: z.string(), outcome: z.string(), reason: z.string().optional() })),
  cursor: z.string().optional(),
});

/** How a night's run ended, and which accounts finance or operations must look after. */
export async function run(api: ApiClient, seller: string, date: string): Promise<void> {
  const path = `/sellers/${encodeURIComponent(seller)}/runs/${encodeURIComponent(date)}`;
  const tally = await api.get('ops', path, runSchema);
  const { planned, invoiced, zero, held, failed, open, complete } = tally;
  console.log(
    table(
      ['planned', 'invoiced', 'zero', 'held', 'failed', 'open', ''],
      [[...[planned, invoiced, zero, held, failed, open].map(String), complete ? 'complete' : 'under way']],
    ),
  );
  const rows: string[][] = [];
  for (const outcome of ['held', 'failed'])
    for await (const page of allPages(api, 'ops', `${path}/entries?outcome=${outcome}&limit=100`, entriesSchema))
      rows.push(...page.entries.map(({ accountId, reason = '' }) => [accountId, outcome, reason]));
  if (rows.length > 0) console.log(table(['account', 'outcome', 'reason'], rows));
}

const invoicesSchema = z.object({
  invoices: z.array(
    z.object({
      number: z.string(),
      accountId: z.string(),
      invoiceDate: z.string(),
      dueDate: z.string(),
      currency: z.string(),
      total: z.number(),
      due: z.number(),
      status: z.string(),
    }),
  ),
  cursor: z.string().optional(),
});

/** A month's invoices of a seller. */
export async function invoices(api: ApiClient, seller: string, month: string, status?: string): Promise<void> {
  const query = new URLSearchParams({ month, limit: '100', ...(status === undefined ? {} : { status }) });
  const path = `/sellers/${encodeURIComponent(seller)}/invoices?${query}`;
  const rows: string[][] = [];
  for await (const page of allPages(api, 'finance', path, invoicesSchema))
    for (const { number, accountId, invoiceDate, dueDate, currency, total, due, status: stands } of page.invoices)
      rows.push([number, accountId, invoiceDate, dueDate, amount(total, currency), amount(due, currency), stands]);
  if (rows.length === 0) return console.log(`There are no invoices of ${seller} in ${month}.`);
  console.log(table(['number', 'account', 'date', 'due on', 'total', 'open', 'status'], rows));
}

const linkSchema = z.object({ url: z.url(), fileName: z.string(), sha256: z.string() });

/** Saves the PDF of an invoice or credit note and checks it against the hash on record. */
export async function download(api: ApiClient, number: string, file?: string): Promise<void> {
  const path = `${await documentPath(api, number)}/pdf`;
  const { url, fileName, sha256 } = await api.get('finance', path, linkSchema);
  const answer = await reach(new URL(url));
  if (!answer.ok) throw new Error(`The download failed with status ${answer.status}.`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Error('What was downloaded is not the document on record.');
  writeFileSync(file ?? fileName, bytes);
  console.log(`Saved ${file ?? fileName} (${bytes.length} bytes, SHA-256 as on record).`);
}

const outcomeSchema = z.object({ email: z.string(), status: z.string(), reason: z.string().optional() });
const unreachedSchema = z.object({
  deliveries: z.array(
    z.object({
      accountId: z.string(),
      about: z.string(),
      document: z.string(),
      unreachedSince: z.string(),
      recipients: z.array(outcomeSchema),
      again: z.array(z.object({ recipients: z.array(outcomeSchema) })).optional(),
    }),
  ),
  cursor: z.string().optional(),
});

/** Invoices and notices that reached none of their recipients: whose, since when, and what became of each mail. */
export async function unreached(api: ApiClient, seller: string): Promise<void> {
  const rows: string[][] = [];
  const path = `/sellers/${encodeURIComponent(seller)}/unreached?limit=100`;
  for await (const page of allPages(api, 'finance', path, unreachedSchema))
    for (const { accountId, about, document, unreachedSince, recipients, again = [] } of page.deliveries) {
      const outcomes = [...recipients, ...again.flatMap((sending) => sending.recipients)];
      const mails = outcomes.map(({ email, status, reason }) => `${email} ${status}${reason ? ` (${reason})` : ''}`);
      rows.push([accountId, about, document, unreachedSince.slice(0, 10), mails.join(', ')]);
    }
  if (rows.length === 0) return console.log('Every document reached somebody.');
  console.log(table(['account', 'about', 'document', 'since', 'recipients'], rows));
}
