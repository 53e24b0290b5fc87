import type { Account } from '../domain/account.ts';
import { type Adjustment, type Left, restoresServices } from '../domain/books/adjustment.ts';
import type { Credit } from '../domain/books/credit.ts';
import { balanceOf, creditOf, type JournalEntry } from '../domain/ledger.ts';
import { journalItem } from './journal-item.ts';
import { accountKey, creditKey } from './keys.ts';
import { pendingChange } from './service-store.ts';
import { read, type ShardsOf, type Table, type TransactItem } from './table.ts';

/** What the books keep on the account itself. */
export type Standing = Pick<Account, 'balance' | 'services' | 'credit'>;

/** Throws where there is no such account. */
export async function standingOf(table: Table, accountId: string): Promise<Standing> {
  const account = await read<Standing>(table, accountKey(accountId), ['balance', 'services', 'credit']);
  if (!account) throw new Error(`There is no account ${accountId}`);
  return account;
}

/** The message about a reactivation may have been lost with whoever caused it, until provisioning has confirmed it. */
export const pendingReactivation = ({ services }: Standing): { reactivation?: number } =>
  services.status === 'reactivating' ? { reactivation: services.number } : {};

/**
 * Two writes and sometimes a third: the entry, which must be new; the account's balance and credit, if they still are as
 * they were read; and services that are off come back when nothing is owed any more (R39) or, where the seller wants it so,
 * nothing overdue (C8), in the same transaction, unless the adjustment says otherwise.
 */
export function bookWrites(
  entry: JournalEntry,
  account: Standing,
  now: string,
  shardsOf: ShardsOf,
  of: Pick<Adjustment, 'leavesServicesOff'> & Pick<Left, 'nothingOverdue'>,
) {
  const { number } = account.services;
  const balance = account.balance + balanceOf([entry]);
  const credited = creditOf([entry]);
  const reactivates = restoresServices({ ...of, balance }, account.services, of);
  const services = reactivates ? { status: 'reactivating', number } : account.services;
  const unchanged = creditUnchanged(account);
  const writes: TransactItem[] = [
    { Put: { Item: journalItem(entry, shardsOf), ConditionExpression: 'attribute_not_exists(pk)' } },
    {
      Update: {
        Key: accountKey(entry.accountId),
        // Who owes nothing is no longer with Accounts Receivable.
        UpdateExpression: `SET balance = :balance, services = :services${credited === 0 ? '' : ', credit = :newCredit'}${balance === 0 ? ' REMOVE handedOver, listPk, listSk' : ''}`,
        ConditionExpression: `balance = :due AND services = :known AND ${unchanged.condition}`,
        ExpressionAttributeValues: {
          ':balance': balance,
          ':services': services,
          ...(credited !== 0 && { ':newCredit': (account.credit ?? 0) + credited }),
          ':due': account.balance,
          ':known': account.services,
          ...unchanged.values,
        },
      },
    },
    ...(reactivates ? [pendingChange(entry, { number, action: 'reactivate' }, now, shardsOf)] : []),
  ];
  return { writes, reactivation: reactivates ? { reactivation: number } : {} };
}

/** That an account's credit is as it was read; accounts that never had any have no such attribute. */
export const creditUnchanged = ({ credit = 0 }: Pick<Account, 'credit'>) =>
  ({
    condition: credit === 0 ? '(attribute_not_exists(credit) OR credit = :credit)' : 'credit = :credit',
    values: { ':credit': credit },
  }) as const;

/** A credit over the one whose version is one below. */
export function creditWrite(next: Credit): TransactItem {
  const Item = { ...creditKey(next.accountId, next.creditId), ...next };
  if (next.version === 1) return { Put: { Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      Item,
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': next.version - 1 },
    },
  };
}
