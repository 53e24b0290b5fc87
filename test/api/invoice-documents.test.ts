import { beforeAll, describe, expect, it } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { createUsageStore } from '../../shared/aws/usage-store.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import { invoiceDelivery } from '../../shared/domain/delivery.ts';
import type { RatedRecord } from '../../shared/domain/usage/usage.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { leavesOf } from '../support/e-invoices.ts';
import { readPdf } from '../support/pdf.ts';
import { deckRow, rated } from '../support/usage.ts';
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

  it('says why it cannot be in a format whose rules it would break', async () => {
    const { status, body } = await call(token.finance, 'GET', `${PATH()}/ubl?format=peppol`);
    expect([status, body.code, body.field]).toEqual([404, 'e_invoice_not_available', 'format']);
    expect(body.detail).toBe(
      'There is no e-invoice in the format peppol: without a VAT ID the buyer has no address in Peppol’s network.',
    );
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

  it('finds the same bytes with all calls in them, though more of them came after the invoice was issued', async () => {
    await world.load(customer('docs-calls', { callDetails: 'full' }));
    const usage = createUsageStore({ table: world.table() });
    const recorded = (records: readonly RatedRecord[]) =>
      usage.addUsage(
        'docs-calls',
        '2026-11',
        records.map((record) => ({ record, content: record.recordId })),
      );
    await recorded([
      rated('call-1', 'domestic', 60, 600),
      rated('call-2', 'international', 9, 60, deckRow('44', 'GB', 20_000)),
    ]);
    const { number: called } = await world.invoiced('docs-calls');
    await recorded([rated('late', 'domestic', 30, 600)]);
    await deliver()({ sellerId: 'northwind-ie', accountId: 'docs-calls', invoiceId: '2026-12#cycle' }, NOW);
    const { body } = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices/${called}/pdf/verification`);
    expect(body).toMatchObject({ stored: 'as-recorded', madeAgain: 'same' });
    const { pdf } = (await world.store().delivery(invoiceDelivery('docs-calls', '2026-12#cycle')))!;
    const { text } = await readPdf((await world.documents().load(pdf!.key))!);
    expect(text).toContain('1 Nov 2026 00:01 +13125550123 Domestic 10:00');
    expect(text).toMatch(/All calls and messages €0\.02/);
    expect(text).not.toContain('00:00 +13125550123 Domestic 10:00');
  });

  it('finds out when what is on record is another PDF, and when it is gone', async () => {
    await world.load(customer('docs-2'));
    const { number: other } = await world.invoiced('docs-2');
    const store = world.store();
    const delivery = (await store.delivery(invoiceDelivery('docs-2', '2026-12#cycle')))!;
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

describe('a credit note', () => {
  let credit: string;
  const path = (of: string, account = 'docs-1') => `/accounts/${account}/credit-notes/${credit}/${of}`;
  beforeAll(async () => {
    const wish = {
      reason: 'error-correction',
      explanation: 'Two phones were charged that were never delivered.',
      amount: 1000,
    };
    const invoice = '/accounts/docs-1/invoices/2026-12-cycle/credit-notes';
    credit = (await call(token.finance, 'POST', invoice, { body: wish })).body.creditNote.number;
  });

  it('is a CreditNote in UBL', async () => {
    const leaves = leavesOf((await call(token.finance, 'GET', path('ubl'))).body);
    expect(leaves).toContain('/CreditNote/CreditNoteTypeCode=381');
    expect(leaves).toContain(`/CreditNote/BillingReference/InvoiceDocumentReference/ID=${number}`);
    expect(leaves).toContain('/CreditNote/LegalMonetaryTotal/PayableAmount=10.00 @currencyID=EUR');
  });

  it('of another account does not exist', async () => {
    const { status, body } = await call(token.finance, 'GET', path('pdf', 'docs-2'));
    expect([status, body.code]).toEqual([404, 'credit_note_not_found']);
  });
});
