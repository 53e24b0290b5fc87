import { expect, it } from 'vitest';
import { localTable } from '../support/emulators.ts';
import { accountOf, issue, issueOf, SELLER, storesOver } from './fixtures.ts';

const table = localTable();

it('lists a month by series and number, page by page, unpaid ones only when asked', async () => {
  const stores = storesOver(table(), 2);
  const of = (index: number) =>
    accountOf(`listed-${index}`, { billingStartDate: '2028-05-01', nextBillingDate: '2028-05-01' });
  for (let index = 0; index < 5; index++) await issue(stores, of(index));
  const numbers: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await stores.invoices.receivablesIn(SELLER.sellerId, '2028-05', {}, 2, cursor);
    expect(page.items.length).toBeLessThanOrEqual(2);
    numbers.push(...page.items.map(({ number }) => number));
    cursor = page.cursor;
  } while (cursor);
  expect(numbers).toHaveLength(5);
  expect(numbers).toEqual([...numbers].sort());
  const paid = await stores.invoices.receivablesIn(SELLER.sellerId, '2028-05', { status: 'paid' }, 10);
  expect(paid).toEqual({ items: [] });
  const found = await stores.invoices.byNumber(SELLER.sellerId, numbers[3]!);
  expect(found?.number).toBe(numbers[3]);
  expect(await stores.invoices.byNumber(SELLER.sellerId, 'OTHER-202805A-000001')).toBeUndefined();
});

it('lists an account’s own invoices newest first, and a foreign cursor leads nowhere else', async () => {
  const stores = storesOver(table());
  await issue(stores, accountOf('newest'));
  const january = await issueOf(stores, 'newest');
  await stores.invoices.issueOnce(january);
  const first = await stores.invoices.receivablesOf('newest', 1);
  expect(first.items.map(({ month }) => month)).toEqual(['2027-01']);
  const second = await stores.invoices.receivablesOf('newest', 1, first.cursor);
  expect(second.items.map(({ month }) => month)).toEqual(['2026-12']);
  await issue(stores, accountOf('other-tenant'));
  const foreign = await stores.invoices.receivablesOf('other-tenant', 5, first.cursor);
  expect(foreign.items.every(({ accountId }) => accountId === 'other-tenant')).toBe(true);
});

it.each(['', 'x', 'bm90IGpzb24', Buffer.from('{"partition":-1}').toString('base64url')])(
  'refuses the cursor "%s" as one that was never given out',
  async (cursor) => {
    const reading = storesOver(table()).invoices.receivablesOf('newest', 1, cursor);
    await expect(reading).rejects.toMatchObject({ code: 'invalid_cursor' });
  },
);
