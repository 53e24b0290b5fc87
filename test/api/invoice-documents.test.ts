import { beforeAll, describe, expect, it } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { leavesOf } from '../support/e-invoices.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
let number: string;
const PATH = () => `/sellers/northwind-ie/invoices/${number}`;

beforeAll(async () => {
  await world.load(customer('docs-1'));
  ({ number } = await world.invoiced('docs-1'));
});

describe('the invoice in UBL', () => {
  it('is the same file for finance and for the customer', async () => {
    const finance = await call(token.finance, 'GET', `${PATH()}/ubl`);
    const customers = await call(token.ownerOf('docs-1'), 'GET', '/accounts/docs-1/invoices/2026-12-cycle/ubl');
    expect([finance.status, finance.type]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(finance.headers['content-disposition']).toBe(`attachment; filename="${number}.xml"`);
    expect(customers.body).toEqual(finance.body);
    expect(leavesOf(finance.body)).toContain(`/Invoice/ID=${number}`);
  });

  it('comes in the format that was asked for', async () => {
    const { body } = await call(token.finance, 'GET', `${PATH()}/ubl?format=xrechnung`);
    expect(body).toContain('xrechnung_3.0');
  });

  it('names the formats there are when asked for another', async () => {
    const { status, body } = await call(token.finance, 'GET', `${PATH()}/ubl?format=edifact`);
    expect([status, body.field]).toEqual([400, 'format']);
  });
});

describe('the verification of a PDF', () => {
  const deliver = () => {
    const store = world.store();
    return deliverInvoice({
      store,
      documents: world.documents(),
      mailer: recordingMailer().mailer,
      render: (invoice) => renderIssued(store, invoice),
      config: { mailFrom: 'billing@northwind.example' },
    });
  };

  it('says that there is none before it was made', async () => {
    const { status, body } = await call(token.finance, 'GET', `${PATH()}/pdf/verification`);
    expect([status, body.code]).toEqual([404, 'document_not_found']);
  });

  it('finds the stored PDF as recorded, and the same bytes when it is made again', async () => {
    await deliver()({ sellerId: 'northwind-ie', accountId: 'docs-1', invoiceId: '2026-12#cycle' }, NOW);
    const { body } = await call(token.finance, 'GET', `${PATH()}/pdf/verification`);
    expect(body).toMatchObject({
      number,
      stored: 'as-recorded',
      madeAgain: 'same',
      layout: LAYOUT,
      currentLayout: LAYOUT,
    });
  });

  it('finds out when what is on record is another PDF, and when it is gone', async () => {
    await world.load(customer('docs-2'));
    const { number: other } = await world.invoiced('docs-2');
    const store = world.store();
    const delivery = (await store.delivery('docs-2', '2026-12#cycle', 'invoice', 1))!;
    await store.recordPdf(delivery, {
      key: 'invoices/northwind-ie/2026-12/gone.pdf',
      sha256: 'f'.repeat(64),
      layout: LAYOUT,
    });
    const { body } = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices/${other}/pdf/verification`);
    expect(body).toMatchObject({ stored: 'missing', madeAgain: 'different' });
  });

  it('is not for customers', async () => {
    expect((await call(token.ownerOf('docs-1'), 'GET', `${PATH()}/pdf/verification`)).status).toBe(403);
  });
});
