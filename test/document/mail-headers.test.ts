import { describe, expect, it } from 'vitest';
import { createMailer } from '../../shared/aws/mailer.ts';
import { invoiceMail } from '../../shared/document/invoice-mail.ts';
import { oneLine } from '../../shared/document/mail-layout.ts';
import { noticeMail } from '../../shared/document/notice-mail.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import type { Mail } from '../../shared/ports.ts';
import { answering } from '../support/answering.ts';
import { sampleInvoice } from '../support/invoices.ts';

const ACCEPTED = { status: 200, body: '<SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult>' };
const INVOICE = sampleInvoice('uk');
const ANNA = 'anna@customer.example';
/** What would end a header and begin another: every kind of line break there is, and a whole message behind it. */
const BREAKS = ['\r\n', '\n', '\r', '\u2028', '\u0085', '\v', '\0'] as const;
const injected = (text: string, lineBreak: string) =>
  `${text}${lineBreak}Bcc: eve@evil.example${lineBreak}${lineBreak}<p>Pay here</p>`;

const mailOf = (invoice: Invoice, message = invoiceMail(invoice)): Mail => ({
  ...message,
  from: { name: oneLine(invoice.seller.name), address: 'billing@northwind.example' },
  attachments: [{ fileName: `${invoice.number}.pdf`, type: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }],
});

/** The message as SES is given it: its headers unfolded, to whom it goes, and the tags beside it. */
async function sent(mail: Mail, to = ANNA) {
  const { http, requests } = answering(ACCEPTED);
  const outcome = await (await createMailer({ configurationSet: 'billing' }, http).compose(mail)).sendTo(to);
  const form = new URLSearchParams(Buffer.from(requests[0]?.body ?? '').toString('latin1'));
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64').toString('latin1');
  const lines = (raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  const destinations = [...form].filter(([name]) => name.startsWith('Destinations.')).map(([, value]) => value);
  return { outcome, raw, lines, headers, destinations, form };
}

const EXPECTED = ['Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To'];

describe('no line break makes a header or a recipient of its own', () => {
  const where: readonly (readonly [string, (lineBreak: string) => Mail])[] = [
    [
      'in the seller’s name',
      (of) => mailOf({ ...INVOICE, seller: { ...INVOICE.seller, name: injected('Northwind', of) } }),
    ],
    ['in the customer’s name', (of) => mailOf({ ...INVOICE, buyer: { ...INVOICE.buyer, name: injected('Acme', of) } })],
    ['in the invoice’s number, which is in the subject', (of) => mailOf({ ...INVOICE, number: injected('N-1', of) })],
    [
      'in the name of a card, which is in a notice’s words',
      (of) =>
        mailOf(
          INVOICE,
          noticeMail(INVOICE, {
            ...{ document: 'payment-failed', amount: 1 },
            method: { brand: injected('visa', of), last4: '4242' },
          }),
        ),
    ],
  ];
  const cases = where.flatMap(([name, make]) => BREAKS.map((lineBreak) => [name, lineBreak, make] as const));

  it.each(cases)('%s: %j', async (_, lineBreak, make) => {
    const { raw, headers, destinations } = await sent(make(lineBreak));
    expect([...headers.keys()].sort()).toEqual(EXPECTED);
    expect(destinations).toEqual([ANNA]);
    expect(raw).not.toMatch(/^Bcc:/im);
  });

  it.each(BREAKS)('in the address: %j', async (lineBreak) => {
    const { outcome, raw, destinations } = await sent(mailOf(INVOICE), injected('anna@customer.example', lineBreak));
    expect(raw).not.toMatch(/^(Bcc:|<p>Pay)/im);
    expect(destinations.length).toBeLessThanOrEqual(1);
    expect(destinations.join()).not.toMatch(/[\r\n,]|eve@evil\.example$/);
    if (destinations.length === 0) expect(outcome.kind).toBe('rejected');
  });

  it('in an id that becomes a tag', async () => {
    const { form } = await sent({ ...mailOf(INVOICE), tags: { account: 'a\r\nBcc: eve@evil.example&Action=Other' } });
    expect(form.getAll('Action')).toEqual(['SendRawEmail']);
    expect(form.get('Tags.member.1.Name')).toBe('account');
  });
});

describe('an address goes out as SES takes it', () => {
  it.each([
    ['a domain beyond ASCII, in Punycode', 'rechnung@bücher.example', 'rechnung@xn--bcher-kva.example'],
    ['a Greek one', 'info@παράδειγμα.example', 'info@xn--hxajbheg2az3al.example'],
    ['one that is in Punycode already', 'rechnung@xn--bcher-kva.example', 'rechnung@xn--bcher-kva.example'],
    [
      'the case of the part before the @, which is its server’s own',
      'Anna.Lee@Customer.example',
      'Anna.Lee@customer.example',
    ],
    [
      'signs that an atom may have',
      "o'brien+tag!#$%&*/=?^_`{|}~-1@acme.example",
      "o'brien+tag!#$%&*/=?^_`{|}~-1@acme.example",
    ],
  ])('%s', async (_, address, mailed) => {
    const { destinations, headers, lines } = await sent(mailOf(INVOICE), address);
    expect(destinations.map((each) => each.replace(/@.*/, (domain) => domain.toLowerCase()))).toEqual([mailed]);
    expect(headers.get('To')?.toLowerCase()).toContain(mailed.toLowerCase());
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]*$/);
  });

  it('of 254 characters in one piece, in a line that no mail server breaks (RFC 5322: 998)', async () => {
    const domain = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(53)}.example`;
    const address = `${'x'.repeat(64)}@${domain}`;
    expect(address).toHaveLength(254);
    const { destinations, headers, raw } = await sent(mailOf(INVOICE), address);
    expect(destinations).toEqual([address]);
    expect(headers.get('To')).toBe(address);
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
  });

  it('alone: a comma or a name in an address makes no second one', async () => {
    for (const address of [
      'anna@customer.example, eve@evil.example',
      'Eve <eve@evil.example>, anna@customer.example',
    ]) {
      const { destinations } = await sent(mailOf(INVOICE), address);
      expect(destinations.length).toBeLessThanOrEqual(1);
    }
  });
});
