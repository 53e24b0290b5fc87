import fc from 'fast-check';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancellationMail } from '../../shared/document/cancellation-mail.ts';
import { creditNoteMail } from '../../shared/document/credit-note-mail.ts';
import { invoiceMail } from '../../shared/document/invoice-mail.ts';
import type { MailMessage } from '../../shared/document/mail-layout.ts';
import { type Notice, noticeMail } from '../../shared/document/notice-mail.ts';
import { quoteMail } from '../../shared/document/quote-mail.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import type { BillingError } from '../../shared/domain/errors.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { chromiumPath } from '../support/browser.ts';
import { noteOn } from '../support/credit-notes.ts';
import { AMOUNTS, amounts, currencies, DRAWABLE, UNDRAWABLE, words } from '../support/hostile.ts';
import { invoiceWithHistory, lastMonthOf, type Sample, sampleInvoice } from '../support/invoices.ts';
import { cancelled } from '../support/papers.ts';
import { sampleOnce, sampleQuote } from '../support/quotes.ts';

const SAMPLES = ['us', 'quebec', 'germany', 'uk', 'australia'] as const satisfies readonly Sample[];
const drawn = fc.record({
  sample: fc.constantFrom(...SAMPLES),
  language: fc.constantFrom(...LANGUAGES),
  currency: currencies,
  name: words,
  seller: words,
  text: words,
  amount: amounts,
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const optionsOf = ({ language, currency }: Drawn) => ({ language, ...(currency && { currency }) });

function invoiceOf(of: Drawn): { readonly invoice: Invoice; readonly last: Invoice } {
  const invoice = sampleInvoice(of.sample, { ...optionsOf(of), account: { autopay: false } });
  const { amount, text } = of;
  const lines = invoice.lines.map((line, index) => (index % 3 === 0 ? { ...line, description: text, amount } : line));
  const names = {
    buyer: { ...invoice.buyer, name: of.name },
    seller: { ...invoice.seller, name: of.seller },
  };
  const changed = { ...invoice, ...names, lines, total: amount, previousBalance: amount };
  return { invoice: invoiceWithHistory(changed), last: lastMonthOf(invoice) };
}

const method = { brand: 'visa', last4: '4242' };
const NOTICES: readonly ((amount: number) => Notice)[] = [
  (due) => ({ document: 'reminder-1', due }),
  (due) => ({ document: 'final-notice', due, suspensionOn: '2026-12-31' }),
  (balance) => ({ document: 'suspended', balance }),
  (amount) => ({ document: 'payment-failed', amount, method, retryAt: '2026-12-02T14:05:00.000Z' }),
  (amount) => ({ document: 'payment-received', amount, balance: amount }),
];

/** What an account is written; of notices, one of each look. */
const MAILS: Readonly<Record<string, (of: Drawn) => readonly MailMessage[]>> = {
  invoice: (of) => {
    const { invoice, last } = invoiceOf(of);
    return [invoiceMail(invoice, last)];
  },
  notice: (of) => NOTICES.map((notice) => noticeMail(invoiceOf(of).invoice, notice(of.amount))),
  'credit note': (of) => {
    const { invoice } = invoiceOf(of);
    const note = noteOn(sampleInvoice(of.sample, optionsOf(of)), { kind: 'lines', lines: [{ line: 1 }] });
    const names = { buyer: invoice.buyer, seller: invoice.seller, explanation: of.text };
    return [creditNoteMail({ ...note, ...names, total: of.amount })];
  },
  quote: (of) => {
    const { buyer, seller } = invoiceOf(of).invoice;
    const quote = sampleQuote(of.sample, { ...optionsOf(of), once: sampleOnce });
    const contact = { name: of.text, email: 'ada@customer.example' };
    return [quoteMail({ ...quote, buyer, seller, contact, contractTotal: of.amount }, 'offered')];
  },
  cancellation: (of) => {
    const { buyer, seller } = invoiceOf(of).invoice;
    const contract = { endsOn: '2027-02-28', renewalMonths: 15 };
    const { product, charges, ...rest } = cancelled(of.sample, {
      requestedOn: '2026-11-15',
      contract,
      ...optionsOf(of),
    });
    const changed = charges.map((charge) => ({ ...charge, amount: of.amount }));
    return [cancellationMail({ ...rest, buyer, seller, product: { ...product, name: of.text }, charges: changed })];
  },
};

/** What no header may have, and no reader should see. */
const BROKEN = /undefined|NaN|\[object|Infinity/;
const PLAIN: Drawn = {
  ...{ sample: 'germany', language: 'de', currency: undefined, amount: 1290 },
  ...{ name: 'Müller & Söhne', seller: 'Northwind', text: 'Telefon' },
};

/** The mails, or none where their document is refused for a sign that it cannot show. */
function written(write: (of: Drawn) => readonly MailMessage[], of: Drawn): readonly MailMessage[] {
  try {
    return write(of);
  } catch (error) {
    expect((error as BillingError).code).toBe('unsupported_character');
    return [];
  }
}

const executablePath = chromiumPath();
const NAMES = Object.entries({ ...DRAWABLE, ...UNDRAWABLE });

describe.each(Object.entries(MAILS))('whatever the mail of a %s says', (kind, write) => {
  it.each(NAMES)('it is written with %s, or its document is refused', (what, name) => {
    const mails = written(write, { ...PLAIN, name, seller: name, text: name });
    if (what in DRAWABLE) expect(mails.length, kind).toBeGreaterThan(0);
    for (const { subject, text, html } of mails) {
      expect(subject).toMatch(/^\P{Cc}+$/u);
      expect(`${subject}${text}${html}`).not.toMatch(BROKEN);
    }
  });

  it.each(AMOUNTS.flatMap((amount) => [[amount, undefined] as const, [amount, 'JPY'] as const]))(
    'it is written with amounts of %d minor units of %s',
    (amount, currency) => {
      const mails = written(write, { ...PLAIN, amount, currency });
      expect(mails.length).toBeGreaterThan(0);
      for (const { subject, text, html } of mails) expect(`${subject}${text}${html}`).not.toMatch(BROKEN);
    },
  );
});

describe.skipIf(executablePath === undefined)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  /** Texts that leave a screen of this width, or lie over another one. */
  async function misplacedIn(html: string, width: number): Promise<string[]> {
    await page.setViewportSize({ width, height: 800 });
    await page.setContent(html);
    return page.evaluate(MISPLACED);
  }

  it('a text that leaves the screen, and one that lies over another, are found', async () => {
    expect(await misplacedIn(`<p style="white-space:nowrap">${'wide '.repeat(100)}`, 320)).toHaveLength(1);
    expect(await misplacedIn('<p>one</p><p style="margin-top:-30px">two</p>', 320)).toHaveLength(1);
    expect(await misplacedIn('<p>one</p><p>two</p>', 320)).toEqual([]);
  });

  it.each(Object.entries(MAILS))(
    'nothing of the mail of a %s leaves a screen, or lies over something else',
    async (_kind, write) => {
      const check = async (of: Drawn) => {
        for (const { html } of written(write, of))
          for (const width of [320, 600]) expect(await misplacedIn(html, width)).toEqual([]);
      };
      for (const [, name] of NAMES) await check({ ...PLAIN, name, seller: name, text: name });
      for (const amount of AMOUNTS) await check({ ...PLAIN, amount, currency: 'JPY' });
      await fc.assert(fc.asyncProperty(drawn, check), { numRuns: 20 });
    },
    120_000,
  );
});

/** Run in the page: the rectangles of every text that can be seen. */
const MISPLACED = `(() => {
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() === '' || !node.parentElement.checkVisibility({ opacityProperty: true })) continue;
    if (node.parentElement.closest('style, [aria-hidden=true]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) seen.push({ node, box });
  }
  const name = ({ node }) => node.data.trim().slice(0, 40);
  const outside = seen.filter(({ box }) => box.left < -0.5 || box.right > innerWidth + 0.5).map(name);
  const over = seen.flatMap((a, index) => seen.slice(index + 1)
    .filter((b) => b.node !== a.node)
    .filter((b) => Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1)
    .filter((b) => Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 4)
    .map((b) => name(a) + ' | ' + name(b)));
  const wide = document.documentElement.scrollWidth > innerWidth && outside.length === 0 ? ['the page is too wide'] : [];
  return [...outside, ...over, ...wide];
})()`;
