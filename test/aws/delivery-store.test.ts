import { describe, expect, it } from 'vitest';
import { composeCreditNote, creditNoteName } from '../../shared/domain/books/credit-note.ts';
import { invoiceDelivery, type SentAgain } from '../../shared/domain/delivery.ts';
import type { AgainLog } from '../../shared/domain/mail-again.ts';
import { latestSending } from '../../shared/domain/sendings.ts';
import { parseMessage } from '../../shared/messages.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, issue, LATER, NOW, SELLER, SHARDS, type Stores, storesOver } from './fixtures.ts';

const table = localTable();
const PDF = { key: 'invoices/northwind-uk/2026-12/N-1.pdf', sha256: 'a'.repeat(64) };

async function delivery(accountId: string) {
  const stores = storesOver(table());
  await issue(stores, accountOf(accountId));
  const read = async () => (await stores.deliveries.delivery(invoiceDelivery(accountId, '2026-12#cycle')))!;
  return { stores, store: stores.deliveries, read, delivery: await read() };
}

const ANNA = 'anna@acme.example';
const BEN = 'ben@acme.example';
const CARL = 'carl@acme.example';

it('lets exactly one of many claim a recipient, whatever the case of its letters', async () => {
  const { store, delivery: of } = await delivery('claim');
  const emails = ['Anna@acme.example', ANNA, 'ANNA@ACME.EXAMPLE'];
  const claims = await Promise.all(emails.map((email) => store.claimRecipients(of, [email], NOW)));
  expect(claims.map(({ length }) => length).sort()).toEqual([0, 0, 1]);
});

it('gives whoever asks for several those that nobody has', async () => {
  const { store, delivery: of } = await delivery('claim-several');
  expect(await store.claimRecipients(of, [BEN], NOW)).toEqual([BEN]);
  const claims = await Promise.all(
    [[ANNA, BEN, CARL], [CARL, BEN, ANNA], []].map((all) => store.claimRecipients(of, all, NOW)),
  );
  expect(claims.flat().sort()).toEqual([ANNA, CARL]);
});

it('keeps the first final outcome of a recipient; only a doubtful one gives way', async () => {
  const { store, read, delivery: of } = await delivery('outcome');
  await store.claimRecipients(of, [ANNA, BEN], NOW);
  const doubtful = { status: 'uncertain', at: NOW } as const;
  await store.concludeRecipients(of, { [ANNA]: doubtful, [BEN]: doubtful });
  await store.concludeRecipients(of, { [ANNA]: { status: 'sent', at: LATER, messageId: 'm-1' } });
  await store.concludeRecipients(of, {
    [ANNA]: { status: 'uncertain', at: LATER },
    [BEN]: { status: 'rejected', at: LATER },
    [CARL]: { status: 'sent', at: LATER },
  });
  expect((await read()).recipients).toEqual({
    [ANNA]: { status: 'sent', at: LATER, messageId: 'm-1' },
    [BEN]: { status: 'rejected', at: LATER },
  });
});

it('writes all outcomes and the completion at once, and tells one caller only that it completed', async () => {
  const { store, read, delivery: of } = await delivery('conclude');
  await store.claimRecipients(of, [ANNA, BEN], NOW);
  // Another invocation thinks that the owner of the claims is dead.
  const doubtful = { status: 'uncertain', at: NOW } as const;
  expect(await store.concludeRecipients(of, { [ANNA]: doubtful, [BEN]: doubtful }, NOW)).toMatchObject({
    completed: { completedAt: NOW, recipients: { [ANNA]: doubtful, [BEN]: doubtful } },
  });
  const sent = { status: 'sent', at: LATER } as const;
  expect(await store.concludeRecipients(of, { [ANNA]: sent, [BEN]: sent }, LATER)).toEqual({});
  expect(await read()).toMatchObject({ recipients: { [ANNA]: sent, [BEN]: sent }, completedAt: NOW });
});

it('gives back claims only while nothing came of them', async () => {
  const { store, read, delivery: of } = await delivery('release');
  await store.claimRecipients(of, [ANNA, BEN], NOW);
  await store.releaseRecipients(of, [ANNA]);
  expect(await store.claimRecipients(of, [ANNA], NOW)).toEqual([ANNA]);
  const sent = { status: 'sent', at: NOW } as const;
  await store.concludeRecipients(of, { [ANNA]: sent });
  await store.releaseRecipients(of, [ANNA, BEN]);
  expect((await read()).recipients).toEqual({ [ANNA]: sent });
});

it('knows no recipients of a delivery that does not exist', async () => {
  const { store, delivery: of } = await delivery('missing');
  const nowhere = { ...of, occurrence: 9 };
  await expect(store.claimRecipients(nowhere, [ANNA], NOW)).rejects.toThrow('There is no delivery');
  await expect(store.concludeRecipients(nowhere, {}, NOW)).rejects.toThrow('There is no delivery');
});

it('sets the PDF once and tells everyone the same', async () => {
  const { store, delivery: of } = await delivery('pdf');
  const other = { ...PDF, sha256: 'b'.repeat(64) };
  const stands = await Promise.all([PDF, other].map((pdf) => store.recordPdf(of, pdf)));
  expect(stands[0]).toEqual(stands[1]);
});

it('puts the PDF on record with the claim, and claims nobody for another', async () => {
  const { store, read, delivery: of } = await delivery('claimed-with-pdf');
  expect(await store.claimRecipients({ ...of, pdf: PDF }, [ANNA], NOW)).toEqual([ANNA]);
  expect(await read()).toMatchObject({ pdf: PDF, recipients: { [ANNA]: { status: 'sending' } } });
  expect(await store.claimRecipients({ ...of, pdf: PDF }, [ANNA, BEN], NOW)).toEqual([BEN]);
  const other = { ...of, pdf: { ...PDF, sha256: 'b'.repeat(64) } };
  await expect(store.claimRecipients(other, [CARL], NOW)).rejects.toMatchObject({ code: 'document_mismatch' });
  expect(Object.keys((await read()).recipients)).toEqual([ANNA, BEN]);
});

it('has the PDF on record when it completes without a recipient, and the first one stays', async () => {
  const { store, read, delivery: of } = await delivery('nobody');
  await store.concludeRecipients({ ...of, pdf: PDF }, {}, NOW);
  await store.concludeRecipients({ ...of, pdf: { ...PDF, sha256: 'b'.repeat(64) } }, {}, NOW);
  expect(await read()).toMatchObject({ pdf: PDF, completedAt: NOW });
});

it('is read together with its invoice, account and, for a notice, receivable', async () => {
  const { store, stores } = await delivery('together');
  const of = ['together', '2026-12#cycle'] as const;
  const invoice = await stores.invoices.invoice(...of);
  const account = await stores.services.account('together');
  expect(await store.loadForMail(invoiceDelivery(...of))).toEqual({
    delivery: await store.delivery(invoiceDelivery(...of)),
    invoice,
    account,
    receivable: undefined,
  });
  const receivable = await stores.invoices.receivable(...of);
  expect(await store.loadForMail({ ...invoiceDelivery(...of), document: 'reminder-1' })).toEqual({
    delivery: undefined,
    invoice,
    account,
    receivable,
  });
});

it('is found as forgotten work until it is complete', async () => {
  const { stores, store, delivery: of } = await delivery('complete');
  const jobs = () => jobsOf(stores, 'complete');
  const { sellerId, accountId, about } = of;
  const notice = { ...of, document: 'payment-failed', occurrence: 2 } as const;
  expect(await store.beginDelivery(notice)).toBe('written');
  expect(await store.beginDelivery(notice)).toBe('already-done');
  expect(await jobs()).toEqual([
    { queue: 'deliveries', message: { sellerId, accountId, invoiceId: about } },
    { queue: 'notices', message: { sellerId, accountId, about, document: 'payment-failed', occurrence: 2 } },
  ]);
  expect(await store.concludeRecipients(of, {}, LATER)).toMatchObject({ completed: { completedAt: LATER } });
  expect(await store.concludeRecipients(of, {}, LATER)).toEqual({});
  expect(await jobs()).toHaveLength(1);
});

it('of a credit note begins with it, and is found as forgotten work', async () => {
  const { stores } = await delivery('credited');
  const receivable = (await stores.invoices.receivable('credited', '2026-12#cycle'))!;
  const invoice = (await stores.invoices.invoice('credited', '2026-12#cycle'))!;
  const reason = 'error-correction' as const;
  const of = { creditNoteId: 'wrong-phones', reason, explanation: 'x', fingerprint: 'f' };
  const request = { ...of, wish: { kind: 'all' } } as const;
  const decided = { today: '2026-12-01', now: NOW, by: 'finn' };
  const composed = composeCreditNote(invoice, receivable, [], request, decided);
  const { note } = await stores.creditNotes.issueCreditNote({ ...composed, now: NOW });
  const about = creditNoteName(note!);
  const id = { accountId: 'credited', about, document: 'credit-note', occurrence: 1 } as const;
  expect(await stores.deliveries.delivery(id)).toMatchObject({ ...id, createdAt: NOW, recipients: {} });
  expect(await jobsOf(stores, 'credited')).toContainEqual({
    queue: 'notices',
    message: { sellerId: note!.sellerId, ...id },
  });
  const sent = { queue: 'notices', body: JSON.stringify({ sellerId: note!.sellerId, ...id }) } as const;
  expect(parseMessage(sent.queue, sent.body)).toMatchObject(id);
});

/** What the sweep sends again of an account's deliveries, long after. */
async function jobsOf(stores: Stores, accountId: string) {
  const pages = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      stores.work.dueWork('delivery', SELLER.sellerId, shard, '2027-01-01T00:00:00.000Z', 100),
    ),
  );
  return pages
    .flatMap(({ items }) => items.flatMap((work) => work.jobs))
    .filter(({ message }) => 'accountId' in message && message.accountId === accountId);
}

describe('a further sending', () => {
  const asked = (requestId: string): SentAgain => ({
    ...{ askedAt: LATER, askedBy: 'telecom', requestId, recipients: {} },
  });
  const log = (version: number): AgainLog => ({ asked: [{ askedAt: LATER, askedBy: 'telecom' }], version });
  const sent = async (accountId: string) => {
    const world = await delivery(accountId);
    await world.store.claimRecipients(world.delivery, [ANNA], NOW);
    const outcome = { [ANNA]: { status: 'sent', at: NOW, messageId: 'm-1' } } as const;
    await world.store.concludeRecipients(world.delivery, outcome, NOW);
    return { ...world, delivery: await world.read() };
  };

  it('begins once when several ask at the same moment, and only after the last one is over', async () => {
    const { store, read, delivery: of } = await sent('again-once');
    const begun = await Promise.all(['a', 'b', 'c'].map((id) => store.sendAgain(of, asked(id), log(1))));
    expect(begun.sort()).toEqual(['stale', 'stale', 'written']);
    expect(await store.sendAgain(await read(), asked('d'), log(2))).toBe('stale');
    expect((await read()).again).toHaveLength(1);
  });

  it('begins together with its place in the account’s log, so that of two documents at the same moment both are counted', async () => {
    const { store, read, delivery: of } = await sent('again-logged');
    const note = { ...of, document: 'credit-note', about: '2026-12#cycle#note-1', completedAt: NOW } as const;
    await store.beginDelivery(note);
    const begun = await Promise.all([of, note].map((each) => store.sendAgain(each, asked('a'), log(1))));
    expect(begun.sort()).toEqual(['stale', 'written']);
    expect(await store.againLog('again-logged')).toMatchObject(log(1));
    const left = (await read()).again ? note : of;
    expect(await store.sendAgain(left, asked('b'), log(2))).toBe('written');
    expect(await store.againLog('again-logged')).toMatchObject({ version: 2 });
  });

  it('has claims and outcomes of its own, beside those of the one before', async () => {
    const { store, read, delivery: of } = await sent('again-apart');
    await store.sendAgain(of, asked('a'), log(1));
    const second = latestSending(await read());
    expect(await store.claimRecipients(second, [ANNA, BEN], LATER)).toEqual([ANNA, BEN]);
    expect(await store.claimRecipients(second, [ANNA], LATER)).toEqual([]);
    await store.releaseRecipients(second, [BEN]);
    const outcome = { status: 'rejected', at: LATER } as const;
    expect(await store.concludeRecipients(second, { [ANNA]: outcome }, LATER)).toHaveProperty('completed');
    expect(await store.concludeRecipients(second, { [ANNA]: { ...outcome, status: 'sent' } }, LATER)).toEqual({});
    const stored = await read();
    expect(stored.recipients).toEqual(of.recipients);
    expect(stored.completedAt).toBe(NOW);
    expect(stored.again).toMatchObject([{ requestId: 'a', recipients: { [ANNA]: outcome }, completedAt: LATER }]);
  });

  it('is found by the sweep until it is over, and takes the delivery off the list of those that nobody got', async () => {
    const { stores, store, read, delivery: of } = await sent('again-swept');
    await store.noteReach(of, NOW);
    const due = async () => {
      const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
      const pages = await Promise.all(
        shards.map((shard) => stores.work.dueWork('delivery', SELLER.sellerId, shard, '2027-01-01T00:00:00.000Z', 100)),
      );
      return pages
        .flatMap(({ items }) => items.flatMap(({ jobs }) => jobs))
        .filter(({ message }) => 'accountId' in message && message.accountId === 'again-swept');
    };
    const listed = async () =>
      (await stores.feedback.unreached(of.sellerId, 100)).items.filter(({ accountId }) => accountId === 'again-swept');
    expect([(await due()).length, (await listed()).length]).toEqual([0, 1]);
    await store.sendAgain(await read(), asked('a'), log(1));
    expect([(await due()).length, (await listed()).length]).toEqual([1, 0]);
    await store.concludeRecipients(latestSending(await read()), {}, LATER);
    expect(await due()).toEqual([]);
  });
});
