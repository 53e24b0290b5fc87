import { type CreditNote, creditNoteDelivery } from '../domain/books/credit-note.ts';
import { type Delivery, invoiceDelivery } from '../domain/delivery.ts';
import type { Invoice } from '../domain/invoice.ts';
import { type InvoiceExport, placeAfter } from '../domain/invoice-export.ts';
import type { Receivable } from '../domain/receivable.ts';
import type { CreditNoteStore, ExportStore, InvoiceStore, ListedDocument } from '../ports.ts';
import { deliveryKey, exportKey, invoiceKey } from './keys.ts';
import { readEach } from './read-many.ts';
import { entity, put, read, type Table, update } from './table.ts';

/** Two items are read for each, and 100 in one go. */
const PAGE = 50;

interface Options {
  readonly table: Table;
  readonly listings: Pick<InvoiceStore, 'receivablesIn'> & Pick<CreditNoteStore, 'creditNotesIn'>;
}

/** Exports that finance asked for, and what they pack. */
export function createExportStore({ table, listings }: Options): ExportStore {
  return {
    async beginExport(asked) {
      const key = exportKey(asked.sellerId, asked.exportId);
      // The table deletes it some time later; until then a new one takes its place.
      const expiresAt = Math.ceil(Date.parse(asked.until) / 1000);
      const begun = await put(table, {
        Item: { ...key, ...asked, expiresAt },
        ConditionExpression: 'attribute_not_exists(pk) OR #until <= :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': asked.requestedAt },
      });
      if (begun.written) return asked;
      return (begun.stored && exportOf(begun.stored)) ?? asked;
    },

    async export(sellerId, exportId) {
      const found = await read<InvoiceExport>(table, exportKey(sellerId, exportId));
      return found && exportOf({ ...found });
    },

    async recordVolume({ sellerId, exportId, requestedAt, volumes }, volume, next) {
      const recorded = await update(table, {
        Key: exportKey(sellerId, exportId),
        UpdateExpression: `SET volumes = list_append(volumes, :volume)${next ? ', #next = :next' : ' REMOVE #next'}`,
        ConditionExpression: 'requestedAt = :requestedAt AND size(volumes) = :known',
        ExpressionAttributeNames: { '#next': 'next' },
        ExpressionAttributeValues: {
          ...{ ':volume': [volume], ':known': volumes.length, ':requestedAt': requestedAt },
          ...(next && { ':next': next }),
        },
      });
      return recorded.written ? 'written' : 'stale';
    },

    async completeExport({ sellerId, exportId, requestedAt }, index, now) {
      const completed = await update(table, {
        Key: exportKey(sellerId, exportId),
        UpdateExpression: 'SET #index = :index, completedAt = :now',
        ConditionExpression: 'requestedAt = :requestedAt AND attribute_not_exists(completedAt)',
        ExpressionAttributeNames: { '#index': 'index' },
        ExpressionAttributeValues: { ':index': index, ':now': now, ':requestedAt': requestedAt },
      });
      return completed.written ? 'written' : 'already-done';
    },

    async documentsAt({ sellerId, month }, place) {
      const { items, cursor, documents } =
        place.part === 'invoices'
          ? await withDocuments(table, await listings.receivablesIn(sellerId, month, {}, PAGE, place.cursor))
          : await withInvoices(table, await listings.creditNotesIn(sellerId, month, PAGE, place.cursor));
      if (documents.length < items.length) throw new Error(`An invoice of ${sellerId} in ${month} cannot be read`);
      const next = placeAfter(place, cursor);
      return { documents, ...(next && { next }) };
    },
  };
}

const exportOf = (item: Record<string, unknown>): InvoiceExport => {
  const { expiresAt: _ofTheTable, ...known } = entity<InvoiceExport & { expiresAt?: number }>(item);
  return known;
};

type PageOf<T> = { readonly items: readonly T[]; readonly cursor?: string };

async function withDocuments(table: Table, page: PageOf<Receivable>) {
  const keys = page.items.flatMap(({ accountId, invoiceId }) => [
    invoiceKey(accountId, invoiceId),
    deliveryKey(invoiceDelivery(accountId, invoiceId)),
  ]);
  const found = await readEach(table, keys);
  const documents = page.items.flatMap((receivable, index): ListedDocument[] => {
    const invoice = found[2 * index] as Invoice | undefined;
    const delivery = found[2 * index + 1] as Delivery | undefined;
    return invoice ? [{ kind: 'invoice', receivable, invoice, ...(delivery && { delivery }) }] : [];
  });
  return { ...page, documents };
}

async function withInvoices(table: Table, page: PageOf<CreditNote>) {
  const keys = page.items.flatMap((note) => [
    invoiceKey(note.accountId, note.invoiceId),
    deliveryKey(creditNoteDelivery(note)),
  ]);
  const found = await readEach(table, keys);
  const documents = page.items.flatMap((note, index): ListedDocument[] => {
    const invoice = found[2 * index] as Invoice | undefined;
    const delivery = found[2 * index + 1] as Delivery | undefined;
    return invoice ? [{ kind: 'credit-note', note, invoice, ...(delivery && { delivery }) }] : [];
  });
  return { ...page, documents };
}
