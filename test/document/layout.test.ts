import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import type { CreditNote } from '../../shared/domain/books/credit-note.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import type { CallDetails } from '../../shared/domain/usage/itemise.ts';
import { readObjects } from '../support/pdf-objects.ts';
import written from './layout.json' with { type: 'json' };
import creditNote from './layout-credit-note.json' with { type: 'json' };

/** By layout: what its documents consist of, before they are compressed. A layout that was published never changes. */
const KNOWN: Readonly<Record<number, string>> = {
  1: '5dd7ab70295d05f692a058b0748abfcedad299d9a2d814ba7419eda55b3ed5cc',
  2: '5c3567fe5579d844dbbdefd91e9aaa28252c49a9b1efb5c326bd5bacb4bb5d53',
  3: 'c09f5c0a514b6794de38c5bc3740338ef43f513aca7d567facd1dd1eb0a04188',
  4: '1028ebb6aeeff8450733e1074fb9f4dbf2fedb916a10c6552f1b7ad475c87b02',
  5: '9eb45856f2424cce4349420cd28e8e61ed8815d00b927b72d8bb536519577fc6',
};

/** Invoices as they were issued once: paid by transfer with a history, with every charge, in French, and with calls. */
const INVOICES = written as unknown as readonly {
  readonly invoice: Invoice;
  readonly last?: Invoice;
  readonly details?: CallDetails;
}[];

it('a change of what invoices consist of is a new layout', async () => {
  const invoices = INVOICES.map(({ invoice, last, details }) => renderInvoice(invoice, last, details));
  const digest = consistsOf(await Promise.all(invoices));
  expect({ layout: LAYOUT, digest }).toEqual({ layout: LAYOUT, digest: KNOWN[LAYOUT] });
});

/** By layout, as above; one that changes nothing of credit notes has the digest of the one before. */
const KNOWN_CREDIT_NOTES: Readonly<Record<number, string>> = {
  3: 'aaea384b23e470df749fccca8a7b1f328e618bf50d0124fb9bfb4ca311900972',
  4: 'e116765931e5de6ff89e051f1453352abb33a9725fee57d868ea9f27141f9f5c',
  5: '9deb0599a4440697905c341322cd7ac840cbb72453c54d65a4fcd3a071ab4417',
};

it('a change of what credit notes consist of is a new layout', async () => {
  const note = creditNote as CreditNote;
  const drawn = [
    await renderCreditNote(note, INVOICES[0]!.invoice),
    await renderCreditNote(note, INVOICES[0]!.invoice, '2026-12-24'),
  ];
  const digest = consistsOf(drawn);
  expect({ layout: LAYOUT, digest }).toEqual({ layout: LAYOUT, digest: KNOWN_CREDIT_NOTES[LAYOUT] });
});

/** A digest of all objects of the documents, before they are compressed. */
function consistsOf(pdfs: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const { bodies, streams } of pdfs.map(readObjects)) {
    for (const [number, body] of [...bodies].sort(([a], [b]) => a - b))
      if (!/\/Type \/(XRef|ObjStm)/.test(body)) hash.update(`${number} ${body.replace(/\/Length \d+/, '')}`);
    for (const [number, content] of [...streams].sort(([a], [b]) => a - b))
      if (!/\/Type \/(XRef|ObjStm)/.test(bodies.get(number)!)) hash.update(content);
  }
  return hash.digest('hex');
}
