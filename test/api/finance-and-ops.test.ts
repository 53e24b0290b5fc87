import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { invoiceDelivery } from '../../shared/domain/delivery.ts';
import { shardOf } from '../../shared/domain/run.ts';
import { jobKey, type Message, type QueueName } from '../../shared/messages.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { apiWorld, customer, NOW, stage, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const ids = ['fin-1', 'fin-2', 'fin-3'];
const numbers: string[] = [];

beforeAll(async () => {
  for (const accountId of ids) {
    await world.load(customer(accountId));
    numbers.push((await world.invoiced(accountId)).number);
  }
});

describe('invoices', () => {
  it('of a month are listed page by page, each once', async () => {
    const found: string[] = [];
    let cursor = '';
    do {
      const path = `/sellers/northwind-ie/invoices?month=2026-12&limit=1${cursor}`;
      const { body } = await call(token.finance, 'GET', path);
      found.push(...body.invoices.map((invoice: { number: string }) => invoice.number));
      cursor = body.cursor ? `&cursor=${body.cursor}` : '';
    } while (cursor);
    expect(found.sort()).toEqual([...numbers].sort());
  });

  it.each([
    ['status=paid', 0],
    ['status=unpaid', 3],
  ])('with %s', async (filter, count) => {
    const { body } = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices?month=2026-12&${filter}`);
    expect(body.invoices).toHaveLength(count);
  });

  it.each([
    ['', 'month'],
    ['?month=2026-13', 'month'],
    ['?month=2026-12&status=late', 'status'],
  ])('are not listed without a proper %s', async (query, field) => {
    const answer = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices${query}`);
    expect([answer.status, answer.body.field]).toEqual([400, field]);
  });

  it('are found by number, with a breakdown whose lines and taxes make the total', async () => {
    const { body } = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices/${numbers[0]}`);
    const sum = [...body.lines, ...body.taxes].reduce(
      (total: number, { amount }: { amount: number }) => total + amount,
      0,
    );
    expect([body.number, sum]).toEqual([numbers[0], body.total]);
  });

  it('are the same for the customer, under its account', async () => {
    const byNumber = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices/${numbers[0]}`);
    const byAccount = await call(token.ownerOf('fin-1'), 'GET', '/accounts/fin-1/invoices/2026-12-cycle');
    expect(byAccount.body).toEqual(byNumber.body);
    const list = await call(token.ownerOf('fin-1'), 'GET', '/accounts/fin-1/invoices');
    expect(list.body.invoices.map(({ number }: { number: string }) => number)).toEqual([numbers[0]]);
  });

  it('of another seller are not found by number', async () => {
    const answer = await call(token.finance, 'GET', `/sellers/northwind-uk/invoices/${numbers[0]}`);
    expect([answer.status, answer.body.code]).toEqual([404, 'invoice_not_found']);
  });

  it('have no PDF before it is rendered, and then a link that works for five minutes', async () => {
    const path = '/accounts/fin-2/invoices/2026-12-cycle/pdf';
    expect((await call(token.finance, 'GET', path)).body.code).toBe('document_not_found');

    const store = world.store();
    const bytes = Buffer.from('%PDF-1.7 sample');
    const pdf = {
      key: 'invoices/northwind-ie/2026-12/x.pdf',
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
    await world.documents().storeOnce(pdf.key, bytes, 'application/pdf');
    await store.recordPdf((await store.delivery(invoiceDelivery('fin-2', '2026-12#cycle')))!, pdf);

    const { status, body } = await call(token.ownerOf('fin-2'), 'GET', path);
    expect([status, body.expiresAt, body.sha256]).toEqual([200, '2026-12-01T12:05:00.000Z', pdf.sha256]);
    expect(new URL(body.url).searchParams.get('X-Amz-Expires')).toBe('300');
    expect(await (await fetch(body.url)).text()).toBe('%PDF-1.7 sample');
  });
});

describe('runs', () => {
  const run = { sellerId: 'northwind-ie', businessDate: '2026-12-01' };
  const shards = sellerOf(stage, run.sellerId).shards;
  const held = Array.from({ length: 30 }, (_, index) => `held-${index}`);

  beforeAll(async () => {
    const store = world.store();
    await store.beginRun(run, shards, NOW);
    for (let shard = 0; shard < shards; shard++) {
      const here = held.filter((accountId) => shardOf(accountId, shards) === shard);
      await store.recordPlanned(run, shard, here);
    }
    for (const accountId of held) await store.recordFailed(run, accountId, 'function_crashed', 'It crashed.');
  });

  it('are listed and add up: planned is the sum of the outcomes', async () => {
    const { body: list } = await call(token.ops, 'GET', '/sellers/northwind-ie/runs');
    expect(list.runs).toEqual([{ businessDate: '2026-12-01' }]);
    const { body } = await call(token.finance, 'GET', '/sellers/northwind-ie/runs/2026-12-01');
    expect(body.planned).toBe(body.invoiced + body.zero + body.held + body.failed + body.open);
    expect([body.planned, body.failed, body.complete]).toEqual([30, 30, false]);
  });

  it('that did not take place are not found', async () => {
    const answer = await call(token.ops, 'GET', '/sellers/northwind-ie/runs/2026-12-02');
    expect([answer.status, answer.body.code]).toEqual([404, 'run_not_found']);
  });

  it('list each account of an outcome once with its reason, over all shards', async () => {
    const found: { accountId: string; reason: string }[] = [];
    let cursor = '';
    do {
      const path = `/sellers/northwind-ie/runs/2026-12-01/entries?outcome=failed&limit=7${cursor}`;
      const { body } = await call(token.finance, 'GET', path);
      found.push(...body.entries);
      cursor = body.cursor ? `&cursor=${body.cursor}` : '';
    } while (cursor);
    expect(found.map(({ accountId }) => accountId).sort()).toEqual([...held].sort());
    expect(found[0]?.reason).toBe('It crashed.');
    const none = await call(token.finance, 'GET', '/sellers/northwind-ie/runs/2026-12-01/entries?outcome=held');
    expect(none.body.entries).toEqual([]);
  });
});

describe('dead letters', () => {
  const lost = async <Q extends QueueName>(queue: Q, message: Message<Q>, body = JSON.stringify(message)) => {
    const { sellerId, accountId } = message as { sellerId?: string; accountId?: string };
    const owner = { ...(sellerId && { sellerId }), ...(accountId && { accountId }) };
    const key = jobKey(queue, message as Message<QueueName>);
    const letter = { queue, jobKey: key, body, ...owner, code: 'retries_exhausted', reason: 'No answer.' };
    await world
      .store()
      .recordDeadLetter({ ...letter, lastFailedAt: '2026-12-01T11:00:00.000Z' }, `${key}-${Math.random()}`);
    return key;
  };
  const ofInvoice = (accountId: string, sellerId = 'northwind-ie') => ({
    sellerId,
    accountId,
    invoiceId: '2026-12#cycle',
  });
  const noticeOf = (accountId: string, sellerId = 'northwind-ie'): Message<'notices'> => ({
    ...{ sellerId, accountId, about: '2026-12#cycle', document: 'reminder-1', occurrence: 1 },
  });
  const redrive = (body: object, claims: Parameters<typeof call>[0] = token.ops) =>
    call(claims, 'POST', '/dead-letters/redrive', { body });

  it('of all queues are listed with account, reason and age, once each', async () => {
    await lost('collections', ofInvoice('fin-1'));
    await lost('deliveries', ofInvoice('fin-1'));
    const found: { queue: string }[] = [];
    let cursor = '';
    do {
      const { body } = await call(token.ops, 'GET', `/dead-letters?accountId=fin-1&limit=1${cursor}`);
      found.push(...body.deadLetters);
      cursor = body.cursor ? `&cursor=${body.cursor}` : '';
    } while (cursor);
    expect(found.map(({ queue }) => queue)).toEqual(['deliveries', 'collections']);
    expect(found[0]).toMatchObject({ accountId: 'fin-1', reason: 'No answer.', ageSeconds: 3600, status: 'open' });
    expect(found[1]).toMatchObject({ due: 282_29, currency: 'EUR', attempts: 0, charges: 282_29 });
  });

  it('of another seller, and those that name none, are not shown', async () => {
    await lost('notices', noticeOf('uk-1', 'northwind-uk'));
    await lost('notices', noticeOf('fin-9'));
    await lost('imports', { key: 'accounts/x.jsonl', line: 1, upload: 'u' });
    const seen = async (query: string) =>
      (await call({ ...token.ops, 'custom:sellers': 'northwind-uk' }, 'GET', `/dead-letters?${query}`)).body
        .deadLetters;
    expect((await seen('queue=notices')).map(({ accountId }: { accountId: string }) => accountId)).toEqual(['uk-1']);
    expect(await seen('queue=imports')).toEqual([]);
  });

  it('of a mail say what it is about, in words of people', async () => {
    const body = { reason: 'removal', explanation: 'Sent back', amount: 100 };
    const path = '/accounts/fin-3/invoices/2026-12-cycle/credit-notes';
    const { number } = (await call(token.finance, 'POST', path, { body })).body.creditNote;
    const sent = (await world.taken('notices')).at(-1) as Message<'notices'>;
    const keys = [
      await lost('notices', noticeOf('fin-3')),
      await lost('notices', sent),
      await lost('notices', { ...sent, about: '2026-12#cycle#none' }),
    ];
    const { items } = (await redrive({ queue: 'notices', jobKeys: keys })).body;
    expect(items.map(({ effect }: { effect: string }) => effect)).toEqual([
      expect.stringMatching(/^Mails the notice "reminder-1" about invoice NTIE-\d{6}[A-Z]-\d+ to the recipients/),
      `Mails the notice "credit-note" about credit note ${number} to the recipients who did not get it.`,
      'Fails again: account fin-3 has no credit note 2026-12-cycle-none.',
    ]);
  });

  it('a dry run, which is the default, says what would happen and does nothing', async () => {
    const key = await lost('collections', ofInvoice('fin-2'));
    const { status, body } = await redrive({ queue: 'collections', jobKeys: [key] });
    expect([status, body.dryRun, body.items[0].result]).toEqual([200, true, 'would-redrive']);
    expect(body.items[0].effect).toMatch(/^Charges EUR 282\.29 to visa •••• 4242 for invoice NTIE-/);
    expect(body.items[0]).toMatchObject({ due: 282_29, currency: 'EUR', attempts: 0, charges: 282_29 });
    expect(await world.taken('collections')).toEqual([]);
    expect((await world.store().deadLetter('collections', key))?.status).toBe('open');
  });

  it('are sent again and marked with who did it', async () => {
    const key = await lost('collections', ofInvoice('fin-3'));
    const { body } = await redrive({ queue: 'collections', jobKeys: [key, 'unknown'], dryRun: false });
    expect(body.items.map(({ result }: { result: string }) => result)).toEqual(['redriven', 'not-found']);
    expect(await world.taken('collections')).toEqual([ofInvoice('fin-3')]);
    expect(await world.store().deadLetter('collections', key)).toMatchObject({
      status: 'redriven',
      redrivenBy: 'olga',
    });
  });

  it('are sent once however often the button is pressed, until they fail again', async () => {
    const key = await lost('collections', ofInvoice('fin-3'));
    const pressed: string[] = [];
    for (let press = 0; press < 100; press++) {
      const { body } = await redrive({ queue: 'collections', jobKeys: [key], dryRun: false });
      pressed.push(body.items[0].result);
    }
    expect([pressed[0], new Set(pressed.slice(1))]).toEqual(['redriven', new Set(['already-redriven'])]);
    expect(await world.taken('collections')).toHaveLength(1);
    await lost('collections', ofInvoice('fin-3'));
    expect((await redrive({ queue: 'collections', jobKeys: [key] })).body.items[0].result).toBe('would-redrive');
  });

  it('of another seller are not redriven', async () => {
    const key = await lost('collections', ofInvoice('fin-1'));
    const claims = { ...token.ops, 'custom:sellers': 'northwind-uk' };
    const { body } = await redrive({ queue: 'collections', jobKeys: [key], dryRun: false }, claims);
    expect(body.items[0].result).toBe('not-found');
    expect((await redrive({ queue: 'collections', all: true, dryRun: false }, claims)).body.items).toEqual([]);
    expect(await world.taken('collections')).toEqual([]);
  });

  it('that are broken themselves say so and stay', async () => {
    const message = { sellerId: 'northwind-ie', accountId: 'fin-1', number: 1, action: 'suspend' as const };
    const key = await lost('services', message, '{"broken":true}');
    const { body } = await redrive({ queue: 'services', jobKeys: [key], dryRun: false });
    expect(body.items[0].result).toBe('not-redrivable');
    expect((await world.store().deadLetter('services', key))?.status).toBe('open');
  });

  it('an announcement of S3 that crashed the import is sent again as our own message', async () => {
    const message = { key: 'accounts/crash.jsonl', line: 1, upload: '0A' };
    const body = JSON.stringify({ Records: [{ s3: { object: { key: message.key, sequencer: '0A' } } }] });
    const key = await lost('imports', message, body);
    await redrive({ queue: 'imports', jobKeys: [key], dryRun: false });
    expect(await world.taken('imports')).toEqual([message]);
  });

  it('all of a queue are redriven in bounded steps, each once', async () => {
    for (let index = 0; index < 120; index++) await lost('dunning', ofInvoice(`many-${index}`));
    let cursor: string | undefined;
    let steps = 0;
    let redriven = 0;
    do {
      const { body } = await redrive({ queue: 'dunning', all: true, dryRun: false, ...(cursor ? { cursor } : {}) });
      expect(body.items.length).toBeLessThanOrEqual(50);
      redriven += body.items.length;
      cursor = body.cursor;
      steps++;
    } while (cursor);
    expect([redriven, steps]).toEqual([120, 3]);
    expect(await world.taken('dunning')).toHaveLength(120);
    expect((await redrive({ queue: 'dunning', all: true })).body.items).toEqual([]);
  });

  it.each([
    ['nothing chosen', { queue: 'dunning' }],
    ['two choices', { queue: 'dunning', all: true, accountId: 'fin-1' }],
    ['an unknown queue', { queue: 'payments', all: true }],
  ])('are not redriven with %s', async (_what, body) => expect((await redrive(body)).status).toBe(400));

  it('payments are paced by a budget that all share, and what finds no room in 15 minutes waits', async () => {
    const accounts = Array.from({ length: 30 }, (_, index) => `paced-${index}`);
    const keys: string[] = [];
    for (const accountId of accounts) {
      await world.load(customer(accountId));
      await world.invoiced(accountId);
      keys.push(await lost('collections', ofInvoice(accountId)));
    }
    const at = { now: '2026-12-01T13:00:00.000Z', body: { queue: 'collections', jobKeys: keys, dryRun: false } };
    const { items } = (await call(token.ops, 'POST', '/dead-letters/redrive', at)).body;
    const seconds = items.map(({ afterSeconds = 0 }) => afterSeconds);
    expect(seconds).toEqual([...Array(10).fill(0), ...Array(10).fill(1), ...Array(10).fill(2)]);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await world.taken('collections')).toHaveLength(30);
    await world.store().takeSlots('payments', 3_600_000, 900_000, at.now);
    const key = await lost('collections', ofInvoice('paced-0'));
    const full = { ...at, body: { queue: 'collections', jobKeys: [key], dryRun: false } };
    expect((await call(token.ops, 'POST', '/dead-letters/redrive', full)).body.items[0].result).toBe('later');
    expect((await world.store().deadLetter('collections', key))?.status).toBe('open');
  });

  it('are nobody’s business but operations’', async () => {
    for (const claims of [token.finance, token.staff, token.ownerOf('fin-1')])
      expect((await call(claims, 'GET', '/dead-letters')).status).toBe(403);
  });
});

describe('imports', () => {
  it('give a link to upload to, and the report that follows', async () => {
    const { status, body } = await call(token.ops, 'POST', '/imports', { body: { name: 'may.jsonl' } });
    expect([status, body.expiresAt]).toEqual([201, '2026-12-01T12:15:00.000Z']);
    const uploaded = await fetch(body.url, { method: 'PUT', body: 'x\n' });
    expect([uploaded.status, new URL(body.url).pathname]).toEqual([200, '/imports/accounts/may.jsonl']);
    expect((await call(token.ops, 'GET', '/imports/may.jsonl')).status).toBe(404);
  });

  it('are refused to whoever works for some sellers only: a file may hold accounts of all', async () => {
    const answer = await call(token.otherSeller, 'POST', '/imports', { body: { name: 'may' } });
    expect(answer.status).toBe(403);
  });
});
