import { describe, expect, it } from 'vitest';
import { apiWorld, customer, token } from './world.ts';

const world = apiWorld();
const { call } = world;

let made = 0;
async function owing() {
  const accountId = `contests-${++made}`;
  await world.load(customer(accountId, { autopay: false }));
  const { total, number } = await world.invoiced(accountId);
  const path = `/accounts/${accountId}/invoices/2026-12-cycle`;
  return { accountId, total, number, path };
}
/** The invoices of November and December, with a day on which each can still be contested. */
async function owingTwice() {
  const accountId = `contests-${++made}`;
  await world.load(customer(accountId, { autopay: false, billedThrough: '2026-10' }));
  const total = (await world.invoiced(accountId)).total + (await world.invoiced(accountId)).total;
  const path = (month: string) => `/accounts/${accountId}/invoices/${month}-cycle`;
  const november = { path: path('2026-11'), now: '2026-11-10T12:00:00.000Z' };
  return { accountId, total, both: [november, { path: path('2026-12'), now: '2026-12-02T12:00:00.000Z' }] };
}
const post = (by: Parameters<typeof call>[0], path: string, body: object, key?: string) =>
  call(by, 'POST', path, { body, ...(key && { headers: { 'idempotency-key': key } }) });
const standing = async (accountId: string) => {
  const { body } = await call(token.finance, 'GET', `/accounts/${accountId}/ledger`);
  return [body.balance, body.credit];
};

describe('a customer contests an invoice', () => {
  it('and wins: a credit note, a number, nothing due', async () => {
    const { accountId, total, path, number } = await owing();
    const owner = token.ownerOf(accountId);
    const opened = await post(owner, `${path}/disputes`, { reason: 'Never ordered' });
    expect([opened.status, opened.body.outcome, opened.body.effects.balance.after]).toEqual([200, 'booked', 0]);
    expect((await call(owner, 'GET', path)).body).toMatchObject({ due: 0, disputed: total, status: 'unpaid' });
    const { disputeId } = opened.body.dispute;
    const waiting = await call(token.finance, 'GET', '/sellers/northwind-ie/disputes');
    expect(waiting.body.disputes).toContainEqual(expect.objectContaining({ accountId, disputeId, status: 'open' }));
    const decide = (query = '') =>
      post(token.finance, `${path}/disputes/${disputeId}/decision${query}`, {
        decision: 'upheld',
        reason: 'Our error',
      });
    expect((await decide('?dryRun=true')).body.dispute.status).toBe('upheld');
    expect((await call(owner, 'GET', `/accounts/${accountId}/credit-notes`)).body.creditNotes).toEqual([]);
    await world.taken('notices');
    expect((await decide()).body).toMatchObject({ outcome: 'booked', dispute: { status: 'upheld' } });
    expect(await world.taken('notices')).toMatchObject([{ accountId, document: 'credit-note' }]);
    const { creditNotes } = (await call(owner, 'GET', `/accounts/${accountId}/credit-notes`)).body;
    expect(creditNotes).toMatchObject([{ invoiceNumber: number, total, disputeId, reason: 'dispute-upheld' }]);
    expect(creditNotes[0].number).toMatch(/^NTIE-CN-202612A-\d{6}$/);
    expect((await call(owner, 'GET', path)).body).toMatchObject({ due: 0, status: 'paid' });
    expect(await standing(accountId)).toEqual([0, 0]);
    const again = await decide();
    expect([again.status, again.body.code]).toEqual([409, 'dispute_closed']);
    expect((await call(token.finance, 'GET', '/sellers/northwind-ie/disputes')).body.disputes).not.toContainEqual(
      expect.objectContaining({ accountId }),
    );
  });

  it('and loses, or thinks better of it: all of it is due again', async () => {
    for (const [who, step, body] of [
      ['finance', 'decision', { decision: 'rejected', reason: 'It was ordered' }],
      ['owner', 'withdrawal', { reason: 'Found it' }],
    ] as const) {
      const { accountId, total, path } = await owing();
      const opened = await post(token.ownerOf(accountId), `${path}/disputes`, { reason: 'x', amount: 100 });
      expect(await standing(accountId)).toEqual([total - 100, 0]);
      const by = who === 'finance' ? token.finance : token.ownerOf(accountId);
      expect((await post(by, `${path}/disputes/${opened.body.dispute.disputeId}/${step}`, body)).status).toBe(200);
      expect(await standing(accountId)).toEqual([total, 0]);
    }
  });

  it('twice in the same words: it is one dispute', async () => {
    const { accountId, total, path } = await owing();
    const owner = token.ownerOf(accountId);
    await post(owner, `${path}/disputes`, { reason: 'x', amount: 100 });
    expect((await post(owner, `${path}/disputes`, { reason: 'x', amount: 100 })).body.outcome).toBe('repeated');
    expect(await standing(accountId)).toEqual([total - 100, 0]);
    await post(owner, `${path}/disputes`, { reason: 'x', amount: 100 }, 'k');
    const other = await post(owner, `${path}/disputes`, { reason: 'y', amount: 100 }, 'k');
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_reused']);
  });

  it('two invoices in the same words: they are two disputes', async () => {
    const { accountId, total, both } = await owingTwice();
    const owner = token.ownerOf(accountId);
    for (const { path, now } of both) {
      const opened = await call(owner, 'POST', `${path}/disputes`, { body: { reason: 'x', amount: 100 }, now });
      expect(opened.body.outcome).toBe('booked');
      expect((await call(owner, 'GET', path)).body.disputed).toBe(100);
    }
    expect(await standing(accountId)).toEqual([total - 200, 0]);
  });

  it('sixteen days after its date: refused, unless it came in time and finance enters it', async () => {
    const { accountId, path } = await owing();
    const now = '2026-12-17T12:00:00.000Z';
    const late = await call(token.ownerOf(accountId), 'POST', `${path}/disputes`, { body: { reason: 'x' }, now });
    expect([late.status, late.body.code]).toEqual([422, 'dispute_too_late']);
    const body = { reason: 'x', receivedOn: '2026-12-15' };
    expect((await call(token.ownerOf(accountId), 'POST', `${path}/disputes`, { body, now })).status).toBe(403);
    expect((await call(token.finance, 'POST', `${path}/disputes`, { body, now })).status).toBe(200);
  });

  it.each([
    ['both lines and an amount', { reason: 'x', amount: 1, lines: [{ line: 1 }] }, 400, 'amount'],
    ['more than the invoice', { reason: 'x', amount: 9_999_999 }, 422, 'amount'],
    ['a line of nobody', { reason: 'x', lines: [{ line: 99 }] }, 422, 'lines.0.line'],
    ['no reason', { amount: 100 }, 400, 'reason'],
    ['a negative amount', { reason: 'x', amount: -5 }, 400, 'amount'],
  ])('with %s: refused by name, nothing changes', async (_what, body, status, field) => {
    const { accountId, total, path } = await owing();
    const answer = await post(token.ownerOf(accountId), `${path}/disputes`, body);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(await standing(accountId)).toEqual([total, 0]);
  });
});

describe('a credit note of finance', () => {
  it('on a paid invoice becomes credit; shown before, and issued once', async () => {
    const { accountId, total, path } = await owing();
    const payment = { kind: 'cheque', reference: 'C-1', valueDate: '2026-12-01', amount: total, currency: 'EUR' };
    await post(token.finance, `/accounts/${accountId}/manual-payments`, payment);
    const body = { reason: 'error-correction', explanation: 'Counted twice', lines: [{ line: 1, amount: 1000 }] };
    const preview = await post(token.finance, `${path}/credit-notes?dryRun=true`, body);
    expect(preview.body).toMatchObject({ outcome: 'preview', creditNote: { subtotal: 1000, taxTotal: 230 } });
    expect(preview.body.creditNote.number).toBeUndefined();
    expect(await standing(accountId)).toEqual([0, 0]);
    const issued = await post(token.finance, `${path}/credit-notes`, body);
    expect(issued.body.effects).toEqual(preview.body.effects);
    const again = await post(token.finance, `${path}/credit-notes`, body);
    expect(again.body).toMatchObject({ outcome: 'repeated', creditNote: { number: issued.body.creditNote.number } });
    expect(await standing(accountId)).toEqual([0, 1230]);
  });

  it('on each of two invoices in the same words is two, and each is kept', async () => {
    const { accountId, total, both } = await owingTwice();
    const payment = { kind: 'wire', reference: 'W-2', valueDate: '2026-12-01', amount: total, currency: 'EUR' };
    await post(token.finance, `/accounts/${accountId}/manual-payments`, payment);
    for (const { path } of both) {
      const body = { reason: 'error-correction', explanation: 'Counted twice', amount: 700 };
      expect((await post(token.finance, `${path}/credit-notes`, body)).body.outcome).toBe('booked');
    }
    const { creditNotes } = (await call(token.finance, 'GET', `/accounts/${accountId}/credit-notes`)).body;
    expect(new Set(creditNotes.map(({ number }: { number: string }) => number)).size).toBe(2);
    expect(await standing(accountId)).toEqual([0, 1400]);
  });

  it('asks for its mail when it is issued, and again when it is repeated: it is sent once all the same', async () => {
    const { accountId, path } = await owing();
    const body = { reason: 'removal', explanation: 'Sent back', amount: 500 };
    await world.taken('notices');
    await post(token.finance, `${path}/credit-notes?dryRun=true`, body, 'phones');
    expect(await world.taken('notices')).toEqual([]);
    const mail = {
      ...{ sellerId: 'northwind-ie', accountId, about: '2026-12#cycle#phones' },
      ...{ document: 'credit-note', occurrence: 1 },
    };
    await post(token.finance, `${path}/credit-notes`, body, 'phones');
    expect(await world.taken('notices')).toEqual([mail]);
    await post(token.finance, `${path}/credit-notes?dryRun=true`, body, 'phones');
    await post(token.finance, `${path}/credit-notes`, body, 'phones');
    expect(await world.taken('notices')).toEqual([mail]);
  });

  it('many at once never exceed the invoice, and their numbers have no gap', async () => {
    const { accountId, total, path } = await owing();
    const half = Math.ceil(total / 2) + 1;
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((key) =>
        post(token.finance, `${path}/credit-notes`, { reason: 'removal', explanation: key, amount: half }, key),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    expect(await standing(accountId)).toEqual([total - half, 0]);
    const month = await call(token.finance, 'GET', '/sellers/northwind-ie/credit-notes?month=2026-12');
    const sequences = month.body.creditNotes.map(({ number }: { number: string }) => Number(number.slice(-6)));
    expect(sequences).toEqual(sequences.map((_: number, index: number) => index + 1));
  });

  it.each([
    ['goodwill, which is no ground (C26)', { reason: 'goodwill', explanation: 'x' }, 400, 'reason'],
    ['an upheld dispute that nobody raised', { reason: 'dispute-upheld', explanation: 'x' }, 400, 'reason'],
    ['no explanation', { reason: 'removal', explanation: '' }, 400, 'explanation'],
  ])('for %s is refused', async (_what, body, status, field) => {
    const { path } = await owing();
    const answer = await post(token.finance, `${path}/credit-notes`, body);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it('nobody else issues', async () => {
    const { accountId, path } = await owing();
    const body = { reason: 'removal', explanation: 'x' };
    for (const by of [token.staff, token.ops, token.ownerOf(accountId)])
      expect((await post(by, `${path}/credit-notes`, body)).status).toBe(403);
  });
});
