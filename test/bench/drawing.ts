import { fork } from 'node:child_process';
import { once } from 'node:events';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { invoiceWithHistory, lastMonthOf, longInvoice, sampleInvoice } from '../support/invoices.ts';
import { itemisedInvoice } from '../support/itemised.ts';
import { contentOf } from './same-content.ts';
import { drawWithPdfkit } from './with-pdfkit.ts';

/** By whom: ours, or pdfkit used the usual way: with text, boxes and rules alone, or with the same as ours. */
export const PAINTERS = ['ours', 'plain', 'whole'] as const;
export type Painter = (typeof PAINTERS)[number];

export const DOCUMENTS = {
  'two pages with e-invoice, history and codes': () => {
    const invoice = invoiceWithHistory(sampleInvoice('germany', { account: { autopay: false, terms: 'wire' } }));
    const last = lastMonthOf(invoice);
    return () => renderInvoice(invoice, last);
  },
  '5,000 calls': () => {
    const { invoice, details } = itemisedInvoice(5_000);
    return () => renderInvoice(invoice, undefined, details);
  },
  '5,000 charges': () => {
    const invoice = longInvoice(5_000);
    return () => renderInvoice(invoice);
  },
};
export type DocumentName = keyof typeof DOCUMENTS;

/** Draws a document when it is told to, in a process that does nothing else: no other's garbage, no other's compiled code. */
export interface Drawing {
  readonly pages: number;
  /** Processor milliseconds, of all threads, for so many documents. */
  draw(count: number): Promise<number>;
  end(): void;
}

export async function startDrawing(name: DocumentName, painter: Painter): Promise<Drawing> {
  const child = fork(import.meta.filename, [name, painter], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const answer = async (): Promise<number> => {
    const [said] = (await once(child, 'message')) as [number];
    return said;
  };
  const pages = await answer();
  return {
    pages,
    draw: (count) => {
      child.send(count);
      return answer();
    },
    end: () => child.disconnect(),
  };
}

async function draw(name: DocumentName, painter: Painter): Promise<void> {
  const ours = DOCUMENTS[name]();
  const content = await contentOf(await ours());
  const work = painter === 'ours' ? ours : () => drawWithPdfkit(content, painter);
  process.on('message', async (count: number) => {
    const before = process.cpuUsage();
    for (let drawn = 0; drawn < count; drawn++) await work();
    const used = process.cpuUsage(before);
    process.send!((used.user + used.system) / 1000);
  });
  process.send!(content.pages.length);
}

if (import.meta.main) await draw(process.argv[2] as DocumentName, process.argv[3] as Painter);
