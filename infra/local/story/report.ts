import Table from 'cli-table3';
import type { LocalStack } from '../stack-options.ts';
import { ApiClient, tokenFor } from './api-client.ts';
import { amountOf } from './cast-stories.ts';

interface Tally {
  readonly sellerId: string;
  readonly planned: number;
  readonly invoiced: number;
  readonly zero: number;
  readonly held: number;
  readonly failed: number;
  readonly open: number;
}

interface Money {
  billed: number;
  outstanding: number;
  invoices: number;
}

/** The night in numbers. Amounts are minor units by currency. */
export interface Summary {
  readonly tallies: readonly Tally[];
  readonly money: Readonly<Record<string, Money>>;
  readonly held: readonly { readonly accountId: string; readonly reason: string }[];
  readonly openDeadLetters: number;
}

/** Reads it from the API, as finance and ops would. */
export async function summarize(stack: LocalStack, apiUrl: string, date: string): Promise<Summary> {
  const finance = new ApiClient(apiUrl, await tokenFor(stack, 'finance'));
  const ops = new ApiClient(apiUrl, await tokenFor(stack, 'ops'));
  const tallies: Tally[] = [];
  const held: { accountId: string; reason: string }[] = [];
  const money: Record<string, Money> = {};
  for (const sellerId of sellersOf(stack)) {
    const run = `/sellers/${sellerId}/runs/${date}`;
    tallies.push(await finance.get<Tally>(run));
    for await (const entry of finance.pages<(typeof held)[number]>(`${run}/entries?outcome=held`, 'entries'))
      held.push(entry);
    await addInvoices(money, finance, sellerId, date.slice(0, 7));
  }
  let openDeadLetters = 0;
  for await (const _ of ops.pages('/dead-letters?status=open', 'deadLetters')) openDeadLetters++;
  return { tallies, held, money, openDeadLetters };
}

/** How many invoices of the date's month there are, of all sellers. */
export async function countInvoices(stack: LocalStack, apiUrl: string, date: string): Promise<number> {
  const finance = new ApiClient(apiUrl, await tokenFor(stack, 'finance'));
  const money: Record<string, Money> = {};
  for (const sellerId of sellersOf(stack)) await addInvoices(money, finance, sellerId, date.slice(0, 7));
  return invoicesIn(money);
}

export const invoicesIn = (money: Summary['money']): number =>
  Object.values(money).reduce((total, { invoices }) => total + invoices, 0);

/** The sellers that the deployed schedules bill. */
export const sellersOf = (stack: LocalStack): string[] =>
  stack.scheduleNames.flatMap((name) => name.split('plan-billing-run-')[1] ?? []);

async function addInvoices(into: Record<string, Money>, finance: ApiClient, sellerId: string, month: string) {
  type Row = { currency: string; total: number; due: number };
  for await (const { currency, total, due } of finance.pages<Row>(
    `/sellers/${sellerId}/invoices?month=${month}`,
    'invoices',
  )) {
    into[currency] ??= { billed: 0, outstanding: 0, invoices: 0 };
    into[currency].billed += total;
    into[currency].outstanding += due;
    into[currency].invoices += 1;
  }
}

const right = (count: number) => Array(count).fill('right' as const);

/** Two tables: what became of the accounts, and of the money. */
export function tables({ tallies, money }: Summary): string {
  const runs = new Table({
    head: ['seller', 'planned', 'invoiced', 'zero', 'held', 'failed', 'open'],
    colAligns: ['left', ...right(6)],
    style: { head: [], border: [] },
  });
  for (const { sellerId, planned, invoiced, zero, held, failed, open } of tallies)
    runs.push([sellerId, planned, invoiced, zero, held, failed, open]);
  const amounts = new Table({
    head: ['currency', 'invoices', 'billed', 'collected', 'outstanding'],
    colAligns: ['left', ...right(4)],
    style: { head: [], border: [] },
  });
  for (const [currency, { invoices, billed, outstanding }] of Object.entries(money).sort())
    amounts.push([
      currency,
      invoices,
      ...[billed, billed - outstanding, outstanding].map((amount) => amountOf(amount, currency)),
    ]);
  return `${runs.toString()}\n${amounts.toString()}`;
}

/** Everybody planned has an outcome, nobody's failed, and nothing is left in the dead letters. */
export const wentWell = ({ tallies, openDeadLetters }: Summary): boolean =>
  openDeadLetters === 0 &&
  tallies.every(
    ({ planned, invoiced, zero, held, failed, open }) =>
      open === 0 && failed === 0 && planned === invoiced + zero + held,
  );
