import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { createExportFiles } from '../../shared/aws/export-files.ts';
import { createExportStore } from '../../shared/aws/export-store.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { invoiceDelivery } from '../../shared/domain/delivery.ts';
import { exportMonth } from '../../shared/export/export-month.ts';
import type { Message } from '../../shared/messages.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { RecordingQueues } from '../support/recording-queues.ts';
import { minor, rowsOf, sumOf, unzip } from '../support/zip.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const SELLER = 'northwind-ie';
const PATH = `/sellers/${SELLER}/invoice-exports`;
const ACCOUNTS = ['exp-1', 'exp-2', 'exp-3', 'exp-4', 'exp-5'];
const numbers = new Map<string, string>();
let credits: string[];

async function deliver(accountId: string): Promise<void> {
  const store = world.store();
  const work = deliverInvoice({
    store,
    documents: world.documents(),
    mailer: recordingMailer().mailer,
    render: (invoice) => renderIssued(store, invoice),
    config: { mailFrom: 'billing@northwind.example' },
  });
  await work({ sellerId: SELLER, accountId, invoiceId: '2026-12#cycle' }, NOW);
}

/** Three invoices with PDFs, two credit notes on one of them, one whose PDF is lost, and one without PDF yet. */
beforeAll(async () => {
  for (const accountId of ACCOUNTS) {
    const name = accountId === 'exp-2' ? '=HYPERLINK("http://evil.example";"Ünï & Söhne")' : 'Liffeyside Analytics Ltd';
    await world.load(customer(accountId, { name }));
    numbers.set(accountId, (await world.invoiced(accountId)).number);
  }
  for (const accountId of ['exp-1', 'exp-2', 'exp-3']) await deliver(accountId);
  const credit = async (amount: number) => {
    const body = { reason: 'error-correction', explanation: 'Two phones never arrived.', amount };
    const path = '/accounts/exp-1/invoices/2026-12-cycle/credit-notes';
    return (await call(token.finance, 'POST', path, { body })).body.creditNote.number as string;
  };
  credits = [await credit(1000), await credit(555)];
  const delivery = (await world.store().delivery(invoiceDelivery('exp-4', '2026-12#cycle')))!;
  await world.store().recordPdf(delivery, { key: 'invoices/northwind-ie/2026-12/lost.pdf', sha256: 'f'.repeat(64) });
});

/** Works on what was sent, and on what that sends, until nothing is left; says how many messages that took. */
async function work(messages: readonly unknown[], limits = { documents: 1000, bytes: 1e9 }): Promise<number> {
  const queues = new RecordingQueues();
  const left = [...messages] as Message<'exports'>[];
  let done = 0;
  for (let message = left.shift(); message !== undefined; message = left.shift()) {
    const files = createExportFiles({ bucket: 'documents' }, world.s3());
    const store = { ...world.store(), ...exportStore() };
    const deps = { store, documents: world.documents(), files, queues, limits };
    await exportMonth(deps, message, `try-${done++}`, NOW, () => 900_000);
    left.push(...queues.take('exports'));
  }
  return done;
}
const exportStore = () => createExportStore({ table: world.table(), listings: world.store() });
const bytesAt = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer());
const ask = (body: object, options: object = {}) => call(token.finance, 'POST', PATH, { body, ...options });

describe('a month as one ZIP', () => {
  // biome-ignore lint/suspicious/noExplicitAny: the answer of the API.
  let done: any;
  let zip: Awaited<ReturnType<typeof unzip>>;
  let rows: ReturnType<typeof rowsOf>;

  beforeAll(async () => {
    const asked = await ask({ month: '2026-12', eInvoices: true });
    expect([asked.status, asked.body.status, asked.body.files]).toEqual([202, 'under-way', []]);
    await work(await world.taken('exports'));
    done = (await call(token.finance, 'GET', `${PATH}/${asked.body.exportId}`)).body;
    zip = await unzip(await bytesAt(done.files[0].url));
    rows = rowsOf(await zip.textOf('index.csv'));
  });

  it('holds every invoice and credit note with its UBL, and the index', () => {
    const [one, two, three] = ['exp-1', 'exp-2', 'exp-3'].map((accountId) => numbers.get(accountId));
    const packed = [one, two, three].map((number) => `invoices/${number}.pdf`);
    const xml = ACCOUNTS.map((accountId) => `invoices/${numbers.get(accountId)}.xml`);
    const notes = credits.flatMap((number) => [`credit-notes/${number}.pdf`, `credit-notes/${number}.xml`]);
    expect(zip.names.toSorted()).toEqual([...packed, ...xml, ...notes, 'index.csv'].toSorted());
    expect([done.status, done.documents, done.gaps, done.files.length]).toEqual(['complete', 7, 2, 1]);
  });

  it('the link is good for five minutes, and what it gives is what was packed', async () => {
    const [file] = done.files;
    const bytes = await bytesAt(file.url);
    expect(file.fileName).toBe('invoices-northwind-ie-2026-12.zip');
    expect(file.expiresAt).toBe('2026-12-01T12:05:00.000Z');
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([file.bytes, file.sha256]);
  });

  it('each PDF is the one on record, byte for byte: the index gives its hash', async () => {
    for (const row of rows.filter((each) => each['file state'] === 'packed')) {
      const hash = createHash('sha256')
        .update(await zip.bytesOf(row.file!))
        .digest('hex');
      expect(hash).toBe(row.sha256);
      if (row.kind !== 'invoice') continue;
      const { pdf } = (await world.store().delivery(invoiceDelivery(row.account!, '2026-12#cycle')))!;
      expect(hash).toBe(pdf!.sha256);
    }
  });

  it('a PDF that is lost, or not made yet, leaves a gap that the index names', () => {
    const stateOf = (accountId: string) => rows.find(({ account }) => account === accountId)!['file state'];
    expect([stateOf('exp-1'), stateOf('exp-4'), stateOf('exp-5')]).toEqual(['packed', 'missing', 'not-made-yet']);
  });

  it('its sums are those of the trial balance of the month', async () => {
    const path = `/sellers/${SELLER}/trial-balance?from=2026-12-01&to=2026-12-31`;
    const { accounts } = (await call(token.finance, 'GET', path)).body as {
      accounts: { account: string; balance: number }[];
    };
    const booked = (matches: (account: string) => boolean) =>
      -accounts.filter(({ account }) => matches(account)).reduce((sum, { balance }) => sum + balance, 0);
    expect(sumOf(rows, 'net')).toBe(booked((account) => account === 'revenue'));
    expect(sumOf(rows, 'tax')).toBe(booked((account) => account.startsWith('tax')));
    expect(done.totals).toEqual([
      {
        ...{ currency: 'EUR', invoices: 5, creditNotes: 2 },
        ...{ net: sumOf(rows, 'net'), tax: sumOf(rows, 'tax'), total: sumOf(rows, 'total') },
      },
    ]);
  });

  it('each row says when, whose, how much and where it stands', () => {
    const row = rows.find(({ account }) => account === 'exp-1')!;
    expect(row).toMatchObject({
      ...{ kind: 'invoice', number: numbers.get('exp-1'), date: '2026-12-01', 'due date': '2026-12-16' },
      ...{ buyer: 'Liffeyside Analytics Ltd', country: 'IE', currency: 'EUR', state: 'unpaid' },
    });
    expect(minor(row.net!) + minor(row.tax!)).toBe(minor(row.total!));
    expect(minor(row.open!)).toBe(minor(row.total!) - 1555);
    const note = rows.find(({ number }) => number === credits[0])!;
    expect(note).toMatchObject({
      kind: 'credit note',
      corrects: numbers.get('exp-1'),
      total: '-10.00',
      state: 'issued',
    });
  });

  it('a spreadsheet reads it as UTF-8 and computes nothing that a customer wrote', async () => {
    const bytes = await zip.bytesOf('index.csv');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const buyer = rows.find(({ account }) => account === 'exp-2')!.buyer;
    expect(buyer).toBe(`'=HYPERLINK("http://evil.example";"Ünï & Söhne")`);
  });

  it('the index alone is there too', async () => {
    const alone = Buffer.from(await bytesAt(done.index.url));
    expect(alone.equals(Buffer.from(await zip.bytesOf('index.csv')))).toBe(true);
  });
});

describe('asking again', () => {
  it('on the same day finds the same export; with a key, or a day later, it makes another', async () => {
    const ids = [
      await ask({ month: '2026-12', eInvoices: true }),
      await ask({ month: '2026-12', eInvoices: true }, { now: '2026-12-01T20:00:00.000Z' }),
      await ask({ month: '2026-12', eInvoices: true }, { headers: { 'idempotency-key': 'audit-2026' } }),
      await ask({ month: '2026-12', eInvoices: true }, { now: '2026-12-02T20:00:00.000Z' }),
      await ask({ month: '2026-12' }),
    ].map(({ body }) => body.exportId);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(4);
    await work(await world.taken('exports'));
  });

  it('with the key of other content is refused', async () => {
    await ask({ month: '2026-12' }, { headers: { 'idempotency-key': 'twice' } });
    const other = await ask({ month: '2026-11' }, { headers: { 'idempotency-key': 'twice' } });
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_reused']);
    await work(await world.taken('exports'));
  });

  it('sends the work again as long as it is not done, and not when it is', async () => {
    const request = { headers: { 'idempotency-key': 'lost-message' } };
    await ask({ month: '2026-12' }, request);
    await world.taken('exports');
    await ask({ month: '2026-12' }, request);
    await work(await world.taken('exports'));
    expect((await ask({ month: '2026-12' }, request)).body.status).toBe('complete');
    expect(await world.taken('exports')).toEqual([]);
  });

  it('after its files were deleted it is gone, and asked for again it is made anew', async () => {
    const request = { headers: { 'idempotency-key': 'old' } };
    await ask({ month: '2026-12' }, request);
    await work(await world.taken('exports'));
    const later = '2026-12-15T12:00:00.000Z';
    const gone = await call(token.finance, 'GET', `${PATH}/old`, { now: later });
    expect([gone.status, gone.body.code]).toEqual([404, 'export_not_found']);
    expect((await ask({ month: '2026-12' }, { ...request, now: later })).body.status).toBe('under-way');
    await work(await world.taken('exports'));
  });
});

it('a month that is too large for one ZIP comes as several, each with its index, and one index of all', async () => {
  const { exportId } = (await ask({ month: '2026-12' }, { headers: { 'idempotency-key': 'large' } })).body;
  await work(await world.taken('exports'), { documents: 1, bytes: 1e9 });
  const { files, index, documents } = (await call(token.finance, 'GET', `${PATH}/${exportId}`)).body;
  const parts = await Promise.all(files.map(async ({ url }: { url: string }) => await unzip(await bytesAt(url))));
  const rows = (await Promise.all(parts.map(async (part) => rowsOf(await part.textOf('index.csv'))))).flat();
  expect(files.map(({ fileName }: { fileName: string }) => fileName)).toEqual([
    'invoices-northwind-ie-2026-12-1.zip',
    'invoices-northwind-ie-2026-12-2.zip',
  ]);
  expect(rowsOf(Buffer.from(await bytesAt(index.url)).toString())).toEqual(rows);
  expect([rows.length, documents]).toEqual([7, 7]);
  expect(new Set(rows.map(({ number }) => number)).size).toBe(7);
});

it('a month without documents is an empty index', async () => {
  const { exportId } = (await ask({ month: '2020-01' })).body;
  await work(await world.taken('exports'));
  const { files, documents } = (await call(token.finance, 'GET', `${PATH}/${exportId}`)).body;
  expect([(await unzip(await bytesAt(files[0].url))).names, documents]).toEqual([['index.csv'], 0]);
});

it('nobody else exports anything, and a person of another seller finds nothing', async () => {
  for (const by of [token.staff, token.ops, token.ownerOf('exp-1')])
    expect((await call(by, 'POST', PATH, { body: { month: '2026-12' } })).status).toBe(403);
  expect((await call(token.otherSeller, 'POST', PATH, { body: { month: '2026-12' } })).status).toBe(404);
  const bad = await ask({ month: '2026-13' });
  expect([bad.status, bad.body.field]).toEqual([400, 'month']);
});
