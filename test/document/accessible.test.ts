import { describe, expect, it } from 'vitest';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { eventfulStory } from '../support/account-story.ts';
import { everyCharge } from '../support/every-charge.ts';
import { invoiceWithHistory, lastMonthOf, longInvoice, sampleInvoice } from '../support/invoices.ts';
import { itemisedInvoice } from '../support/itemised.ts';
import { cancelled, partiesIn, statementOf } from '../support/papers.ts';
import { readPdf } from '../support/pdf.ts';
import {
  everyNode,
  type Node,
  operatorsOf,
  type PdfObjects,
  pageContents,
  readObjects,
  structureOf,
} from '../support/pdf-objects.ts';
import { sampleQuote } from '../support/quotes.ts';

/** Operators after which there is something to see. */
const PAINTING = ['TJ', 'Tj', 'S', 'f'];

/** What ISO 14289-1 (PDF/UA-1) asks of a file, by its clauses. */
const RULES: Readonly<Record<string, (pdf: PdfObjects, nodes: readonly Node[]) => void>> = {
  '5: the metadata say that it is PDF/UA-1': ({ source }) => {
    expect(source).toContain('<pdfuaid:part>1</pdfuaid:part>');
  },
  '7.1: all that is drawn is content or decoration, and never one within the other': (pdf) => {
    for (const content of pageContents(pdf)) {
      const open: string[] = [];
      for (const operator of operatorsOf(content)) {
        const marked = open.includes('mark');
        if (operator === 'BDC' || operator === 'BMC') {
          expect(marked).toBe(false);
          open.push('mark');
        } else if (operator === 'EMC') expect(open.pop()).toBe('mark');
        else if (operator === 'BT') open.push('text');
        else if (operator === 'ET') expect(open.pop()).toBe('text');
        else if (PAINTING.includes(operator)) expect(marked, operator).toBe(true);
      }
      expect(open).toEqual([]);
    }
  },
  '7.1: every piece of content is in the structure, once': (pdf, nodes) => {
    const inTree = nodes.flatMap(({ contents }) => contents);
    expect(new Set(inTree).size).toBe(inTree.length);
    const drawn = pageContents(pdf).reduce((sum, content) => sum + (content.match(/\/MCID/g)?.length ?? 0), 0);
    expect(inTree).toHaveLength(drawn);
  },
  '7.1: the title is shown': (pdf) => {
    expect(pdf.all(/\/Type \/Catalog/)[0]).toContain('/DisplayDocTitle true');
    expect(pdf.source).toMatch(/<dc:title><rdf:Alt><rdf:li xml:lang="x-default">[^<]{8,}</);
  },
  '7.2: the language is known': (pdf) => {
    expect(pdf.all(/\/Type \/Catalog/)[0]).toMatch(/\/Lang \([a-z]{2}-[A-Z]{2}\)/);
  },
  '7.3: every picture has words': (_pdf, nodes) => {
    for (const { body } of nodes.filter(({ tag }) => tag === 'Figure'))
      expect(body).toMatch(/\/Alt <FEFF[0-9A-F]{40,}>/);
  },
  '7.4.2: headings begin with the first level and skip none': (_pdf, nodes) => {
    const levels = nodes.flatMap(({ tag }) => /^H(\d)$/.exec(tag)?.[1] ?? []).map(Number);
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
  },
  '7.5: tables have header cells that say what they are the head of': (_pdf, nodes) => {
    for (const table of nodes.filter(({ tag }) => tag === 'Table')) {
      const heads = everyNode(table).filter(({ tag }) => tag === 'TH');
      expect(heads.length).toBeGreaterThan(0);
      for (const { body } of heads) expect(body).toMatch(/\/Scope \/(Row|Column)/);
    }
  },
  '7.5: the rows of a table are equally wide': (_pdf, nodes) => {
    const widthOf = ({ kids }: Node) =>
      kids.reduce((sum, { body }) => sum + Number(/\/ColSpan (\d+)/.exec(body)?.[1] ?? 1), 0);
    for (const table of nodes.filter(({ tag }) => tag === 'Table')) {
      expect(table.kids.every(({ tag }) => tag === 'TR')).toBe(true);
      expect(new Set(table.kids.map(widthOf)).size).toBe(1);
    }
  },
  '7.6: lists have items of a label and a body, so that no reader joins them to one word': (_pdf, nodes) => {
    for (const item of nodes.filter(({ tag }) => tag === 'LI'))
      expect(item.kids.map(({ tag }) => tag)).toEqual(['Lbl', 'LBody']);
  },
  '7.18.1, 7.18.5: links are links in the structure, and say where they lead': (pdf, nodes) => {
    const links = nodes.filter(({ tag }) => tag === 'Link');
    const annotations = pdf.all(/\/Subtype \/Link/);
    expect(links).toHaveLength(annotations.length);
    for (const { body } of links) expect(body).toContain('/Type /OBJR');
    for (const annotation of annotations) expect(annotation).toMatch(/\/StructParent \d+ \/Contents <FEFF/);
  },
  '7.18.3: what can be reached by the keyboard follows the structure': (pdf) => {
    expect(pdf.all(/<< \/Type \/Page /).every((page) => page.includes('/Tabs /S'))).toBe(true);
  },
};

const german = sampleInvoice('germany', { account: { autopay: false, terms: 'wire' } });
const called = itemisedInvoice(150);
const story = eventfulStory('germany');
describe.each([
  [
    'an invoice paid by transfer, with its history',
    await renderInvoice(invoiceWithHistory(german), lastMonthOf(german)),
  ],
  ['an invoice with every charge', await renderInvoice(everyCharge('us'))],
  ['an invoice with its calls', await renderInvoice(called.invoice, undefined, called.details)],
  ['an invoice of many pages', await renderInvoice(longInvoice(700))],
  ['a cancellation', renderCancellation(cancelled('germany', { requestedOn: '2026-11-15' }))],
  ['a receipt', renderReceipt(story.receipts[0]!, partiesIn(story))],
  ['a quote', await renderQuote(sampleQuote('us'))],
  ['a statement', renderStatement(statementOf(story, '2026-08-01', '2026-11-30'))],
])('PDF/UA-1 (ISO 14289-1): %s', (_name, bytes) => {
  const pdf = readObjects(bytes);
  const nodes = everyNode(structureOf(pdf));
  it.each(Object.entries(RULES))('%s', (_rule, holds) => holds(pdf, nodes));
});

it('an invoice has a picture that needs words: the code that leads to the portal', async () => {
  const nodes = everyNode(structureOf(readObjects(await renderInvoice(german))));
  expect(nodes.some(({ tag }) => tag === 'Figure')).toBe(true);
});

describe('a screen reader', () => {
  it('hears who, to whom, how much, what happens next, and only then the details', async () => {
    const { heard } = await readPdf(await renderInvoice(sampleInvoice('uk')));
    let next = 0;
    const order = [
      'H1: VAT invoice NTUK-202612A-000042',
      'P: Billed to',
      'P: Fox & Heron Books',
      'Lbl: Due date',
      'LBody: 16 December 2026',
      'P: Amount due',
      'P: £629.83',
      'P: We will charge Visa •••• 4242 on 1 December 2026. There is nothing you need to do.',
      'H2: Your account',
      'H2: Charges in detail',
      'TH: Description',
      'TH: Service Charge',
      'TD: Desk phone 1 – 31 Dec 2026',
      'TD: 15 devices',
      'H2: Tax summary',
      'H2: Questions about this invoice',
    ];
    // Each after the one before it, with others between them.
    const found = order.filter((words) => {
      const at = heard.indexOf(words, next);
      next = at < 0 ? heard.length : at + 1;
      return at >= 0;
    });
    expect(found).toEqual(order);
  });

  it('does not hear what repeats on every page', async () => {
    const { heard, text } = await readPdf(await renderInvoice(longInvoice(200)));
    expect(text).toContain('Page 2 of');
    expect(heard.filter((words) => /Page \d|continued/.test(words))).toEqual([]);
    expect(heard.filter((words) => words === 'TH: Description')).toHaveLength(1);
  });

  it('finds its way by an outline of all headings', async () => {
    const { outline } = await readPdf(await renderInvoice(sampleInvoice('uk')));
    expect(outline).toEqual([
      'VAT invoice NTUK-202612A-000042',
      'Your account',
      'Charges at a glance',
      'Automatic payment',
      'Charges in detail',
      'Tax summary',
      'Questions about this invoice',
    ]);
  });
});
