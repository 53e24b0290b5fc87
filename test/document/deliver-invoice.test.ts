import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import type { Recipient } from '../../shared/domain/account.ts';
import type { Delivery } from '../../shared/domain/delivery.ts';
import { BillingError } from '../../shared/domain/errors.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import type { MailOutcome } from '../../shared/ports.ts';
import * as observability from '../../shared/runtime/observability.ts';
import {
  accountOf,
  deliveryOf,
  deliveryShelf,
  documentShelf,
  recipients,
  recordingMailer,
} from '../support/deliveries.ts';
import { sampleInvoice } from '../support/invoices.ts';

const INVOICE = sampleInvoice('uk');
const MESSAGE = { sellerId: INVOICE.sellerId, accountId: INVOICE.accountId, invoiceId: INVOICE.invoiceId };
const NOW = '2026-12-01T05:01:00.000Z';
const KEY = 'invoices/northwind-uk/2026-12/NTUK-202612A-000042.pdf';
const PDF = Buffer.from('%PDF-1.7 the invoice');
const COPY = Buffer.from('%PDF-1.7 the invoice (Copy)');
const COPY_KEY = KEY.replace('.pdf', '-copy-1.pdf');
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface Given {
  readonly to?: readonly Recipient[];
  readonly delivery?: Partial<Delivery>;
  readonly stored?: Readonly<Record<string, Uint8Array>>;
  readonly answers?: Readonly<Record<string, () => MailOutcome>>;
  readonly render?: () => Promise<Uint8Array>;
  /** What is left to pay of it. */
  readonly due?: number;
}

function world({ to = recipients('anna@customer.example'), delivery, stored, answers, render, due = 0 }: Given = {}) {
  const counted: Record<string, number> = {};
  vi.spyOn(observability, 'count').mockImplementation((name, value = 1) => {
    counted[name] = (counted[name] ?? 0) + value;
  });
  const account = accountOf(INVOICE, { recipients: to });
  const shelf = deliveryShelf(deliveryOf(INVOICE, delivery), { invoice: INVOICE, account });
  const mail = recordingMailer(answers);
  const bucket = documentShelf(stored);
  const deliver = deliverInvoice({
    store: { ...shelf.store, receivable: async () => ({ ...openReceivable(INVOICE, NOW), due }) },
    documents: bucket.documents,
    mailer: mail.mailer,
    render: render ?? (async () => PDF),
    config: { mailFrom: 'billing@northwind.example' },
  });
  return { deliver: (now = NOW) => deliver(MESSAGE, now), shelf, mail, bucket, counted };
}

const statuses = (delivery: Delivery) =>
  Object.fromEntries(Object.entries(delivery.recipients).map(([email, { status }]) => [email, status]));
const refused = (): MailOutcome => ({ kind: 'rejected', reason: 'MessageRejected' });

describe('the PDF', () => {
  it('is stored with its hash on record, and attached to the mail', async () => {
    const { deliver, shelf, mail, bucket } = world();
    await deliver();
    expect(bucket.objects.get(KEY)).toEqual(PDF);
    expect(shelf.current().pdf).toEqual({ key: KEY, sha256: hash(PDF), layout: LAYOUT });
    expect(mail.mails).toMatchObject([
      {
        to: 'anna@customer.example',
        from: { name: 'Northwind Telecom UK Ltd', address: 'billing@northwind.example' },
        attachments: [{ fileName: 'NTUK-202612A-000042.pdf', type: 'application/pdf', bytes: PDF }],
      },
    ]);
  });

  it('is locked for as long as the law of the seller’s country has it kept', async () => {
    const { deliver, bucket } = world();
    await deliver();
    expect(Object.fromEntries(bucket.kept)).toEqual({ [KEY]: '2033-11-30' });
  });

  it('that another try stored is what is mailed, not a second rendering', async () => {
    const first = Buffer.from('%PDF-1.7 by an older version');
    const { deliver, shelf, mail } = world({ stored: { [KEY]: first } });
    await deliver();
    expect(mail.mails[0]?.attachments[0]?.bytes).toEqual(first);
    expect(shelf.current().pdf?.sha256).toBe(hash(first));
  });

  it.each([
    ['is not the one on record', { [KEY]: Buffer.from('tampered') }],
    ['was lost and cannot be made again as it was', {}],
  ])('that %s is mailed to nobody', async (_name, stored) => {
    const { deliver, mail, bucket } = world({
      stored,
      delivery: { pdf: { key: KEY, sha256: hash(Buffer.from('the original')) } },
    });
    await expect(deliver()).rejects.toMatchObject({ code: 'document_mismatch' });
    expect(mail.mails).toEqual([]);
    expect(Object.fromEntries(bucket.objects)).toEqual(stored);
  });

  const lost = {
    pdf: { key: KEY, sha256: hash(Buffer.from('by an older layout')), layout: LAYOUT - 1 },
    reissues: [{ key: COPY_KEY, sha256: hash(COPY), reason: 'It was lost', by: 'finn', at: NOW, inPlace: true }],
  } as const;

  it('that was lost and regenerated is mailed as the marked copy in its place, and stays on record as it was', async () => {
    const { deliver, mail, shelf, bucket } = world({ delivery: lost, stored: { [COPY_KEY]: COPY } });
    await Promise.all([deliver(), deliver()]);
    await deliver();
    expect(mail.mails.map(({ attachments }) => attachments)).toEqual([
      [{ fileName: 'NTUK-202612A-000042.pdf', type: 'application/pdf', bytes: COPY }],
    ]);
    expect(shelf.current()).toMatchObject({ ...lost, completedAt: NOW });
    expect([...bucket.objects.keys()]).toEqual([COPY_KEY]);
  });

  it('whose copy is lost as well is mailed to nobody', async () => {
    const { deliver, mail } = world({ delivery: lost });
    await expect(deliver()).rejects.toMatchObject({ code: 'document_mismatch' });
    expect(mail.mails).toEqual([]);
  });

  it('with a copy beside it that somebody wanted is mailed itself', async () => {
    const { inPlace: _lost, ...beside } = lost.reissues[0];
    const { deliver, mail } = world({
      delivery: { pdf: { key: KEY, sha256: hash(PDF) }, reissues: [beside] },
      stored: { [KEY]: PDF, [COPY_KEY]: COPY },
    });
    await deliver();
    expect(mail.mails[0]?.attachments[0]?.bytes).toEqual(PDF);
  });

  it('that cannot be drawn is mailed to nobody, and nothing is stored', async () => {
    const render = async () => {
      throw new BillingError('unsupported_character', 'invoice.buyer.name: U+5317');
    };
    const { deliver, mail, bucket } = world({ render });
    await expect(deliver()).rejects.toMatchObject({ code: 'unsupported_character' });
    expect(mail.mails).toEqual([]);
    expect(bucket.objects.size).toBe(0);
  });
});

describe('recipients', () => {
  it('are five at most, the main contact among them', async () => {
    const six = [...recipients('b@x.example', 'c@x.example', 'd@x.example', 'e@x.example', 'f@x.example')].map(
      ({ email }) => ({ email, main: false }),
    );
    const { deliver, mail } = world({ to: [...six, { email: 'a@x.example', main: true }] });
    await deliver();
    expect(mail.addresses()).toEqual(['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example']);
  });

  it('are five at most over all tries, though the account’s list was changed in between', async () => {
    const at = NOW;
    const tried = { 'old1@x.example': { status: 'sent', at }, 'old2@x.example': { status: 'sent', at } } as const;
    const { deliver, mail } = world({
      to: recipients('a@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example'),
      delivery: { recipients: tried },
    });
    await deliver();
    expect(mail.addresses()).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
  });

  it('are the same without regard to case', async () => {
    const { deliver, mail } = world({
      to: recipients('Anna@Customer.example', 'anna@customer.EXAMPLE', ' ben@x.example '),
    });
    await deliver();
    expect(mail.addresses()).toEqual(['Anna@Customer.example', 'ben@x.example']);
  });

  it('get one mail each, however often the message comes', async () => {
    const { deliver, mail, shelf } = world({ to: recipients('a@x.example', 'b@x.example') });
    await Promise.all([deliver(), deliver()]);
    await deliver();
    expect(mail.addresses().sort()).toEqual(['a@x.example', 'b@x.example']);
    expect(shelf.current().completedAt).toBe(NOW);
  });

  it('that are refused do not keep the others waiting, and are not tried again', async () => {
    const { deliver, shelf, mail, counted } = world({
      to: recipients('bad@x.example', 'b@x.example'),
      answers: { 'bad@x.example': refused },
    });
    await deliver();
    await deliver();
    expect(statuses(shelf.current())).toEqual({ 'bad@x.example': 'rejected', 'b@x.example': 'sent' });
    expect(mail.addresses()).toEqual(['b@x.example']);
    expect(counted).toEqual({ MailsSent: 1, MailsRejected: 1 });
  });

  it.each([
    ['no address works', recipients('bad@x.example')],
    ['the account has no address', []],
  ])('are reported as not reached when %s', async (_name, to) => {
    const { deliver, shelf, counted } = world({ to, answers: { 'bad@x.example': refused } });
    await deliver();
    expect(counted.NobodyReached).toBe(1);
    expect(shelf.current().completedAt).toBe(NOW);
  });
});

describe('a mail', () => {
  it('that certainly was not accepted is tried again, after the others were sent', async () => {
    let throttled = true;
    const answers = {
      'a@x.example': (): MailOutcome =>
        throttled ? { kind: 'not-accepted', reason: 'Throttling' } : { kind: 'sent', messageId: 'late' },
    };
    const { deliver, shelf, mail } = world({ to: recipients('a@x.example', 'b@x.example'), answers });
    await expect(deliver()).rejects.toThrow('Throttling');
    expect(statuses(shelf.current())).toEqual({ 'b@x.example': 'sent' });
    throttled = false;
    await deliver();
    expect(mail.addresses()).toEqual(['b@x.example', 'a@x.example']);
    expect(shelf.current().completedAt).toBe(NOW);
  });

  it('that got no answer is reported in doubt and never sent twice', async () => {
    const answers = {
      'a@x.example': (): MailOutcome => {
        throw new Error('socket hang up');
      },
    };
    const { deliver, shelf, mail, counted } = world({ to: recipients('a@x.example', 'b@x.example'), answers });
    await deliver();
    await deliver();
    expect(statuses(shelf.current())).toEqual({ 'a@x.example': 'uncertain', 'b@x.example': 'sent' });
    expect(mail.addresses()).toEqual(['b@x.example']);
    expect(counted.MailsUncertain).toBe(1);
  });

  const claimed = { 'a@x.example': { status: 'sending', at: NOW } } as const;

  it('whose function died is reported in doubt once no function can still be sending it', async () => {
    const { deliver, shelf, mail, counted } = world({
      to: recipients('a@x.example'),
      delivery: { recipients: claimed },
    });
    await deliver('2026-12-01T05:03:01.000Z');
    expect(statuses(shelf.current())).toEqual({ 'a@x.example': 'uncertain' });
    expect(mail.mails).toEqual([]);
    expect(counted).toEqual({ MailsUncertain: 1, NobodyReached: 1 });
  });

  it('that another function may still be sending is left alone, and the delivery open', async () => {
    const { deliver, shelf, mail } = world({ to: recipients('a@x.example'), delivery: { recipients: claimed } });
    await deliver('2026-12-01T05:02:00.000Z');
    expect(statuses(shelf.current())).toEqual({ 'a@x.example': 'sending' });
    expect(mail.mails).toEqual([]);
    expect(shelf.current().completedAt).toBeUndefined();
  });
});

describe('the calendar (R55, R147)', () => {
  it.each([
    ['on the 5th, late in the evening in London', '2026-12-05T23:59:00.000Z', undefined],
    ['on the 6th', '2026-12-06T00:00:00.000Z', 1],
    ['in the next month', '2027-01-03T12:00:00.000Z', 1],
  ])('mails %s, and reports it as late from the 6th on', async (_name, now, late) => {
    const { deliver, mail, counted } = world();
    await deliver(now);
    expect(mail.mails).toHaveLength(1);
    expect(counted.MailedLate).toBe(late);
  });

  it('mails nothing before the month begins, and remains to be done', async () => {
    const { deliver, mail, shelf } = world();
    await deliver('2026-11-30T23:00:00.000Z');
    expect(mail.mails).toEqual([]);
    expect(shelf.current().completedAt).toBeUndefined();
    await deliver();
    expect(mail.mails).toHaveLength(1);
  });
});

describe('sent again', () => {
  const sha256 = hash(PDF);
  const sent = { status: 'sent', at: NOW } as const;
  const asked = { askedAt: '2027-02-03T09:00:00.000Z', askedBy: 'customer', requestId: 'r-1', recipients: {} } as const;
  const before = {
    ...{ pdf: { key: KEY, sha256, layout: LAYOUT - 1 }, completedAt: NOW },
    recipients: { 'anna@customer.example': sent },
  };
  const render = () => Promise.reject(new Error('nothing is drawn again'));
  const LATER = '2027-02-03T09:00:01.000Z';
  const given = { stored: { [KEY]: PDF }, render, due: 0, delivery: { ...before, again: [asked] } };

  it('everybody gets the very PDF once more, once, and the first sending stays as it was', async () => {
    const to = recipients('anna@customer.example', 'new@customer.example');
    const { deliver, mail, shelf, counted } = world({ ...given, to });
    await Promise.all([deliver(LATER), deliver(LATER)]);
    await deliver(LATER);
    expect(mail.addresses().sort()).toEqual(['anna@customer.example', 'new@customer.example']);
    expect(mail.mails[0]?.attachments[0]?.bytes).toEqual(PDF);
    expect(mail.mails.map(({ tags }) => tags?.sending)).toEqual(['2', '2']);
    const { again, ...first } = shelf.current();
    expect(first).toMatchObject(before);
    expect(again).toMatchObject([{ completedAt: LATER, recipients: { 'new@customer.example': { status: 'sent' } } }]);
    expect(counted).not.toHaveProperty('MailedLate');
  });

  it('it goes to the recipients that were named, and to no others', async () => {
    const to = recipients('anna@customer.example', 'new@customer.example', 'third@customer.example');
    const delivery = { ...before, again: [{ ...asked, to: ['New@customer.example'] }] };
    const { deliver, mail } = world({ ...given, to, delivery });
    await deliver(LATER);
    expect(mail.addresses()).toEqual(['new@customer.example']);
  });

  it('it says what is to be paid now, and threatens with no payment of the past', async () => {
    const { deliver, mail } = world({ ...given, due: 12_345 });
    await deliver(LATER);
    const { subject, text } = mail.mails[0]!;
    expect(subject).toBe('Invoice NTUK-202612A-000042: £123.45, due 16 Dec 2026');
    expect(text).toContain('As requested, here is this invoice again. We first sent it on 1 December 2026.');
    expect(text).not.toContain('We will');
  });

  it('once it is paid it asks for nothing', async () => {
    const { deliver, mail } = world(given);
    await deliver(LATER);
    const { subject, text } = mail.mails[0]!;
    expect(subject).toBe('Invoice NTUK-202612A-000042: nothing to pay');
    expect(text).toContain('Amount due: £0.00\nThis invoice is settled. There is nothing left to pay.');
    expect(text).not.toContain('Pay now');
  });

  it('where the original was lost, the marked copy that stands in its place is attached', async () => {
    const copy = Buffer.from('%PDF-1.7 a copy');
    const reissue = {
      key: 'copy.pdf',
      sha256: hash(copy),
      reason: 'lost',
      by: 'finn',
      at: NOW,
      inPlace: true,
    } as const;
    const delivery = { ...given.delivery, reissues: [reissue] };
    const { deliver, mail, shelf } = world({ ...given, delivery, stored: { 'copy.pdf': copy } });
    await deliver(LATER);
    expect(mail.mails[0]?.attachments[0]?.bytes).toEqual(copy);
    expect(shelf.current().pdf).toEqual(before.pdf);
  });
});
