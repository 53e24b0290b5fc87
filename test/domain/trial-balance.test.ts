import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  balanceOf,
  creditOf,
  type JournalEntry,
  type LedgerAccount,
  TrialBalance,
} from '../../shared/domain/ledger.ts';

const entry = (entryId: string, postings: readonly (readonly [LedgerAccount, number])[]): JournalEntry => ({
  entryId,
  accountId: 'acme',
  sellerId: 'northwind-us',
  date: '2026-12-01',
  recordedAt: '2026-12-01T06:00:00.000Z',
  currency: 'USD',
  postings: postings.map(([account, amount]) => ({ account, amount })),
});
const ACCOUNTS: readonly LedgerAccount[] = [
  'receivable',
  'disputes',
  'customer-credit',
  'revenue',
  'cash',
  'tax:GST:CA-ON',
];

/** Any postings, and one more that balances them. */
const entries = fc.array(
  fc
    .array(fc.tuple(fc.constantFrom(...ACCOUNTS), fc.integer({ min: -1_000_00, max: 1_000_00 })), { maxLength: 5 })
    .map((some) => [...some, ['write-offs', -some.reduce((total, [, amount]) => total + amount, 0)] as const]),
  { maxLength: 20 },
);

describe('a trial balance', () => {
  it('adds up to zero, and each balance is debits less credits and the fold of the journal', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const journal = all.map((postings, index) => entry(String(index), postings));
        const trial = new TrialBalance();
        for (const each of journal) trial.add(each);
        const { accounts } = trial;
        expect(trial.entries).toBe(journal.length);
        expect(accounts.reduce((total, { balance }) => total + balance, 0)).toBe(0);
        for (const { debits, credits, balance } of accounts) expect(balance).toBe(debits - credits);
        const of = (name: LedgerAccount) => accounts.find(({ account }) => account === name)?.balance ?? 0;
        expect(of('receivable')).toBe(balanceOf(journal));
        expect(0 - of('customer-credit')).toBe(0 + creditOf(journal));
      }),
    );
  });

  it('does not depend on the order of the entries', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const journal = all.map((postings, index) => entry(String(index), postings));
        const [forwards, backwards] = [new TrialBalance(), new TrialBalance()];
        for (const each of journal) forwards.add(each);
        for (const each of journal.toReversed()) backwards.add(each);
        expect(backwards.accounts).toEqual(forwards.accounts);
      }),
    );
  });

  it('keeps currencies apart', () => {
    const trial = new TrialBalance();
    trial.add(
      entry('usd', [
        ['cash', 5],
        ['receivable', -5],
      ]),
    );
    trial.add({
      ...entry('eur', [
        ['cash', 7],
        ['receivable', -7],
      ]),
      currency: 'EUR',
    });
    expect(trial.accounts.map(({ currency, account, balance }) => [currency, account, balance])).toEqual([
      ['EUR', 'cash', 7],
      ['EUR', 'receivable', -7],
      ['USD', 'cash', 5],
      ['USD', 'receivable', -5],
    ]);
  });

  it('refuses an entry that is off by a cent', () => {
    const trial = new TrialBalance();
    expect(() =>
      trial.add(
        entry('off', [
          ['cash', 5],
          ['receivable', -4],
        ]),
      ),
    ).toThrow('off is off by 1');
  });
});
