import { describe, expect, it } from 'vitest';
import { reverseWriteOff, writeOff } from '../../../shared/domain/books/write-off.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { receivable, refusedWith } from '../../support/books.ts';

const NOW = '2027-03-31T23:30:00.000Z';
/** The seller's day is not the one in UTC. */
const decided = { by: 'finn', now: NOW, today: '2027-04-01' };
const ZONE = 'Europe/Dublin';

describe('what is due for an invoice is given up', () => {
  it.each<[string, Partial<Receivable>, number | undefined, Partial<Receivable>]>([
    [
      'all of it: nothing is due, and it is paid',
      {},
      undefined,
      { due: 0, writtenOff: 42_10, status: 'paid', paidAt: NOW },
    ],
    ['a part: the rest is still to be paid', {}, 40_00, { due: 2_10, writtenOff: 40_00, status: 'unpaid' }],
    ['the last cent', {}, 42_10, { due: 0, writtenOff: 42_10, status: 'paid' }],
    ['the rest of one paid in part', { due: 5 }, undefined, { due: 0, writtenOff: 5, status: 'paid' }],
    ['another part', { due: 2_10, writtenOff: 40_00 }, 1_00, { due: 1_10, writtenOff: 41_00 }],
    [
      'but not what is contested',
      { due: 10, disputed: 42_00 },
      undefined,
      { due: 0, disputed: 42_00, writtenOff: 10, status: 'unpaid' },
    ],
  ])('%s', (_what, before, amount, after) => {
    const of = receivable(before);
    const { receivables, entry, credits } = writeOff(
      of,
      { reason: 'Lost', ...(amount !== undefined && { amount }) },
      decided,
    );
    expect(receivables).toMatchObject([{ ...after, version: 2 }]);
    expect(entry.postings).toEqual([
      { account: 'write-offs', amount: of.due - after.due! },
      { account: 'receivable', amount: after.due! - of.due },
    ]);
    expect(credits).toEqual([]);
  });

  it.each<[string, Partial<Receivable>, number | undefined, string]>([
    ['nothing is due', { due: 0 }, undefined, 'nothing_due invoiceId'],
    ['more than is due', {}, 42_11, 'amount_exceeds_due amount'],
    [
      'a charge may be taking it',
      { collection: { state: 'processing', attempts: 1 } },
      1,
      'payment_under_way invoiceId',
    ],
  ])('refused: %s', (_what, of, amount, refusal) => {
    const how = { reason: 'Lost', ...(amount !== undefined && { amount }) };
    expect(refusedWith(() => writeOff(receivable(of), how, decided))).toBe(refusal);
  });

  it('is in the books on the seller’s day, with who did it and why, and once for each state of the invoice', () => {
    const { entry } = writeOff(receivable({ version: 7 }), { reason: 'Insolvent' }, decided);
    expect(entry).toMatchObject({
      ...{ entryId: 'write-off#2026-12#cycle#7', date: '2027-04-01', recordedAt: NOW, by: 'finn', reason: 'Insolvent' },
      ...{ sellerId: 'northwind-us', accountId: 'acme', currency: 'USD' },
    });
  });

  it('services that are off stay off, unless finance says otherwise (R39, R130)', () => {
    const how = { reason: 'Lost' };
    expect(writeOff(receivable(), how, decided).leavesServicesOff).toBe(true);
    expect(writeOff(receivable(), { ...how, restoreServices: true }, decided).leavesServicesOff).toBeUndefined();
  });
});

describe('what was given up is due again', () => {
  it('all of it, as if today were the due date: dunning begins anew tomorrow', () => {
    const [lost] = writeOff(receivable(), { reason: 'Lost' }, decided).receivables;
    const { receivables, entry } = reverseWriteOff(lost!, 'Found', decided, ZONE);
    expect(receivables).toMatchObject([
      {
        due: 42_10,
        status: 'unpaid',
        version: 3,
        dunning: { step: 0, since: '2027-04-01', nextAt: '2027-04-01T23:00:00.000Z' },
      },
    ]);
    expect(receivables[0]).not.toHaveProperty('writtenOff');
    expect(receivables[0]).not.toHaveProperty('paidAt');
    expect(entry).toMatchObject({ entryId: 'write-off-reversal#2026-12#cycle#2', reason: 'Found' });
    expect(entry.postings).toEqual([
      { account: 'write-offs', amount: -42_10 },
      { account: 'receivable', amount: 42_10 },
    ]);
  });

  it('a part beside what is due: dunning goes on where it was', () => {
    const of = receivable({ due: 2_10, writtenOff: 40_00, dunning: { step: 3 } });
    expect(reverseWriteOff(of, 'Found', decided, ZONE).receivables).toMatchObject([
      { due: 42_10, dunning: { step: 3 } },
    ]);
  });

  it('refused: nothing was given up', () => {
    expect(refusedWith(() => reverseWriteOff(receivable(), 'x', decided, ZONE))).toBe('nothing_written_off invoiceId');
  });
});
