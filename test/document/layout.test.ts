import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { readObjects } from '../support/pdf-objects.ts';
import written from './layout.json' with { type: 'json' };

/** By layout: what its documents consist of, before they are compressed. A layout that was published never changes. */
const KNOWN: Readonly<Record<number, string>> = {
  1: '5dd7ab70295d05f692a058b0748abfcedad299d9a2d814ba7419eda55b3ed5cc',
  2: '21df4e834c6b09f9c60ac484ce16947fc4fb2bbb56f626e7a605af68004e8166',
};

/** Invoices as they were issued once: paid by transfer with a history, with every charge, and in French. */
const INVOICES = written as unknown as readonly { readonly invoice: Invoice; readonly last?: Invoice }[];

it('a change of what documents consist of is a new layout', async () => {
  const hash = createHash('sha256');
  for (const { invoice, last } of INVOICES) {
    const { bodies, streams } = readObjects(await renderInvoice(invoice, last));
    for (const [number, body] of [...bodies].sort(([a], [b]) => a - b))
      if (!/\/Type \/(XRef|ObjStm)/.test(body)) hash.update(`${number} ${body.replace(/\/Length \d+/, '')}`);
    for (const [number, content] of [...streams].sort(([a], [b]) => a - b))
      if (!/\/Type \/(XRef|ObjStm)/.test(bodies.get(number)!)) hash.update(content);
  }
  expect({ layout: LAYOUT, digest: hash.digest('hex') }).toEqual({ layout: LAYOUT, digest: KNOWN[LAYOUT] });
});
