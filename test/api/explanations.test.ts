import { beforeAll, describe, expect, it } from 'vitest';
import { apiWorld, customer, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const base = '/accounts/why/invoices/2026-12-cycle';
let number = '';

beforeAll(async () => {
  await world.load(customer('why'));
  number = (await world.invoiced('why')).number;
});

describe('a line explained', () => {
  it('says how its amount came about, to its customer and, by number, to finance', async () => {
    const { status, body } = await call(token.ownerOf('why'), 'GET', `${base}/lines/1/explanation`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ number, line: 1, description: 'Desk phone', currency: 'EUR', amount: 22_950 });
    expect(body.recomputed).toBe(body.amount);
    expect(body.explanation).toMatchObject({ kind: 'period', quantity: 10 });
    expect(body.words.at(-1)).toBe('10 × EUR 22.95 = EUR 229.50.');
    const byNumber = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices/${number}/lines/1/explanation`);
    expect(byNumber.body).toEqual(body);
  });

  it('and so does every tax', async () => {
    const { status, body } = await call(token.ownerOf('why'), 'GET', `${base}/taxes/1/explanation`);
    expect([status, body.amount, body.recomputed]).toEqual([200, 5279, 5279]);
    expect(body.words).toContain('EUR 229.50 × 23 % = EUR 52.785, rounded half up to the cent: EUR 52.79.');
    const byNumber = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices/${number}/taxes/1/explanation`);
    expect(byNumber.body).toEqual(body);
  });

  it('recomputes for every line of the invoice', async () => {
    const { body: invoice } = await call(token.finance, 'GET', base);
    for (const { line, amount } of invoice.lines) {
      const { body } = await call(token.finance, 'GET', `${base}/lines/${line}/explanation`);
      expect([body.amount, body.recomputed]).toEqual([amount, amount]);
    }
  });

  it.each([
    [`${base}/lines/99/explanation`, 404, 'line_not_found', 'line'],
    [`${base}/taxes/2/explanation`, 404, 'line_not_found', 'tax'],
    [`${base}/lines/0/explanation`, 400, 'invalid_request', 'line'],
    [`${base}/lines/one/explanation`, 400, 'invalid_request', 'line'],
    ['/accounts/why/invoices/2027-01-cycle/lines/1/explanation', 404, 'invoice_not_found', undefined],
  ])('%s is answered with %i %s', async (path, status, code, field) => {
    const answer = await call(token.ownerOf('why'), 'GET', path);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
  });

  it('is not for operations, which see no invoices', async () => {
    expect((await call(token.ops, 'GET', `${base}/lines/1/explanation`)).status).toBe(403);
  });
});
