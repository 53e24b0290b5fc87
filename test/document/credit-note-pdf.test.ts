import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditedTaxes, renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { creditNoteTitle } from '../../shared/document/credit-note-title.ts';
import { ciiOf } from '../../shared/document/e-invoice/cii.ts';
import { creditNoteModel } from '../../shared/document/e-invoice/from-credit-note.ts';
import type { EInvoice } from '../../shared/document/e-invoice/model.ts';
import { ublOf } from '../../shared/document/e-invoice/ubl.ts';
import { TEXTS } from '../../shared/document/texts/by-language.ts';
import { COPY_MARKS } from '../../shared/document/texts/copy-marks.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import type { CreditWish } from '../../shared/domain/books/credit-note-parts.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { noteOn } from '../support/credit-notes.ts';
import { comparableCii, leavesOf, ReferenceService, referenceForm, schemaFault } from '../support/e-invoices.ts';
import { faultsOfModel } from '../support/en16931/check.ts';
import { everyCharge } from '../support/every-charge.ts';
import { type Sample, sampleInvoice } from '../support/invoices.ts';
import { misplaced, readPdf } from '../support/pdf.ts';

const line = { kind: 'lines', lines: [{ line: 1 }] } as const;
const draw = async (invoice: Invoice, wish: CreditWish = line) =>
  readPdf(await renderCreditNote(noteOn(invoice, wish), invoice));

describe('a credit note', () => {
  it('says what it corrects and why, what is credited with its tax, and what becomes of it', async () => {
    const { text, heard } = await draw(sampleInvoice('ireland'));
    expect(text).toContain(
      'This corrects invoice NTIE-202612A-000042 of 1 December 2026, which itself remains unchanged.',
    );
    expect(text).toContain('Reason Error corrected Charged by mistake.');
    expect(text).toContain('Desk phone 1–31 Dec 2026 €344.25');
    expect(text).toContain('VAT 23% Taxable amount €344.25 €79.18 Total including tax €423.43');
    expect(text).toContain('Less to pay on the invoice €423.43');
    expect(heard).toContain('H1: Credit note NTIE-CN-202612A-000001');
  });

  it('asks for questions about nothing but itself', async () => {
    expect((await draw(sampleInvoice('quebec'))).text).not.toContain('Questions sur cette facture');
  });

  it('names what it credits as the invoice did: in the reader’s language, with the time that it was charged for', async () => {
    const invoice = everyCharge('germany');
    const { text } = await draw(invoice, { kind: 'all' });
    expect(text).toMatch(/Internationale Minuten: Deutschland, Japan 1\. ?– ?30\. Nov\. 2026 · /);
    expect(text).not.toMatch(/Outbound calls|International calls/);
    expect(creditNoteModel(noteOn(invoice, { kind: 'all' }), invoice, []).lines.map(({ name }) => name)).toContain(
      'Internationale Minuten: Deutschland, Japan',
    );
  });

  it('of a reverse charge says so in the words of the law, like its invoice', async () => {
    const { text } = await draw(sampleInvoice('germanBusiness', { language: 'de' }));
    expect(text).toContain('Steuerschuldnerschaft des Leistungsempfängers.');
    expect(text).toContain('(Directive 2006/112/EC, Articles 44 and 196)');
  });

  it.each<[country: string, language: Language, title: string]>([
    ['AU', 'en', 'Adjustment note'],
    ['AU', 'it', 'Nota di credito (Adjustment note)'],
    ['ES', 'es', 'Factura rectificativa'],
    ['ES', 'en', 'Credit note (Factura rectificativa)'],
    ['CA', 'fr', 'Note de crédit'],
    ['CA', 'en', 'Credit note'],
    ['FR', 'fr', 'Avoir'],
    ['DE', 'de', 'Rechnungskorrektur'],
    ['IE', 'es', 'Nota de crédito'],
  ])('of a seller in %s, read in %s, bears the name of its law: %s', (country, language, title) => {
    const { seller } = sampleInvoice('ireland');
    const of = { seller: { ...seller, address: { ...seller.address, country } }, language };
    expect(creditNoteTitle(of, TEXTS[language].document.creditNote)).toBe(title);
  });

  it.each(LANGUAGES)('fits its page in %s', async (language) => {
    const { placed, width, height } = await draw(sampleInvoice('germany', { language }), { kind: 'all' });
    expect(misplaced({ placed, width, height })).toEqual([]);
  });

  it.each(LANGUAGES)('made anew is marked as a copy in its title and else the same, in %s', async (language) => {
    const invoice = sampleInvoice('australia', { language });
    const note = noteOn(invoice, line);
    const [original, copy] = await Promise.all([
      readPdf(await renderCreditNote(note, invoice)),
      readPdf(await renderCreditNote(note, invoice, '2027-01-10')),
    ]);
    const mark = ` (${COPY_MARKS[language]})`;
    expect(copy.text).toContain(mark);
    expect([copy.text.replaceAll(mark, ''), original.text.includes(mark)]).toEqual([original.text, false]);
    expect(misplaced(copy)).toEqual([]);
  });

  it('is the same whenever it is made', async () => {
    const invoice = sampleInvoice('uk');
    const note = noteOn(invoice, line);
    expect(Buffer.compare(await renderCreditNote(note, invoice), await renderCreditNote(note, invoice))).toBe(0);
  });
});

const modelOn = (invoice: Invoice, wish: CreditWish, explanation?: string): EInvoice => {
  const note = { ...noteOn(invoice, wish), ...(explanation && { explanation }) };
  return creditNoteModel(note, invoice, creditedTaxes(note, invoice));
};

describe('the credit note for machines', () => {
  const cases: readonly [Sample, CreditWish][] = [
    ['uk', line],
    ['ireland', { kind: 'all' }],
    ['germany', { kind: 'amount', amount: 777 }],
    ['germanBusiness', { kind: 'amount', amount: 5000 }],
  ];
  it.each(cases)('of %s keeps the schema and refers to its invoice', (sample, wish) => {
    const xml = String(ciiOf(modelOn(sampleInvoice(sample), wish)));
    expect(schemaFault(xml)).toBeUndefined();
    const ends = (ending: string) => leavesOf(xml).filter((leaf) => leaf.includes(ending));
    expect(ends('ExchangedDocument/TypeCode=')[0]).toMatch(/=381$/);
    expect(ends('InvoiceReferencedDocument/IssuerAssignedID=')[0]).toMatch(/=NTIE|=NTUK/);
  });

  it.each(cases)('of %s keeps every rule of EN 16931 and of each format that it can have', (sample, wish) => {
    expect(faultsOfModel(modelOn(sampleInvoice(sample), wish))).toEqual([]);
  });

  it.each(cases)('of %s says in CII what the reference implementation makes of its UBL', async (sample, wish) => {
    const model = modelOn(sampleInvoice(sample), wish);
    const form = referenceForm(ublOf(model, 'peppol'));
    const theirs = await new ReferenceService(console).generate(form, { format: 'CII', lang: 'en', noWarnings: true });
    expect(comparableCii(leavesOf(String(theirs)))).toEqual(comparableCii(leavesOf(String(ciiOf(model)))));
  });

  it('in parts of any size keeps the rules, whatever rounding leaves between them', () => {
    const samples = fc.constantFrom<Sample>('uk', 'ireland', 'germany', 'germanBusiness');
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 50_000 }), (sample, amount) => {
        expect(faultsOfModel(modelOn(sampleInvoice(sample), { kind: 'amount', amount }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('has the words of whoever wrote it, without the signs that XML or UBL’s notes give another meaning', () => {
    const model = modelOn(sampleInvoice('ireland'), line, 'Seats #4 & #5 <twice>\u0001 charged');
    expect(ublOf(model, 'peppol')).toContain('<cbc:Note>Seats №4 &amp; №5 &lt;twice&gt; charged</cbc:Note>');
    expect(faultsOfModel(model)).toEqual([]);
  });

  it('adds up: its lines and taxes are those of the credit note', () => {
    const invoice = sampleInvoice('ireland');
    const note = noteOn(invoice, { kind: 'all' });
    const { lines, taxes, totals } = modelOn(invoice, { kind: 'all' });
    const sum = (of: readonly { readonly amount: number }[]) => of.reduce((total, { amount }) => total + amount, 0);
    expect([sum(lines), sum(taxes), totals.due]).toEqual([note.subtotal, note.taxTotal, invoice.total]);
    expect(taxes.map(({ base }) => base)).toEqual([note.subtotal]);
  });
});
