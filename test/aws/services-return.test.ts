import { describe, expect, it } from 'vitest';
import { bookPayment } from '../../shared/domain/books/manual-payment.ts';
import { writeOff } from '../../shared/domain/books/write-off.ts';
import { conclude, opened } from '../../shared/domain/collection-outcome.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, attemptAt, issue, issueOf, NOW, SELLER, type Stores, storesOver } from './fixtures.ts';

const table = localTable();
/** December's and January's invoices are due on the 16th of their month; February's is not due yet. */
const TODAY = '2027-02-01T10:00:00.000Z';
const decided = { by: 'finn', now: TODAY, today: '2027-02-01' };

const stores = (servicesReturn?: 'nothing-unpaid' | 'nothing-overdue') =>
  storesOver(table(), 1, { ...SELLER.dunning, ...(servicesReturn && { servicesReturn }) });

/** An account whose services are off, with the invoices of December, January and February of 120.00 each. */
async function suspended(by: Stores, accountId: string): Promise<[Receivable, Receivable, Receivable]> {
  await issue(by, accountOf(accountId));
  for (const _month of ['2027-01', '2027-02']) await by.invoices.issueOnce(await issueOf(by, accountId));
  const { number } = await by.services.requestSuspension((await by.services.account(accountId))!, NOW);
  await by.services.confirmServices(accountId, number!, 'suspend', NOW);
  const months = ['2026-12', '2027-01', '2027-02'].map((month) => by.invoices.receivable(accountId, `${month}#cycle`));
  return (await Promise.all(months)) as [Receivable, Receivable, Receivable];
}

const paying = (of: readonly Receivable[], amount: number, paymentId: string) =>
  bookPayment(
    { accountId: of[0]!.accountId, sellerId: SELLER.sellerId, currency: 'GBP' },
    of,
    {
      ...{ paymentId, amount, kind: 'wire', reference: paymentId, valueDate: '2027-02-01', currency: 'GBP' },
      fingerprint: 'f',
    },
    decided,
  ).adjustment;

/** A charge of all that is due, which went through. */
async function charged(by: Stores, receivable: Receivable) {
  const attempt = attemptAt(receivable);
  await by.collections.beginAttempt(receivable, attempt, TODAY);
  const open = opened(receivable, attempt, TODAY);
  const outcome = { kind: 'succeeded', chargeId: `ch_${receivable.invoiceId}`, amount: receivable.due } as const;
  const concluded = conclude(open, attempt, [], outcome, TODAY, 'UTC');
  if (!concluded.final) throw new Error('still open');
  return { receivable: open, now: TODAY, next: concluded.next, attempt: concluded.attempt, entry: concluded.entry };
}

const servicesOf = async (by: Stores, accountId: string) => (await by.services.account(accountId))!.services.status;

describe('services that are off, of a seller that gives them back when nothing is overdue (C8)', () => {
  it('come back by the wire that pays what is overdue, though an invoice is open that is not due yet', async () => {
    const by = stores('nothing-overdue');
    const [december, january] = await suspended(by, 'by-wire');
    expect(await by.books.book(paying([december], 120_00, 'w-1'), TODAY)).toEqual({ result: 'written' });
    expect(await by.books.book(paying([january], 119_99, 'w-2'), TODAY)).toEqual({ result: 'written' });
    expect(await servicesOf(by, 'by-wire')).toBe('suspended');
    const rest = (await by.invoices.receivable('by-wire', january.invoiceId))!;
    const last = paying([rest], 1, 'w-3');
    expect(await by.books.book(last, TODAY)).toEqual({ result: 'written', reactivation: 1 });
    expect(await by.books.book(last, TODAY)).toEqual({ result: 'already-done', reactivation: 1 });
    expect(await by.services.account('by-wire')).toMatchObject({
      balance: 120_00,
      services: { status: 'reactivating' },
    });
  });

  it('come back once when the last two overdue invoices are charged at the same time', async () => {
    for (let round = 0; round < 6; round++) {
      const by = stores('nothing-overdue');
      const id = `race-${round}`;
      const [december, january] = await suspended(by, id);
      const conclusions = [await charged(by, december), await charged(by, january)];
      const reports = [...conclusions, ...conclusions];
      const results = await Promise.all(
        reports.map((report) => stores('nothing-overdue').collections.concludeAttempt(report)),
      );
      expect(results.filter(({ result }) => result === 'written')).toHaveLength(2);
      expect(results.filter(({ result, reactivation }) => result === 'written' && reactivation === 1)).toHaveLength(1);
      expect(await servicesOf(by, id)).toBe('reactivating');
    }
  });

  it('stay off by a payment of what is not due yet', async () => {
    const by = stores('nothing-overdue');
    const [, , february] = await suspended(by, 'wrong-one');
    expect(await by.books.book(paying([february], 120_00, 'w-1'), TODAY)).toEqual({ result: 'written' });
    expect(await servicesOf(by, 'wrong-one')).toBe('suspended');
  });

  it('stay off where what is overdue is given up as lost: they come back to who pays', async () => {
    const by = stores('nothing-overdue');
    const [december, january] = await suspended(by, 'given-up');
    await by.books.book(paying([december], 120_00, 'w-1'), TODAY);
    const lost = writeOff(january, { reason: 'Insolvent' }, decided);
    expect(await by.books.book(lost, TODAY)).toEqual({ result: 'written' });
    expect(await servicesOf(by, 'given-up')).toBe('suspended');
  });

  it.each([undefined, 'nothing-unpaid'] as const)(
    'and of any other (%s) wait for the balance of 0.00 (R39)',
    async (policy) => {
      const by = stores(policy);
      const id = `strict-${policy}`;
      const [december, january, february] = await suspended(by, id);
      expect(await by.books.book(paying([december, january], 240_00, 'w-1'), TODAY)).toEqual({ result: 'written' });
      expect(await by.books.book(paying([february], 119_99, 'w-2'), TODAY)).toEqual({ result: 'written' });
      const rest = (await by.invoices.receivable(id, february.invoiceId))!;
      expect(await by.books.book(paying([rest], 1, 'w-3'), TODAY)).toEqual({ result: 'written', reactivation: 1 });
    },
  );
});
