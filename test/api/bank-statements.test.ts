import { describe, expect, it } from 'vitest';
import { apiWorld, customer, token } from './world.ts';

const world = apiWorld();
const { call } = world;

let made = 0;
async function owing(name: string, phones = 10) {
  const accountId = `bank-${++made}`;
  const subscriptions = [
    { subscriptionId: 'p', productId: 'desk-phone', changes: [{ effectiveOn: '2026-01-01', delta: phones }] },
  ];
  await world.load(customer(accountId, { autopay: false, terms: 'wire', name, subscriptions }));
  const { total, number } = await world.invoiced(accountId);
  return { accountId, total, number };
}
const cents = (minor: number) => (minor / 100).toFixed(2);
const read = (content: string, format = 'csv', by: Parameters<typeof call>[0] = token.finance) =>
  call(by, 'POST', '/sellers/northwind-ie/bank-statements', { body: { format, content } });
const statement = (...lines: readonly string[]) => ['value_date,amount,currency,reference,payer', ...lines].join('\n');
const book = (accountId: string, entry: { bankEntryId: string; amount: number; reference: string }, key?: string) =>
  call(token.finance, 'POST', `/accounts/${accountId}/manual-payments`, {
    body: {
      ...{ kind: 'wire', valueDate: '2026-12-01', currency: 'EUR' },
      ...{ reference: entry.reference, amount: entry.amount, bankEntryId: entry.bankEntryId },
    },
    ...(key && { headers: { 'idempotency-key': key } }),
  });
const balance = async (accountId: string) =>
  (await call(token.finance, 'GET', `/accounts/${accountId}/ledger`)).body.balance;

describe('a bank statement', () => {
  it('is read into proposals, books nothing by itself, and a confirmed entry counts once in all files', async () => {
    const [named, unnamed] = [await owing('Quayside Ltd'), await owing('Docklands Ltd', 11)];
    const text = statement(
      `2026-12-01,${cents(named.total)},EUR,Payment of ${named.number},Someone Else`,
      `2026-12-01,${cents(unnamed.total)},EUR,thanks,DOCKLANDS LTD`,
    );
    const { status, body } = await read(text);
    expect(status).toBe(200);
    expect(body.entries.map(({ proposals }: { proposals: object[] }) => proposals[0])).toMatchObject([
      { accountId: named.accountId, number: named.number, confidence: 'high' },
      { accountId: unnamed.accountId, number: unnamed.number, confidence: 'medium' },
    ]);
    expect(await balance(named.accountId)).toBe(named.total);

    const [first] = body.entries;
    expect((await book(named.accountId, first)).body.outcome).toBe('booked');
    expect((await book(named.accountId, first)).body.outcome).toBe('repeated');
    for (const answer of [await book(unnamed.accountId, first), await book(named.accountId, first, 'another')])
      expect([answer.status, answer.body.code, answer.body.field]).toEqual([409, 'bank_entry_booked', 'bankEntryId']);
    expect([await balance(named.accountId), await balance(unnamed.accountId)]).toEqual([0, unnamed.total]);
    const again = (await read(text)).body.entries;
    expect(again[0]).toMatchObject({ booked: { accountId: named.accountId }, proposals: [] });
    expect(again[1].booked).toBeUndefined();
  });

  it('whose entry was booked for the wrong account is booked for the right one after a reversal', async () => {
    const [wrong, right] = [await owing('Wrong Ltd'), await owing('Right Ltd')];
    const [entry] = (await read(statement(`2026-12-01,${cents(right.total)},EUR,mixed up,X`))).body.entries;
    const { body } = await book(wrong.accountId, entry);
    const path = `/accounts/${wrong.accountId}/manual-payments/${body.payment.creditId}/reversal`;
    expect((await call(token.finance, 'POST', path, { body: { reason: 'Wrong account' } })).status).toBe(200);
    expect((await book(right.accountId, entry)).body.outcome).toBe('booked');
    expect([await balance(wrong.accountId), await balance(right.accountId)]).toEqual([wrong.total, 0]);
  });

  it('that two people confirm for two accounts at once is booked for one', async () => {
    const [a, b] = [await owing('A Ltd'), await owing('B Ltd')];
    const [entry] = (await read(statement('2026-12-01,1.00,EUR,who,X'))).body.entries;
    const answers = await Promise.all([book(a.accountId, entry), book(b.accountId, entry)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await balance(a.accountId)) + (await balance(b.accountId))).toBe(a.total + b.total - 100);
  });

  it.each([
    ['no columns', 'csv', 'a,b\n1,2', 'line 1'],
    ['no XML', 'camt.053', 'hello', 'file'],
    ['only lines that cannot be read', 'csv', statement('yesterday,1.00,EUR,x,y'), 'line 2'],
  ])('with %s is refused with the place of the fault', async (_what, format, content, place) => {
    const { status, body } = await read(content, format);
    expect([status, body.field]).toEqual([422, 'content']);
    expect(body.errors[0].reason).toContain(place);
  });

  it('pays an invoice of the seller’s new month, which has not begun in UTC', async () => {
    const address = { line1: '8 Wharf Lane', city: 'Sydney', region: 'NSW', postalCode: '2000', country: 'AU' };
    const harbour = {
      sellerId: 'northwind-au',
      currency: 'AUD' as const,
      name: 'Harbour Pty Ltd',
      billingAddress: address,
    };
    await world.load(customer('bank-au', { ...harbour, autopay: false, billedThrough: '2026-12' }));
    const { total, number } = await world.invoiced('bank-au');
    const content = statement(`2027-01-01,${cents(total)},AUD,thanks,HARBOUR PTY LTD`);
    const { body } = await call(token.finance, 'POST', '/sellers/northwind-au/bank-statements', {
      ...{ body: { format: 'csv', content }, now: '2026-12-31T14:00:00.000Z' },
    });
    expect(body.entries[0].proposals).toMatchObject([{ number, confidence: 'medium' }]);
  });

  it('is read by finance alone', async () => {
    for (const by of [token.staff, token.ops]) expect((await read('x', 'csv', by)).status).toBe(403);
  });
});
