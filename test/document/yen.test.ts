import { describe, expect, it } from 'vitest';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { creditNoteMail } from '../../shared/document/credit-note-mail.ts';
import { creditedTaxes, renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { ciiOf } from '../../shared/document/e-invoice/cii.ts';
import { creditNoteModel } from '../../shared/document/e-invoice/from-credit-note.ts';
import { ublOf } from '../../shared/document/e-invoice/ubl.ts';
import { formatsFor } from '../../shared/document/format.ts';
import { invoiceMail } from '../../shared/document/invoice-mail.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import type { MailMessage } from '../../shared/document/mail-layout.ts';
import { noticeMail } from '../../shared/document/notice-mail.ts';
import { quoteMail } from '../../shared/document/quote-mail.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { eventfulStory } from '../support/account-story.ts';
import { noteOn } from '../support/credit-notes.ts';
import { leavesOf, modelOf, schemaFault } from '../support/e-invoices.ts';
import { faultsOf, faultsOfModel } from '../support/en16931/check.ts';
import { everyCharge } from '../support/every-charge.ts';
import { invoiceWithHistory, lastMonthOf, sampleInvoice } from '../support/invoices.ts';
import { itemisedInvoice } from '../support/itemised.ts';
import { cancelled, partiesIn, statementOf } from '../support/papers.ts';
import { misplaced, plain, readPdf } from '../support/pdf.ts';
import { sampleOnce, sampleQuote } from '../support/quotes.ts';

/** The German sample, whose seller bills in yen: 60,020 and 19 % of them, rounded to 11,404. */
const inYen = (language: Language = 'en') =>
  sampleInvoice('germany', { language, currency: 'JPY', account: { autopay: false, terms: 'wire' } });
const note = (language: Language = 'en') => noteOn(inYen(language), { kind: 'lines', lines: [{ line: 6 }] });
const story = (language: Language) => eventfulStory('germany', { language, currency: 'JPY' });
const quote = (language: Language) => sampleQuote('germany', { language, currency: 'JPY', once: sampleOnce });

/** Amounts of yen with a part of one: `¥12.50`, `12,50 JPY`. Unit prices may have parts, but those of the samples are whole. */
const PARTS = /(?:¥|JPY)[\s−-]*[\d\s.,]*[.,]\d{1,2}(?!\d)|(?<![.\d])\d+[.,]\d{1,2}\s?(?:JP¥|¥|JPY)/gu;

const PAPERS: Readonly<Record<string, (language: Language) => Uint8Array | Promise<Uint8Array>>> = {
  'an invoice': (language) => renderInvoice(invoiceWithHistory(inYen(language)), lastMonthOf(inYen(language))),
  'a credit note': (language) => renderCreditNote(note(language), inYen(language)),
  'a receipt': (language) => renderReceipt(story(language).receipts[0]!, partiesIn(story(language))),
  'a statement': (language) => renderStatement(statementOf(story(language), '2026-08-01', '2026-11-30')),
  'a quote': (language) => renderQuote(quote(language)),
  'a cancellation': (language) =>
    renderCancellation(
      cancelled('germany', {
        requestedOn: '2026-11-15',
        language,
        currency: 'JPY',
        contract: { endsOn: '2027-02-28', renewalMonths: 15 },
      }),
    ),
};

describe.each(Object.entries(PAPERS))('%s in yen', (_name, render) => {
  it.each(LANGUAGES)('has whole yen everywhere, in place, in %s', async (language) => {
    const read = await readPdf(await render(language));
    expect(read.text).toMatch(/¥|JPY/);
    expect(read.text.match(PARTS) ?? []).toEqual([]);
    expect(misplaced(read)).toEqual([]);
  });
});

describe('an invoice in yen', () => {
  it('has lines, tax and total in whole yen, and tells the last months in yen, not in hundreds of them', async () => {
    const invoice = invoiceWithHistory(inYen());
    const { text, alternatives } = await readPdf(await renderInvoice(invoice, lastMonthOf(invoice)));
    expect([invoice.subtotal, invoice.taxTotal, invoice.total]).toEqual([60_020, 11_404, 71_424]);
    expect(text).toContain('Desk phone Dec 1 – 31, 2026 15 devices ¥2,295 19% ¥34,425');
    expect(text).toContain('Subtotal excluding tax ¥60,020 VAT 19% ¥11,404 Total including tax ¥71,424');
    expect(text).toContain('(JPY) 65,710 Jul 64,282 Aug 69,281 Sep 67,853 Oct 58,613 Nov 71,424 Dec');
    expect(alternatives.join()).toContain('¥71,424');
  });

  it('invites nobody to a SEPA transfer, which is in euro', async () => {
    const { alternatives } = await readPdf(await renderInvoice(inYen()));
    const inEuro = sampleInvoice('germany', { language: 'en', account: { autopay: false, terms: 'wire' } });
    expect((await readPdf(await renderInvoice(inEuro))).alternatives.length).toBe(alternatives.length + 1);
  });

  it('lists calls by their exact prices, which are parts of a yen, and numbers by their shares in whole yen', async () => {
    const { invoice, details } = itemisedInvoice(40, 'germany', { currency: 'JPY', language: 'en' });
    const { text } = await readPdf(await renderInvoice(invoice, undefined, details));
    const { money } = formatsFor('en', 'JPY');
    for (const { amount } of details.numbers) expect(text).toContain(money(amount));
    expect(text).toMatch(/Price in JPY|JPY/);
    expect(details.numbers.reduce((sum, { amount }) => sum + amount, 0)).toBe(details.amount);
  });
});

const MAILS: Readonly<Record<string, (language: Language) => MailMessage>> = {
  'of an invoice': (language) => invoiceMail(invoiceWithHistory(inYen(language)), lastMonthOf(inYen(language))),
  'of a credit note': (language) => creditNoteMail(note(language)),
  'of a quote': (language) => quoteMail(quote(language), 'offered'),
  'of a reminder': (language) => noticeMail(inYen(language), { document: 'reminder-1', due: 71_424 }),
};

describe.each(Object.entries(MAILS))('the mail %s in yen', (_name, write) => {
  it.each(LANGUAGES)('has whole yen everywhere, in %s', (language) => {
    const { subject, text, html } = write(language);
    expect(plain(text)).toMatch(/¥|JPY/);
    for (const part of [subject, plain(text), plain(html)]) expect(part.match(PARTS) ?? []).toEqual([]);
  });
});

it('the subject of an invoice’s mail has its amount', () => {
  expect(invoiceMail(inYen()).subject).toBe('Invoice NTIE-202612A-000042: ¥71,424, due Dec 16, 2026');
});

describe('an e-invoice in yen (BR-DEC: at most two decimals, so none is right)', () => {
  const credited = creditNoteModel(note(), inYen(), creditedTaxes(note(), inYen()));
  const models = [
    ['an invoice', modelOf(inYen())],
    ['an invoice with every charge', modelOf(everyCharge('germany', { currency: 'JPY' }))],
    ['a credit note', credited],
  ] as const;

  it.each(models)('%s has no decimals in any amount', (_name, model) => {
    const leaves = [...leavesOf(ublOf(model, 'en16931')), ...leavesOf(String(ciiOf(model)))];
    const amounts = leaves.filter(
      (leaf) => /(?:Amount|@currencyID=JPY)/.test(leaf) && !/PriceAmount|ChargeAmount/.test(leaf),
    );
    expect(amounts.length).toBeGreaterThan(15);
    expect(amounts.filter((leaf) => !/=-?\d+(?: @currencyID=JPY)?$/.test(leaf))).toEqual([]);
  });

  it('says the numbers of the page', () => {
    const total = '/Invoice/LegalMonetaryTotal';
    const leaves = leavesOf(ublOf(modelOf(inYen()), 'en16931'));
    expect(leaves).toContain('/Invoice/TaxTotal/TaxAmount=11404 @currencyID=JPY');
    expect(leaves).toContain(`${total}/TaxExclusiveAmount=60020 @currencyID=JPY`);
    expect(leaves).toContain(`${total}/PayableAmount=71424 @currencyID=JPY`);
    expect(leaves).toContain('/Invoice/InvoiceLine/Price/PriceAmount=2295 @currencyID=JPY');
  });

  it.each(models.filter(([name]) => name !== 'an invoice with every charge'))(
    '%s keeps the schema and every rule',
    (_name, model) => {
      expect(schemaFault(String(ciiOf(model)))).toBeUndefined();
      expect(faultsOf(ublOf(model, 'en16931'))).toEqual([]);
      expect(faultsOfModel(model)).toEqual([]);
    },
  );
});
