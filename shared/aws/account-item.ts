import type { Account } from '../domain/account.ts';
import { shardOf } from '../domain/run.ts';
import { accountKey, billKey, type WorkKey } from './keys.ts';
import type { Item, ShardsOf } from './table.ts';

/** An account's place in the index of accounts by the date whose invoice is next. It always has one. */
export const billingWork = (account: Account, nextBillingDate: string, shardsOf: ShardsOf): WorkKey =>
  billKey(account.sellerId, shardOf(account.accountId, shardsOf(account.sellerId)), nextBillingDate, account.accountId);

export const accountItem = (account: Account, shardsOf: ShardsOf): Item => ({
  ...accountKey(account.accountId),
  ...account,
  ...billingWork(account, account.nextBillingDate, shardsOf),
});
