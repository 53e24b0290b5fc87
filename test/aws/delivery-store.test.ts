import { expect, it } from 'vitest';
import { localTable } from '../support/emulators.ts';
import { accountOf, issue, LATER, NOW, storesOver } from './fixtures.ts';

const table = localTable();
const PDF = { key: 'invoices/northwind-uk/2026-12/N-1.pdf', sha256: 'a'.repeat(64) };

async function delivery(accountId: string) {
  const stores = storesOver(table());
  await issue(stores, accountOf(accountId));
  const read = async () => (await stores.deliveries.delivery(accountId, '2026-12#cycle', 'invoice', 1))!;
  return { stores, store: stores.deliveries, read, delivery: await read() };
}

it('lets exactly one of many claim a recipient, whatever the case of its letters', async () => {
  const { store, delivery: of } = await delivery('claim');
  const emails = ['Anna@acme.example', 'anna@acme.example', 'ANNA@ACME.EXAMPLE'];
  const claims = await Promise.all(emails.map((email) => store.claimRecipient(of, email, NOW)));
  expect(claims.sort()).toEqual(['already-done', 'already-done', 'written']);
  expect(await store.claimRecipient(of, 'ben@acme.example', NOW)).toBe('written');
});

it('keeps the first final outcome of a recipient; only a doubtful one gives way', async () => {
  const { store, read, delivery: of } = await delivery('outcome');
  await store.claimRecipient(of, 'anna@acme.example', NOW);
  await store.concludeRecipient(of, 'anna@acme.example', { status: 'uncertain', at: NOW });
  await store.concludeRecipient(of, 'anna@acme.example', { status: 'sent', at: LATER, messageId: 'm-1' });
  await store.concludeRecipient(of, 'anna@acme.example', { status: 'uncertain', at: LATER });
  await store.concludeRecipient(of, 'never-claimed@acme.example', { status: 'sent', at: LATER });
  expect((await read()).recipients).toEqual({ 'anna@acme.example': { status: 'sent', at: LATER, messageId: 'm-1' } });
});

it('gives back a claim only while nothing came of it', async () => {
  const { store, delivery: of } = await delivery('release');
  await store.claimRecipient(of, 'anna@acme.example', NOW);
  await store.releaseRecipient(of, 'anna@acme.example');
  expect(await store.claimRecipient(of, 'anna@acme.example', NOW)).toBe('written');
  await store.concludeRecipient(of, 'anna@acme.example', { status: 'sent', at: NOW });
  await store.releaseRecipient(of, 'anna@acme.example');
  expect(await store.claimRecipient(of, 'anna@acme.example', NOW)).toBe('already-done');
});

it('sets the PDF once and tells everyone the same', async () => {
  const { store, delivery: of } = await delivery('pdf');
  const other = { ...PDF, sha256: 'b'.repeat(64) };
  const stands = await Promise.all([PDF, other].map((pdf) => store.recordPdf(of, pdf)));
  expect(stands[0]).toEqual(stands[1]);
});

it('is found as forgotten work until it is complete', async () => {
  const { stores, store, delivery: of } = await delivery('complete');
  const jobs = async () => {
    const pages = await Promise.all(
      [0, 1].map((shard) => stores.work.dueWork('delivery', of.sellerId, shard, '2027-01-01T00:00:00.000Z', 100)),
    );
    return pages
      .flatMap(({ items }) => items.flatMap((work) => work.jobs))
      .filter(({ message }) => 'accountId' in message && message.accountId === 'complete');
  };
  const message = { sellerId: of.sellerId, accountId: 'complete', invoiceId: '2026-12#cycle' };
  const notice = { ...of, document: 'payment-failed', occurrence: 2 } as const;
  expect(await store.beginDelivery(notice)).toBe('written');
  expect(await store.beginDelivery(notice)).toBe('already-done');
  expect(await jobs()).toEqual([
    { queue: 'deliveries', message },
    { queue: 'notices', message: { ...message, document: 'payment-failed', occurrence: 2 } },
  ]);
  expect(await store.completeDelivery(of, LATER)).toBe('written');
  expect(await store.completeDelivery(of, LATER)).toBe('already-done');
  expect(await jobs()).toHaveLength(1);
});
