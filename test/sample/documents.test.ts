import { describe, expect, it } from 'vitest';
import { creditedTaxes } from '../../shared/document/credit-note-pdf.ts';
import { ciiOf } from '../../shared/document/e-invoice/cii.ts';
import { creditNoteModel } from '../../shared/document/e-invoice/from-credit-note.ts';
import { isEInvoice } from '../../shared/document/e-invoice/from-invoice.ts';
import { isEuropean } from '../../shared/document/e-invoice/parties.ts';
import { ublOf } from '../../shared/document/e-invoice/ubl.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { type CallDetails, isItemised, itemise } from '../../shared/domain/usage/itemise.ts';
import { noteOn } from '../support/credit-notes.ts';
import {
  comparableCii,
  leavesOf,
  modelOf,
  ReferenceService,
  referenceForm,
  schemaFault,
} from '../support/e-invoices.ts';
import { faultsOfModel } from '../support/en16931/check.ts';
import { misplaced, readPdf } from '../support/pdf.ts';
import { PDF_A_RULES } from '../support/pdf-a.ts';
import { brokenRules } from '../support/pdf-rules/broken.ts';
import { openPdf } from '../support/pdf-rules/file.ts';
import { PDF_UA_RULES } from '../support/pdf-ua.ts';
import { type SampleDraft, sampleMonth } from '../support/sample-month.ts';

const month = (await sampleMonth({ seed: 1, accounts: 200 })).map(({ draft, input }, index) => {
  const sequence = index + 1;
  const number = `NT-202612A-${String(sequence).padStart(6, '0')}`;
  const invoice: Invoice = { ...draft, number, series: 'A', sequence, issuedAt: '2026-12-01T05:00:12.345Z' };
  return { invoice, details: detailsOf({ draft, input }) };
});

function detailsOf({ draft, input }: SampleDraft): CallDetails | undefined {
  if (draft.itemised === undefined) return undefined;
  const usage = (input.usage ?? []).map(({ month, records }) => [month, records.filter(isItemised)] as const);
  return itemise(draft.lines, new Map(usage), draft.currency);
}

describe('the sample telecom’s whole month', () => {
  it('has invoices in three languages, with calls and without, for machines and for people alone', () => {
    expect(month.length).toBeGreaterThan(150);
    expect(new Set(month.map(({ invoice }) => invoice.language)).size).toBe(3);
    expect(new Set(month.map(({ details }) => details === undefined)).size).toBe(2);
    expect(new Set(month.map(({ invoice }) => isEInvoice(invoice))).size).toBe(2);
  });

  it('is archival and accessible on every page, and nothing leaves a page or lies over something else', async () => {
    for (const { invoice, details } of month) {
      const bytes = await renderInvoice(invoice, undefined, details);
      expect(brokenRules({ ...PDF_A_RULES, ...PDF_UA_RULES }, openPdf(bytes)), invoice.accountId).toEqual([]);
      expect(misplaced(await readPdf(bytes)), invoice.accountId).toEqual([]);
    }
  }, 240_000);

  it('keeps every rule of EN 16931, Peppol, XRechnung and A-NZ wherever a machine reads it', () => {
    for (const { invoice } of month)
      if (isEInvoice(invoice)) expect(faultsOfModel(modelOf(invoice)), invoice.accountId).toEqual([]);
  });

  it('keeps them in the credit note on the whole of each invoice, and on a part of it', () => {
    for (const { invoice } of month.filter((of) => isEInvoice(of.invoice) && of.invoice.total > 0))
      for (const wish of [{ kind: 'all' }, { kind: 'amount', amount: Math.ceil(invoice.total / 3) }] as const) {
        const note = noteOn(invoice, wish);
        const model = creditNoteModel(note, invoice, creditedTaxes(note, invoice));
        expect(faultsOfModel(model), invoice.accountId).toEqual([]);
      }
  });

  it('keeps the schema of Factur-X in Europe, and says the same in UBL', async () => {
    const service = new ReferenceService(console);
    for (const { invoice } of month.filter((of) => isEuropean(of.invoice.seller.address.country))) {
      const model = modelOf(invoice);
      const cii = String(ciiOf(model));
      expect(schemaFault(cii), invoice.accountId).toBeUndefined();
      const form = referenceForm(ublOf(model, 'peppol'));
      const theirs = await service.generate(form, { format: 'CII', lang: 'en', noWarnings: true });
      expect(comparableCii(leavesOf(String(theirs))), invoice.accountId).toEqual(comparableCii(leavesOf(cii)));
    }
  }, 240_000);
});
