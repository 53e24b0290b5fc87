import { describe, expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import type { TaxExemption } from '../../shared/domain/tax/exemption.ts';
import { longInvoice, SAMPLES, type Sample, sampleInvoice } from '../support/invoices.ts';
import { misplaced, type ReadPdf, readPdf } from '../support/pdf.ts';

const draw = async (invoice: Invoice): Promise<ReadPdf> => readPdf(await renderInvoice(invoice));

describe('every country', () => {
  const EXPECTED: Record<Sample, { title: string; total: string; contains: readonly string[] }> = {
    us: { title: 'Invoice', total: '$906.62', contains: ['EIN 04-3217865', 'Springfield, IL 62701', 'USD'] },
    ontario: {
      title: 'Tax invoice',
      total: '$907.07',
      contains: ['HST (Ontario) 13%', '$104.35', 'Ottawa ON K1A 0B1'],
    },
    quebec: { title: 'Facture', total: '922,93 $', contains: ['TPS 5 %', '40,14 $', 'TVQ 9,975 %', '80,07 $'] },
    britishColumbia: {
      title: 'Tax invoice',
      total: '$898.21',
      contains: ['GST Taxable amount $802.72 5% $40.14', 'PST (British Columbia) Taxable amount $790.77 7% $55.35'],
    },
    australia: {
      title: 'Tax invoice',
      total: '$1,014.23',
      contains: ['ABN 57 748 616 785', 'GST 10%', '$92.20', 'AUD'],
    },
    uk: {
      title: 'VAT invoice',
      total: '£629.83',
      contains: ['VAT No GB 307 5666 07', 'VAT Taxable amount £524.86 20% £104.97'],
    },
    ireland: { title: 'VAT invoice', total: '€738.25', contains: ['VAT Taxable amount €600.20 23% €138.05'] },
    germany: {
      title: 'Rechnung',
      total: '714,24 €',
      contains: ['USt Nettobetrag 600,20 € 19 % 114,04 €', '70173 Stuttgart'],
    },
    germanBusiness: {
      title: 'Rechnung',
      total: '600,20 €',
      contains: [
        'USt-IdNr. DE123456788',
        'Steuerschuldnerschaft des Leistungsempfängers.',
        'Reverse charge: VAT is to be accounted for by the recipient (Directive 2006/112/EC, Articles 44 and 196).',
      ],
    },
  };

  it.each(Object.keys(SAMPLES) as Sample[])('prints what the law of %s wants, and the total', async (sample) => {
    const invoice = sampleInvoice(sample);
    const { text, info } = await draw(invoice);
    const { title, total, contains } = EXPECTED[sample];
    const always = [invoice.number, invoice.seller.name, invoice.buyer.name, invoice.accountId, total, ...contains];
    for (const words of [...always, invoice.seller.support.email, invoice.seller.accountsReceivable.phone])
      expect(text).toContain(words);
    expect(info).toMatchObject({ Title: `${title} ${invoice.number}`, Author: invoice.seller.name });
    expect(text).not.toMatch(/9[.,]97\b|14[.,]975?/);
  });

  it('calls an Australian invoice a tax invoice in every language', async () => {
    expect((await draw(sampleInvoice('australia', { language: 'de' }))).text).toContain('Rechnung (Tax invoice)');
  });

  it('shows by line that British Columbia does not tax toll-free numbers', async () => {
    const { text } = await draw(sampleInvoice('britishColumbia'));
    expect(text).toContain('Toll-free number Dec 1–31, 2026 1 number $11.95 5% $11.95');
    expect(text).toContain('Desk phone Dec 1–31, 2026 15 devices $29.95 5% + 7% $449.25');
  });

  it('fits North American paper where it is used', async () => {
    expect(await draw(sampleInvoice('us'))).toMatchObject({ width: 612, height: 792 });
    expect((await draw(sampleInvoice('uk'))).height).toBeCloseTo(841.89);
  });
});

describe('every language', () => {
  const EXPECTED: Record<Language, readonly string[]> = {
    en: ['€738.25', '16 December 2026', 'Page 1 of 2', 'Service Charge', 'Prorated Charges'],
    fr: ['738,25 €', '1er décembre 2026', 'Page 1 sur 2', 'Frais de service', 'TVA'],
    it: ['738,25 €', '16 dicembre 2026', 'Pagina 1 di 2', 'Canone di servizio', 'IVA'],
    de: ['738,25 €', '16. Dezember 2026', 'Seite 1 von 2', 'Servicegebühr', 'USt'],
    es: ['738,25 €', '16 de diciembre de 2026', 'Página 1 de 2', 'Cargo por servicio', 'IVA'],
    pt: ['738,25 €', '16 de dezembro de 2026', 'Página 1 de 2', 'Taxa de serviço', 'IVA'],
    nl: ['€ 738,25', '16 december 2026', 'Pagina 1 van 2', 'Servicekosten', 'Btw'],
  };

  it.each(LANGUAGES)('writes %s with its own money, dates and words', async (language) => {
    const { text } = await draw(sampleInvoice('ireland', { language }));
    for (const words of EXPECTED[language]) expect(text).toContain(words);
  });
});

it('names the taxes of Québec in French, the seller’s registrations too', async () => {
  const { text } = await draw(sampleInvoice('quebec'));
  expect(text).toMatch(/TPS\/TVH 64981 5966 RT0001 TVQ 4429615661 TQ0001/);
  expect(text).toMatch(/TPS 5 % .*TVQ 9,975 % /);
  expect(text).not.toMatch(/\b(GST|HST|QST)\b/);
});

describe('a certificate of exemption', () => {
  const exemptions: readonly TaxExemption[] = [
    {
      ...{ exemptionId: 'e-1', jurisdiction: 'CA-QC', number: 'EX-4711', validFrom: '2026-01-01', status: 'approved' },
      ...{ requestedAt: '2026-01-02T10:00:00.000Z', requestedBy: 'admin', decidedOn: '2026-01-05' },
    },
  ];

  it.each<[Language, string]>([
    ['en', 'Exempt from QST: certificate EX-4711 (CA-QC).'],
    ['fr', 'Exonération de TVQ : certificat EX-4711 (CA-QC).'],
  ])('is named in %s, the language of the invoice, and in no other', async (language, sentence) => {
    const { text } = await draw(sampleInvoice('quebec', { language, account: { exemptions } }));
    expect(text).toContain(sentence);
    expect(text.includes('Exempt from')).toBe(language === 'en');
  });
});

describe('what happens next', () => {
  it('tells an autopay customer when which card is charged, and shows no bank account to pay a second time', async () => {
    const { text } = await draw(sampleInvoice('uk'));
    expect(text).toContain('We will charge Visa •••• 4242 on 1 December 2026.');
    expect(text).not.toContain('IBAN');
  });

  it('gives a customer who pays by wire the account, the reference and the date', async () => {
    const { text } = await draw(sampleInvoice('uk', { account: { autopay: false, terms: 'wire' } }));
    expect(text).toContain('Please transfer this amount by 16 December 2026.');
    expect(text).toMatch(/IBAN GB55 NWTL 1234 5698 7654 32 .*Payment reference NTUK-202612A-000042/);
  });

  it.each<[string, Partial<Invoice>]>([
    ['comes to nothing', { total: 0 }],
    ['is a credit', { total: -71_424 }],
    ['is paid from what the customer had', { credit: 1_000_000 }],
  ])('asks for no transfer of an invoice that %s', async (_why, changes) => {
    const invoice = sampleInvoice('uk', { account: { autopay: false, terms: 'wire' } });
    const { text } = await draw({ ...invoice, ...changes });
    expect(text).not.toMatch(/IBAN|Payment slip|View and pay/);
    expect(text).toContain('View online');
  });

  it('invites nobody to pay what is charged by itself, or is sent as a cheque', async () => {
    const cheque = sampleInvoice('uk', { account: { autopay: false, terms: 'cheque' } });
    for (const invoice of [sampleInvoice('uk'), cheque])
      expect((await draw(invoice)).text).not.toContain('View and pay');
    expect((await draw(sampleInvoice('uk', { account: { autopay: false } }))).text).toContain('View and pay online');
  });

  it('asks a customer who pays by cheque for one, and shows no account to transfer to (R31)', async () => {
    const { text } = await draw(sampleInvoice('us', { account: { autopay: false, terms: 'cheque' } }));
    expect(text).toContain('Please mail a check for this amount to our address by December 16, 2026.');
    expect(text).not.toMatch(/IBAN|Routing/);
  });

  it('sends a customer who pays by card to the portal', async () => {
    const { text } = await draw(sampleInvoice('uk', { account: { autopay: false } }));
    expect(text).toContain('Please pay by 16 December 2026 in the customer portal.');
    expect(text).not.toContain('IBAN');
  });

  it('keeps the previous balance apart from the amount due', async () => {
    const { text } = await draw(sampleInvoice('uk', { account: { balance: 10_000 } }));
    expect(text).toContain('In addition, £100.00 from earlier invoices is unpaid.');
    expect(text).toContain('Previous balance £100.00 This invoice £629.83 Account balance £729.83');
  });
});

describe('the charges', () => {
  it.each<[Sample, string]>([
    ['uk', 'Subtotal excluding tax £524.86 VAT 20% £104.97 Total including tax £629.83'],
    ['quebec', 'Total hors taxes 802,72 $ TPS 5 % 40,14 $ TVQ 9,975 % 80,07 $ Total taxes comprises 922,93 $'],
  ])('add up at a glance, in %s, without tax, tax by tax and with it', async (sample, sums) => {
    expect((await draw(sampleInvoice(sample))).text).toContain(sums);
  });

  it('add up in detail to the total, each tax with what it is on', async () => {
    const { text } = await draw(sampleInvoice('uk'));
    const taxes = 'Tax summary £104.97 VAT Taxable amount £524.86 20% £104.97';
    expect(text).toContain(`Subtotal excluding tax £524.86 ${taxes} Total including tax £629.83`);
    expect((await draw(longInvoice(3))).text).toMatch(/\$[\d.,]+ Total \$([\d.,]+) Questions about this invoice/);
  });

  it('counts the days of prorated charges, and gives every line its service period', async () => {
    const { text } = await draw(sampleInvoice('uk'));
    expect(text).toContain('Desk phone added · 16 – 30 Nov 2026 · 15 of 30 days 3 devices £19.95 20% £29.93');
    expect(text).toContain('Softphone removed · 21 – 30 Nov 2026 · 10 of 30 days −2 devices £13.95 20% −£9.30');
    expect(text).toContain('Desk phone 1 – 31 Dec 2026 15 devices £19.95 20% £299.25');
  });

  it('take their sums to the last page, which never says only whom to ask', async () => {
    for (let lines = 15; lines <= 45; lines++) {
      const { pages } = await draw(longInvoice(lines));
      expect(pages.at(-1), `${lines} lines`).toMatch(/Total \$[\d.,]+ Questions about this invoice/);
    }
  });

  it('lets two hundred lines flow, each printed once, the head and the page number on every page', async () => {
    const { pages, text } = await draw(longInvoice(200));
    for (let line = 1; line <= 200; line++)
      expect(text.split(new RegExp(`(?:phone|number) ${line} (?:Dec|added|removed)`))).toHaveLength(2);
    pages.forEach((page, index) => {
      expect(page).toContain(`NTUS-202612A-000042 · Account acc-20418 · Page ${index + 1} of ${pages.length}`);
      if (index > 0) expect(page).toContain('Description Quantity Unit price Amount');
    });
  });
});

describe('nothing is lost or laid over something else', () => {
  const huge = (invoice: Invoice): Invoice => ({ ...invoice, total: 123_456_789_012, previousBalance: 98_765_432_109 });
  const wordy = (invoice: Invoice): Invoice => ({
    ...invoice,
    buyer: { ...invoice.buyer, name: 'Donaudampfschifffahrtsgesellschaft'.repeat(6), reference: 'PO '.repeat(40) },
    seller: { ...invoice.seller, name: `${'Northwind Telecom and Friends '.repeat(5)}Ltd` },
    lines: invoice.lines.map((line) => ({
      ...line,
      description: `${line.description} with a rather long name `.repeat(4),
    })),
  });
  const CASES: readonly (readonly [string, Invoice])[] = [
    ...LANGUAGES.map((language) => [language, sampleInvoice('ireland', { language })] as const),
    ['wire', sampleInvoice('us', { account: { autopay: false, terms: 'wire', balance: 4200, reference: 'PO-1' } })],
    ['two hundred lines', longInvoice(200)],
    ['twelve-digit amounts', huge(sampleInvoice('germany', { language: 'fr' }))],
    ['endless names', wordy(sampleInvoice('uk'))],
  ];

  it.each(CASES)('%s', async (_name, invoice) => {
    const { placed, width, height } = await draw(invoice);
    expect(misplaced({ placed, width, height })).toEqual([]);
  });
});

describe('fonts', () => {
  it.each([
    ['a name in Chinese', { name: '北风电信' }, 'invoice.buyer.name: U+5317, U+98CE, U+7535, U+4FE1'],
    ['an emoji', { reference: 'PO 🎉' }, 'invoice.buyer.reference: U+1F389'],
  ])('refuses %s by naming field and character, not the text', async (_name, buyer, message) => {
    const invoice = sampleInvoice('uk');
    const failing = renderInvoice({ ...invoice, buyer: { ...invoice.buyer, ...buyer } });
    await expect(failing).rejects.toMatchObject({
      code: 'unsupported_character',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['Zoë Łukasiewicz & Ðorđe', 'Zoë Łukasiewicz & Ðorđe'],
    ['Βόρειος Άνεμος', 'Βόρειος Άνεμος'],
    ['Cafe\u0301 Nord', 'Café Nord'],
    ['Two\r\nlines\u200b and\ta tab', 'Two lines and a tab'],
  ])('draws %j', async (name, drawn) => {
    const invoice = sampleInvoice('uk');
    expect((await draw({ ...invoice, buyer: { ...invoice.buyer, name } })).text).toContain(drawn);
  });
});

it('names the seller in its metadata as it is written', async () => {
  const name = 'Søren & Søn <Tele>';
  const invoice = sampleInvoice('uk');
  const { info, creator } = await draw({ ...invoice, seller: { ...invoice.seller, name } });
  expect({ info: info.Author, xml: creator }).toEqual({ info: name, xml: [name] });
});

describe('bytes', () => {
  it('are the same for the same invoice, whatever was drawn before', async () => {
    const invoice = sampleInvoice('quebec');
    const first = await renderInvoice(invoice);
    for (const sample of ['germany', 'us'] as const) await renderInvoice(sampleInvoice(sample));
    expect(Buffer.compare(first, await renderInvoice(invoice))).toBe(0);
  });

  it('are few: a two-page invoice is smaller than 36 kB', async () => {
    expect((await renderInvoice(sampleInvoice('uk'))).length).toBeLessThan(36_000);
  });
});
