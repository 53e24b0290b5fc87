import { describe, expect, it } from 'vitest';
import { methodKey } from '../../shared/aws/keys.ts';
import { update } from '../../shared/aws/table.ts';
import { conclude, opened } from '../../shared/domain/collection-outcome.ts';
import { balanceOf } from '../../shared/domain/ledger.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import type { PaymentOutcome, Receivable } from '../../shared/domain/receivable.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, attemptAt, issue, issueOf, LATER, METHOD, NOW, type Stores, storesOver } from './fixtures.ts';

const table = localTable();
const PAID: PaymentOutcome = { kind: 'succeeded', chargeId: 'ch_1', amount: 12000 };

/** Opens an attempt and returns what its successful end is to be written with. */
async function attempted(stores: Stores, receivable: Receivable, outcome: PaymentOutcome = PAID) {
  const attempt = attemptAt(receivable, receivable.collection.attempts + 1);
  expect(await stores.collections.beginAttempt(receivable, attempt, LATER)).toBe('written');
  const open = opened(receivable, attempt, LATER);
  const concluded = conclude(open, attempt, [], outcome, LATER, 'UTC');
  if (!concluded.final) throw new Error('still open');
  return { receivable: open, now: LATER, next: concluded.next, attempt: concluded.attempt, entry: concluded.entry };
}

/** An account whose services were cut off, with one invoice of 120.00 open. */
async function suspended(stores: Stores, accountId: string, confirmed = true) {
  const { receivable } = await issue(stores, accountOf(accountId));
  const account = (await stores.services.account(accountId))!;
  const { number } = await stores.services.requestSuspension(account, NOW);
  if (confirmed) await stores.services.confirmServices(accountId, number!, 'suspend', NOW);
  return receivable;
}

describe('the turn of an account’s attempts', () => {
  const AT = '2026-12-01T05:15:00.000Z';

  it('is one attempt’s at a time, until it gives it back or its time is over', async () => {
    const { takeTurn, giveTurnBack } = storesOver(table()).collections;
    const first = await Promise.all(['a', 'b', 'c'].map((key) => takeTurn('turns', key, AT, NOW)));
    expect(first.toSorted()).toEqual(['busy', 'busy', 'taken']);
    const [holder, other] = first[0] === 'taken' ? ['a', 'b'] : [first[1] === 'taken' ? 'b' : 'c', 'a'];
    expect(await takeTurn('turns', holder, AT, NOW)).toBe('taken');
    await giveTurnBack('turns', other);
    expect(await takeTurn('turns', other, AT, NOW)).toBe('busy');
    await giveTurnBack('turns', holder);
    await giveTurnBack('turns', holder);
    expect(await takeTurn('turns', other, AT, NOW)).toBe('taken');
    expect(await takeTurn('turns', holder, LATER, AT)).toBe('taken');
  });
});

describe('an attempt', () => {
  it('is not begun when its instrument was declined since it was read', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('debit-back'));
    const attempt = attemptAt(receivable);
    const begin = (unchanged: PaymentMethod) => stores.collections.beginAttempt(receivable, attempt, LATER, unchanged);
    const declined = { ...METHOD, declines: [{ at: NOW, code: 'insufficient_funds' }] };
    expect(await begin(declined)).toBe('stale');
    await update(table(), {
      Key: methodKey('debit-back', METHOD.methodId),
      UpdateExpression: 'SET declines = :declines',
      ExpressionAttributeValues: { ':declines': declined.declines },
    });
    expect(await begin(METHOD)).toBe('stale');
    expect(await stores.collections.attempts('debit-back')).toEqual([]);
    expect(await begin(declined)).toBe('written');
  });

  it('is opened once, and only on the receivable that was read', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('open-once'));
    const attempt = attemptAt(receivable);
    const results = await Promise.all([1, 2, 3].map(() => stores.collections.beginAttempt(receivable, attempt, LATER)));
    expect(results.sort()).toEqual(['already-done', 'already-done', 'written']);
    expect(await stores.collections.beginAttempt(receivable, attemptAt(receivable, 2), LATER)).toBe('stale');
    expect(await stores.collections.attempts('open-once', receivable.invoiceId)).toEqual([attempt]);
    const stored = await stores.invoices.receivable('open-once', receivable.invoiceId);
    expect(stored).toEqual(opened(receivable, attempt, LATER));
  });

  it('keeps the invoice’s first payment intent for ever', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('intent'));
    expect(await stores.collections.rememberIntent(receivable, 'pi_1')).toBe('written');
    expect(await stores.collections.rememberIntent(receivable, 'pi_1')).toBe('already-done');
    expect(await stores.collections.rememberIntent(receivable, 'pi_2')).toBe('stale');
    const stored = (await stores.invoices.receivable('intent', receivable.invoiceId))!;
    expect(stored).toMatchObject({ version: 2, collection: { intentId: 'pi_1' } });
    expect(await stores.collections.rememberIntent(stored, 'pi_2')).toBe('stale');
  });

  it('is concluded once: the money is booked once however often it is reported', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('conclude-once'));
    const conclusion = await attempted(stores, receivable);
    const results = await Promise.all(
      [1, 2, 3, 4].map(() => storesOver(table()).collections.concludeAttempt(conclusion)),
    );
    expect(results.filter(({ result }) => result === 'written')).toHaveLength(1);
    expect(await stores.collections.concludeAttempt(conclusion)).toEqual({ result: 'already-done' });
    expect(balanceOf(await stores.invoices.journal('conclude-once'))).toBe(0);
    expect((await stores.services.account('conclude-once'))?.balance).toBe(0);
    expect(await stores.invoices.receivable('conclude-once', receivable.invoiceId)).toMatchObject({
      status: 'paid',
      due: 0,
      version: 3,
    });
    expect(await stores.collections.attempts('conclude-once', receivable.invoiceId)).toMatchObject([
      { outcome: PAID, finishedAt: LATER },
    ]);
  });

  it('that was declined moves no money and leaves the account alone', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('declined'));
    const conclusion = await attempted(stores, receivable, {
      kind: 'declined',
      hard: false,
      code: 'insufficient_funds',
    });
    expect(await stores.collections.concludeAttempt(conclusion)).toEqual({ result: 'written' });
    expect((await stores.services.account('declined'))?.balance).toBe(12000);
    expect((await stores.invoices.journal('declined')).map(({ entryId }) => entryId)).toEqual([
      'invoice#2026-12#cycle',
    ]);
  });

  it('whose receivable moved meanwhile is stale, and nothing is written', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('moved'));
    const conclusion = await attempted(stores, receivable);
    const { receivable: open } = conclusion;
    expect(await stores.collections.updateReceivable({ ...open, version: open.version + 1 })).toBe('written');
    expect(await stores.collections.updateReceivable({ ...open, version: open.version + 1 })).toBe('stale');
    expect(await stores.collections.concludeAttempt(conclusion)).toEqual({ result: 'stale' });
    expect((await stores.services.account('moved'))?.balance).toBe(12000);
  });

  it('that was never begun cannot be concluded', async () => {
    const stores = storesOver(table());
    const { receivable } = await issue(stores, accountOf('never-begun'));
    const attempt = attemptAt(receivable);
    const concluding = stores.collections.concludeAttempt({
      receivable,
      next: { ...receivable, version: 2 },
      attempt,
      now: LATER,
    });
    await expect(concluding).rejects.toThrow('No attempt 1');
  });
});

describe('paying', () => {
  it.each([
    ['suspended', true],
    ['still being suspended', false],
  ])(
    'reactivates an account that is %s exactly once, when the last of two invoices is paid',
    async (state, confirmed) => {
      const stores = storesOver(table());
      const id = `reactivated-${confirmed}`;
      const first = await suspended(stores, id, confirmed);
      await stores.invoices.issueOnce(await issueOf(stores, id));
      const second = (await stores.invoices.receivable(id, '2027-01#cycle'))!;
      const conclusions = [await attempted(stores, first), await attempted(stores, second)];
      // Each is reported three times at once, by processes of their own.
      const reports = [...conclusions, ...conclusions, ...conclusions];
      const results = await Promise.all(
        reports.map((report) => storesOver(table()).collections.concludeAttempt(report)),
      );
      expect(results.filter(({ result }) => result === 'written')).toHaveLength(2);
      expect(
        results.filter(({ result, reactivation }) => result === 'written' && reactivation === 1),
        state,
      ).toHaveLength(1);
      expect(await stores.services.account(id)).toMatchObject({
        balance: 0,
        services: { status: 'reactivating', number: 1 },
      });
      expect(balanceOf(await stores.invoices.journal(id))).toBe(0);
    },
  );

  it('tells of a reactivation again until provisioning has confirmed it, and not afterwards', async () => {
    const stores = storesOver(table());
    const conclusion = await attempted(stores, await suspended(stores, 'told-again'));
    expect(await stores.collections.concludeAttempt(conclusion)).toEqual({ result: 'written', reactivation: 1 });
    expect(await stores.collections.concludeAttempt(conclusion)).toEqual({ result: 'already-done', reactivation: 1 });
    expect(await stores.services.confirmServices('told-again', 1, 'reactivate', LATER)).toBe('written');
    expect(await stores.collections.concludeAttempt(conclusion)).toEqual({ result: 'already-done' });
  });

  it('only a part leaves suspended services off', async () => {
    const stores = storesOver(table());
    const receivable = await suspended(stores, 'part');
    const conclusion = await attempted(stores, receivable, { ...PAID, amount: 11999 });
    expect(await stores.collections.concludeAttempt(conclusion)).toEqual({ result: 'written' });
    expect(await stores.services.account('part')).toMatchObject({
      balance: 1,
      services: { status: 'suspended', number: 1 },
    });
  });
});

describe('services', () => {
  it('are suspended once per number, and not when nothing is owed', async () => {
    const stores = storesOver(table());
    await issue(stores, accountOf('suspend-once'));
    const account = (await stores.services.account('suspend-once'))!;
    const results = await Promise.all([1, 2, 3].map(() => stores.services.requestSuspension(account, NOW)));
    expect(results.map(({ result }) => result).sort()).toEqual(['already-done', 'already-done', 'written']);
    expect(results.every(({ number }) => number === 1)).toBe(true);
    await stores.accounts.createAccount({ account: accountOf('owes-nothing'), subscriptions: [], methods: [] });
    expect(await stores.services.requestSuspension(accountOf('owes-nothing'), NOW)).toEqual({ result: 'stale' });
  });

  it('that moved on forget the change that is no longer asked for', async () => {
    const stores = storesOver(table());
    const sellerId = 'northwind-services';
    await issue(stores, accountOf('moved-on', { sellerId }));
    await stores.services.requestSuspension((await stores.services.account('moved-on'))!, NOW);
    const shards = [0, 1];
    const pending = async () =>
      (
        await Promise.all(
          shards.map((shard) => stores.work.dueWork('service', sellerId, shard, '2027-01-01T00:00:00.000Z', 10)),
        )
      ).flatMap(({ items }) => items.flatMap(({ jobs }) => jobs));
    expect(await pending()).toEqual([
      { queue: 'services', message: { sellerId, accountId: 'moved-on', number: 1, action: 'suspend' } },
    ]);
    expect(await stores.services.confirmServices('moved-on', 1, 'suspend', NOW)).toBe('written');
    expect(await stores.services.confirmServices('moved-on', 1, 'suspend', NOW)).toBe('already-done');
    expect(await pending()).toEqual([]);
  });
});
