import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import * as z from 'zod';
import { sha256 } from '../../shared/aws/digest.ts';
import { canonicalJson } from '../../shared/domain/audit/canonical.ts';
import { type Anchor, type ChainedEntry, verifyChain } from '../../shared/domain/audit/chain.ts';
import { monthOf, nextMonth } from '../../shared/domain/calendar.ts';
import type { ApiClient } from './api-client.ts';
import { table } from './print.ts';

/** Loose: what the log of a later version holds beside is part of what was hashed. */
const entrySchema = z.looseObject({
  sequence: z.number(),
  at: z.string(),
  what: z.string(),
  action: z.string(),
  subject: z.string().optional(),
  by: z.looseObject({ by: z.string(), roles: z.array(z.string()).optional(), from: z.string().optional() }),
  changes: z.array(
    z.looseObject({
      field: z.string(),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
      withheld: z.literal(true).optional(),
    }),
  ),
  /** Not in what is for the customer. */
  hash: z.string().optional(),
});
type Entry = z.infer<typeof entrySchema>;
const pageSchema = z.object({ entries: z.array(entrySchema), next: z.number().optional() });
const anchorsSchema = z.object({
  anchors: z.array(z.object({ date: z.string(), sequence: z.number(), hash: z.string() })),
});

const pathOf = (account: string): string => `/accounts/${encodeURIComponent(account)}/audit-log`;

export interface AuditOptions {
  /** Saves it there instead of printing it. */
  readonly csv?: string;
  /** Only what may be handed on to the customer. */
  readonly forCustomer?: boolean;
}

/** The audit log of an account: who did what, when and from where, with the values before and after. */
export async function audit(api: ApiClient, account: string, options: AuditOptions): Promise<void> {
  const { csv: file, forCustomer = false } = options;
  if (file !== undefined) return await save(api, account, file, forCustomer);
  const rows: string[][] = [];
  for await (const { sequence, at, what, subject, action, by, changes } of entriesOf(api, account, forCustomer))
    rows.push([
      String(sequence),
      at,
      [by.by, by.roles && `(${by.roles.join(', ')})`, by.from].filter(Boolean).join(' '),
      [what, subject, action].filter(Boolean).join(' '),
      changes.map(({ field, ...values }) => `${field}: ${words(values)}`).join('\n'),
    ]);
  if (rows.length === 0) return console.log(`The audit log of ${account} is empty.`);
  console.log(table(['#', 'when', 'who, from where', 'what', 'before → after'], rows));
}

const COLUMNS = [
  'number',
  'time',
  'what',
  'which',
  'action',
  'by',
  'roles',
  'from',
  'field',
  'before',
  'after',
  'hash',
];

/** One row per field that changed, as a spreadsheet reads it. */
async function save(api: ApiClient, account: string, file: string, forCustomer: boolean): Promise<void> {
  let entries = 0;
  const rows = async function* () {
    yield COLUMNS;
    for await (const { sequence, at, what, subject = '', action, by, changes, hash = '' } of entriesOf(
      api,
      account,
      forCustomer,
    )) {
      entries++;
      const same = [sequence, at, what, subject, action, by.by, by.roles?.join(' ') ?? '', by.from ?? ''];
      for (const { field, before, after } of changes) yield [...same, field, text(before), text(after), hash];
    }
  };
  // A value that begins like a formula must not become one where the file is opened.
  await pipeline(Readable.from(rows()), stringify({ escape_formulas: true }), createWriteStream(file));
  console.log(`${entries} entries are in ${file}.`);
}

/** Recomputes the chain of an account's log and compares it with the anchors. False when something does not fit. */
export async function verifyAudit(api: ApiClient, account: string): Promise<boolean> {
  // The anchors first: the log may grow meanwhile, and must hold at least what they know.
  const anchors = await anchorsOf(api, account);
  const chain: ChainedEntry[] = [];
  for await (const entry of entriesOf(api, account)) chain.push(entry as unknown as ChainedEntry);
  const { head, anchorsMet, break: broken } = verifyChain(account, chain, anchors, sha256);
  if (broken === undefined) {
    const last = anchors.at(-1);
    const vouched = last
      ? `${anchorsMet} anchors agree, the last of ${last.date} with entry ${last.sequence}`
      : NO_ANCHOR;
    console.log(`OK: ${head.sequence} entries, each as it was written; ${vouched}.`);
    return true;
  }
  console.log(`NOT OK at entry ${broken.sequence}: ${broken.reason}.`);
  console.log(`The ${head.sequence} entries before it are sound.`);
  const found = chain.find(({ sequence }) => sequence === broken.sequence);
  if (found) console.log(canonicalJson(found));
  return false;
}

const NO_ANCHOR = 'there is no anchor yet: the first is made in the night after the first entry';

/** Of all months since the first entry, up to the next one: a local stack's calendar may be ahead of the machine's. */
async function anchorsOf(api: ApiClient, account: string): Promise<Anchor[]> {
  const { entries } = await api.get('finance', `${pathOf(account)}?limit=1`, pageSchema);
  const first = entries[0]?.at;
  if (first === undefined) return [];
  const anchors: Anchor[] = [];
  const today = new Date().toISOString();
  const end = nextMonth(monthOf([first, today].sort().at(-1)!));
  for (let month = monthOf(first); month <= end; month = nextMonth(month)) {
    const path = `${pathOf(account)}/anchors?${new URLSearchParams({ month })}`;
    anchors.push(...(await api.get('finance', path, anchorsSchema)).anchors);
  }
  return anchors;
}

async function* entriesOf(api: ApiClient, account: string, forCustomer = false): AsyncGenerator<Entry> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const path = `${pathOf(account)}?${new URLSearchParams({
      ...{ limit: '200', after: String(after) },
      ...(forCustomer && { for: 'customer' }),
    })}`;
    const page: z.infer<typeof pageSchema> = await api.get('finance', path, pageSchema);
    yield* page.entries;
    after = page.next;
  }
}

const text = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : canonicalJson(value);

function words({
  before,
  after,
  withheld,
}: {
  before?: unknown;
  after?: unknown;
  withheld?: true | undefined;
}): string {
  if (withheld) return 'changed';
  if (before === undefined) return text(after);
  return `${text(before)} → ${after === undefined ? 'nothing' : text(after)}`;
}
