import { beforeAll, describe, expect, it } from 'vitest';
import { readPdf } from '../support/pdf.ts';
import { apiWorld, customer, token } from './world.ts';

const world = apiWorld();
const { call } = world;
let total: number;
let number: string;

/** An account that pays by wire: its invoice of December, and a payment of 100.00 more than that. */
beforeAll(async () => {
  await world.load(customer('papers-1', { autopay: false, terms: 'wire' }));
  await world.load(customer('papers-2', { autopay: false, terms: 'wire' }));
  ({ total, number } = await world.invoiced('papers-1'));
  const wire = {
    kind: 'wire',
    reference: 'STMT 7/3',
    valueDate: '2026-11-30',
    amount: total + 100_00,
    currency: 'EUR',
  };
  const headers = { 'idempotency-key': 'wire-7' };
  await call(token.finance, 'POST', '/accounts/papers-1/manual-payments', { body: wire, headers });
});
const get = (path: string, by: object = token.ownerOf('papers-1'), account = 'papers-1') =>
  call(by as typeof token.finance, 'GET', `/accounts/${account}/${path}`);

describe('the receipts of an account', () => {
  it('are listed with what they settled, the same for finance and the customer', async () => {
    const { status, body } = await get('receipts');
    expect([status, body.receipts]).toEqual([
      200,
      [
        {
          receiptId: 'credit-payment-wire-7',
          number: '20261130-wire-7',
          kind: 'wire',
          date: '2026-12-01',
          valueDate: '2026-11-30',
          reference: 'STMT 7/3',
          currency: 'EUR',
          amount: total + 100_00,
          settled: [{ invoiceId: '2026-12-cycle', number, amount: total, on: '2026-12-01' }],
          kept: 100_00,
          balanceAfter: 0,
        },
      ],
    ]);
    expect((await get('receipts', token.finance)).body).toEqual(body);
    expect((await get('receipts', token.finance, 'papers-2')).body).toEqual({ receipts: [] });
  });

  it('are PDFs of the same bytes for whoever may see them', async () => {
    const path = 'receipts/credit-payment-wire-7/pdf';
    const { status, type, headers, body } = await get(path);
    expect([status, type]).toEqual([200, 'application/pdf']);
    expect(headers['content-disposition']).toBe('attachment; filename="20261130-wire-7.pdf"');
    const { text } = await readPdf(Buffer.from(body, 'latin1'));
    for (const words of [
      'Payment receipt',
      'Liffeyside Analytics Ltd',
      `Invoice ${number}`,
      'Kept as credit',
      '€100.00',
    ])
      expect(text).toContain(words);
    expect((await get(path, token.finance)).body).toBe(body);
  });

  it('of another account do not exist', async () => {
    const { status, body } = await get('receipts/credit-payment-wire-7/pdf', token.finance, 'papers-2');
    expect([status, body.code, body.field]).toEqual([404, 'receipt_not_found', 'receiptId']);
  });

  it('refuse what is no id at all', async () => {
    expect((await get('receipts/%00/pdf')).status).toBe(400);
  });

  it('leave a trace of who has read them in the account’s log', async () => {
    await get('receipts/credit-payment-wire-7/pdf', token.finance);
    const items = JSON.stringify(await world.table.items());
    expect(items).toContain('"GET /accounts/papers-1/receipts/credit-payment-wire-7/pdf"');
  });
});

describe('the statement of an account', () => {
  it('of a month opens, moves and closes with the balance of its ledger', async () => {
    const { status, body } = await get('statement?from=2026-12');
    expect([status, body.from, body.to]).toEqual([200, '2026-12-01', '2026-12-01']);
    expect(body).toMatchObject({ opening: 0, closing: 0, credit: 100_00, contested: 0, open: [], balanceNow: 0 });
    expect(body.movements).toEqual([
      {
        ...{ date: '2026-12-01', kind: 'invoice', amount: total, credit: 0, contested: 0, balance: total },
        invoices: [{ invoiceId: '2026-12-cycle', number, amount: total }],
      },
      {
        ...{ date: '2026-12-01', kind: 'payment', amount: -total, credit: 100_00, contested: 0, balance: 0 },
        invoices: [{ invoiceId: '2026-12-cycle', number, amount: -total }],
        receiptId: 'credit-payment-wire-7',
      },
    ]);
    const ledger = await get('ledger', token.finance);
    expect([body.closing, body.credit]).toEqual([ledger.body.balance, ledger.body.credit]);
  });

  it.each([
    ['two months', 'from=2026-10&to=2026-11', ['2026-10-01', '2026-11-30']],
    ['days', 'from=2026-11-03&to=2026-11-17', ['2026-11-03', '2026-11-17']],
    ['a day until today', 'from=2026-11-03', ['2026-11-03', '2026-12-01']],
    ['a month that is not over ends today', 'from=2026-11&to=2026-12', ['2026-11-01', '2026-12-01']],
  ])('of %s', async (_what, query, period) => {
    const { body } = await get(`statement?${query}`);
    expect([body.from, body.to]).toEqual(period);
  });

  it.each([
    ['from=2026-13', 400, 'from'],
    ['to=2026-11', 400, 'from'],
    ['from=2026-12-02', 422, 'from'],
    ['from=2026-11-17&to=2026-11-16', 422, 'to'],
  ])('%s is refused, naming the field', async (query, status, field) => {
    const { status: answered, body } = await get(`statement?${query}`);
    expect([answered, body.field]).toEqual([status, field]);
  });

  it('is a PDF, with the slip to pay by transfer where something is open', async () => {
    const { status, type, headers, body } = await get('statement/pdf?from=2026-12');
    expect([status, type]).toEqual([200, 'application/pdf']);
    const name = 'statement-papers-1-2026-12-01-2026-12-01.pdf';
    expect(headers['content-disposition']).toBe(`attachment; filename="${name}"`);
    expect((await readPdf(Buffer.from(body, 'latin1'))).text).toContain('You have a credit of €100.00');
    await world.invoiced('papers-2');
    const owing = await get('statement/pdf?from=2026-12', token.finance, 'papers-2');
    expect((await readPdf(Buffer.from(owing.body, 'latin1'))).text).toContain('Payment slip');
  });

  it('that no font can show names the field', async () => {
    await world.load(customer('papers-3'));
    await world.nameUnseen('papers-3', '北风 Ltd');
    const { status, body } = await get('statement/pdf?from=2026-12', token.finance, 'papers-3');
    expect([status, body.code]).toEqual([422, 'unsupported_character']);
    expect(body.detail).toContain('statement.buyer.name: U+5317, U+98CE');
  });
});
