import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../shared/delivery/stored-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import { type CreditNote, creditNoteDelivery } from '../../shared/domain/books/credit-note.ts';
import type { Delivery, StoredPdf } from '../../shared/domain/delivery.ts';
import {
  addedUp,
  type ExportedFile,
  type ExportPlace,
  type InvoiceExport,
  nextStep,
  placeAfter,
} from '../../shared/domain/invoice-export.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import { exportMonth } from '../../shared/export/export-month.ts';
import { packVolume } from '../../shared/export/pack-volume.ts';
import type { DeliveryStore, Documents, ExportFiles, ExportStore, ListedDocument, Queues } from '../../shared/ports.ts';
import { noteOn } from '../support/credit-notes.ts';
import { deliveryOf, documentShelf } from '../support/deliveries.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { RecordingQueues } from '../support/recording-queues.ts';
import { rowsOf, sumOf, unzip } from '../support/zip.ts';

const NOW = '2026-12-02T08:00:00.000Z';
const SAMPLE = sampleInvoice('ireland');
const RECEIVABLE = openReceivable(SAMPLE, NOW);

/** The month's documents of a seller: invoices of other amounts under other numbers. */
const documentsOf = (amounts: readonly number[]): ListedDocument[] =>
  amounts.map((subtotal, index) => {
    const number = `NTIE-202612A-${String(index + 1).padStart(6, '0')}`;
    const taxTotal = Math.trunc(subtotal / 5);
    const invoice = { ...SAMPLE, number, subtotal, taxTotal, total: subtotal + taxTotal };
    return { kind: 'invoice', receivable: RECEIVABLE, invoice };
  });

const withPdf = (document: ListedDocument, pdf: StoredPdf): ListedDocument => ({
  ...document,
  delivery: deliveryOf(document.invoice, { pdf }),
});

const asked: InvoiceExport = {
  ...{ sellerId: 'northwind-ie', exportId: 'e1', month: '2026-12', eInvoices: false, by: 'finn', requestedAt: NOW },
  ...{ until: '2026-12-16T08:00:00.000Z', fingerprint: 'f', volumes: [] },
};

/** Store, bucket, files and queue in memory; each call may be the one at which the function dies, before or after it took effect. */
function world(
  documents: readonly ListedDocument[],
  pageSize: number,
  dies: () => 'before' | 'after' | 'not',
  note?: CreditNote,
) {
  let record = asked;
  let delivery: Delivery | undefined = note && {
    ...creditNoteDelivery(note),
    ...{ sellerId: note.sellerId, createdAt: NOW, recipients: {} },
  };
  const bucket = documentShelf();
  const stored = new Map<string, Buffer>();
  const queues = new RecordingQueues();
  const perhaps = async <T>(effect: () => T | Promise<T>): Promise<T> => {
    const death = dies();
    if (death === 'before') throw new Error('died before');
    const result = await effect();
    if (death === 'after') throw new Error('died after');
    return result;
  };
  const store: ExportStore & Pick<DeliveryStore, 'recordPdf'> = {
    recordPdf: (_delivery, pdf) =>
      perhaps(() => {
        delivery = { ...delivery!, pdf: delivery?.pdf ?? pdf };
        return delivery.pdf!;
      }),
    beginExport: async () => record,
    export: async () => await perhaps(() => record),
    recordVolume: (of, volume, next) =>
      perhaps(() => {
        if (record.volumes.length !== of.volumes.length) return 'stale';
        const { next: _before, ...rest } = record;
        record = { ...rest, volumes: [...record.volumes, volume], ...(next && { next }) };
        return 'written';
      }),
    completeExport: (_of, index, now) =>
      perhaps(() => {
        if (record.completedAt !== undefined) return 'already-done';
        record = { ...record, index, completedAt: now };
        return 'written';
      }),
    documentsAt: (_of, place: ExportPlace) =>
      perhaps(() => {
        if (place.part === 'credit-notes')
          return { documents: note && delivery ? [{ kind: 'credit-note', note, invoice: SAMPLE, delivery }] : [] };
        const from = Number(place.cursor ?? 0);
        const to = from + pageSize;
        const next = placeAfter(place, to < documents.length ? String(to) : undefined);
        return { documents: documents.slice(from, to), ...(next && { next }) };
      }),
  };
  const files: ExportFiles = {
    write: async (key, _type, bytes) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      return await perhaps(() => {
        stored.set(key, Buffer.concat(chunks));
        return { key, bytes: stored.get(key)!.length, sha256: key };
      });
    },
    read: async (key) =>
      (async function* inPieces() {
        const whole = stored.get(key)!;
        for (let from = 0; from < whole.length; from += 7) yield whole.subarray(from, from + 7);
      })(),
  };
  const send = (...sent: Parameters<RecordingQueues['send']>) => perhaps(() => queues.send(...sent));
  const kept: Pick<Documents, 'storeOnce' | 'load'> = {
    storeOnce: (...of) => perhaps(() => bucket.documents.storeOnce(...of)),
    load: (key) => perhaps(() => bucket.documents.load(key)),
  };
  const deps = { store, documents: kept, files, queues: { send } as Queues };
  return { deps, queues, stored, bucket, record: () => record, onRecord: () => delivery?.pdf };
}

describe('an export', () => {
  it('has every document in exactly one ZIP and adds up, wherever it dies and whatever comes twice', async () => {
    const faults = fc.array(fc.constantFrom('not', 'not', 'not', 'before', 'after'), { maxLength: 40 });
    const amounts = fc.array(fc.integer({ min: -99_999, max: 9_999_999_99 }), { maxLength: 12 });
    const sizes = { page: fc.integer({ min: 1, max: 5 }), volume: fc.integer({ min: 1, max: 8 }) };
    await fc.assert(
      fc.asyncProperty(
        amounts,
        faults,
        sizes.page,
        sizes.volume,
        fc.infiniteStream(fc.boolean()),
        async (all, planned, page, volume, again) => {
          const script = planned[Symbol.iterator]();
          const { deps, queues, stored, record } = world(documentsOf(all), page, () => script.next().value ?? 'not');
          const limits = { documents: volume, bytes: 1e9 };
          const messages = [{ sellerId: 'northwind-ie', exportId: 'e1', volume: 1 }];
          for (let attempt = 0; messages.length > 0; attempt++) {
            const message = messages.shift()!;
            try {
              await exportMonth({ ...deps, limits }, message, `try${attempt}`, NOW, () => 900_000);
              // SQS may hand the same message out once more.
              if (attempt < 60 && again.next().value) messages.push(message);
            } catch {
              messages.push(message);
            }
            messages.push(...queues.take('exports'));
          }
          const { volumes, index, completedAt } = record();
          expect(completedAt).toBe(NOW);
          const zips = await Promise.all(volumes.map(({ zip }) => unzip(stored.get(zip.key)!)));
          const rows = (await Promise.all(zips.map(async (zip) => rowsOf(await zip.textOf('index.csv'))))).flat();
          expect(rows.map(({ number }) => number)).toEqual(documentsOf(all).map((each) => each.invoice.number));
          expect(rowsOf(stored.get(index!.key)!.toString())).toEqual(rows);
          const total = all.reduce((sum, net) => sum + net + Math.trunc(net / 5), 0);
          expect(sumOf(rows, 'total')).toBe(total);
          const told = volumes.reduce<ReturnType<typeof addedUp>>((sums, each) => addedUp(sums, each.totals), []);
          expect(told[0]?.total ?? 0).toBe(total);
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  it('draws a credit note that has no PDF on record once, stores it locked and packs it, wherever it dies', async () => {
    const note = noteOn(SAMPLE, { kind: 'all' });
    for (const when of ['before', 'after'] as const)
      for (let call = 0, died = true; died; call++) {
        let [calls, deaths] = [0, 0];
        const dies = () => (calls++ === call && deaths++ === 0 ? when : 'not');
        const { deps, queues, stored, bucket, record, onRecord } = world([], 1, dies, note);
        const limits = { documents: 10, bytes: 1e9 };
        const messages = [{ sellerId: 'northwind-ie', exportId: 'e1', volume: 1 }];
        for (let attempt = 0; messages.length > 0; attempt++) {
          const message = messages.shift()!;
          const run = exportMonth({ ...deps, limits }, message, `try${attempt}`, NOW, () => 900_000);
          await run.catch(() => messages.push(message));
          messages.push(...queues.take('exports'));
        }
        died = deaths > 0;
        const key = `credit-notes/northwind-ie/2026-12/${note.number}.pdf`;
        expect([...bucket.kept]).toEqual([[key, '2033-12-09']]);
        expect(onRecord()).toEqual({ key, sha256: sha256Of(bucket.objects.get(key)!), layout: LAYOUT });
        const [row] = rowsOf(stored.get(record().index!.key)!.toString());
        expect(row).toMatchObject({ 'file state': 'packed', sha256: onRecord()!.sha256 });
      }
  });

  it('that is not on record is a permanent error', async () => {
    const { deps } = world([], 1, () => 'not');
    const store = { ...deps.store, export: async () => undefined };
    const message = { sellerId: 'northwind-ie', exportId: 'gone', volume: 1 };
    const limits = { documents: 1, bytes: 1 };
    const run = exportMonth({ ...deps, store, limits }, message, 't', NOW, () => 1);
    await expect(run).rejects.toMatchObject({ code: 'export_not_found' });
  });

  it('ends a volume when the time is used up, and the next goes on behind it', async () => {
    const { deps, queues, record } = world(documentsOf([1, 2, 3, 4]), 2, () => 'not');
    const limits = { documents: 1000, bytes: 1e9 };
    const message = { sellerId: 'northwind-ie', exportId: 'e1', volume: 1 };
    await exportMonth({ ...deps, limits }, message, 't', NOW, () => 100_000);
    expect(record()).toMatchObject({ volumes: [{ documents: 2 }], next: { part: 'invoices', cursor: '2' } });
    expect(queues.take('exports')).toEqual([{ ...message, volume: 2 }]);
  });
});

describe('the next step', () => {
  const volume = {
    ...{ documents: 1, gaps: 0, totals: [] },
    ...{ zip: {} as ExportedFile, index: {} as ExportedFile },
  };
  it.each<[string, Partial<InvoiceExport>, ReturnType<typeof nextStep>]>([
    ['the first volume', {}, { kind: 'pack', volume: 1, from: { part: 'invoices' } }],
    [
      'the volume behind the last',
      { volumes: [volume], next: { part: 'credit-notes' } },
      { kind: 'pack', volume: 2, from: { part: 'credit-notes' } },
    ],
    ['the index, when all is packed', { volumes: [volume] }, { kind: 'index' }],
    ['nothing, when it is complete', { volumes: [volume], completedAt: NOW }, { kind: 'none' }],
  ])('is %s', (_what, known, step) => expect(nextStep({ ...asked, ...known })).toEqual(step));
});

describe('a ZIP', () => {
  const pdf = Buffer.alloc(100_000, 'x');
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const month = (count: number): ListedDocument[] =>
    documentsOf(Array.from({ length: count }, () => 100)).map((each) => withPdf(each, { key: 'k', sha256 }));
  const work = {
    ...{ sellerId: 'northwind-ie', month: '2026-12', eInvoices: false, now: NOW, key: 'k' },
    from: { part: 'invoices' as const },
  };
  const limits = { documents: 1e9, bytes: 1e12, enough: () => false };

  it('keeps no more PDFs in memory than are on their way, however slowly it is taken', async () => {
    let [loaded, taken, most] = [0, 0, 0];
    const load = async () => {
      most = Math.max(most, ++loaded - Math.floor(taken / pdf.length));
      return pdf;
    };
    const write = async (key: string, _type: string, bytes: AsyncIterable<Uint8Array>) => {
      for await (const chunk of bytes) {
        await new Promise(setImmediate);
        taken += chunk.length;
      }
      return { key, bytes: taken, sha256: '' };
    };
    const { deps } = world(month(500), 50, () => 'not');
    const { volume } = await packVolume(
      { ...deps, documents: { ...deps.documents, load }, files: { write } },
      work,
      limits,
    );
    expect([volume.documents, loaded]).toEqual([500, 500]);
    expect(most).toBeLessThanOrEqual(26);
  });

  it('of more than 65,535 files can be read', async () => {
    const few = Buffer.from('%PDF');
    const of = { key: 'k', sha256: createHash('sha256').update(few).digest('hex') };
    const documents = documentsOf(Array.from({ length: 66_000 }, () => 100)).map((each) => withPdf(each, of));
    const { deps, stored } = world(documents, 1000, () => 'not');
    await packVolume({ ...deps, documents: { ...deps.documents, load: async () => few } }, work, limits);
    const { names, textOf } = await unzip(stored.get('k.zip')!);
    expect(names).toHaveLength(66_001);
    expect(await textOf('invoices/NTIE-202612A-065999.pdf')).toBe('%PDF');
  });

  it('that cannot be finished throws what went wrong', async () => {
    const { deps } = world(month(3), 50, () => 'not');
    const load = () => Promise.reject(new Error('S3 is down'));
    const documents = { ...deps.documents, load };
    await expect(packVolume({ ...deps, documents }, work, limits)).rejects.toThrow('S3 is down');
  });
});
