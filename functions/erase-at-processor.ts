// Trigger: the erasures queue — a privacy request erased an account whose customer at the processor goes, too; the sweep repeats what waits.
import { createAccountStore } from '../shared/aws/account-store.ts';
import { createErasureStore } from '../shared/aws/erasure-store.ts';
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createProcessorSecret } from '../shared/aws/secret.ts';
import { everyInvoiceOf } from '../shared/collection/open-invoices.ts';
import { addHours, type Instant } from '../shared/domain/calendar.ts';
import { type ErasureWait, type ProcessorErasure, processorErasureWaits } from '../shared/domain/erasure.ts';
import { BillingError } from '../shared/domain/errors.ts';
import type { Message } from '../shared/messages.ts';
import { stripeProcessor } from '../shared/payments/stripe.ts';
import type { AccountStore, ErasureStore, InvoiceStore, ProcessorCustomers } from '../shared/ports.ts';
import { processorEnvironment } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<ErasureStore, 'erasure' | 'concludeErasure' | 'postponeErasure'> &
    Pick<AccountStore, 'accountsWithMethod'> &
    Pick<InvoiceStore, 'loadAccount' | 'receivablesOf'>;
  readonly processor: Pick<ProcessorCustomers, 'methodsOf' | 'deleteCustomer'>;
}

/** What has to be settled takes days; a processor that is down, hours. */
const HOURS_UNTIL_TRIED_AGAIN = 24;
const HOURS_UNTIL_ASKED_AGAIN = 1;

/**
 * Deletes the customer of an erased account at the payment processor, once nothing is open and no other account pays with
 * it. Repeated it finds it done, or the customer gone, which is as good. What stands in the way is put on record and tried
 * again, by the sweep. Throws `account_not_found`, and when the processor does not answer.
 */
export const eraseAtProcessor =
  (deps: Deps) =>
  async ({ accountId, erasureId }: Message<'erasures'>, now: Instant): Promise<void> => {
    const { store, processor } = deps;
    const erasure = await store.erasure(accountId, erasureId);
    if (erasure?.customer === undefined) return;
    const because = (await waitsFor(deps, accountId)) ?? (await asking(deps, erasure, now, isShared));
    if (because !== undefined) {
      await store.postponeErasure(erasure, { at: now, because }, addHours(now, HOURS_UNTIL_TRIED_AGAIN));
      return logger.info('A customer stays at the processor for now', { accountId, erasureId, because });
    }
    await asking(deps, erasure, now, ({ customer }) => processor.deleteCustomer(customer));
    await store.concludeErasure(erasure, now);
    count('CustomersErased');
    logger.info('A customer was deleted at the processor', { accountId, erasureId });
  };

async function waitsFor({ store }: Deps, accountId: string): Promise<ErasureWait | undefined> {
  const input = await store.loadAccount(accountId);
  if (!input) throw new BillingError('account_not_found', accountId);
  return processorErasureWaits(input.account, await everyInvoiceOf({ store }, accountId));
}

type Pending = ProcessorErasure & { readonly customer: string };

/** Deleting it would take the other account's methods away. */
async function isShared(
  { accountId, customer }: Pending,
  { store, processor }: Deps,
): Promise<ErasureWait | undefined> {
  for (const method of await processor.methodsOf(customer)) {
    const owners = await store.accountsWithMethod(method);
    if (owners.some((owner) => owner !== accountId)) return 'customer_shared';
  }
  return undefined;
}

/** That the processor gives no answer is put on record, too; the message comes again, and after it the sweep. */
async function asking<T>(
  deps: Deps,
  erasure: ProcessorErasure,
  now: Instant,
  ask: (pending: Pending, deps: Deps) => Promise<T>,
): Promise<T> {
  const { customer = '' } = erasure;
  try {
    return await ask({ ...erasure, customer }, deps);
  } catch (error) {
    const waits = { at: now, because: 'processor_unavailable' } as const;
    await deps.store.postponeErasure(erasure, waits, addHours(now, HOURS_UNTIL_ASKED_AGAIN));
    throw error;
  }
}

export const handler = queueHandler('erasures', () => {
  const storage = openStorage(loadStage());
  const { secretArn, apiBase } = processorEnvironment();
  const secret = createProcessorSecret({ arn: secretArn });
  return eraseAtProcessor({
    store: { ...createInvoiceStore(storage), ...createAccountStore(storage), ...createErasureStore(storage) },
    processor: stripeProcessor({ apiKey: async () => (await secret()).apiKey, ...(apiBase && { apiBase }) }),
  });
});
