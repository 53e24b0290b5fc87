import { describe, expect, it } from 'vitest';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import type { RatedRecord } from '../../shared/domain/usage/usage.ts';
import { invoiceWithHistory, lastMonthOf, sampleInvoice } from '../support/invoices.ts';
import { itemisedInvoice, sampleRecords } from '../support/itemised.ts';
import { readPdf } from '../support/pdf.ts';

const invoice = invoiceWithHistory(sampleInvoice('uk'));
const stored = (...invoices: readonly Invoice[]) => ({
  invoice: async (accountId: string, invoiceId: string) =>
    invoices.find((each) => each.accountId === accountId && each.invoiceId === invoiceId),
  issuedUsage: async function* () {},
});

it('says in words and amounts what changed since the last invoice, adding up to the difference', async () => {
  const { text } = await readPdf(await renderIssued(stored(lastMonthOf(invoice)), invoice));
  expect(text).toContain(
    'What changed £112.57 more than in November 2026. Desk phone · 12 → 15 +£59.85 Prorated Charges · new +£33.96 VAT +£18.76',
  );
});

it('shows the last six months as a chart that can be heard', async () => {
  const { alternatives } = await readPdf(await renderIssued(stored(lastMonthOf(invoice)), invoice));
  expect(alternatives).toContain(
    'Bar chart of invoice totals: July 2026 £579.44, August 2026 £566.85, September 2026 £610.94, October 2026 £598.34, November 2026 £517.26, December 2026 £629.83.',
  );
});

it('shortens the figures of bars that are narrower than millions', async () => {
  const german = invoiceWithHistory({ ...sampleInvoice('germany'), total: 98_758_833_898 });
  const { text } = await readPdf(await renderIssued(stored(lastMonthOf(german)), german));
  expect(text).toMatch(/909 Mio\..* 988 Mio\./);
});

it('names a fee that changed in the reader’s language, as among the charges', async () => {
  const french = invoiceWithHistory(sampleInvoice('quebec'));
  const last = { ...lastMonthOf(french), lines: lastMonthOf(french).lines.filter(({ charge }) => charge !== 'fee') };
  const { text } = await readPdf(await renderIssued(stored(last), french));
  expect(text).toContain('Frais réglementaires fédéraux et provinciaux +9,52 $');
});

it('shows what was paid since', async () => {
  const { text } = await readPdf(await renderIssued(stored(lastMonthOf(invoice)), invoice));
  expect(text).toContain('Previous balance £517.26 Payments and adjustments −£517.26 This invoice');
});

it('compares a first invoice with nothing', async () => {
  const { text } = await readPdf(await renderIssued(stored(), sampleInvoice('uk')));
  expect(text).not.toContain('What changed');
});

describe('an invoice with calls', () => {
  const { invoice: called } = itemisedInvoice(45);
  const records = sampleRecords(45);
  const usageOf = (...batches: readonly (readonly RatedRecord[])[]) => ({
    ...stored(),
    issuedUsage: async function* () {
      yield* batches;
    },
  });

  it('lists them, however they were batched', async () => {
    const bytes = await renderIssued(usageOf(records.slice(30), records.slice(0, 30)), called);
    expect((await readPdf(bytes)).text).toContain('All calls and messages');
    expect(Buffer.compare(bytes, await renderIssued(usageOf(records), called))).toBe(0);
  });

  it('lists none where its account wants none, and reads none', async () => {
    const { itemised: _, ...without } = called;
    const unread = { ...stored(), issuedUsage: () => expect.unreachable() };
    expect((await readPdf(await renderIssued(unread, without))).text).not.toContain('All calls and messages');
  });

  it('stops reading at more than can be printed, and says so', async () => {
    let batches = 0;
    const endless = {
      ...stored(),
      issuedUsage: async function* () {
        for (; ; batches++) yield sampleRecords(1500);
      },
    };
    expect((await readPdf(await renderIssued(endless, called))).text).toContain('more than 50,000 calls and messages');
    expect(batches).toBe(33);
  });

  it('fails rather than contradict itself when its records are others', async () => {
    await expect(renderIssued(usageOf(records.slice(10)), called)).rejects.toThrow('do not add up to line');
  });
});

it('fails rather than make another document when the last invoice cannot be read', async () => {
  await expect(renderIssued(stored(), invoice)).rejects.toThrow('2026-11#cycle, the last invoice, cannot be read');
});
