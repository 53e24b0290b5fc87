import type { Account } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import { awakened } from '../domain/payment-request.ts';
import type { Receivable } from '../domain/receivable.ts';
import { collect, type OpenInvoicesDeps, unpaidOf, updateReceivable } from './open-invoices.ts';

/**
 * Saves an account that autopay can charge anew, and has the invoices that were given up with what it had before looked
 * at. They are made due before the account is saved: dying in between costs a look in vain, not a payment.
 */
export async function awakenWith(
  deps: OpenInvoicesDeps,
  { accountId, autopay }: Account,
  now: Instant,
  save: () => Promise<'written' | 'stale'>,
): Promise<'written' | 'stale'> {
  if (!autopay) return await save();
  const waiting: Receivable[] = (await unpaidOf(deps, accountId)).filter((of) => awakened(of, now) !== undefined);
  for (const receivable of waiting)
    if ((await updateReceivable(deps, receivable, (current) => awakened(current, now))) === 'stale') return 'stale';
  const result = await save();
  if (result === 'written') await collect(deps, waiting);
  return result;
}
