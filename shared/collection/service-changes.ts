import type { Account } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import type { InvoiceStore, Queues, ServiceChange, ServiceStore } from '../ports.ts';

/** As many invoices as are looked through for the one that the customer's notice names. */
const INVOICES = 12;

interface Deps {
  readonly store: Pick<ServiceStore, 'account' | 'confirmServices' | 'pendingSince'> &
    Pick<InvoiceStore, 'receivablesOf'>;
  readonly queues: Queues;
}

/** Whether an account still waits for just this change. */
export const isAskedFor = ({ services }: Account, { number, action }: Omit<ServiceChange, 'accountId'>): boolean =>
  services.number === number && services.status === (action === 'suspend' ? 'suspending' : 'reactivating');

/** Tells the customer that its services are off, or back. The same notice however often it is sent. */
export async function sendServiceNotice(
  { store, queues }: Pick<Deps, 'queues'> & { readonly store: Pick<InvoiceStore, 'receivablesOf'> },
  sellerId: string,
  { accountId, number, action }: ServiceChange,
): Promise<void> {
  const invoiceId = await invoiceToName(store, accountId);
  const document = action === 'suspend' ? 'suspended' : 'reactivated';
  if (invoiceId)
    await queues.send('notices', [{ sellerId, accountId, about: invoiceId, document, occurrence: number }]);
}

/** The newest unpaid invoice; when all are paid, which reactivates, the newest. */
async function invoiceToName(store: Pick<InvoiceStore, 'receivablesOf'>, accountId: string) {
  const { items } = await store.receivablesOf(accountId, INVOICES);
  return (items.find((receivable) => receivable.status === 'unpaid') ?? items[0])?.invoiceId;
}

/**
 * Provisioning says that services are off, or back. `seconds`: from the request, which a payment made, to its word.
 * `superseded`: nobody wants this change any more. Confirmed again, the customer's notice is sent again, which is the same.
 */
export async function confirmChange(
  deps: Deps,
  sellerId: string,
  change: ServiceChange,
  now: Instant,
): Promise<{ readonly kind: 'confirmed'; readonly seconds?: number } | { readonly kind: 'superseded' }> {
  const since = await deps.store.pendingSince(change);
  const written = await deps.store.confirmServices(change.accountId, change.number, change.action, now);
  if (written === 'already-done') {
    const account = await deps.store.account(change.accountId);
    const done = change.action === 'suspend' ? 'suspended' : 'active';
    if (account?.services.number !== change.number || account.services.status !== done) return { kind: 'superseded' };
  }
  await sendServiceNotice(deps, sellerId, change);
  if (written === 'already-done' || since === undefined) return { kind: 'confirmed' };
  return { kind: 'confirmed', seconds: Math.round((Date.parse(now) - Date.parse(since)) / 1000) };
}
