import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAccounts } from '../../functions/import-accounts.ts';
import { reconcileProcessor } from '../../functions/reconcile-processor/index.ts';
import { anchorShardOf } from '../../shared/aws/audit-store.ts';
import { createImportFiles } from '../../shared/aws/imports.ts';
import { createLedgerStore } from '../../shared/aws/ledger-store.ts';
import { createReconciliationStore } from '../../shared/aws/reconciliation-store.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import { invoiceDelivery } from '../../shared/domain/delivery.ts';
import { jobKey } from '../../shared/messages.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import { servedApi } from './served-api.ts';
import { apiWorld, customer, NOW, stage, token } from './world.ts';

const world = apiWorld();
const folder = mkdtempSync(join(tmpdir(), 'ops-'));
// Files are imported when somebody first asks for their report.
const { ops } = servedApi(world, async (path) => {
  if (path.startsWith('/imports/')) await importUploaded(path.slice('/imports/'.length));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function importUploaded(name: string): Promise<void> {
  const files = createImportFiles({ bucket: 'imports' }, world.s3());
  const run = importAccounts({ store: world.store(), files, queues: world.deps().queues, offering: stage });
  await run({ key: `accounts/${name}`, line: 1, upload: 'only' }, NOW, () => 300_000);
}

const london = { line1: '1 Mill Lane', city: 'London', postalCode: 'E1 1AA', country: 'GB' };

const lost = async (accountId: string) => {
  const message = { sellerId: 'northwind-ie', accountId, invoiceId: '2026-12#cycle' };
  const key = jobKey('collections', message);
  const letter = { queue: 'collections', jobKey: key, body: JSON.stringify(message), ...message };
  const { invoiceId: _, ...owned } = letter;
  const failure = { code: 'retries_exhausted', reason: 'No answer.', lastFailedAt: '2026-12-01T11:00:00.000Z' };
  await world.store().recordDeadLetter({ ...owned, ...failure }, `failure-of-${accountId}`);
};

describe('import-accounts', () => {
  it('uploads a file, waits for its lines and shows what was wrong with them', async () => {
    const file = join(folder, 'new customers.jsonl');
    writeFileSync(file, [JSON.stringify(customer('cli-1')), '{', JSON.stringify(customer('cli-2'))].join('\n'));
    const { code, out } = await ops(['import-accounts', file]);
    expect(out).toContain('2 loaded, 0 were there already, 1 rejected.');
    expect(out).toMatch(/2 +│ \(line\) +│ is not valid JSON/);
    expect(code).toBe(2);
    expect((await world.store().loadForBilling('cli-2'))?.account.name).toBe('Liffeyside Analytics Ltd');
  });

  it('ends well when every line was good, also the second time', async () => {
    const file = join(folder, 'good.jsonl');
    writeFileSync(file, `${JSON.stringify(customer('cli-3'))}\n`);
    expect(await ops(['import-accounts', file])).toMatchObject({ code: 0 });
    const again = await ops(['import-accounts', file]);
    expect([again.code, again.out]).toEqual([
      0,
      expect.stringContaining('0 loaded, 1 were there already, 0 rejected.'),
    ]);
  });
});

describe('dead letters', () => {
  beforeAll(async () => {
    for (const accountId of ['gone-1', 'gone-2']) await lost(accountId);
  });

  it('are listed with account, age and reason', async () => {
    const { out } = await ops(['dead-letters']);
    expect(out).toMatch(/collections +│ gone-1 +│ 60 min +│ 1 +│ open +│ No answer\./);
  });

  it('are not sent by a dry run, which is the default', async () => {
    const { code, out } = await ops(['redrive', '--all']);
    expect(out).toContain('A dry run: nothing was sent. Add --yes to redrive 2.');
    expect(out).toContain('Fails again: account gone-1 has no');
    expect(code).toBe(0);
    expect(await world.taken('collections')).toEqual([]);
  });

  it('--dry-run outweighs --yes', async () => {
    await ops(['redrive', '--all', '--yes', '--dry-run']);
    expect(await world.taken('collections')).toEqual([]);
  });

  it('are sent with --yes, those of one account or all, each with a receipt', async () => {
    const one = await ops(['redrive', '--account', 'gone-1', '--yes']);
    expect([one.code, one.out]).toEqual([0, expect.stringContaining('1 of 1 redriven.')]);
    const rest = await ops(['redrive', '--all', '--yes', '--pace', '0']);
    expect(rest.out).toContain('1 of 1 redriven.');
    const sent = (await world.taken('collections')) as { accountId: string }[];
    expect(sent.map(({ accountId }) => accountId)).toEqual(['gone-1', 'gone-2']);
    expect((await ops(['redrive', '--all', '--yes'])).out).toContain('There is nothing to redrive.');
  });

  it('an unknown job key is reported', async () => {
    const { code, out } = await ops(['redrive', 'a|b|c', '--queue', 'collections', '--yes']);
    expect([code, out]).toEqual([2, expect.stringContaining('not-found')]);
  });
});

describe('invoices', () => {
  it('are listed, and one is downloaded and checked against its hash', async () => {
    await world.load(customer('paper-1'));
    const { number } = await world.invoiced('paper-1');
    const bytes = Buffer.from('%PDF-1.7 sample');
    const pdf = { key: 'invoices/x.pdf', sha256: createHash('sha256').update(bytes).digest('hex') };
    await world.documents().storeOnce(pdf.key, bytes, 'application/pdf');
    const store = world.store();
    await store.recordPdf((await store.delivery(invoiceDelivery('paper-1', '2026-12#cycle')))!, pdf);

    expect((await ops(['invoices', 'northwind-ie', '2026-12'])).out).toContain(number);
    const file = join(folder, 'saved.pdf');
    expect(await ops(['download', number, '--out', file])).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe('%PDF-1.7 sample');
  });
});

describe('credit notes', () => {
  it('are downloaded, verified and made again by their number, as invoices are', async () => {
    await world.load(customer('paper-2'));
    await world.invoiced('paper-2');
    const body = { reason: 'error-correction', explanation: 'Too many phones.', amount: 500 };
    const path = '/accounts/paper-2/invoices/2026-12-cycle/credit-notes';
    const { number } = (await world.call(token.finance, 'POST', path, { body })).body.creditNote;
    const file = join(folder, 'credit-note.pdf');
    expect(await ops(['download', number, '--out', file])).toMatchObject({ code: 0 });
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    const verified = await ops(['verify-pdf', number]);
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('The stored PDF is the one on record.')]);
    expect(verified.out).toContain('Made again it has the same bytes.');
    const again = await ops(['regenerate-pdf', number, '--reason', 'The auditor asked']);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('nothing was changed')]);
  });
});

describe('what goes wrong is one sentence', () => {
  it.each<[string, string[], Record<string, string>, string]>([
    ['no token', ['dead-letters'], { BILLING_TOKEN: '' }, 'Set BILLING_TOKEN as well.'],
    ['a token that is not valid', ['dead-letters'], { BILLING_TOKEN: 'old' }, 'The request carries no valid token.'],
    [
      'nobody there',
      ['dead-letters'],
      { BILLING_API_URL: 'http://127.0.0.1:9' },
      'http://127.0.0.1:9 cannot be reached',
    ],
    ['no such run', ['run', 'northwind-ie', '2026-01-01'], {}, 'No billing run took place on this date.'],
    ['no such day', ['run', 'northwind-ie', 'today'], {}, 'date: must be a calendar date'],
    ['a number of nobody’s', ['download', 'ZZZZ-202612A-000001'], {}, 'No seller of yours has invoice numbers like'],
    ['nothing chosen', ['redrive'], {}, 'Say what to redrive'],
    ['no such file', ['import-accounts', 'nowhere.jsonl'], {}, 'There is no file nowhere.jsonl.'],
    ['no such deck', ['load-deck', 'northwind-ie', 'premium', 'no.csv'], {}, 'There is no file no.csv.'],
  ])('%s', async (_what, args, environment, sentence) => {
    const { code, err } = await ops(args, environment);
    expect([code, err.trim().split('\n').length]).toEqual([1, 1]);
    expect(err).toContain(sentence);
  });
});

describe('explain, changes and preview', () => {
  it('say in words how an invoice came about, and why it differs from the one before', async () => {
    await world.load(customer('cli-why'));
    const { number } = await world.invoiced('cli-why');
    const all = await ops(['explain', number]);
    expect(all.out).toContain('Line 1  Desk phone  EUR 229.50');
    expect(all.out).toContain('    10 × EUR 22.95 = EUR 229.50.');
    expect(all.out).toContain('Tax 1  VAT  EUR 52.79');
    const one = await ops(['explain', number, '1']);
    expect([one.code, one.out.includes('Tax 1')]).toEqual([0, false]);
    expect((await ops(['explain', number, '7'])).err).toContain('The invoice has no line or tax with this number.');
    expect((await ops(['explain', number, 'x'])).err).toContain('It must be a whole number from 1 on.');
    const { out } = await ops(['changes', number]);
    expect(out).toMatch(/EUR 229\.50 +│ Desk phone: 10 devices, new\./);
    expect(out).toMatch(/EUR 282\.29 +│ NTIE-.*no invoice before: EUR 0\.00/);
  });

  it('preview a run: tally, totals, outliers first, held accounts with reasons, and all of it as CSV', async () => {
    const uk = { sellerId: 'northwind-uk', currency: 'GBP' as const, billingAddress: london };
    const phones = (delta: number) => [
      { subscriptionId: 'phones', productId: 'desk-phone', changes: [{ effectiveOn: '2026-01-01', delta }] },
    ];
    await world.load(customer('uk-small', { ...uk, subscriptions: phones(1) }));
    await world.load(customer('uk-large', { ...uk, subscriptions: phones(50) }));
    await world.load(customer('uk-zero', { ...uk, subscriptions: [] }));
    await world.load(customer('uk-held', { ...uk, hold: { reason: '=HYPERLINK("x")' } }));
    const file = join(folder, 'preview.csv');
    const { code, out, err } = await ops(['preview', 'northwind-uk', '2026-12-01', '--csv', file]);
    expect([code, err]).toEqual([2, expect.any(String)]);
    expect(out).toMatch(/4 +│ 2 +│ 1 +│ 1/);
    expect(out.indexOf('uk-large')).toBeLessThan(out.indexOf('uk-small'));
    expect(out).toMatch(/uk-held +│ Finance put this account on hold/);
    const rows = readFileSync(file, 'utf8').trim().split('\n');
    expect(rows[0]).toBe('account,billingDate,outcome,reason,currency,total,last,difference,changes');
    expect(rows).toHaveLength(5);
    expect(rows.find((row) => row.startsWith('uk-small'))).toMatch(/^uk-small,2026-12-01,invoice,,GBP,\d+\.\d\d,,/);
  });
});

describe('the books', () => {
  it('of an account, of a seller, and what a bank statement may pay', async () => {
    await world.load(customer('cli-books', { autopay: false, terms: 'wire' }));
    const { number } = await world.invoiced('cli-books');
    const ledger = await ops(['ledger', 'cli-books']);
    expect(ledger.out).toMatch(/invoice#2026-12#cycle.*receivable/);
    const trial = await ops(['trial-balance', 'northwind-ie', '2026-12-01', '2026-12-31']);
    expect(trial.out).toMatch(/tax:VAT:IE/);
    const file = join(folder, 'statement.csv');
    const lines = ['value_date,amount,currency,reference', `2026-12-01,1.00,EUR,${number}`, 'never,1,EUR,x'];
    writeFileSync(file, lines.join('\n'));
    const statement = await ops(['bank-statement', 'northwind-ie', file]);
    expect(statement.out).toContain(`cli-books ${number} (medium)`);
    expect([statement.err, statement.code]).toEqual([expect.stringContaining('line 3: value_date'), 2]);
  });

  it('against the processor’s money: what differs is shown, and accepted after it was tried', async () => {
    const { hostname: host, port } = new URL(world.processor().url);
    const stripe = new Stripe('sk_test_local', { host, port, protocol: 'http', telemetry: false });
    const intent = await stripe.paymentIntents.create({ amount: 9_00, currency: 'eur', customer: 'cus_1' });
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    const options = { table: world.table(), shardsOf: () => 1 };
    const run = reconcileProcessor({
      store: { ...createLedgerStore(options), ...createReconciliationStore(options) },
      processor: stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: world.processor().url }),
      documents: world.documents(),
      queues: world.deps().queues,
      stage,
    });
    await run({ sellerId: 'northwind-ie' }, '2026-12-02T04:30:00.000Z', { getRemainingTimeInMillis: () => 900_000 });

    const shown = await ops(['reconciliation', 'northwind-ie', '2026-12-01']);
    expect(shown.code).toBe(2);
    expect(shown.out).toMatch(/missing +│ 2026-12-01 +│ EUR 9\.00/);
    expect(shown.out).toContain('1 of them are for finance.');
    const [item = ''] = /txn_\w+/.exec(shown.out) ?? [];
    const accept = ['accept-difference', 'northwind-ie', '2026-12-01', item, '--reason', 'A test'];
    expect((await ops(accept)).out).toContain('Nothing was changed');
    expect((await ops([...accept, '--yes'])).out).toContain('Booked: processor-clearing 900, suspense -900.');
    const never = await ops(['reconciliation', 'northwind-ie', '2026-11-01']);
    expect([never.code, never.err]).toEqual([1, expect.stringContaining('was not reconciled')]);
  });
});

describe('the audit log', () => {
  const entry = (id: string, after: string): AuditEntry => ({
    ...{ id, at: '2026-12-01T09:00:00.000Z', what: 'account', action: 'changed' },
    by: { by: 'stan', roles: ['staff'], from: '198.51.100.1' },
    changes: [{ field: 'name', before: 'Old', after }],
  });

  beforeAll(async () => {
    await world.load(customer('cli-audit'));
    const token: AuditEntry['changes'] = [
      { field: 'last4', after: '4242' },
      { field: 'processorMethod', withheld: true },
    ];
    const method: AuditEntry = { ...entry('3', ''), what: 'payment-method', action: 'added', changes: token };
    const entries = [
      entry('1', 'New'),
      entry('2', '=SUM(A1)'),
      { ...method, subject: 'card-9', by: { by: 'import-accounts' } },
    ];
    await world.auditStore().append('cli-audit', entries, () => NOW);
  });

  it('is shown with who, when, from where, before and after', async () => {
    const { out, code } = await ops(['audit', 'cli-audit']);
    expect(out).toMatch(
      /1 +│ 2026-12-01T09:00:00.000Z +│ stan \(staff\) 198\.51\.100\.1 +│ account changed +│ name: Old → New/,
    );
    expect(out).toMatch(/import-accounts +│ payment-method card-9 added +│ last4: 4242/);
    expect(out).toContain('processorMethod: changed');
    expect(code).toBe(0);
  });

  it('is saved for a spreadsheet, in which no value turns into a formula', async () => {
    const file = join(folder, 'audit.csv');
    expect((await ops(['audit', 'cli-audit', '--csv', file])).out).toContain(`3 entries are in ${file}.`);
    const rows = readFileSync(file, 'utf8').trim().split('\n');
    expect(rows[0]).toBe('number,time,what,which,action,by,roles,from,field,before,after,hash');
    expect(rows[2]).toMatch(
      /^2,2026-12-01T09:00:00.000Z,account,,changed,stan,staff,198.51.100.1,name,Old,'=SUM\(A1\),/,
    );
  });

  it('is saved for the customer without names and addresses of the telecom’s people', async () => {
    const file = join(folder, 'for-customer.csv');
    await ops(['audit', 'cli-audit', '--for-customer', '--csv', file]);
    expect(readFileSync(file, 'utf8')).toContain(',account,,changed,telecom,staff,,name,Old,New,');
    expect(readFileSync(file, 'utf8')).not.toMatch(/stan|198\.51/);
  });

  it('is verified: sound, sound with an anchor, and not when an entry was changed in the table', async () => {
    expect(await ops(['verify-audit', 'cli-audit'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^OK: 3 entries, each as it was written; there is no anchor yet/),
    });
    const heads = new Map([['cli-audit', (await world.auditStore().entries('cli-audit', 2, 1))[0]!]]);
    await world.anchors().anchor('2026-12-01', anchorShardOf('cli-audit'), heads);
    const anchored = await ops(['verify-audit', 'cli-audit']);
    expect(anchored.out).toContain('1 anchors agree, the last of 2026-12-01 with entry 3.');
    await forge('cli-audit');
    const forged = await ops(['verify-audit', 'cli-audit']);
    expect(forged.code).toBe(2);
    expect(forged.out).toMatch(/^NOT OK at entry 2: The entry, or one before it, is not as it was written/);
  });
});

/** As somebody would who has rights on the table that no function has. */
async function forge(accountId: string): Promise<void> {
  const table = world.table.auditLogs();
  const Key = { pk: accountId, sk: '000000000001' };
  const { Item } = await table.call('GetItem', { TableName: table.name, Key });
  const written = inflateRawSync(Item?.entries as Buffer).toString();
  const entries = deflateRawSync(written.replace('=SUM(A1)', 'Harmless'));
  await table.call('PutItem', { TableName: table.name, Item: { ...Item, entries } });
}

describe('the papers of an account', () => {
  beforeAll(async () => {
    await world.load(customer('cli-papers', { autopay: false, terms: 'wire' }));
    const { total } = await world.invoiced('cli-papers');
    const wire = { kind: 'wire', reference: 'STMT 9', valueDate: '2026-11-30', amount: total, currency: 'EUR' };
    const headers = { 'idempotency-key': 'wire-9' };
    await world.call(token.finance, 'POST', '/accounts/cli-papers/manual-payments', { body: wire, headers });
  });

  it('receipts lists the payments, and saves the receipt of one', async () => {
    const { code, out } = await ops(['receipts', 'cli-papers']);
    expect(code).toBe(0);
    expect(out).toMatch(/2026-12-01 .*wire .*NTIE-202612[A-Z]-\d{6} .*credit-payment-wire-9/);
    const file = join(folder, 'receipt.pdf');
    expect((await ops(['receipts', 'cli-papers', '--save', 'credit-payment-wire-9', '--out', file])).code).toBe(0);
    expect(readFileSync(file, 'latin1')).toMatch(/^%PDF-1\.7/);
  });

  it('statement saves the PDF and shows its figures', async () => {
    const file = join(folder, 'statement.pdf');
    const { code, out } = await ops(['statement', 'cli-papers', '2026-12', '--out', file]);
    expect(code).toBe(0);
    expect(out).toMatch(/2026-12-01 to 2026-12-01 .*2 movements/);
    expect(readFileSync(file, 'latin1')).toMatch(/^%PDF-1\.7/);
  });

  it('say what is wrong with a request', async () => {
    const { code, err } = await ops(['statement', 'cli-papers', '2027-01']);
    expect([code, err.trim()]).toEqual([1, 'from: must not be after today, 2026-12-01']);
  });
});
