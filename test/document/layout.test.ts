import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import { everyCharge } from '../support/every-charge.ts';
import { invoiceWithHistory, lastMonthOf, sampleInvoice } from '../support/invoices.ts';
import { readObjects } from '../support/pdf-objects.ts';

/** By layout: what its documents consist of, before they are compressed. A layout that was published never changes. */
const KNOWN: Readonly<Record<number, string>> = {
  1: '62b45c0e6ff12468fed23b24f19743fd37d658ab9cd70ea83670a2629f8e92d7',
};

it('a change of what documents consist of is a new layout', async () => {
  const german = sampleInvoice('germany', { account: { autopay: false, terms: 'wire' } });
  const documents = [
    await renderInvoice(invoiceWithHistory(german), lastMonthOf(german)),
    await renderInvoice(everyCharge('us')),
    await renderInvoice(sampleInvoice('quebec')),
  ];
  const hash = createHash('sha256');
  for (const document of documents) {
    const { bodies, streams } = readObjects(document);
    for (const [number, body] of [...bodies].sort(([a], [b]) => a - b))
      if (!/\/Type \/(XRef|ObjStm)/.test(body)) hash.update(`${number} ${body.replace(/\/Length \d+/, '')}`);
    for (const [number, content] of [...streams].sort(([a], [b]) => a - b))
      if (!/\/Type \/(XRef|ObjStm)/.test(bodies.get(number)!)) hash.update(content);
  }
  expect({ layout: LAYOUT, digest: hash.digest('hex') }).toEqual({ layout: LAYOUT, digest: KNOWN[LAYOUT] });
});
