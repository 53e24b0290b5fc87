import { createHash } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import { COPY_MARKS } from '../../shared/document/texts/copy-marks.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import { invoiceDelivery, regenerationOf } from '../../shared/domain/delivery.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { readPdf } from '../support/pdf.ts';
import { servedApi } from './served-api.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const { ops } = servedApi(world);
const SELLER = 'northwind-ie';
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const OLD = Buffer.from('%PDF-1.7 by an older layout');

/** An invoice whose PDF is on record: as it is rendered today, or as an older layout made it. */
async function sent(accountId: string, made: 'today' | 'before', { lost = false } = {}) {
  await world.load(customer(accountId));
  const invoice = await world.invoiced(accountId);
  const store = world.store();
  const bytes = made === 'today' ? await renderIssued(store, invoice) : OLD;
  const key = `invoices/${SELLER}/2026-12/${invoice.number}.pdf`;
  const delivery = (await store.delivery(invoiceDelivery(accountId, invoice.invoiceId)))!;
  await store.recordPdf(delivery, { key, sha256: hash(bytes), layout: made === 'today' ? LAYOUT : LAYOUT - 1 });
  await world.documents().storeOnce(key, bytes, 'application/pdf');
  if (lost) await world.s3().send(new DeleteObjectCommand({ Bucket: 'documents', Key: key }));
  const path = `/sellers/${SELLER}/invoices/${invoice.number}/pdf`;
  return {
    number: invoice.number,
    bytes,
    key,
    regenerate: async (by: Parameters<typeof call>[0] = token.finance) =>
      await call(by, 'POST', `${path}/regeneration`, { body: { reason: 'The customer asked for it' } }),
    original: async () => await world.documents().load(key),
    download: async () =>
      Buffer.from(await (await fetch((await call(token.finance, 'GET', path)).body.url)).arrayBuffer()),
    reissues: async () => (await world.store().delivery(invoiceDelivery(accountId, invoice.invoiceId)))!.reissues,
  };
}

describe('the PDF of an invoice made again', () => {
  it('changes nothing where the one that was sent is there', async () => {
    const pdf = await sent('re-1', 'today');
    expect((await pdf.regenerate()).body).toMatchObject({ outcome: 'intact', sha256: hash(pdf.bytes) });
    expect(await pdf.reissues()).toBeUndefined();
  });

  it('puts it back, byte for byte, where it was lost', async () => {
    const pdf = await sent('re-2', 'today', { lost: true });
    expect((await pdf.regenerate()).body).toMatchObject({ outcome: 'restored', sha256: hash(pdf.bytes) });
    expect(hash((await pdf.original())!)).toBe(hash(pdf.bytes));
    expect((await pdf.regenerate()).body.outcome).toBe('intact');
  });

  it('with another layout is a marked copy beside it; the one that was sent stays, and is what is downloaded', async () => {
    const pdf = await sent('re-3', 'before');
    const { body } = await pdf.regenerate();
    expect(body).toMatchObject({ outcome: 'reissued', layout: LAYOUT });
    expect([await pdf.original(), await pdf.download()]).toEqual([OLD, OLD]);
    const [copy, ...more] = (await pdf.reissues())!;
    expect(more).toEqual([]);
    expect(copy).toMatchObject({ sha256: body.sha256, reason: 'The customer asked for it', by: 'finn' });
    const { text } = await readPdf(Buffer.from((await world.documents().load(copy!.key))!));
    expect(text).toContain('(Copy)');
  });

  it('asked for twice is one copy', async () => {
    const pdf = await sent('re-4', 'before');
    const first = (await pdf.regenerate()).body;
    expect((await pdf.regenerate()).body).toEqual({ ...first, outcome: 'repeated' });
    expect(await pdf.reissues()).toHaveLength(1);
  });

  it('stands in place of one that is lost and cannot be made as it was, and is downloaded then', async () => {
    const pdf = await sent('re-5', 'before', { lost: true });
    const { body } = await pdf.regenerate();
    expect(body.outcome).toBe('reissued');
    expect(await pdf.original()).toBeUndefined();
    expect(hash(await pdf.download())).toBe(body.sha256);
  });

  it('of one that was lost before it was mailed is what the redriven delivery mails, once', async () => {
    const pdf = await sent('re-7', 'before', { lost: true });
    const mail = recordingMailer();
    const deliver = deliverInvoice({
      ...{ store: world.store(), documents: world.documents(), mailer: mail.mailer },
      render: (invoice, last) => renderIssued(world.store(), invoice, last),
      config: { mailFrom: 'billing@northwind.example' },
    });
    const job = { sellerId: SELLER, accountId: 're-7', invoiceId: '2026-12#cycle' } as const;
    await expect(deliver(job, NOW)).rejects.toMatchObject({ code: 'document_mismatch' });
    expect(mail.mails).toEqual([]);
    const { sha256 } = (await pdf.regenerate()).body;
    await Promise.all([deliver(job, NOW), deliver(job, NOW)]);
    await deliver(job, NOW);
    expect(mail.mails.map(({ attachments }) => hash(attachments[0]!.bytes))).toEqual([sha256]);
    const delivery = await world.store().delivery(invoiceDelivery('re-7', job.invoiceId));
    expect(delivery).toMatchObject({ pdf: { sha256: hash(OLD) }, completedAt: NOW });
  });

  it('that was stored beside the original takes its place when that is lost later', async () => {
    const pdf = await sent('re-8', 'before');
    const { sha256 } = (await pdf.regenerate()).body;
    await world.s3().send(new DeleteObjectCommand({ Bucket: 'documents', Key: pdf.key }));
    expect((await pdf.regenerate()).body).toMatchObject({ outcome: 'reissued', sha256 });
    expect((await pdf.regenerate()).body.outcome).toBe('repeated');
    expect(hash(await pdf.download())).toBe(sha256);
  });

  it('is for finance alone, and needs a reason', async () => {
    const pdf = await sent('re-6', 'today');
    for (const by of [token.staff, token.ops]) expect((await pdf.regenerate(by)).status).toBe(403);
    const path = `/sellers/${SELLER}/invoices/NTIE-202612A-000001/pdf/regeneration`;
    const { status, body } = await call(token.finance, 'POST', path, { body: {} });
    expect([status, body.field]).toEqual([400, 'reason']);
  });
});

describe('npm run ops --', () => {
  const regenerate = (number: string) => ops(['regenerate-pdf', number, '--reason', 'The customer asked for it']);

  it('regenerate-pdf leaves alone what is there, and verify-pdf says that it is', async () => {
    const { number, bytes } = await sent('cli-intact', 'today');
    const verified = await ops(['verify-pdf', number]);
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining(`on record: ${hash(bytes)}`)]);
    expect(verified.out).toContain('The stored PDF is the one on record.\nMade again it has the same bytes.');
    const { code, out } = await regenerate(number);
    expect([code, out.trim()]).toEqual([
      0,
      `${number}: The PDF that was sent is there and can be made again: nothing was changed.\nSHA-256: ${hash(bytes)}`,
    ]);
  });

  it('verify-pdf ends with 2 where the PDF is lost, until regenerate-pdf has put it back', async () => {
    const { number, bytes, original } = await sent('cli-lost', 'today', { lost: true });
    const missing = await ops(['verify-pdf', number]);
    expect([missing.code, missing.out]).toEqual([2, expect.stringContaining('The stored PDF is MISSING.')]);
    expect((await regenerate(number)).out).toContain('Made again it has the same bytes, and it is back.');
    expect(hash((await original())!)).toBe(hash(bytes));
    expect((await ops(['verify-pdf', number])).code).toBe(0);
  });

  it('regenerate-pdf stores a marked copy of what another layout made, once', async () => {
    const { number, original, reissues } = await sent('cli-older', 'before');
    expect((await ops(['verify-pdf', number])).out).toContain(`It cannot be compared: it was made with layout`);
    const copied = await regenerate(number);
    expect(copied.out).toContain('A copy, marked as one, is stored beside it.');
    const again = await regenerate(number);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('This copy is stored already')]);
    expect(await original()).toEqual(OLD);
    expect((await reissues())!.map(({ sha256 }) => copied.out.includes(sha256))).toEqual([true]);
  });

  it('regenerate-pdf asks for a reason before it asks for anything else', async () => {
    const { code, err } = await ops(['regenerate-pdf', 'NTIE-202612A-000001']);
    expect([code, err]).toEqual([1, expect.stringContaining("required option '--reason <text>' not specified")]);
  });
});

describe('what is done', () => {
  it.each([
    ['as-recorded', 'same', 'intact'],
    ['missing', 'same', 'restored'],
    ['different', 'same', 'reissued'],
    ['as-recorded', 'different', 'reissued'],
    ['missing', 'different', 'reissued'],
    ['different', 'different', 'reissued'],
  ] as const)('with one that is %s and made again %s: %s', (stored, again, done) =>
    expect(regenerationOf(stored, again)).toBe(done),
  );
});

describe('the mark of a copy', () => {
  it.each(LANGUAGES)('stands in the title, in %s, and the invoice is else the same', async (language) => {
    const invoice = sampleInvoice('ireland', { language });
    const [original, copy] = await Promise.all([
      readPdf(await renderInvoice(invoice)),
      readPdf(await renderInvoice(invoice, undefined, undefined, '2027-01-10')),
    ]);
    const mark = ` (${COPY_MARKS[language]})`;
    expect(original.text).not.toContain(mark);
    expect(copy.text).toContain(mark);
    expect(copy.text.replaceAll(mark, '')).toBe(original.text);
  });

  it('is the word of the law where there is one, in a document of another language, too', async () => {
    const invoice = sampleInvoice('ireland');
    const address = { ...invoice.seller.address, country: 'ES' };
    const spanish = { ...invoice, seller: { ...invoice.seller, address } };
    expect((await readPdf(await renderInvoice(spanish, undefined, undefined, '2027-01-10'))).text).toContain(
      '(Copy, Duplicado)',
    );
  });
});
