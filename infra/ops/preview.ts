import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SingleBar } from 'cli-progress';
import { stringify } from 'csv-stringify';
import * as z from 'zod';
import { type ApiClient, allPages } from './api-client.ts';
import { byAmount, byShare, Largest, shareText } from './outliers.ts';
import { amount, decimal, table } from './print.ts';

const entrySchema = z.object({
  accountId: z.string(),
  billingDate: z.string(),
  outcome: z.enum(['invoice', 'zero', 'held']),
  reason: z.string().optional(),
  currency: z.string(),
  total: z.number(),
  lastTotal: z.number().optional(),
  difference: z.number(),
  changes: z.array(z.object({ amount: z.number(), words: z.string() })),
});
type Entry = z.infer<typeof entrySchema>;
const pageSchema = z.object({
  entries: z.array(entrySchema),
  part: z.number(),
  parts: z.number(),
  cursor: z.string().optional(),
});

/** Outliers shown of each kind. */
const SHOWN = 10;

/** What a run would do, counted while its pages come: only what is shown at the end is kept. */
class Tally {
  readonly outcomes = { invoice: 0, zero: 0, held: 0 };
  readonly totals = new Map<string, { total: number; last: number }>();
  readonly held: Entry[] = [];
  readonly amounts = new Largest<Entry>(SHOWN, byAmount);
  readonly shares = new Largest<Entry>(SHOWN, byShare);

  add(entry: Entry): void {
    this.outcomes[entry.outcome]++;
    if (entry.outcome === 'held') return void this.held.push(entry);
    const { total, last } = this.totals.get(entry.currency) ?? { total: 0, last: 0 };
    this.totals.set(entry.currency, { total: total + entry.total, last: last + (entry.lastTotal ?? 0) });
    this.amounts.add(entry);
    if (entry.lastTotal !== undefined) this.shares.add(entry);
  }
}

/**
 * A night's run before it happens: every account that would be due, what would become of it, and what differs most from
 * the last invoices. With a file, every account goes there as CSV. Answers whether nothing would be held.
 */
export async function preview(api: ApiClient, seller: string, date: string, file?: string): Promise<boolean> {
  const tally = new Tally();
  const bar = new SingleBar({ format: 'previewing [{bar}] {accounts} accounts', clearOnComplete: false });
  bar.start(1, 0, { accounts: 0 });
  try {
    const entries = previewed(api, seller, date, tally, bar);
    if (file === undefined) for await (const _ of entries);
    else await pipeline(entries, rowsOf, stringify({ header: true, columns: COLUMNS }), createWriteStream(file));
  } finally {
    bar.stop();
  }
  print(tally);
  if (file !== undefined) console.log(`Every account is in ${file}.`);
  return tally.held.length === 0;
}

async function* previewed(api: ApiClient, seller: string, date: string, tally: Tally, bar: SingleBar) {
  const path = `/sellers/${encodeURIComponent(seller)}/preview?${new URLSearchParams({ date, limit: '50' })}`;
  let accounts = 0;
  for await (const page of allPages(api, 'finance', path, pageSchema)) {
    for (const entry of page.entries) {
      tally.add(entry);
      yield entry;
    }
    accounts += page.entries.length;
    bar.setTotal(page.parts);
    bar.update(page.part, { accounts });
  }
}

function print({ outcomes, totals, held, amounts, shares }: Tally): void {
  const { invoice, zero, held: count } = outcomes;
  const planned = String(invoice + zero + count);
  console.log(
    table(['planned', 'invoiced', 'zero', 'held'], [[planned, String(invoice), String(zero), String(count)]]),
  );
  const sums = [...totals].map(([currency, { total, last }]) => [
    amount(total, currency),
    amount(last, currency),
    amount(total - last, currency),
  ]);
  if (sums.length > 0) console.log(table(['total', 'last invoices', 'difference'], sums));
  outliers('Largest differences', amounts.items);
  outliers('Largest differences in proportion', shares.items);
  if (held.length > 0) {
    console.log('Held: no invoice until somebody acts');
    console.log(
      table(
        ['account', 'reason'],
        held.map(({ accountId, reason = '' }) => [accountId, reason]),
      ),
    );
  }
}

function outliers(heading: string, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  console.log(heading);
  const rows = entries.map((entry) => [
    entry.accountId,
    amount(entry.total, entry.currency),
    entry.lastTotal === undefined ? '–' : amount(entry.lastTotal, entry.currency),
    amount(entry.difference, entry.currency),
    shareText(entry),
    entry.changes[0]?.words ?? entry.reason ?? '',
  ]);
  console.log(table(['account', 'total', 'last', 'difference', 'share', 'mostly because'], rows));
}

const COLUMNS = ['account', 'billingDate', 'outcome', 'reason', 'currency', 'total', 'last', 'difference', 'changes'];

async function* rowsOf(entries: AsyncIterable<Entry>): AsyncGenerator<string[]> {
  for await (const entry of entries) {
    const { accountId, billingDate, outcome, reason = '', currency, total, lastTotal, difference, changes } = entry;
    yield [
      accountId,
      billingDate,
      outcome,
      unlikeFormula(reason),
      currency,
      decimal(total, currency),
      lastTotal === undefined ? '' : decimal(lastTotal, currency),
      decimal(difference, currency),
      unlikeFormula(changes.map(({ words }) => words).join(' ')),
    ];
  }
}

/** A reason is free text: a spreadsheet must not take it for a formula. */
const unlikeFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
