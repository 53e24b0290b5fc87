import { describe, expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { invoiceWithHistory, lastMonthOf, longInvoice, sampleInvoice } from '../support/invoices.ts';
import { readPdf } from '../support/pdf.ts';

const german = sampleInvoice('germany', { account: { autopay: false, terms: 'wire' } });

it('an invoice has pictures that say in words what they show: how its months compare, and where its codes lead', async () => {
  const bytes = await renderInvoice(invoiceWithHistory(german), lastMonthOf(german));
  const { alternatives } = await readPdf(bytes);
  expect(alternatives).toHaveLength(3);
  for (const words of alternatives) expect(words).toMatch(/\p{L}{4}.* .*\p{L}{3}/u);
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
      'TH: Subtotal excluding tax',
      'TH: Tax summary',
      'TD: VAT Taxable amount £524.86',
      'TH: Total including tax',
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
      'Questions about this invoice',
    ]);
  });
});
