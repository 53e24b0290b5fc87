import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examinePdf } from '../../shared/delivery/examine-pdf.ts';
import {
  creditNoteDocument,
  invoiceDocument,
  type KeptDocument,
  lockUntil,
} from '../../shared/delivery/kept-document.ts';
import { recordedPdf, sha256Of, storedPdf } from '../../shared/delivery/stored-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import type { CreditNote } from '../../shared/domain/books/credit-note.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import type { StoredPdf } from '../../shared/domain/delivery.ts';
import { keptUntil, RETENTION_LAWS } from '../../shared/domain/retention.ts';
import { deliveryOf, deliveryShelf, documentShelf } from '../support/deliveries.ts';
import { sampleInvoice } from '../support/invoices.ts';

const INVOICE = sampleInvoice('uk');
const NOW = '2026-12-01T05:01:00.000Z';
const KEY = 'invoices/northwind-uk/2026-12/NTUK-202612A-000042.pdf';
const [PDF, OLDER] = ['the invoice', 'by an older layout'].map((text) => new TextEncoder().encode(text)) as [
  Uint8Array,
  Uint8Array,
];
const onRecord = (bytes: Uint8Array, layout = LAYOUT): StoredPdf => ({ key: KEY, sha256: sha256Of(bytes), layout });
const document = (bytes = PDF): KeptDocument => invoiceDocument(INVOICE, async () => bytes);
const issued = (country: string, timeZone: string, date: string): KeptDocument => ({
  ...document(),
  issuedBy: { ...INVOICE.seller, timeZone, address: { ...INVOICE.seller.address, country } },
  date,
});

describe('where a document is kept, and how long', () => {
  it('an invoice lies with those of its seller and month, under its number', () =>
    expect(document()).toMatchObject({
      delivery: { accountId: INVOICE.accountId, about: INVOICE.invoiceId, document: 'invoice', occurrence: 1 },
      ...{ number: 'NTUK-202612A-000042', key: KEY, date: INVOICE.invoiceDate, issuedBy: INVOICE.seller },
    }));

  it('a credit note apart from them, by its own date and number', () => {
    const note = {
      ...{ sellerId: 'northwind-uk', accountId: 'acme', invoiceId: INVOICE.invoiceId, creditNoteId: 'cn-1' },
      ...{ number: 'NTUK-CN-202701A-000001', date: '2027-01-04', seller: INVOICE.seller },
    } as CreditNote;
    expect(creditNoteDocument(note, async () => PDF)).toMatchObject({
      delivery: { accountId: 'acme', about: `${INVOICE.invoiceId}#cn-1`, document: 'credit-note' },
      ...{ number: 'NTUK-CN-202701A-000001', date: '2027-01-04', issuedBy: INVOICE.seller },
      key: 'credit-notes/northwind-uk/2027-01/NTUK-CN-202701A-000001.pdf',
    });
  });

  it.each([
    ['as long as its law wants, counted from its own date', '2027-01-10T09:00:00.000Z', '2034-12-31'],
    ['on the last day, too, in the time zone of its seller', '2034-12-31T22:59:59.999Z', '2034-12-31'],
    ['no longer when that day is over there', '2034-12-31T23:00:00.000Z', undefined],
  ])('is locked %s', (_name, now, until) => {
    expect(lockUntil(issued('DE', 'Europe/Berlin', '2026-12-01'), now)).toBe(until);
  });

  it('in every country and on every day, leap days and month ends among them, as long as its law says from its year on', () => {
    const country = fc.constantFrom(...Object.keys(RETENTION_LAWS));
    const date = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2025-01-01', days));
    fc.assert(
      fc.property(country, date, (of, on) => {
        const until = lockUntil(issued(of, 'UTC', on), `${on}T12:00:00.000Z`)!;
        expect(until).toBe(keptUntil(of, on));
        const { years } = RETENTION_LAWS[of]!.at(-1)!;
        // No law counts from before the document, and none from later than the end of the calendar year after it.
        expect(until >= `${Number(on.slice(0, 4)) + years}${on.slice(4)}`).toBe(true);
        expect(until <= `${Number(on.slice(0, 4)) + years + 1}-12-31`).toBe(true);
      }),
    );
  });
});

describe('the PDF to send', () => {
  it('where none is on record is drawn and stored once; whoever comes second sends what the first one stored', async () => {
    const { documents, objects, kept } = documentShelf();
    expect(await storedPdf(documents, document(), {}, NOW)).toEqual({ bytes: PDF, pdf: onRecord(PDF) });
    expect(await storedPdf(documents, document(OLDER), {}, NOW)).toEqual({ bytes: PDF, pdf: onRecord(PDF) });
    expect([...objects.keys(), kept.get(KEY)]).toEqual([KEY, '2033-11-30']);
  });

  it('on record is the stored one, and is not drawn again', async () => {
    const { documents } = documentShelf({ [KEY]: PDF });
    const drawn: KeptDocument = { ...document(), draw: () => Promise.reject(new Error('drawn')) };
    const { bytes, pdf } = await storedPdf(documents, drawn, { pdf: onRecord(PDF, 3) }, NOW);
    expect([bytes, pdf]).toEqual([PDF, onRecord(PDF, 3)]);
  });

  it('that was lost is put back where it lay when it can be made as it was, under its lock', async () => {
    const { documents, objects, kept } = documentShelf();
    const { bytes } = await storedPdf(documents, document(), { pdf: onRecord(PDF, 3) }, NOW);
    expect([bytes, objects.get(KEY), kept.get(KEY)]).toEqual([PDF, PDF, '2033-11-30']);
  });

  it('is never another than the one on record, be it stored, or put there while it was made again', async () => {
    const mismatch = expect.objectContaining({ code: 'document_mismatch', message: expect.stringContaining(KEY) });
    const wanted = { pdf: onRecord(PDF) };
    await expect(storedPdf(documentShelf({ [KEY]: OLDER }).documents, document(), wanted, NOW)).rejects.toEqual(
      mismatch,
    );
    const { documents, objects } = documentShelf();
    const raced: KeptDocument = {
      ...document(),
      draw: async () => {
        objects.set(KEY, OLDER);
        return PDF;
      },
    };
    await expect(storedPdf(documents, raced, wanted, NOW)).rejects.toEqual(mismatch);
  });

  it('that was lost and cannot be made as it was is none, and nothing is put in its place', async () => {
    const copy = { key: 'copy.pdf', sha256: 'c', reason: 'lost', by: 'finn', at: NOW, inPlace: true } as const;
    for (const [drawn, delivery] of [
      [OLDER, { pdf: onRecord(PDF) }],
      // The copy that stood in its place is lost, too: the original is not brought back for it.
      [PDF, { pdf: onRecord(PDF), reissues: [copy] }],
    ] as const) {
      const { documents, objects } = documentShelf();
      const wanted = storedPdf(documents, document(drawn), delivery, NOW);
      await expect(wanted).rejects.toMatchObject({ code: 'document_mismatch' });
      expect(objects.size).toBe(0);
    }
  });

  it('is stored as a PDF', async () => {
    const types: string[] = [];
    const storeOnce = async (_key: string, _bytes: Uint8Array, type: string) => {
      types.push(type);
      return 'written' as const;
    };
    await storedPdf({ storeOnce, load: async () => undefined }, document(), {}, NOW);
    expect(types).toEqual(['application/pdf']);
  });

  it('that exists and cannot be read is no document: it is tried again', async () => {
    const documents = { storeOnce: async () => 'already-done' as const, load: async () => undefined };
    await expect(storedPdf(documents, document(), {}, NOW)).rejects.toThrow(`${KEY} exists and cannot be read`);
  });
});

describe('a PDF that is asked for', () => {
  const ask = (delivery: Parameters<typeof deliveryOf>[1] | undefined, stored: Record<string, Uint8Array> = {}) => {
    const known = delivery && deliveryOf(INVOICE, delivery);
    const shelf = deliveryShelf(known);
    const bucket = documentShelf(stored);
    const where = recordedPdf({ store: shelf.store, documents: bucket.documents }, document(), known, NOW);
    return { where, bucket, shelf };
  };

  it('of a document that nobody began to deliver is nowhere, and nothing is stored', async () => {
    const { where, bucket } = ask(undefined);
    expect([await where, bucket.objects.size]).toEqual([undefined, 0]);
  });

  it('without one on record is drawn, stored and put on record', async () => {
    const { where, bucket, shelf } = ask({});
    expect([await where, shelf.current().pdf]).toEqual([onRecord(PDF), onRecord(PDF)]);
    expect(bucket.objects.get(KEY)).toBe(PDF);
  });

  it('is where the record says, and what stands in its place where that was lost', async () => {
    const copy = { key: 'copy.pdf', sha256: 'c', layout: 9, reason: 'lost', by: 'finn', at: NOW };
    const pdf = onRecord(PDF);
    expect(await ask({ pdf, reissues: [copy] }).where).toBe(pdf);
    expect(await ask({ pdf, reissues: [{ ...copy, inPlace: true }] }).where).toMatchObject({ key: 'copy.pdf' });
  });
});

describe('an examination tells what became of the PDF on record', () => {
  it.each([
    ['it is there, and made again is the same', PDF, PDF, 'as-recorded', 'same'],
    ['it is there, and the layout is another by now', PDF, OLDER, 'as-recorded', 'different'],
    ['it was lost', undefined, PDF, 'missing', 'same'],
    ['another stands in its place', OLDER, PDF, 'different', 'same'],
  ] as const)('%s', async (_name, found, again, stored, madeAgain) => {
    const { documents, objects } = documentShelf(found && { [KEY]: found });
    const told = await examinePdf(documents, document(again), onRecord(PDF));
    expect(told).toEqual({ stored, madeAgain, again });
    expect(objects.size).toBe(found === undefined ? 0 : 1);
  });
});
