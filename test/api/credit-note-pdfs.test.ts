import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { sendNotice } from '../../functions/send-notice.ts';
import { sha256Of } from '../../shared/delivery/stored-pdf.ts';
import { renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import { creditNoteDelivery } from '../../shared/domain/books/credit-note.ts';
import type { Message } from '../../shared/messages.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { readPdf } from '../support/pdf.ts';
import { apiWorld, customer, NOW, stage, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const SELLER = 'northwind-ie';
const OLD = Buffer.from('%PDF-1.7 by an older layout');

/** A credit note that finance issued on an invoice of its own, not mailed yet. */
async function issued(accountId: string) {
  await world.load(customer(accountId));
  const invoice = await world.invoiced(accountId);
  const body = { reason: 'error-correction', explanation: 'Two phones never arrived.', amount: 1000 };
  const path = `/accounts/${accountId}/invoices/2026-12-cycle/credit-notes`;
  const { creditNoteId, number } = (await call(token.finance, 'POST', path, { body })).body.creditNote;
  const note = (await world.store().creditNote(accountId, invoice.invoiceId, creditNoteId))!;
  const pdf = `/sellers/${SELLER}/credit-notes/${number}/pdf`;
  const link = async (by: Parameters<typeof call>[0] = token.finance, of = pdf) => (await call(by, 'GET', of)).body;
  return {
    ...{ note, invoice, link, pdf },
    customers: `/accounts/${accountId}/credit-notes/${number}/pdf`,
    key: `credit-notes/${SELLER}/2026-12/${number}.pdf`,
    delivery: async () => (await world.store().delivery(creditNoteDelivery(note)))!,
    fetched: async (of?: string) => Buffer.from(await (await fetch((await link(token.finance, of)).url)).arrayBuffer()),
    lose: (key: string) => world.s3().send(new DeleteObjectCommand({ Bucket: 'documents', Key: key })),
    verify: async () => (await call(token.finance, 'GET', `${pdf}/verification`)).body,
    regenerate: (by: Parameters<typeof call>[0] = token.finance) =>
      call(by, 'POST', `${pdf}/regeneration`, { body: { reason: 'The customer asked for it' } }),
  };
}

/** Sends what waits in the queue of notices, as the function does; `draw` is another layout's. */
async function send(draw = renderCreditNote, mail = recordingMailer()) {
  const work = sendNotice({
    ...{ store: world.store(), documents: world.documents(), mailer: mail.mailer },
    draw: { creditNote: draw, quote: async () => OLD, cancellation: () => OLD },
    config: { mailFrom: 'billing@northwind.example', sellers: stage.sellers },
  });
  const messages = (await world.taken('notices')) as Message<'notices'>[];
  await Promise.all([...messages, ...messages].map((message) => work(message, NOW)));
  return { mails: mail.mails, messages, work };
}

/** Mailed as an older layout made it; `lost`: the bucket does not have it any more. */
async function sentBefore(accountId: string, { lost = false } = {}) {
  const of = await issued(accountId);
  await send(async () => OLD);
  if (lost) await of.lose(of.key);
  return of;
}

describe('the PDF of a credit note', () => {
  it('is drawn once, stored, and mailed from what is stored, with its hash and layout on record', async () => {
    const { note, key, delivery, pdf, customers, link, fetched, verify } = await issued('cn-1');
    const { mails } = await send();
    const bytes = Buffer.from((await world.documents().load(key))!);
    expect((await delivery()).pdf).toEqual({ key, sha256: sha256Of(bytes), layout: LAYOUT });
    expect(mails.map(({ to }) => to)).toEqual(['billing@liffeyside.example']);
    expect(mails[0]!.attachments.map(({ fileName }) => fileName)).toEqual([`${note.number}.pdf`]);
    expect(sha256Of(mails[0]!.attachments[0]!.bytes)).toBe(sha256Of(bytes));
    const { url: _finance, ...told } = await link(token.finance, pdf);
    const { url: _customer, ...same } = await link(token.ownerOf('cn-1'), customers);
    expect([told, same]).toEqual([told, told]);
    expect(told).toMatchObject({ fileName: `${note.number}.pdf`, sha256: sha256Of(bytes) });
    expect(told.expiresAt).toBe('2026-12-01T12:05:00.000Z');
    expect((await fetched()).equals(bytes)).toBe(true);
    expect(await verify()).toMatchObject({ stored: 'as-recorded', madeAgain: 'same', currentLayout: LAYOUT });
    const { text } = await readPdf(bytes);
    for (const words of [
      note.number,
      `This corrects invoice ${note.invoiceNumber}`,
      'Two phones never arrived',
      '€10.00',
    ])
      expect(text).toContain(words);
  });

  it('is drawn and stored at the first ask where none is on record, once for all who ask, and mailed as that', async () => {
    const { key, link, customers, delivery, pdf } = await issued('cn-2');
    const answers = await Promise.all([
      link(token.finance, pdf),
      link(token.ownerOf('cn-2'), customers),
      link(token.finance, customers),
    ]);
    const stored = sha256Of((await world.documents().load(key))!);
    expect(answers.map(({ sha256 }) => sha256)).toEqual([stored, stored, stored]);
    expect((await delivery()).pdf?.sha256).toBe(stored);
    const { mails } = await send(async () => OLD);
    expect(mails.map(({ attachments }) => sha256Of(attachments[0]!.bytes))).toEqual([stored]);
  });

  it('made by an older layout stays what was sent, and is handed out', async () => {
    const { verify, fetched } = await sentBefore('cn-3');
    expect(await verify()).toMatchObject({ stored: 'as-recorded', madeAgain: 'different' });
    expect(await fetched()).toEqual(OLD);
  });

  it('of another account or seller does not exist, nor one of no number that there is', async () => {
    const { note } = await issued('cn-4');
    const paths = [
      [token.ownerOf('cn-1'), `/accounts/cn-1/credit-notes/${note.number}/pdf`],
      [token.finance, `/sellers/northwind-uk/credit-notes/${note.number}/pdf`],
      [token.finance, `/sellers/${SELLER}/credit-notes/NTIE-CN-202612A-999999/pdf/verification`],
    ] as const;
    for (const [by, path] of paths) {
      const { status, body } = await call(by, 'GET', path);
      expect([status, body.code]).toEqual([404, 'credit_note_not_found']);
    }
    await world.taken('notices');
  });
});

describe('a credit note’s PDF made again', () => {
  it('says that there is none before it was made', async () => {
    const { regenerate, verify } = await issued('cn-5');
    expect([(await regenerate()).body.code, (await verify()).code]).toEqual([
      'document_not_found',
      'document_not_found',
    ]);
    await world.taken('notices');
  });

  it('changes nothing where it is there, and is put back, byte for byte, where it was lost', async () => {
    const { regenerate, key, lose, delivery } = await issued('cn-6');
    await send();
    expect((await regenerate()).body.outcome).toBe('intact');
    await lose(key);
    expect((await regenerate()).body.outcome).toBe('restored');
    expect(sha256Of((await world.documents().load(key))!)).toBe((await delivery()).pdf?.sha256);
  });

  it('by another layout is a marked copy beside it, once however often it is asked for', async () => {
    const { regenerate, delivery, fetched } = await sentBefore('cn-7');
    const { body } = await regenerate();
    expect(body).toMatchObject({ outcome: 'reissued', layout: LAYOUT });
    expect((await regenerate()).body).toEqual({ ...body, outcome: 'repeated' });
    const [copy, ...more] = (await delivery()).reissues!;
    expect([more, await fetched()]).toEqual([[], OLD]);
    expect((await readPdf((await world.documents().load(copy!.key))!)).text).toContain('Credit note (Copy)');
  });

  it('stands in place of one that is lost; a copy that was made while it was there does so from then on', async () => {
    const { regenerate, key, lose, fetched } = await sentBefore('cn-8');
    const { sha256 } = (await regenerate()).body;
    expect(await fetched()).toEqual(OLD);
    await lose(key);
    expect((await regenerate()).body).toMatchObject({ outcome: 'reissued', sha256 });
    expect((await regenerate()).body.outcome).toBe('repeated');
    expect(sha256Of(await fetched())).toBe(sha256);
  });

  it('is for finance alone', async () => {
    const { regenerate } = await sentBefore('cn-9');
    for (const by of [token.staff, token.ops]) expect((await regenerate(by)).status).toBe(403);
  });
});

describe('a credit note whose PDF was lost before it was mailed', () => {
  let of: Awaited<ReturnType<typeof issued>>;
  const mail = recordingMailer();
  let messages: Message<'notices'>[];
  let work: Awaited<ReturnType<typeof send>>['work'];

  beforeAll(async () => {
    of = await issued('cn-10');
    const { key } = of;
    await world.documents().storeOnce(key, OLD, 'application/pdf');
    await world.store().recordPdf(await of.delivery(), { key, sha256: sha256Of(OLD), layout: LAYOUT - 1 });
    await of.lose(key);
    messages = (await world.taken('notices')) as Message<'notices'>[];
    ({ work } = await send(renderCreditNote, mail));
  });

  it('gives up, and mails nothing that contradicts the record', async () => {
    await expect(work(messages[0]!, NOW)).rejects.toMatchObject({ code: 'document_mismatch' });
    expect(mail.mails).toEqual([]);
  });

  it('is mailed as the marked copy once it was regenerated, to each once', async () => {
    const { sha256 } = (await of.regenerate()).body;
    await Promise.all([work(messages[0]!, NOW), work(messages[0]!, NOW)]);
    await work(messages[0]!, NOW);
    expect(mail.mails.map(({ attachments }) => sha256Of(attachments[0]!.bytes))).toEqual([sha256]);
    expect((await of.delivery()).completedAt).toBe(NOW);
  });
});
