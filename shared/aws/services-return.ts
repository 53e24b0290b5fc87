import { dateIn } from '../domain/calendar.ts';
import { balanceOf, type JournalEntry } from '../domain/ledger.ts';
import { nothingOverdueAfter } from '../domain/overdue.ts';
import type { Receivable } from '../domain/receivable.ts';
import type { DunningPolicy, Seller } from '../domain/seller.ts';
import type { Standing } from './bookkeeping.ts';
import { accountKey, RECEIVABLE } from './keys.ts';
import { queryAll } from './pages.ts';
import { entity, type Table } from './table.ts';

/** When a seller gives services back that are off. Throws `seller_not_found`. */
export type PolicyOf = (
  sellerId: string,
) => Pick<Seller, 'timeZone'> & { readonly dunning: Pick<DunningPolicy, 'servicesReturn'> };

interface Booking {
  readonly sellerId: string;
  readonly entry: JournalEntry;
  /** The invoices that it changes, as they are to become. */
  readonly receivables: readonly Receivable[];
}

/**
 * Whether nothing is overdue after a booking that lowers what is owed (C8), where that is what services come back by; false
 * where it makes no difference. It reads the account's other invoices after `account` was read, and whatever pays one of
 * them moves the balance, on whose being as it was read the booking is conditional: of two payments that settle the last
 * two overdue invoices at the same time, the second is decided again and sees the first.
 */
export async function nothingOverdue(
  table: Table,
  policyOf: PolicyOf | undefined,
  { sellerId, entry, receivables }: Booking,
  { services }: Standing,
  now: string,
): Promise<boolean> {
  if (services.status !== 'suspended' && services.status !== 'suspending') return false;
  if (policyOf === undefined || balanceOf([entry]) >= 0) return false;
  const { timeZone, dunning } = policyOf(sellerId);
  if (dunning.servicesReturn !== 'nothing-overdue') return false;
  const unpaid = await queryAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    FilterExpression: 'due > :nothing',
    ExpressionAttributeValues: { ':pk': accountKey(entry.accountId).pk, ':prefix': RECEIVABLE, ':nothing': 0 },
    ConsistentRead: true,
  });
  return nothingOverdueAfter(
    unpaid.map((item) => entity<Receivable>(item)),
    receivables,
    dateIn(now, timeZone),
  );
}
