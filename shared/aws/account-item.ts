import type { Account, HandOver } from '../domain/account.ts';
import { shardOf } from '../domain/run.ts';
import { accountKey, billKey, handedOverListPk, type WorkKey } from './keys.ts';
import type { Item, ShardsOf } from './table.ts';

/** An account's place in the index of accounts by the date whose invoice is next. It always has one. */
export const billingWork = (account: Account, nextBillingDate: string, shardsOf: ShardsOf): WorkKey =>
  billKey(account.sellerId, shardOf(account.accountId, shardsOf(account.sellerId)), nextBillingDate, account.accountId);

export const accountItem = (account: Account, shardsOf: ShardsOf): Item => ({
  ...accountKey(account.accountId),
  ...account,
  ...billingWork(account, account.nextBillingDate, shardsOf),
  ...(account.handedOver && handedOverListing(account, account.handedOver)),
});

/** An account's place in the listing of those that Accounts Receivable has taken over. */
export const handedOverListing = (
  { sellerId, accountId }: Pick<Account, 'sellerId' | 'accountId'>,
  { since }: HandOver,
) => ({ listPk: handedOverListPk(sellerId), listSk: `${since}#${accountId}` });

/** That it is, or is not, with Accounts Receivable as it was read. */
export const handOverUnchanged = ({ handedOver }: Pick<Account, 'handedOver'>) =>
  handedOver
    ? { condition: 'handedOver.since = :since', values: { ':since': handedOver.since } }
    : { condition: 'attribute_not_exists(handedOver)', values: {} };
