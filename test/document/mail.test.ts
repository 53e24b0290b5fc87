import { describe, expect, it } from 'vitest';
import { invoiceMail, type Notice, noticeMail } from '../../shared/document/mail.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { plain } from '../support/pdf.ts';

const METHOD = { brand: 'visa', last4: '4242' };
const RECEIVABLES = { email: 'ar.uk@northwind.example', phone: '+44 800 555 0142' };
const NOTICES: readonly Notice[] = [
  { document: 'reminder-1', due: 62_983 },
  { document: 'reminder-2', due: 62_983 },
  { document: 'final-notice', due: 62_983, suspensionOn: '2026-12-31' },
  { document: 'suspended', balance: 62_983 },
  { document: 'reactivated' },
  { document: 'payment-failed', amount: 62_983, method: METHOD, retryAt: '2026-12-02T14:05:00.000Z' },
  { document: 'payment-failed', amount: 62_983, method: METHOD },
  { document: 'payment-returned', amount: 62_983, method: METHOD, retryAt: '2026-12-12T14:05:00.000Z' },
  { document: 'payment-returned', amount: 62_983, method: METHOD },
  { document: 'method-expiring', method: METHOD, expires: '2027-01' },
  { document: 'authentication-needed', amount: 62_983, method: METHOD },
  { document: 'payment-received', amount: 62_983, balance: 0 },
  { document: 'final-notice', due: 62_983, handOverOn: '2026-12-31', contact: RECEIVABLES },
  { document: 'handed-over', due: 62_983, contact: RECEIVABLES },
];

describe('the invoice mail', () => {
  const SUBJECTS: Record<Language, string> = {
    en: 'Invoice NTIE-202612A-000042: €738.25, due 16 December 2026',
    fr: 'Facture NTIE-202612A-000042 : 738,25 €, échéance le 16 décembre 2026',
    it: 'Fattura NTIE-202612A-000042: 738,25 €, scadenza 16 dicembre 2026',
    de: 'Rechnung NTIE-202612A-000042: 738,25 €, fällig am 16. Dezember 2026',
    es: 'Factura NTIE-202612A-000042: 738,25 €, vence el 16 de diciembre de 2026',
    pt: 'Fatura NTIE-202612A-000042: 738,25 €, vence a 16 de dezembro de 2026',
    nl: 'Factuur NTIE-202612A-000042: € 738,25, vervalt op 16 december 2026',
  };

  it.each(LANGUAGES)('has amount and due date in its subject, in %s', (language) => {
    expect(plain(invoiceMail(sampleInvoice('ireland', { language })).subject)).toBe(SUBJECTS[language]);
  });

  it('tells an autopay customer what will be charged when, and asks for nothing', () => {
    const { text, html } = invoiceMail(sampleInvoice('uk'));
    for (const part of [plain(text), plain(html)]) {
      expect(part).toContain('We will charge Visa •••• 4242 on 1 December 2026.');
      expect(part).toContain('View invoice');
      expect(part).not.toContain('Pay now');
    }
  });

  it('leads a customer who pays to the portal, and tells what else is unpaid', () => {
    const { text } = invoiceMail(sampleInvoice('uk', { account: { autopay: false, balance: 10_000 } }));
    expect(plain(text)).toContain('Please pay by 16 December 2026 in the customer portal.');
    expect(plain(text)).toContain('In addition, £100.00 from earlier invoices is unpaid.');
    expect(text).toContain('Pay now: https://portal.uk.northwind-telecom.example');
  });

  it.each(['wire', 'cheque'] as const)(
    'sends a customer who pays by %s to Accounts Receivable with its questions (R131)',
    (terms) => {
      const { text } = invoiceMail(sampleInvoice('uk', { account: { autopay: false, terms } }));
      expect(text).toContain('receivables@uk.northwind-telecom.example');
    },
  );
});

describe('notices', () => {
  const CASES = LANGUAGES.flatMap((language) => NOTICES.map((notice) => [language, notice.document, notice] as const));

  it.each(CASES)(
    'say in %s, for %s, what it is about, with its amount and no blanks',
    (language, _document, notice) => {
      const { subject, text, html } = noticeMail(sampleInvoice('ireland', { language }), notice);
      const amount = language === 'en' ? '€629.83' : language === 'nl' ? '€ 629,83' : '629,83 €';
      if (!['reactivated', 'method-expiring'].includes(notice.document))
        expect(plain(`${subject} ${text}`)).toContain(amount);
      if ('method' in notice) expect(plain(text)).toContain('Visa •••• 4242');
      expect(`${subject}${text}${html}`).not.toMatch(/undefined|\bnull\b|NaN|\$\{/);
      expect(html).toMatch(/^<!doctype html>\n<html lang="[a-z]{2}-[A-Z]{2}">/);
    },
  );

  it('name the day of the suspension before it comes', () => {
    const { subject, text } = noticeMail(sampleInvoice('uk'), NOTICES[2]!);
    expect(subject).toBe('Final notice: invoice NTUK-202612A-000042, £629.83; suspension on 31 December 2026');
    expect(text).toContain('we will suspend your services on 31 December 2026');
  });

  it('threaten whom no machine cuts with Accounts Receivable instead, and say how to reach it (R131)', () => {
    for (const language of LANGUAGES)
      for (const notice of NOTICES.slice(-2)) {
        const { text } = noticeMail(sampleInvoice('uk', { language }), notice);
        expect(plain(text)).toContain(RECEIVABLES.email);
        expect(plain(text)).toContain(RECEIVABLES.phone);
      }
    const { subject, text } = noticeMail(sampleInvoice('uk'), NOTICES.at(-2)!);
    expect(subject).toBe(
      'Final notice: invoice NTUK-202612A-000042, £629.83; Accounts Receivable takes over on 31 December 2026',
    );
    expect(text).not.toMatch(/suspen/i);
  });

  it('advise after a failed payment in the order of R41, strong authentication only where it is law', () => {
    const stepsIn = (sample: 'uk' | 'us') =>
      [...noticeMail(sampleInvoice(sample), NOTICES[5]!).text.matchAll(/^\d\. .*$/gm)].map(([step]) => step);
    const uk = stepsIn('uk');
    const order = [/card details/, /card issuer/, /another card/, /strong authentication/, /24 hours/, /contact us/];
    expect(uk).toHaveLength(order.length);
    order.forEach((step, index) => {
      expect(uk[index]).toMatch(step);
    });
    expect(stepsIn('us').join()).not.toMatch(/strong authentication/);
  });

  it('tell the time of the next attempt in the seller’s zone, or that there is none', () => {
    expect(noticeMail(sampleInvoice('australia'), NOTICES[5]!).text).toContain(
      'We will try again on 3 December 2026 at 1:05',
    );
    expect(noticeMail(sampleInvoice('uk'), NOTICES[6]!).text).toContain('We will not try this payment method again.');
  });
});

describe('hostile texts', () => {
  const invoice = sampleInvoice('uk');
  const hostile = {
    ...invoice,
    number: 'X\r\nBcc: thief@evil.example',
    buyer: { ...invoice.buyer, name: '<script>alert("1")</script>\r\n& Sons' },
    seller: { ...invoice.seller, support: { ...invoice.seller.support, portalUrl: 'https://x.example/"><img src=y>' } },
  };
  const mails = [invoiceMail(hostile), ...NOTICES.map((notice) => noticeMail(hostile, notice))];

  it('never break a subject into two headers', () => {
    for (const { subject } of mails) expect(subject).not.toMatch(/\p{Cc}/u);
  });

  it('never become markup', () => {
    for (const { html } of mails) {
      expect(html).not.toMatch(/<script|<img/);
      expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    }
  });
});

it('needs nothing from the network', () => {
  expect(invoiceMail(sampleInvoice('uk')).html).not.toMatch(/<img|<link|url\(|@import|src=/);
});
