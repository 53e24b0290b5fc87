import type { Account } from './account.ts';
import { ChangeRefused, raised } from './account-changes.ts';
import { type BillingAdmins, GRANT_WORDS, type Grants, recordedGrants } from './grants.ts';

const MOST_BILLING_ADMINS = 50;

/**
 * Sets what a billing admin may do (R10, R12, C2). `by`: the billing admin who sets it, and goes on record as one who may do
 * everything; absent: the telecom. Since nobody changes their own, and somebody with everything is left, no customer locks
 * itself out. Told again, nothing changes. Throws `own_grants`, `last_billing_admin`, `billing_admin_limit`.
 */
export function grantBillingAdmin(account: Account, subject: string, grants: Grants, by?: string): Account {
  if (by === subject) throw new ChangeRefused('own_grants', 'subject');
  const before: BillingAdmins = account.billingAdmins ?? {};
  const granted: Grants = grants === 'everything' ? grants : GRANT_WORDS.filter((word) => grants.includes(word));
  if (String(recordedGrants(before, subject)) === String(granted)) return account;
  const after: BillingAdmins = { ...before, ...(by === undefined ? {} : { [by]: 'everything' }), [subject]: granted };
  if (hasMaster(before) && !hasMaster(after)) throw new ChangeRefused('last_billing_admin', 'grants');
  if (Object.keys(after).length > MOST_BILLING_ADMINS) throw new ChangeRefused('billing_admin_limit', 'subject');
  return raised(account, { billingAdmins: after });
}

const hasMaster = (admins: BillingAdmins): boolean => Object.values(admins).includes('everything');
