import { describe, expect, it } from 'vitest';
import { gallery } from '../../infra/mails/gallery.ts';
import { invoiceMail } from '../../shared/document/invoice-mail.ts';
import { type Notice, noticeMail } from '../../shared/document/notice-mail.ts';
import { printedInvoice } from '../../shared/document/printed-invoice.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { DOCUMENTS } from '../../shared/domain/delivery.ts';
import { invoiceWithHistory, lastMonthOf, sampleInvoice } from '../support/invoices.ts';
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
    en: 'Invoice NTIE-202612A-000042: €738.25, due 16 Dec 2026',
    fr: 'Facture NTIE-202612A-000042 : 738,25 €, échéance le 16 déc. 2026',
    it: 'Fattura NTIE-202612A-000042: 738,25 €, scadenza 16 dic 2026',
    de: 'Rechnung NTIE-202612A-000042: 738,25 €, fällig am 16.12.2026',
    es: 'Factura NTIE-202612A-000042: 738,25 €, vence el 16 dic 2026',
    pt: 'Fatura NTIE-202612A-000042: 738,25 €, vence a 16/12/2026',
    nl: 'Factuur NTIE-202612A-000042: € 738,25, vervalt op 16 dec 2026',
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
    expect(text).toContain('Pay now:\nhttps://portal.uk.northwind-telecom.example/?invoice=NTUK-202612A-000042\n');
  });

  const covered = (credit: number) => {
    const { subject, text, html } = invoiceMail(sampleInvoice('uk', { account: { autopay: false, credit } }));
    return { subject, text: plain(text), html: plain(html) };
  };

  it('asks for what credit leaves to be paid, not for the total, and shows how they differ', () => {
    const { subject, text, html } = covered(10_000);
    expect(subject).toBe('Invoice NTUK-202612A-000042: £529.83, due 16 Dec 2026');
    expect(text).toContain('Amount due: £529.83');
    expect(text.replaceAll(/ +/g, ' ')).toContain(
      'This invoice ------------ Total: £629.83 Paid from your credit: −£100.00 Amount due: £529.83',
    );
    expect(html).toContain('Pay now');
  });

  it('asks for nothing where credit pays all of it', () => {
    const { subject, text, html } = covered(100_000);
    expect(subject).toBe('Invoice NTUK-202612A-000042: nothing to pay');
    expect(text).toContain('Amount due: £0.00 Your credit covers this invoice. There is nothing you need to do.');
    for (const part of [text, html]) expect(part).not.toMatch(/Pay now|Please pay/);
  });

  it('asks for nothing where more was taken away than added', () => {
    const { subject, text } = invoiceMail({ ...sampleInvoice('uk'), total: -1_000 });
    expect(subject).toBe('Invoice NTUK-202612A-000042: nothing to pay');
    expect(plain(text)).toContain('Amount due: £0.00 There is nothing to pay.');
    expect(text).not.toContain('We will charge');
  });

  it('says what changed since the last invoice in the words of the invoice itself, adding up to the difference', () => {
    const invoice = invoiceWithHistory(sampleInvoice('uk'));
    const last = lastMonthOf(invoice);
    const { text, html } = invoiceMail(invoice, last);
    const { change, formats } = printedInvoice(invoice, last);
    expect(change!.parts.reduce((sum, { total }) => sum + total, 0)).toBe(invoice.total - last.total);
    for (const words of [change!.sentence, ...change!.parts.map(({ label }) => label)]) {
      expect(text).toContain(words);
      expect(html).toContain(words);
    }
    for (const { total } of change!.parts) expect(text).toContain(formats.money(total));
    expect(invoiceMail(invoice).text).not.toContain('What changed');
  });

  it('names the purchase that it is about, not a month (R157)', () => {
    expect(invoiceMail({ ...sampleInvoice('uk'), kind: 'purchase' }).text).toContain(
      'Your invoice for your purchase of 1 December 2026',
    );
  });

  it.each(['wire', 'cheque'] as const)(
    'sends a customer who pays by %s to Accounts Receivable with its questions (R131)',
    (terms) => {
      const { text } = invoiceMail(sampleInvoice('uk', { account: { autopay: false, terms } }));
      expect(text).toContain('receivables@uk.northwind-telecom.example');
      expect(text).toContain('View invoice:\n');
      expect(text).not.toContain('Pay now');
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
      expect(html).toMatch(/^<!doctype html>\n<html lang="[a-z]{2}-[A-Z]{2}" dir="ltr">/);
    },
  );

  it('name the day of the suspension before it comes', () => {
    const { subject, text } = noticeMail(sampleInvoice('uk'), NOTICES[2]!);
    expect(subject).toBe('Final notice: £629.83; suspension on 31 Dec 2026 (NTUK-202612A-000042)');
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
    expect(subject).toBe('Final notice: please pay £629.83 before 31 Dec 2026 (NTUK-202612A-000042)');
    expect(text).toContain('our Accounts Receivable team takes over on 31 December 2026');
    expect(text).not.toMatch(/suspen/i);
  });

  it('advise after a failed payment in the order of R41, strong authentication only where it is law', () => {
    const stepsIn = (sample: 'uk' | 'us') =>
      [...noticeMail(sampleInvoice(sample), NOTICES[5]!).text.matchAll(/^\d\. .*$/gm)].map(([step]) => step);
    const uk = stepsIn('uk');
    const order = [/card details/, /card issuer/, /another card/, /strong authentication/, /24\s?hours/, /contact us/];
    expect(uk).toHaveLength(order.length);
    order.forEach((step, index) => {
      expect(uk[index]).toMatch(step);
    });
    expect(stepsIn('us').join()).not.toMatch(/strong authentication/);
  });

  it('advise whose bank account was debited on the bank, not on a card', () => {
    const method = { kind: 'bank-debit', brand: 'SEPA', last4: '3000' } as const;
    for (const document of ['payment-failed', 'payment-returned'] as const) {
      const { text } = noticeMail(sampleInvoice('ireland'), { document, amount: 100, method });
      expect(text).toMatch(/1\. Check the account details.*\n2\. Ask your bank.*\n3\. Try another payment method/);
      expect(text).not.toMatch(/card issuer|authentication/);
    }
  });

  it('say of a payment that it settles the account, or what is left', () => {
    const received = (balance: number) =>
      noticeMail(sampleInvoice('uk'), { document: 'payment-received', amount: 62_983, balance }).text;
    expect(received(0)).toContain('There is nothing left to pay.');
    expect(received(4_200)).not.toContain('nothing left');
    expect(received(4_200)).toMatch(/Unpaid balance: +£42\.00/);
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

describe('every mail in every language', () => {
  const mails = gallery();
  const named = mails.map((mail) => [`${mail.kind} ${mail.variant} ${mail.language}`, mail.message] as const);

  it('is in the gallery, for every document that there is', () => {
    const documents = Object.keys(DOCUMENTS).flatMap((kind) => LANGUAGES.map((language) => `${kind} ${language}`));
    expect(new Set(mails.map(({ kind, language }) => `${kind} ${language}`))).toEqual(new Set(documents));
  });

  it.each(named)('%s: has no blanks, needs nothing from the network and asks for one thing', (_name, message) => {
    const { subject, text, html } = message;
    expect(`${subject}${text}${html}`).not.toMatch(/undefined|\bnull\b|NaN|\$\{/);
    expect(`${subject} ${text}`).not.toMatch(/[ \u00a0]{2}[.,]|\.\.|,,/);
    expect(html).not.toMatch(/<img|<link|url\(|@import|src=/);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(text.match(/https?:/g)).toHaveLength(1);
    // What programs cut off is at most the rest of the invoice's number, which comes last.
    expect(subject.length).toBeLessThanOrEqual(80);
    expect(subject.replace(/ \(N[\w-]+\)$/, '').length).toBeLessThanOrEqual(76);
  });

  it.each(named)('%s: says in its plain text all that its HTML says, in the same order', (_name, message) => {
    const { text, html } = message;
    const body = html.slice(html.indexOf('<main'));
    const said = [...body.matchAll(/<(?:p|h1|h2|li|th|td|strong|span|a)\b[^>]*>([^<]+)</g)].map(([, words]) =>
      words!.replaceAll('&amp;', '&').replaceAll('&#39;', "'").trim(),
    );
    expect(said.length).toBeGreaterThan(5);
    let at = 0;
    for (const words of said.filter((each) => each !== '')) {
      expect(text.slice(at)).toContain(words);
      at = text.indexOf(words, at);
    }
  });

  it.each<[Language | 'us', string]>([
    ['en', '31 December 2026'],
    ['us', 'December 31, 2026'],
    ['fr', '31 décembre 2026'],
    ['it', '31 dicembre 2026'],
    ['de', '31. Dezember 2026'],
    ['es', '31 de diciembre de 2026'],
    ['pt', '31 de dezembro de 2026'],
    ['nl', '31 december 2026'],
  ])('never breaks a date between day and year, in %s', (of, date) => {
    const invoice = of === 'us' ? sampleInvoice('us') : sampleInvoice('ireland', { language: of });
    const { html } = noticeMail(invoice, { document: 'final-notice', due: 62_983, suspensionOn: '2026-12-31' });
    const paragraphs = html.slice(html.indexOf('<main'), html.indexOf('<table width'));
    expect(paragraphs).toContain(`<span style="white-space:nowrap">${date}</span>`);
  });

  it('breaks no mail address at its hyphen, but on a narrow screen', () => {
    const { html } = noticeMail(sampleInvoice('ireland'), NOTICES.at(-1)!);
    expect(html).toContain(`<span class="address">${RECEIVABLES.email}</span>`);
    expect(html).toContain('@media (min-width: 481px) {\n  .address { white-space: nowrap }\n}');
  });

  it('has a preview beside the subject that the mail itself does not show, and a dress for the dark', () => {
    for (const { message } of mails) {
      const preview = /<div style="display:none[^>]*>([^&]{20,})/.exec(message.html)?.[1];
      expect(preview).toBeDefined();
      // Nothing runs into the sentence after it, as a due date without a full stop would.
      expect(preview).not.toMatch(/\d{4} \p{Lu}/u);
      expect(message.html).toContain('<meta name="color-scheme" content="light dark">');
      expect(message.html).toContain('@media (prefers-color-scheme: dark)');
    }
  });
});
