import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type ApiClient, allPages } from './api-client.ts';
import { amount, table } from './print.ts';

const ledgerSchema = z.object({
  entries: z.array(
    z.object({
      entryId: z.string(),
      date: z.string(),
      currency: z.string(),
      postings: z.array(z.object({ account: z.string(), amount: z.number() })),
      balance: z.number(),
    }),
  ),
  credit: z.number(),
});

/** The books of an account, entry by entry, with the running balance. */
export async function ledger(api: ApiClient, account: string): Promise<void> {
  const { entries, credit } = await api.get('finance', `/accounts/${encodeURIComponent(account)}/ledger`, ledgerSchema);
  if (entries.length === 0) return console.log(`The books of ${account} are empty.`);
  const rows = entries.map(({ date, entryId, currency, postings, balance }) => [
    date,
    entryId,
    postings.map((posting) => `${posting.account} ${amount(posting.amount, currency)}`).join('\n'),
    amount(balance, currency),
  ]);
  console.log(table(['date', 'entry', 'debit (+), credit (-)', 'balance'], rows));
  const currency = entries.at(-1)?.currency ?? '';
  if (credit !== 0) console.log(`Kept as credit for later invoices: ${amount(credit, currency)}.`);
}

const trialSchema = z.object({
  entries: z.number(),
  accounts: z.array(
    z.object({
      account: z.string(),
      currency: z.string(),
      debits: z.number(),
      credits: z.number(),
      balance: z.number(),
    }),
  ),
});

/** What moved on each account of a seller's books from one day to another, both counted. */
export async function trialBalance(api: ApiClient, seller: string, from: string, to: string): Promise<void> {
  const path = `/sellers/${encodeURIComponent(seller)}/trial-balance?${new URLSearchParams({ from, to })}`;
  const { entries, accounts } = await api.get('finance', path, trialSchema);
  const rows = accounts.map(({ account, currency, debits, credits, balance }) => [
    account,
    ...[debits, credits, balance].map((minor) => amount(minor, currency)),
  ]);
  console.log(table(['account', 'debits', 'credits', 'balance'], rows));
  console.log(`${entries} entries.`);
}

const handedOverSchema = z.object({
  accounts: z.array(
    z.object({
      accountId: z.string(),
      name: z.string(),
      balance: z.number(),
      currency: z.string(),
      handedOver: z.object({
        since: z.string(),
        because: z.string(),
        invoiceId: z.string(),
        contact: z.object({ email: z.string() }),
      }),
    }),
  ),
  cursor: z.string().optional(),
});

/** Who is with Accounts Receivable, the longest first. */
export async function handedOver(api: ApiClient, seller: string): Promise<void> {
  const path = `/sellers/${encodeURIComponent(seller)}/handed-over?limit=100`;
  const rows: string[][] = [];
  for await (const page of allPages(api, 'finance', path, handedOverSchema))
    for (const { accountId, name, balance, currency, handedOver: of } of page.accounts) {
      const { since, because, invoiceId, contact } = of;
      rows.push([
        since.slice(0, 10),
        `${accountId} ${name}`,
        amount(balance, currency),
        because,
        invoiceId,
        contact.email,
      ]);
    }
  if (rows.length === 0) return console.log(`No account of ${seller} is with Accounts Receivable.`);
  console.log(table(['since', 'account', 'owes', 'because', 'invoice', 'contact'], rows));
}

const statementSchema = z.object({
  entries: z.array(
    z.object({
      bankEntryId: z.string(),
      place: z.string(),
      valueDate: z.string(),
      amount: z.number(),
      currency: z.string(),
      reference: z.string(),
      payer: z.string().optional(),
      booked: z.object({ accountId: z.string() }).optional(),
      proposals: z.array(
        z.object({ accountId: z.string(), number: z.string(), confidence: z.string(), reason: z.string() }),
      ),
    }),
  ),
  faults: z.array(z.object({ place: z.string(), reason: z.string() })),
});

/** What the entries of a bank statement may pay; books nothing. False when a line could not be read. */
export async function bankStatement(api: ApiClient, seller: string, file: string): Promise<boolean> {
  const format = file.toLowerCase().endsWith('.xml') ? 'camt.053' : 'csv';
  const body = { format, content: readFileSync(file, 'utf8') };
  const path = `/sellers/${encodeURIComponent(seller)}/bank-statements`;
  const { entries, faults } = await api.post('finance', path, body, statementSchema);
  const rows = entries.map(({ bankEntryId, valueDate, amount: minor, currency, reference, payer = '', ...of }) => {
    const [likeliest] = of.proposals;
    const what = of.booked
      ? `booked for ${of.booked.accountId}`
      : likeliest
        ? `${likeliest.accountId} ${likeliest.number} (${likeliest.confidence}): ${likeliest.reason}`
        : 'nothing agrees';
    return [valueDate, amount(minor, currency), `${payer} ${reference}`.trim(), what, bankEntryId];
  });
  if (rows.length > 0) console.log(table(['date', 'amount', 'payer, reference', 'proposal', 'bank entry'], rows));
  for (const { place, reason } of faults) console.error(`${place}: ${reason}`);
  return faults.length === 0;
}
