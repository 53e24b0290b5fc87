import { describe, expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { transferText } from '../../shared/document/qr-codes.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { readObjects } from '../support/pdf-objects.ts';
import { scanned } from '../support/scan.ts';

const codesOn = async (...of: Parameters<typeof sampleInvoice>) =>
  scanned(readObjects(await renderInvoice(sampleInvoice(...of))));
const PORTAL = 'https://portal.ie.northwind-telecom.example';

describe('the codes on an invoice, as a telephone reads them', () => {
  it('fill in a SEPA transfer for whoever pays by one (EPC069-12)', async () => {
    const [portal, transfer] = await codesOn('ireland', { account: { autopay: false, terms: 'wire' } });
    expect(portal).toBe(PORTAL);
    expect(transfer?.split('\n')).toEqual([
      ...['BCD', '002', '1', 'SCT', '', 'Northwind Telecom Ireland DAC', 'IE90NWTL93115212345678'],
      ...['EUR738.25', '', '', 'NTIE-202612A-000042'],
    ]);
  });

  it.each([
    ['autopay collects the amount: nobody is invited to pay twice', 'ireland', {}],
    ['a card is to be used in the portal', 'ireland', { account: { autopay: false } }],
    ['the account is not in euro', 'uk', { account: { autopay: false, terms: 'wire' } }],
  ] as const)('lead to the portal alone where %s', async (_why, sample, options) => {
    const codes = await codesOn(sample, options);
    expect(codes).toHaveLength(1);
    expect(codes[0]).toMatch(/^https:\/\/portal\./);
  });
});

describe('the text of a transfer code (EPC069-12)', () => {
  const transfer = { payee: 'Example', iban: 'IE90 NWTL 9311 5212 3456 78', payerCountry: 'DE', reference: 'R1' };

  it.each([
    [1, 'EUR0.01'],
    [73_825, 'EUR738.25'],
    [99_999_999_999, 'EUR999999999.99'],
  ])('writes %d cents as %s', (amount, text) => {
    expect(transferText({ ...transfer, amount })?.split('\n')[7]).toBe(text);
  });

  it.each([0, -5, 100_000_000_000])('is not made for %d cents, which nobody can transfer', (amount) => {
    expect(transferText({ ...transfer, amount })).toBeUndefined();
  });

  it.each([
    ['both are in the European Economic Area', 'IE90NWTL93115212345678', 'NO', ''],
    ['the payer is outside', 'IE90NWTL93115212345678', 'CH', 'NWTLIE2D'],
    ['the account is outside', 'CH4499999011623852957', 'DE', 'NWTLIE2D'],
  ])('names the bank unless IBANs are enough: %s', (_why, iban, payerCountry, bic) => {
    const text = transferText({ ...transfer, iban, payerCountry, bic: 'NWTLIE2D', amount: 1 });
    expect(text?.split('\n')[4]).toBe(bic);
  });

  it('cuts a payee to 70 characters, not through one', () => {
    const name = transferText({ ...transfer, payee: `${'é'.repeat(69)}𝄞𝄞`, amount: 1 })?.split('\n')[5];
    expect(name).toBe(`${'é'.repeat(69)}𝄞`);
  });
});
