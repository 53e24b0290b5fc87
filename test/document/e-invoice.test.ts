import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ciiOf } from '../../shared/document/e-invoice/cii.ts';
import { isEInvoice } from '../../shared/document/e-invoice/from-invoice.ts';
import { ublOf } from '../../shared/document/e-invoice/ubl.ts';
import { percent, scaled } from '../../shared/document/e-invoice/xml.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import {
  comparableCii,
  leavesOf,
  modelOf,
  ReferenceService,
  referenceForm,
  schemaFault,
  withLines,
} from '../support/e-invoices.ts';
import { faultsOfModel } from '../support/en16931/check.ts';
import { everyCharge } from '../support/every-charge.ts';
import { invoiceIfAny, SAMPLES, type Sample, sampleInvoice, subscribed } from '../support/invoices.ts';
import { readPdf } from '../support/pdf.ts';

const wire = { autopay: false, terms: 'wire' } as const;
const treated = (invoice: Invoice): Invoice =>
  withLines(
    invoice,
    invoice.lines.map((line, index) =>
      index === 0 ? line : { ...line, taxTreatment: index % 2 === 0 ? 'exempt' : 'zero-rated' },
    ),
  );
const everything = everyCharge('germany');
const CASES: readonly (readonly [string, Invoice])[] = [
  ['of the United Kingdom, paid by card', sampleInvoice('uk')],
  ['of the United Kingdom, paid by wire', sampleInvoice('uk', { account: wire })],
  [
    'of Ireland, in French, paid in the portal',
    sampleInvoice('ireland', { language: 'fr', account: { autopay: false } }),
  ],
  ['of Germany, by SEPA transfer', sampleInvoice('germany', { account: { ...wire, reference: 'PO <55> & "812"' } })],
  ['of a German business, with reverse charge', sampleInvoice('germanBusiness')],
  ['with every charge: usage, fees, prorations, purchases', withLines(everything, everything.lines)],
  ['with lines at the usual rate, zero-rated and exempt', treated(sampleInvoice('ireland'))],
  ['partly paid by credit', sampleInvoice('ireland', { account: { credit: 10_000 } })],
  ['wholly paid by credit', sampleInvoice('ireland', { account: { credit: 1_000_000 } })],
];

describe.each(CASES)('an e-invoice %s', (_name, invoice) => {
  const model = modelOf(invoice);

  it('is a Cross Industry Invoice by the schema of Factur-X 1.07, profile EN 16931', () => {
    expect(schemaFault(String(ciiOf(model)))).toBeUndefined();
  });

  it('says in UBL and in CII what the reference implementation makes of the UBL one', async () => {
    const form = referenceForm(ublOf(model, 'peppol'));
    const theirs = await new ReferenceService(console).generate(form, { format: 'CII', lang: 'en', noWarnings: true });
    expect(comparableCii(leavesOf(String(theirs)))).toEqual(comparableCii(leavesOf(String(ciiOf(model)))));
  });

  it('keeps every rule of EN 16931 and of each format that it can have', () => {
    expect(faultsOfModel(model)).toEqual([]);
  });
});

it('whatever is subscribed, added and removed, the rules hold and the schema is kept', () => {
  const history = fc
    .record({
      start: fc.integer({ min: 1, max: 400 }),
      day: fc.integer({ min: 2, max: 29 }),
      change: fc.integer({ min: -5, max: 40 }),
    })
    .map(({ start, day, change }) => ({ start, day, change: Math.max(change, 1 - start) }));
  const samples = fc.constantFrom<Sample>('uk', 'ireland', 'germany', 'germanBusiness');
  fc.assert(
    fc.property(samples, history, history, fc.nat(50_000), (sample, phones, numbers, credit) => {
      const of = (product: string, first: number, { start, day, change }: typeof phones) =>
        subscribed(
          product,
          [first, '2025-11-01', start],
          [first + 4, `2026-11-${String(day).padStart(2, '0')}`, change || 1],
        );
      const subscriptions = [of('desk-phone', 1, phones), of('standard-number', 2, numbers)];
      const invoice = invoiceIfAny(sample, { subscriptions, account: credit === 0 ? {} : { credit } });
      // What was given back may come to more than what is charged: then there is none.
      fc.pre(invoice !== undefined);
      const model = modelOf(invoice);
      expect(faultsOfModel(model)).toEqual([]);
      expect(schemaFault(String(ciiOf(model)))).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

describe('the e-invoice inside of the PDF', () => {
  it.each(['uk', 'ireland', 'germany', 'germanBusiness'] as const)(
    'of %s has the numbers of the page',
    async (sample) => {
      const invoice = sampleInvoice(sample, { language: 'en' });
      const { attachments, text } = await readPdf(await renderInvoice(invoice));
      const xml = Buffer.from(attachments['factur-x.xml']!).toString();
      expect(xml).toBe(String(ciiOf(modelOf(invoice))));
      const amounts = [...xml.matchAll(/(?:LineTotal|GrandTotal|DuePayable|Calculated|Basis)Amount[^>]*>(-?[\d.]+)</g)];
      for (const [, amount] of amounts) {
        const printed = Number(amount).toLocaleString('en-IE', { minimumFractionDigits: 2 }).replace('-', '');
        expect(text).toContain(printed);
      }
    },
  );

  it.each(['us', 'ontario', 'australia'] as const)(
    'of %s is none: there the standard does not hold',
    async (sample) => {
      expect((await readPdf(await renderInvoice(sampleInvoice(sample)))).attachments).toEqual({});
    },
  );

  it('is announced in the metadata', async () => {
    const pdf = Buffer.from(await renderInvoice(sampleInvoice('germany'))).toString('latin1');
    expect(pdf).toContain('<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>');
    expect(pdf).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>');
  });
});

describe('UBL', () => {
  const valuesAt = (xml: string, path: string) =>
    leavesOf(xml)
      .filter((leaf) => leaf.startsWith(`${path}=`))
      .map((leaf) => leaf.slice(path.length + 1));

  it('of Australia has GST and the ABN', () => {
    const xml = ublOf(modelOf(sampleInvoice('australia')), 'a-nz');
    const party = '/Invoice/AccountingSupplierParty/Party';
    expect(valuesAt(xml, `${party}/PartyTaxScheme/TaxScheme/ID`)).toEqual(['GST']);
    expect(valuesAt(xml, `${party}/PartyLegalEntity/CompanyID`)).toEqual(['57748616785 @schemeID=0151']);
    expect(valuesAt(xml, `${party}/EndpointID`)).toEqual(['57748616785 @schemeID=0151']);
  });

  it('tells the receiver where to answer, and whom the invoice is for', () => {
    const xml = ublOf(modelOf(sampleInvoice('germany')), 'xrechnung');
    expect(valuesAt(xml, '/Invoice/AccountingSupplierParty/Party/EndpointID')).toEqual(['IE4320346LH @schemeID=9935']);
    expect(valuesAt(xml, '/Invoice/AccountingCustomerParty/Party/EndpointID')).toEqual([
      'billing@customer.example @schemeID=EM',
    ]);
    expect(valuesAt(xml, '/Invoice/BuyerReference')).toEqual(['acc-20418']);
  });

  it('carries text as it is, whatever signs XML knows', () => {
    const invoice = sampleInvoice('uk', { account: { reference: 'A <b> & "c"' } });
    expect(valuesAt(ublOf(modelOf(invoice), 'peppol'), '/Invoice/BuyerReference')).toEqual(['A <b> & "c"']);
  });

  it('is not made where more than one tax holds', () => {
    const made = (Object.keys(SAMPLES) as Sample[]).filter((sample) => isEInvoice(sampleInvoice(sample)));
    expect(made).toEqual(['australia', 'uk', 'ireland', 'germany', 'germanBusiness']);
  });
});

it.each([
  [24_950_000, 6, '24.95'],
  [5_500, 6, '0.0055'],
  [-3_000_000, 6, '-3'],
  [0, 6, '0'],
])('writes %d millionths as the shortest decimal', (value, places, text) => {
  expect(scaled(value, places)).toBe(text);
});
it('writes parts per million as a percentage', () => expect(percent(99_750)).toBe('9.975'));
