import { describe, expect, it } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { createMailer } from '../../shared/aws/mailer.ts';
import { LARGEST_MAIL_BYTES, mailBytes } from '../../shared/delivery/mail-size.ts';
import { invoiceMail } from '../../shared/document/invoice-mail.ts';
import { LINKED_INVOICE } from '../../shared/document/texts/linked-invoice.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import { answering } from '../support/answering.ts';
import { accountOf, deliveryOf, deliveryShelf, documentShelf, recordingMailer } from '../support/deliveries.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { plain } from '../support/pdf.ts';

const INVOICE = sampleInvoice('uk');
const FROM = { name: 'Northwind Telecom', address: 'billing@northwind.example' };
const ACCEPTED = { status: 200, body: '<SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult>' };

/** The mail of an invoice with this PDF, as the function sends it. */
async function mailed(pdf: Uint8Array) {
  const { sellerId, accountId, invoiceId } = INVOICE;
  const shelf = deliveryShelf(deliveryOf(INVOICE), { invoice: INVOICE, account: accountOf(INVOICE) });
  const { mailer, mails } = recordingMailer();
  const { documents, objects } = documentShelf();
  const config = { mailFrom: FROM.address };
  const store = { ...shelf.store, receivable: async () => undefined };
  const deliver = deliverInvoice({ store, documents, mailer, render: async () => pdf, config });
  await deliver({ sellerId, accountId, invoiceId }, '2026-12-01T06:00:00.000Z');
  return { mail: mails[0]!, stored: [...objects.values()][0] };
}

/** The message as SES is given it. */
async function rawOf(mail: Parameters<ReturnType<typeof createMailer>['compose']>[0]): Promise<Buffer> {
  const { http, requests } = answering(ACCEPTED);
  await (await createMailer({ configurationSet: 'billing' }, http).compose(mail)).sendTo('anna@customer.example');
  const form = new URLSearchParams(Buffer.from(requests[0]!.body).toString('latin1'));
  return Buffer.from(form.get('RawMessage.Data')!, 'base64');
}

describe('a mail of at most 7 MB as it travels carries the PDF, a larger one a link', () => {
  /** The largest PDF that fits, within a kilobyte. */
  const fitting = (LARGEST_MAIL_BYTES - mailBytes({ ...invoiceMail(INVOICE), attachments: [] })) * (57 / 78) - 1000;

  it.each([
    ['a usual PDF', 300_000, 'attached'],
    ['the largest that fits', Math.floor(fitting), 'attached'],
    ['a little more', Math.floor(fitting) + 2_000, 'linked'],
    ['20 MB', 20_000_000, 'linked'],
  ] as const)('%s', async (_, bytes, pdf) => {
    const { mail, stored } = await mailed(Buffer.alloc(bytes, 'x'));
    expect(mail.attachments).toHaveLength(pdf === 'attached' ? 1 : 0);
    expect(stored).toHaveLength(bytes);
    expect((await rawOf(mail)).length).toBeLessThanOrEqual(LARGEST_MAIL_BYTES);
  });

  it('counts no byte too few, and hardly any too many', async () => {
    const attachments = [{ fileName: 'a.pdf', type: 'application/pdf', bytes: Buffer.alloc(1_000_000, 'x') }];
    const mail = { ...invoiceMail(INVOICE), from: FROM, attachments };
    const { length } = await rawOf(mail);
    expect(mailBytes(mail)).toBeGreaterThanOrEqual(length);
    expect(mailBytes(mail)).toBeLessThan(length + 6_000);
  });
});

describe('the link', () => {
  it.each(LANGUAGES)('leads to the invoice in the portal, and says why, in %s', (language) => {
    const invoice = sampleInvoice('uk', { language });
    const linked = invoiceMail(invoice, undefined, { pdf: 'linked' });
    const url = `https://portal.uk.northwind-telecom.example/?invoice=${invoice.number}`;
    expect(linked.text).toContain(url);
    expect(linked.html).toContain(`href="${url}"`);
    const attached = invoiceMail(invoice);
    expect(attached.text).not.toContain(LINKED_INVOICE[language].tooLarge);
    expect(plain(linked.text).match(/PDF|pdf/)).not.toBeNull();
    expect(linked.subject).toBe(attached.subject);
  });

  it('is no download by itself: whoever follows it has to sign in, and no signature travels in a mail', () => {
    const { text, html } = invoiceMail(INVOICE, undefined, { pdf: 'linked' });
    expect(`${text}${html}`).not.toMatch(/X-Amz-|Signature|s3[.-]/i);
  });
});
