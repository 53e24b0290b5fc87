import { describe, expect, it } from 'vitest';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { AccountStory, eventfulStory } from '../support/account-story.ts';
import { type Sample, sellerOfSample } from '../support/invoices.ts';
import { statementOf } from '../support/papers.ts';
import { misplaced, readPdf } from '../support/pdf.ts';
import { readObjects } from '../support/pdf-objects.ts';
import { scanned } from '../support/scan.ts';

const story = eventfulStory('ireland');
const draw = (...of: Parameters<typeof statementOf>) => readPdf(renderStatement(statementOf(...of)));

describe('an account statement', () => {
  it('says at a glance what was owed, what moved and what is owed, and how old that is', async () => {
    const { heard } = await draw(story, '2026-09-01', '2026-11-30');
    const from = heard.indexOf('P: Balance on 30 November 2026');
    expect(heard.slice(from, heard.indexOf('H2: Movements'))).toEqual([
      'P: Balance on 30 November 2026',
      'P: €613.25',
      'P: Please transfer the open amounts by the due dates below.',
      'P: €613.25 is already overdue.',
      'H2: Summary',
      ...['TH: Opening balance', 'TD: €0.00', 'TH: Invoices', 'TD: €2,214.75', 'TH: Payments', 'TD: −€2,309.75'],
      ...['TH: Payments returned', 'TD: €748.25', 'TH: Credit notes', 'TD: €20.00'],
      ...['TH: Disputed amounts', 'TD: −€50.00', 'TH: Written off', 'TD: −€10.00'],
      ...['TH: Closing balance', 'TD: €613.25'],
      'H2: Open by age',
      ...['TH: Not overdue', 'TD: €0.00', 'TH: 1–30 days overdue', 'TD: €613.25'],
      ...['TH: 31–60 days overdue', 'TD: €0.00', 'TH: 61–90 days overdue', 'TD: €0.00'],
      ...['TH: More than 90 days overdue', 'TD: €0.00', 'TH: Total', 'TD: €613.25'],
    ]);
  });

  it('lists every movement with what it is about and the balance after it', async () => {
    const { text } = await draw(story, '2026-09-01', '2026-10-31');
    for (const row of [
      'Opening balance €0.00',
      '1 September 2026 Invoice NTIE-202609A-000042 €738.25 €738.25',
      '8 September 2026 Disputed for NTIE-202609A-000042 −€50.00 €688.25',
      '16 September 2026 Payment · Cheque STMT-916 · for NTIE-202609A-000042 −€678.25 €10.00',
      '20 September 2026 Written off for NTIE-202609A-000042 −€10.00 €0.00',
      'Credit note NTIE-CN-202609A-000001 for NTIE-202609A-000042 · €50.00 no longer disputed €20.00 €20.00',
      '10 October 2026 Payment · SEPA •••• 4242 for NTIE-202610A-000042 −€738.25 €20.00',
      '19 October 2026 Payment returned by the bank for NTIE-202610A-000042 €738.25 €758.25',
      'for NTIE-202609A-000042, NTIE-202610A-000042 · €25.00 kept as credit −€758.25 €0.00',
      'Closing balance €0.00',
    ])
      expect(text).toContain(row);
  });

  it.each<[Sample, Language, name: string, several: string]>([
    ['quebec', 'fr', 'Note de crédit', 'Notes de crédit'],
    ['germany', 'fr', 'Avoir', 'Avoirs'],
    ['australia', 'en', 'Adjustment note', 'Adjustment notes'],
    ['australia', 'de', 'Rechnungskorrektur (Adjustment note)', 'Rechnungskorrekturen'],
  ])('of %s in %s calls a credit note what it is called itself: %s', async (sample, language, name, several) => {
    const { text } = await draw(eventfulStory(sample, { language }), '2026-09-01', '2026-10-31');
    expect(text).toContain(`${name} ${sellerOfSample(sample).numberPrefix}-CN-202609A-000001`);
    expect(text).toContain(`${several} `);
  });

  it('lists what is open, and how late it is', async () => {
    const { text } = await draw(story, '2026-11-01', '2026-11-30');
    expect(text).toContain('NTIE-202611A-000042 1 November 2026 16 November 2026 14 days €613.25');
  });

  it('says what is disputed and what is to the customer’s credit', async () => {
    expect((await draw(story, '2026-09-01', '2026-09-10')).text).toContain('€50.00 is disputed and not due for now.');
    const { text } = await draw(story, '2026-10-01', '2026-10-31');
    expect(text).toContain('You have a credit of €25.00, which will pay your next invoices.');
  });

  it('of days on which nothing moved says so', async () => {
    expect((await draw(story, '2026-11-25', '2026-11-30')).text).toContain('There were no movements in this period.');
  });
});

describe('its payment slip', () => {
  const slip = 'Payment slip: please quote the reference';

  it('asks for what is open, quoting the one invoice that it is for', async () => {
    const bytes = renderStatement(statementOf(story, '2026-11-01', '2026-11-30'));
    const { text } = await readPdf(bytes);
    expect(text).toMatch(/Amount to pay €613\.25 Due date 16 November 2026 Payee/);
    expect(text).toMatch(/Payment reference NTIE-202611A-000042/);
    expect(scanned(readObjects(bytes))[1]).toMatch(/\nEUR613\.25\n\n\nNTIE-202611A-000042$/);
  });

  it('of the past asks for what is open today, so that nobody pays what was paid since', async () => {
    const { text } = await draw(story, '2026-09-01', '2026-09-30');
    expect(text).toContain('With everything that has happened since, the balance on 5 December 2026 is €613.25.');
    expect(text).toMatch(/Amount to pay €613\.25 Payee/);
    expect(text).toContain('Payment reference acc-20418');
  });

  it('is not there where nothing is open, nor where the money is collected or sent otherwise', async () => {
    const settled = new AccountStory('ireland').invoice('2026-09').sends('2026-09-10', 738_25, 'w');
    expect((await draw(settled, '2026-09-01', '2026-09-30')).text).toContain('There is nothing to pay.');
    for (const [of, overrides] of [
      [settled, {}],
      [story, { autopay: true }],
      [story, { terms: 'cheque' }],
      [story, { terms: 'card' }],
    ] as const)
      expect((await draw(of, '2026-09-01', '2026-11-30', overrides)).text).not.toContain(slip);
  });
});

describe('an account statement on paper', () => {
  it.each(LANGUAGES)('fits its pages in %s', async (language) => {
    const { placed, width, height } = await draw(story, '2026-08-01', '2026-11-30', { language });
    expect(misplaced({ placed, width, height })).toEqual([]);
  });

  it('flows over as many pages as there are movements for', async () => {
    const years = new AccountStory('ireland');
    for (let month = 0; month < 60; month++) {
      const name = `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
      years.invoice(name).sends(`${name}-12`, 738_25, String(month));
    }
    const { placed, width, height, pages, text } = await draw(years, '2022-01-01', '2026-12-31');
    expect(pages.length).toBeGreaterThan(4);
    expect(text).toContain('Movements (continued)');
    expect(misplaced({ placed, width, height })).toEqual([]);
  });

  it('is the same whenever it is made', () => {
    const [one, other] = [1, 2].map(() => renderStatement(statementOf(story, '2026-08-01', '2026-11-30')));
    expect(Buffer.compare(one!, other!)).toBe(0);
  });
});
