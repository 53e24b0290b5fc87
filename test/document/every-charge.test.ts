import { describe, expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { printedInvoice } from '../../shared/document/printed-invoice.ts';
import { TEXTS } from '../../shared/document/texts/by-language.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { CHARGE_GROUPS } from '../../shared/domain/catalog.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { everyCharge } from '../support/every-charge.ts';
import { readPdf } from '../support/pdf.ts';

const textOf = async (invoice: Invoice) => (await readPdf(await renderInvoice(invoice))).text;

describe('an invoice with every charge of the guide', () => {
  it('R101–R122: prints the groups in the guide’s order, prorations among them', async () => {
    const text = await textOf(everyCharge());
    const details = text.slice(text.indexOf('Charges in detail'));
    const { group } = TEXTS.en.document;
    const labels = CHARGE_GROUPS.map((key) => group[key]);
    labels.splice(2, 0, group.prorated);
    const found = labels.map((label) =>
      details.search(new RegExp(`${label.replaceAll(/[()]/g, '\\$&')} (?:\\$|[A-Z])`)),
    );
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });

  it.each([
    [
      'R104: plan minutes, at no charge',
      'Outbound minutes Nov 1–30, 2026 · 2,000 of 2,000 minutes in your plan used 2,000 minutes $0.00',
    ],
    [
      'R106: minutes beyond the plan',
      'beyond the 2,000 minutes in your plan · United States 216 × $0.02 216 minutes $4.32',
    ],
    ['R107, C20: toll-free by tenth of a minute', 'Toll-free 122:06 × $0.035 122:06 minutes $4.27'],
    ['R108: each destination at its rate', 'Germany 20:30 × $0.018 · Japan 60 × $0.045 80:30 minutes $3.07'],
    ['R109: plan credits', '500 of 500 credits in your plan used 500 credits $0.00'],
    ['R111: 137 credits at 0.0055', 'Messages 137 × $0.0055 137 credits $0.75'],
    ['C18: SMS Overage, as the guide means it', 'SMS Overage'],
    ['C18: Regulatory Recovery Fee, as the guide means it', 'Regulatory Recovery Fee'],
    [
      'R133, C15: until when to dispute, the 15th day with it',
      'tell us within 15 days of the invoice date, by December 16, 2026.',
    ],
    ['R113: what the recovery fee is not', 'It is neither a tax nor imposed by any government.'],
    ['R114: what the Canadian fee is not', 'It is not imposed by any government; its rate depends on the service.'],
  ])('%s', async (_rule, words) => {
    const text = (await textOf(everyCharge())).replaceAll(' – ', '–').replace(/(\d) ?–(\d)/g, '$1–$2');
    expect(text).toContain(words);
  });

  it('counts no fees: the amount of a fee is not a price times a quantity', async () => {
    expect(await textOf(everyCharge())).not.toMatch(/\b1 fee\b/);
  });

  it('sums up only what costs something, and the sums make the subtotal', async () => {
    const invoice = everyCharge();
    const { summary } = printedInvoice(invoice);
    expect(summary.reduce((sum, { total }) => sum + total, 0)).toBe(invoice.subtotal);
    expect(summary.map(({ label }) => label).filter((label) => label.includes('Included'))).toEqual([]);
  });

  it('shows at a glance the seven largest groups in print order, and the sum of the others', () => {
    const labels = printedInvoice(everyCharge()).summary.map(({ label, total }) => `${label} ${total}`);
    expect(labels).toEqual([
      'Service Charge 48195',
      'Standard Phone Numbers 13495',
      'Prorated Charges 4213',
      'Contact Center 17000',
      'Purchases 17997',
      'Regulatory Recovery Fee 2185',
      'Universal Service Fee 10490',
      'Other charges 4325',
    ]);
  });

  it.each(LANGUAGES)('has a label and a description of its own in %s', async (language) => {
    const text = await textOf(everyCharge('us', { language }));
    const { group, about, usage } = TEXTS[language].document;
    for (const label of Object.values(group)) expect(text).toContain(label);
    for (const name of Object.values(usage.names)) expect(text).toContain(name);
    for (const sentence of Object.values(about)) expect(text).toContain(sentence.replace(/[\u00a0\u202f]/g, ' '));
    if (language === 'en') return;
    for (const [key, name] of Object.entries(usage.names))
      expect(name).not.toBe(TEXTS.en.document.usage.names[key as keyof typeof usage.names]);
    for (const [key, sentence] of Object.entries(about))
      expect(sentence).not.toBe(TEXTS.en.document.about[key as keyof typeof about]);
  });

  it.each(LANGUAGES)(
    'names a fee as its group in %s, and as the catalog does only in English and among others',
    (language) => {
      const invoice = everyCharge('us', { language });
      const fees = (of: Invoice) =>
        printedInvoice(of).groups.flatMap(({ label, lines }) =>
          lines.flatMap(({ explanation, description }) => (explanation.kind === 'fee' ? [[label, description]] : [])),
        );
      const catalog = invoice.lines.flatMap(({ explanation, description }) =>
        explanation.kind === 'fee' ? [description] : [],
      );
      expect(catalog).toHaveLength(4);
      const { group } = TEXTS[language].document;
      const local = fees(invoice).map(([label]) => label);
      expect(local.every((label) => Object.values(group).includes(label!))).toBe(true);
      expect(fees(invoice).map(([, name]) => name)).toEqual(language === 'en' ? catalog : local);
      const lines = invoice.lines.map((line) =>
        line.explanation.kind === 'fee' ? { ...line, group: 'regulatory-recovery' as const } : line,
      );
      expect(fees({ ...invoice, lines }).map(([, name]) => name)).toEqual(catalog);
    },
  );

  it.each<[Language, string]>([
    ['en', 'International minutes: Germany, Japan'],
    ['fr', 'Minutes internationales : Allemagne, Japon'],
    ['nl', 'Internationale minuten: Duitsland, Japan'],
  ])('names the countries that were called in %s, not their codes', async (language, words) => {
    expect(await textOf(everyCharge('us', { language }))).toContain(words);
  });

  it('names a late month in the line, so that nobody looks for it in the invoice of that month', async () => {
    const invoice = everyCharge();
    const lines = invoice.lines.map((line) =>
      line.explanation.kind === 'usage'
        ? { ...line, explanation: { ...line.explanation, month: '2026-10', late: true } }
        : line,
    );
    expect(await textOf({ ...invoice, lines })).toContain('usage of October 2026, recorded after that month’s invoice');
  });

  it('R123: prints billing groups as sections by name, the unassigned last, and sums them up once', async () => {
    const invoice = everyCharge();
    const sections: Record<string, string> = { 'service-charge': 'Warehouse', 'standard-phone-numbers': 'Office' };
    const lines = invoice.lines.map((line) => {
      const billingGroup = sections[line.group];
      return billingGroup === undefined ? line : { ...line, billingGroup };
    });
    const text = await textOf({ ...invoice, lines });
    const [summary = '', details = ''] = text.split('Charges in detail');
    expect(summary).toContain('Service Charge $481.95 Standard Phone Numbers $134.95 Prorated Charges $42.13');
    const labels = [
      'Office – Standard Phone Numbers $134.95',
      'Office – Prorated Charges $16.67',
      'Warehouse – Service Charge $481.95',
      'Warehouse – Prorated Charges $25.46',
      'Contact Center $170.00',
    ];
    const found = labels.map((label) => details.indexOf(label));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });
});
