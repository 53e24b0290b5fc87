import type { Account } from '../domain/account.ts';
import type { NumberOwner } from '../domain/number-owner.ts';
import type { AccountStore, NumberStore } from '../ports.ts';
import { type Directory, endsOf } from './match-owner.ts';
import { isE164 } from './phone-number.ts';
import type { SwitchRecord } from './switch-record.ts';

/** Beyond that it begins anew: memory stays bounded, however long the file. */
const MOST_REMEMBERED = 50_000;

/** Numbers and accounts, read once each for all records that mention them; also that there is none is remembered. */
export function createDirectory(store: Pick<AccountStore, 'accountsById'> & Pick<NumberStore, 'ownersOf'>) {
  const owners = new Map<string, readonly NumberOwner[]>();
  const accounts = new Map<string, Account | undefined>();

  const loadNumbers = async (numbers: readonly string[]): Promise<void> => {
    const found = await store.ownersOf(numbers);
    for (const number of numbers) owners.set(number, found.get(number) ?? []);
  };
  const loadAccounts = async (accountIds: readonly string[]): Promise<void> => {
    const found = await store.accountsById(accountIds);
    for (const accountId of accountIds) accounts.set(accountId, found.get(accountId));
  };

  return {
    ownersOf: (number: string) => owners.get(number) ?? [],
    account: (accountId: string) => accounts.get(accountId),
    /** Makes everything known that these records mention. */
    async load(records: readonly SwitchRecord[]): Promise<void> {
      if (owners.size + accounts.size > MOST_REMEMBERED) {
        owners.clear();
        accounts.clear();
      }
      const numbers = new Set(records.flatMap((record) => Object.values(endsOf(record)).filter(isE164)));
      await loadNumbers([...numbers].filter((number) => !owners.has(number)));
      const named = records.flatMap(({ accountCode }) =>
        accountCode && ACCOUNT_ID.test(accountCode) ? accountCode : [],
      );
      const owning = [...numbers].flatMap((number) => owners.get(number)!.map(({ accountId }) => accountId));
      await loadAccounts([...new Set([...named, ...owning])].filter((accountId) => !accounts.has(accountId)));
    },
  } satisfies Directory & { load(records: readonly SwitchRecord[]): Promise<void> };
}

/** What the switch calls the account's code may be anything. */
const ACCOUNT_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
