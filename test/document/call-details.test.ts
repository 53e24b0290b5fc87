import { describe, expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { DETAILS_TEXTS } from '../../shared/document/texts/details/by-language.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import { itemise } from '../../shared/domain/usage/itemise.ts';
import { type Sample, sampleInvoice } from '../support/invoices.ts';
import { itemisedInvoice, openUsage } from '../support/itemised.ts';
import { misplaced, readPdf } from '../support/pdf.ts';
import { deckRow, rated, rateRow } from '../support/usage.ts';

type Options = Parameters<typeof itemisedInvoice>[2];
const draw = async (count: number, sample: Sample = 'us', options: Options = {}) => {
  const { invoice, details } = itemisedInvoice(count, sample, options);
  return { invoice, details, ...(await readPdf(await renderInvoice(invoice, undefined, details))) };
};

describe('a call on the invoice', () => {
  const CALLS = [
    rated('domestic', 'domestic', 8 * 3600, 120, rateRow({ micros: 29_000 })),
    { ...rated('abroad', 'international', 9 * 3600, 660, deckRow('49', 'DE', 19_000)), to: '+493023125001' },
    { ...rated('premium', 'domestic-premium', 10 * 3600, 60, deckRow('1787', 'PR', 90_000)), to: '+17875550123' },
    { ...rated('toll-free', 'toll-free-inbound', 11 * 3600, 3666, deckRow('', 'US', 30_000)), to: '+18005550100' },
    { ...rated('sent', 'message', 12 * 3600, 2, rateRow({ micros: 5_500, per: 'credit' })), to: '+13125550199' },
    {
      ...rated('received', 'message', 13 * 3600, 1, rateRow({ micros: 5_500, per: 'credit' })),
      inbound: true as const,
      from: 'BANK \u5317',
      to: '+12125550100',
    },
    { ...rated('inside', 'internal', 14 * 3600, 60, rateRow()), from: '104', to: '117' },
    {
      ...rated('withheld', 'toll-free-inbound', 15 * 3600, 60, deckRow('', 'US', 30_000)),
      from: 'anonymous',
      to: '+18005550100',
    },
    rated('free', 'inbound', 16 * 3600, 60, undefined),
  ];
  const invoice = sampleInvoice('us', { usage: [openUsage(CALLS)], subscriptions: [] });
  const details = itemise(invoice.lines, new Map([['2026-11', CALLS]]), invoice.currency);

  it('has its time where the seller is, its number, kind, length and exact price, under the customer’s number', async () => {
    const { text } = await readPdf(await renderInvoice(invoice, undefined, details));
    for (const words of [
      'Date and time Number Kind Duration, credits Price (USD)',
      'Nov 1, 2026 3:00 AM +13125550123 Domestic 2:00 0.0580',
      'Nov 1, 2026 4:00 AM +493023125001 Germany 11:00 0.2090',
      'Nov 1, 2026 5:00 AM +17875550123 Premium number 1:00 0.0900',
      'Nov 1, 2026 7:00 AM +13125550199 Message sent 2 credits 0.0110',
      'Nov 1, 2026 8:00 AM BANK ? Message received 1 credit 0.0055',
      'Subtotal +12125550100 3 calls · 14:00 · 2 messages · 3 credits $0.38',
      'Extension 104',
      'Nov 1, 2026 9:00 AM 117 Internal 1:00 0.0200',
      'Nov 1, 2026 6:00 AM +12125550100 To your toll-free number 1:01:06 1.8330',
      'Nov 1, 2026 10:00 AM number withheld To your toll-free number 1:00 0.0300',
    ])
      expect(text.replace(/\u202f/g, ' ')).toContain(words);
    expect(text).not.toContain('11:00 AM');
  });

  it('is covered by the plan, or from where the plan ends it is not', async () => {
    const minutes = Array.from({ length: 3 }, (_, index) => rated(`c${index}`, 'domestic', index, 600, rateRow()));
    const draft = sampleInvoice('us', { usage: [openUsage(minutes)] });
    const line = draft.lines.find(({ explanation }) => explanation.kind === 'allowance')!;
    // The plan as it was: ten minutes and a half.
    const allowance = { unit: 'seconds', included: 630, before: 0, after: 630 } as const;
    const used = { kind: 'allowance', usage: 'domestic', month: '2026-11', late: false, allowance } as const;
    const rows = [{ rate: rateRow(), events: 2, quantity: 1170 }];
    const lines = [
      { ...line, explanation: used },
      { ...line, amount: 39, explanation: { ...used, kind: 'usage' as const, rows } },
    ];
    const covered = itemise(lines, new Map([['2026-11', minutes]]), invoice.currency);
    const { text } = await readPdf(await renderInvoice({ ...draft, lines }, undefined, covered));
    expect(text).toContain('Domestic 10:00 in plan');
    expect(text).toContain('Domestic · 0:30 in plan 10:00 0.1900');
    expect(text).toContain('Domestic 10:00 0.2000');
  });
});

describe('the list', () => {
  it('ends in the sum of the usage lines', async () => {
    const { invoice, text } = await draw(200);
    const usage = invoice.lines.filter(({ charge }) => charge === 'usage').reduce((sum, { amount }) => sum + amount, 0);
    expect(text).toContain(`All calls and messages $${(usage / 100).toFixed(2)}`);
  });

  it('flows over pages with its head and the number on each, and is heard as one table without them', async () => {
    const { pages, heard } = await draw(400);
    const listing = pages.filter((page) => page.includes('Duration, credits'));
    expect(listing.length).toBeGreaterThan(6);
    expect(listing.filter((page) => /\+1617555010\d …/.test(page)).length).toBeGreaterThan(2);
    expect(heard.filter((words) => words === 'TH: Duration, credits')).toHaveLength(1);
    expect(heard.filter((words) => words.includes('…'))).toEqual([]);
  });

  it('has its number and the count of pages on each, also when they are many', async () => {
    const { pages } = await draw(1600);
    expect(pages.length).toBeGreaterThan(34);
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
  }, 60_000);

  it('leaves out the last three digits of others where the customer wants it so, never those of its own numbers', async () => {
    const { text } = await draw(40, 'us', { account: { callDetails: 'masked' } });
    expect(text).toMatch(/\+1312555\d•••/);
    expect(text).not.toMatch(/\+1312555\d{4}/);
    expect(text).toContain('Subtotal +16175550100');
    expect(text).toContain('117 Internal');
    expect(text).toContain('The last 3 digits of the other parties’ numbers are left out.');
  });

  it('is not there, but a sentence, where there would be too many', async () => {
    const { invoice } = itemisedInvoice(10);
    const { text } = await readPdf(await renderInvoice(invoice, undefined, 'too-many'));
    expect(text).toContain('This invoice has more than 50,000 calls and messages, too many to print.');
    expect(text).not.toContain('Date and time');
  });

  it.each(LANGUAGES)('in %s has its words, and nothing lies over something else', async (language) => {
    const { placed, width, height, text } = await draw(60, language === 'fr' ? 'quebec' : 'us', {
      language,
      account: { callDetails: 'masked' },
    });
    const { heading, column, total, notes, kinds } = DETAILS_TEXTS[language];
    for (const words of [heading, column.when, total, notes.masked('3'), kinds.domestic]) expect(text).toContain(words);
    expect(misplaced({ placed, width, height })).toEqual([]);
  });
});
