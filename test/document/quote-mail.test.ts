import { describe, expect, it } from 'vitest';
import { sendNotice } from '../../functions/send-notice.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import type { Quote } from '../../shared/domain/quotes/quote.ts';
import { deliveryShelf, documentShelf, recipients, recordingMailer } from '../support/deliveries.ts';
import { sampleAccount, sellers } from '../support/invoices.ts';
import { readPdf } from '../support/pdf.ts';
import { sampleOnce, sampleQuote } from '../support/quotes.ts';

const NOW = '2026-11-10T09:00:05.000Z';
const UNUSED = {
  attempts: async () => [],
  loadAccount: async () => undefined,
  receivable: async () => undefined,
  creditNote: async () => undefined,
  cancellation: async () => undefined,
};

/** The mail of a quote as it stands on the table when it is sent. */
function sending(quote: Quote, document: 'quote' | 'quote-accepted' = 'quote', now = NOW) {
  const mail = recordingMailer();
  const account = sampleAccount('uk', { account: { recipients: recipients('a@x.example', 'b@x.example') } });
  const shelf = deliveryShelf(undefined, { account });
  const send = sendNotice({
    store: { ...shelf.store, ...UNUSED, quote: async (_of, id) => (id === quote.quoteId ? quote : undefined) },
    draw: { creditNote: async () => new Uint8Array(), quote: renderQuote, cancellation: () => new Uint8Array() },
    documents: documentShelf().documents,
    mailer: mail.mailer,
    config: { mailFrom: 'billing@northwind.example', sellers },
  });
  const { sellerId, accountId, quoteId } = quote;
  const message = { sellerId, accountId, document, occurrence: 1 };
  return { send: (about = quoteId) => send({ ...message, about }, now), mail, shelf };
}
const quote = sampleQuote('uk');
const accepted: Quote = { ...quote, status: 'accepted', decision: { at: NOW, by: 'owner' } };
/** Without the spaces of typography. */
const plain = (text = '') => text.replace(/[\u00a0\u202f]/g, ' ');

describe('the mail of a quote', () => {
  it.each([
    ['quote', 'One-time purchases are invoiced separately, on the day on which you accept: £1,377.36, tax included.'],
    ['quote-accepted', 'Your one-time purchases are invoiced separately today: £1,377.36, tax included.'],
  ] as const)('R157: %s says what is bought once, and what its invoice comes to', async (document, sentence) => {
    const of = sampleQuote('uk', { once: sampleOnce });
    const open = document === 'quote';
    const { send, mail } = sending(
      open ? of : { ...of, status: 'accepted', decision: { at: NOW, by: 'owner' } },
      document,
    );
    await send();
    expect(plain(mail.mails[0]?.text)).toContain(sentence);
    expect(plain(mail.mails[0]?.text)).toContain('One-time purchases, excluding tax: £1,147.80');
  });

  it('goes to every recipient once with the PDF, however often it is asked for, and leads to the quote', async () => {
    const { send, mail, shelf } = sending(quote);
    await Promise.all([send(), send()]);
    await send();
    expect(mail.addresses().sort()).toEqual(['a@x.example', 'b@x.example']);
    const [first] = mail.mails;
    expect(first?.subject).toBe('Quote NTUK-Q-202611A-000118: £10,564.25, valid until 10 Dec 2026');
    expect(first?.text).toContain('Billing start date: 15 December 2026');
    expect(first?.text).toContain(
      'Your first invoice will be dated 1 January 2027 and come to £4,008.35, tax included.',
    );
    expect(first?.text).toContain(
      'View and accept the quote:\nhttps://portal.uk.northwind-telecom.example/?quote=Q-2026-118',
    );
    expect(first?.attachments.map(({ fileName }) => fileName)).toEqual(['NTUK-Q-202611A-000118.pdf']);
    const { heard } = await readPdf(first!.attachments[0]!.bytes);
    expect(heard).toContain('H1: Quote NTUK-Q-202611A-000118');
    expect(shelf.current().completedAt).toBe(NOW);
  });

  it('of a customer that is billed already, says what it adds to the invoice', async () => {
    const { send, mail } = sending({ ...quote, firstInvoice: { ...quote.firstInvoice!, part: true } });
    await send();
    expect(mail.mails[0]?.text).toContain('It adds £4,008.35, tax included, to your invoice of 1 January 2027.');
  });

  it('goes to its contact alone, by name, where it has one', async () => {
    const { send, mail } = sending({ ...quote, contact: { name: 'Ada Quinn', email: 'ada@buyer.example' } });
    await send();
    expect(mail.addresses()).toEqual(['ada@buyer.example']);
    expect(mail.mails[0]?.text).toContain('Hello Ada Quinn,');
    expect(mail.mails[0]?.text).toContain('You receive this message because this quote was made for you.');
    expect(mail.mails[0]?.text).not.toContain('gets the billing mail');
  });

  it.each([
    ['was withdrawn', { ...quote, status: 'withdrawn' }, 'quote', NOW],
    ['was accepted', accepted, 'quote', NOW],
    ['has expired', quote, 'quote', '2026-12-11T09:00:00.000Z'],
    ['is not accepted', quote, 'quote-accepted', NOW],
  ] as const)('is not sent of one that %s', async (_name, of, document, now) => {
    const { send, mail, shelf } = sending(of, document, now);
    await send();
    expect(mail.mails).toEqual([]);
    expect(shelf.current().completedAt).toBe(now);
  });

  it('of one that does not exist is refused for good', async () => {
    const { send, mail } = sending(quote);
    await expect(send('Q-2026-119')).rejects.toMatchObject({ code: 'quote_not_found' });
    expect(mail.mails).toEqual([]);
  });

  it('confirms that it was bought, whatever the date', async () => {
    const { send, mail } = sending(accepted, 'quote-accepted', '2027-01-10T09:00:00.000Z');
    await send();
    expect(mail.mails[0]?.subject).toBe('Quote NTUK-Q-202611A-000118 accepted: billing starts on 15 Dec 2026');
    expect(mail.mails[0]?.text).toContain('If you did not order this, please tell us right away.');
    expect(mail.mails[0]?.text).not.toContain('Valid until');
  });

  const SUBJECTS: Readonly<Record<Language, readonly [string, string]>> = {
    en: ['valid until 10 Dec 2026', 'accepted: billing starts on 15 Dec 2026'],
    fr: ['valable jusqu’au 10 déc. 2026', 'accepté : facturation à partir du 15 déc. 2026'],
    it: ['valido fino al 10 dic 2026', 'accettato: fatturazione dal 15 dic 2026'],
    de: ['gültig bis 10.12.2026', 'angenommen: Abrechnung ab 15.12.2026'],
    es: ['válido hasta el 10 dic 2026', 'aceptado: facturación desde el 15 dic 2026'],
    pt: ['válido até 10/12/2026', 'aceite: faturação a partir de 15/12/2026'],
    nl: ['geldig tot en met 10 dec 2026', 'geaccepteerd: facturering vanaf 15 dec 2026'],
  };
  it.each(LANGUAGES)('says in its subject until when it holds, or that it was accepted, in %s', async (language) => {
    const own = sampleQuote('uk', { language });
    const [offered, bought] = [sending(own), sending({ ...accepted, language }, 'quote-accepted')];
    await offered.send();
    await bought.send();
    const subjects = [offered, bought].map(({ mail }) => plain(mail.mails[0]?.subject));
    expect(subjects.map((subject, index) => subject.endsWith(SUBJECTS[language][index]!))).toEqual([true, true]);
  });
});
