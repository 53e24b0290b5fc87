import { describe, expect, it } from 'vitest';
import { bookPayment, payFromCredit, reversePayment } from '../../shared/domain/books/manual-payment.ts';
import { conclude, opened } from '../../shared/domain/collection-outcome.ts';
import { balanceOf, creditOf, TrialBalance } from '../../shared/domain/ledger.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, attemptAt, issue, issueOf, LATER, NOW, SELLER, type Stores, storesOver } from './fixtures.ts';

const table = localTable();
const decided = { by: 'finn', now: LATER, today: '2026-12-01' };

const paying = (of: Receivable, amount: number, paymentId = 'payment-1') =>
  bookPayment(
    { accountId: of.accountId, sellerId: of.sellerId, currency: 'GBP' },
    [of],
    {
      ...{ paymentId, amount, kind: 'wire', reference: 'R-1', valueDate: '2026-12-01', currency: 'GBP' },
      fingerprint: 'f',
    },
    decided,
  );

/** What must hold whatever happened: the account's balance and credit, and what is due, are the fold of its books. */
async function expectSound(stores: Stores, accountId: string) {
  const journal = await stores.invoices.journal(accountId);
  const account = (await stores.services.account(accountId))!;
  const { items } = await stores.invoices.receivablesOf(accountId, 100);
  const credits = await stores.books.creditsOf(accountId);
  const due = items.reduce((total, receivable) => total + receivable.due, 0);
  expect([account.balance, account.credit ?? 0]).toEqual([balanceOf(journal), creditOf(journal)]);
  expect([due, credits.reduce((total, { remaining }) => total + remaining, 0)]).toEqual([
    account.balance,
    account.credit ?? 0,
  ]);
  return { account, credits, receivables: items };
}

describe('booking a payment', () => {
  it('happens once, however often and at whatever time it is asked for', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('once'));
    const { adjustment } = paying(receivable, 120_00);
    const results = await Promise.all([1, 2, 3].map(() => stores.books.book(adjustment, LATER)));
    expect(results.map(({ result }) => result).sort()).toEqual(['already-done', 'already-done', 'written']);
    const { account, receivables } = await expectSound(stores, 'once');
    expect([account.balance, receivables[0]?.status]).toEqual([0, 'paid']);
  });

  it.each(['while its services are off', 'while they are being cut off'])(
    'gives an account its services back once, when nothing is owed any more: %s (R39)',
    async (when) => {
      const stores = storesOver(table());
      const accountId = `reactivated-${when.length}`;
      const { receivable } = await issue(stores, accountOf(accountId));
      const { number } = await stores.services.requestSuspension((await stores.services.account(accountId))!, NOW);
      if (when.includes('are off')) await stores.services.confirmServices(accountId, number!, 'suspend', NOW);
      const part = paying(receivable, 119_99);
      expect(await stores.books.book(part.adjustment, LATER)).toEqual({ result: 'written' });
      const rest = paying(part.adjustment.receivables[0]!, 1, 'payment-2');
      expect(await stores.books.book(rest.adjustment, LATER)).toEqual({ result: 'written', reactivation: number });
      expect(await stores.books.book(rest.adjustment, LATER)).toEqual({ result: 'already-done', reactivation: number });
      expect((await expectSound(stores, accountId)).account.services.status).toBe('reactivating');
    },
  );

  it('and an attempt to charge at the same time: one of them finds the invoice moved, and nothing is collected twice', async () => {
    const stores = storesOver(table());
    for (let round = 0; round < 8; round++) {
      const accountId = `race-${round}`;
      const { receivable } = await issue(stores, accountOf(accountId));
      const [booked, begun] = await Promise.all([
        stores.books.book(paying(receivable, 120_00).adjustment, LATER),
        stores.collections.beginAttempt(receivable, attemptAt(receivable), LATER),
      ]);
      expect([booked.result, begun].filter((result) => result === 'written')).toHaveLength(1);
      await expectSound(stores, accountId);
    }
  });

  it('what a charge took that was not due any more when it went through is the customer’s credit', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('both'));
    const attempt = attemptAt(receivable);
    const open = opened(receivable, attempt, LATER);
    await stores.collections.beginAttempt(receivable, attempt, LATER);
    // As only a fault could do it: the invoice is paid by other means although a charge is under way.
    const idle = { ...open, collection: { ...open.collection, state: 'idle' as const } };
    await stores.books.book(paying(idle, 100_00).adjustment, LATER);
    const now = (await stores.invoices.receivable('both', receivable.invoiceId))!;
    const outcome = { kind: 'succeeded', chargeId: 'ch_1', amount: 120_00 } as const;
    const conclusion = conclude(now, attempt, [], outcome, LATER, 'UTC');
    if (!conclusion.final) throw new Error('still open');
    expect(await stores.collections.concludeAttempt({ ...conclusion, receivable: now, now: LATER })).toMatchObject({
      result: 'written',
    });
    const { account, credits } = await expectSound(stores, 'both');
    expect([account.balance, account.credit]).toEqual([0, 100_00]);
    expect(credits.find(({ source }) => source.kind === 'overcollected')).toMatchObject({ remaining: 100_00 });
  });
});

describe('credit', () => {
  it('that arrived before an invoice pays it, once, and a reversal undoes both', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('credit'));
    const { adjustment } = paying(receivable, 150_00);
    await stores.books.book(adjustment, LATER);
    const { invoice } = await stores.invoices.issueOnce(await issueOf(stores, 'credit'));
    expect(invoice?.credit).toBe(30_00);
    const next = (await stores.invoices.receivable('credit', invoice!.invoiceId))!;
    expect(next.collection.nextAt).toBe(NOW);
    const use = payFromCredit(next, await stores.books.creditsOf('credit'), decided)!;
    const used = await Promise.all([1, 2].map(() => stores.books.book(use, LATER)));
    expect(used.map(({ result }) => result).sort()).toEqual(['already-done', 'written']);
    const { account, credits, receivables } = await expectSound(stores, 'credit');
    expect([account.balance, account.credit]).toEqual([next.due - 30_00, 0]);
    const undone = reversePayment(credits[0]!, receivables, 'bounced', decided, SELLER.timeZone);
    expect(await stores.books.book(undone, LATER)).toEqual({ result: 'written' });
    expect((await expectSound(stores, 'credit')).account.balance).toBe(receivable.total + next.total);
  });

  it('two invoices at once cannot use the same credit', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('shared'));
    await stores.books.book(paying(receivable, 130_00).adjustment, LATER);
    const invoices: Receivable[] = [];
    for (let month = 0; month < 2; month++) {
      const { invoice } = await stores.invoices.issueOnce(await issueOf(stores, 'shared'));
      invoices.push((await stores.invoices.receivable('shared', invoice!.invoiceId))!);
    }
    const credits = await stores.books.creditsOf('shared');
    const results = await Promise.all(
      invoices.map((each) => stores.books.book(payFromCredit(each, credits, decided)!, LATER)),
    );
    expect(results.map(({ result }) => result).sort()).toEqual(['stale', 'written']);
    expect((await expectSound(stores, 'shared')).account.credit).toBe(0);
  });

  it('that changed since an account was read refuses every change made from the old one', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('stale-credit'));
    await stores.books.book(paying(receivable, 120_00).adjustment, LATER);
    const before = (await stores.services.account('stale-credit'))!;
    const issuing = await issueOf(stores, 'stale-credit');
    const onlyCredit = paying({ ...receivable, due: 0 }, 5_00, 'payment-2');
    await stores.books.book(onlyCredit.adjustment, LATER);
    expect(await stores.accounts.updateAccount({ ...before, version: before.version + 1 })).toBe('stale');
    expect((await stores.invoices.issueOnce(issuing)).result).toBe('stale');
    expect((await expectSound(stores, 'stale-credit')).account.credit).toBe(5_00);
  });
});

it('a seller’s day adds up to zero, whoever its customers are', async () => {
  const stores = storesOver(table());
  const date = '2026-12-01';
  const trial = new TrialBalance();
  for await (const entry of stores.ledgers.entriesOn(SELLER.sellerId, date)) trial.add(entry);
  expect(trial.entries).toBeGreaterThan(20);
  expect(trial.accounts.reduce((total, { balance }) => total + balance, 0)).toBe(0);
  expect(trial.accounts.map(({ account }) => account)).toEqual(
    expect.arrayContaining(['cash', 'customer-credit', 'processor-clearing', 'receivable', 'revenue', 'tax:VAT:GB']),
  );
});
