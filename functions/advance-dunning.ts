// Trigger: the dunning queue — sweep-overdue found an unpaid invoice whose next dunning step is due, or its final notice came back.
import { createCollectionStore } from '../shared/aws/collection-store.ts';
import { createDeliveryStore } from '../shared/aws/delivery-store.ts';
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { createServiceStore } from '../shared/aws/service-store.ts';
import { everyInvoiceOf } from '../shared/collection/open-invoices.ts';
import type { Account, BillingInput, HandOverReason } from '../shared/domain/account.ts';
import { dateIn, type Instant } from '../shared/domain/calendar.ts';
import {
  areOff,
  type DunningNotice,
  type DunningStep,
  dunningStep,
  isFinalNoticeTaken,
  isSuspensionTaken,
  noticeTaken,
  turnOf,
} from '../shared/domain/dunning.ts';
import { BillingError } from '../shared/domain/errors.ts';
import { type FinalNotice, finalNoticeOf } from '../shared/domain/final-notice.ts';
import { isUnderContract, receivablesContact } from '../shared/domain/hand-over.ts';
import type { Receivable } from '../shared/domain/receivable.ts';
import type { Message } from '../shared/messages.ts';
import type { CollectionStore, DeliveryStore, InvoiceStore, Queues, ServiceStore } from '../shared/ports.ts';
import { queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage, type Stage, sellerOf } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<InvoiceStore, 'loadAccount' | 'receivable' | 'receivablesOf'> &
    Pick<ServiceStore, 'handOver' | 'requestSuspension' | 'restoreServices' | 'stayOff'> &
    Pick<CollectionStore, 'updateReceivable'> &
    Pick<DeliveryStore, 'delivery'>;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers'>;
}

const TRIES = 3;

/**
 * Takes the next dunning step of an unpaid invoice, if one is due, and sends what follows from it. Found again, a step that
 * was taken only sends its notice again. Throws `account_not_found`, `invoice_not_found`, `seller_not_found`.
 */
export const advanceDunning =
  (deps: Deps) =>
  async ({ accountId, invoiceId }: Message<'dunning'>, now: Instant): Promise<void> => {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      // The account before the invoice: a payment in between changes the balance, and no suspension is based on the old one.
      const input = await deps.store.loadAccount(accountId);
      if (!input) throw new BillingError('account_not_found', accountId);
      const receivable = await deps.store.receivable(accountId, invoiceId);
      if (!receivable) throw new BillingError('invoice_not_found', `${accountId} ${invoiceId}`);
      if ((await advance(deps, input, receivable, now)) === 'done') return;
    }
    throw new Error(`The invoice ${invoiceId} of ${accountId} kept changing while its dunning was advanced`);
  };

async function advance(
  deps: Deps,
  { account, subscriptions }: BillingInput,
  receivable: Receivable,
  now: Instant,
): Promise<'done' | 'stale'> {
  const { dunning: policy, timeZone } = sellerOf(deps.stage, receivable.sellerId);
  await switchOnRestored(deps, account);
  const finalNotice = await givenFinalNotice(deps, receivable);
  const underContract = isUnderContract(subscriptions, dateIn(now, timeZone));
  const mayBeWrong = isSuspensionTaken(receivable.dunning) && areOff(account.services);
  const otherNotices = mayBeWrong ? await noticesOfOthers(deps, receivable) : [];
  const of = { receivable, account, services: account.services, underContract, finalNotice, otherNotices };
  const step = dunningStep(of, policy, now, timeZone);
  if (step.kind === 'nothing') {
    const document = receivable.status === 'unpaid' ? noticeTaken(receivable.dunning) : undefined;
    if (document) await notify(deps, receivable, document);
    return 'done';
  }
  const taken = { ...receivable, dunning: step.dunning, version: receivable.version + 1 };
  if (step.kind === 'restore') return await restore(deps, account, taken, now);
  if ((await deps.store.updateReceivable(taken)) === 'stale') return 'stale';
  return await act(deps, account, taken, step, now);
}

async function act(
  deps: Deps,
  account: Account,
  taken: Receivable,
  step: Exclude<DunningStep, { kind: 'nothing' | 'restore' }>,
  now: Instant,
): Promise<'done' | 'stale'> {
  switch (step.kind) {
    case 'wait':
      return 'done';
    case 'notice':
      count('NoticesDue');
      await notify(deps, taken, step.document);
      return 'done';
    case 'hand-over':
      return await handOver(deps, account, taken, step.because, now);
    case 'suspend':
      return await suspend(deps, account, taken, now);
  }
}

/** The step stays open on the invoice until the services queue knows, so that a death in between is found by the sweep. */
async function suspend(
  { store, queues }: Deps,
  account: Account,
  taken: Receivable,
  now: Instant,
): Promise<'done' | 'stale'> {
  const { sellerId, accountId, invoiceId } = taken;
  // An older invoice may have had the services suspended.
  if (account.services.status === 'suspended') return outcomeOf(await store.stayOff(account, closed(taken)));
  const { result, number } = await store.requestSuspension(account, now);
  if (result === 'stale' || number === undefined) return 'stale';
  if (result === 'written') count('SuspensionsRequested');
  logger.info('Services are to be suspended', { accountId, invoiceId, number });
  await queues.send('services', [{ sellerId, accountId, number, action: 'suspend' }]);
  if (result === 'written') return outcomeOf(await store.updateReceivable(closed(taken)));
  return outcomeOf(await store.stayOff({ ...account, services: { status: 'suspending', number } }, closed(taken)));
}

/**
 * Gives services back that were cut for a notice that reached nobody (see `dunningStep`). The invoice is written with them, so
 * that it happens once. Read again, the services are to be switched on and the final notice is due.
 */
async function restore({ store }: Deps, account: Account, taken: Receivable, now: Instant): Promise<'stale'> {
  if ((await store.restoreServices(account, taken, now)) === 'stale') return 'stale';
  const { accountId, invoiceId } = taken;
  count('SuspensionsUndone');
  logger.warn('Services were suspended without notice and come back', { accountId, invoiceId });
  return 'stale';
}

/** Whoever restored them may have died before provisioning was told. */
async function switchOnRestored({ queues }: Deps, { sellerId, accountId, services }: Account): Promise<void> {
  const { status, number, withoutNotice } = services;
  if (status !== 'reactivating' || !withoutNotice) return;
  await queues.send('services', [{ sellerId, accountId, number, action: 'reactivate' }]);
}

/** Once for the account; the customer is told for each invoice, unless no mail reaches it. */
async function handOver(
  deps: Deps,
  account: Account,
  taken: Receivable,
  because: HandOverReason,
  now: Instant,
): Promise<'done' | 'stale'> {
  const { accountId, invoiceId, sellerId } = taken;
  const contact = receivablesContact(sellerOf(deps.stage, sellerId), account.billingAddress?.country);
  const result = await deps.store.handOver(account, { since: now, because, invoiceId, contact });
  if (result === 'stale') return 'stale';
  if (result === 'written') {
    count('HandedToAccountsReceivable');
    logger.warn('Accounts Receivable must take over an unpaid invoice', { accountId, invoiceId, because });
  }
  if (because !== 'undeliverable') await notify(deps, taken, 'handed-over');
  return outcomeOf(await deps.store.updateReceivable(closed(taken)));
}

const outcomeOf = (result: 'written' | 'stale'): 'done' | 'stale' => (result === 'stale' ? 'stale' : 'done');

/** Nothing follows from the last step any more. */
function closed(taken: Receivable): Receivable {
  const { nextAt: _over, ...dunning } = taken.dunning;
  return { ...taken, dunning, version: taken.version + 1 };
}

async function givenFinalNotice({ store }: Deps, { accountId, invoiceId, dunning }: Receivable): Promise<FinalNotice> {
  if (!isFinalNoticeTaken(dunning)) return { kind: 'under-way' };
  return finalNoticeOf(
    await store.delivery({ accountId, about: invoiceId, document: 'final-notice', occurrence: turnOf(dunning) }),
  );
}

/**
 * Of the account's other invoices for which its services may be off: one that was given up as lost is one of them (R130), one that
 * Accounts Receivable has is not.
 */
async function noticesOfOthers(deps: Deps, { accountId, invoiceId }: Receivable): Promise<FinalNotice[]> {
  const others = (await everyInvoiceOf(deps, accountId)).filter(
    ({ invoiceId: other, due, writtenOff = 0, dunning }) =>
      other !== invoiceId && (due > 0 || writtenOff > 0) && isSuspensionTaken(dunning) && !dunning.handedOver,
  );
  return await Promise.all(others.map((other) => givenFinalNotice(deps, other)));
}

async function notify({ queues }: Deps, of: Receivable, document: DunningNotice | 'handed-over'): Promise<void> {
  const { sellerId, accountId, invoiceId, dunning } = of;
  await queues.send('notices', [{ sellerId, accountId, about: invoiceId, document, occurrence: turnOf(dunning) }]);
}

export const handler = queueHandler('dunning', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  return advanceDunning({
    store: {
      ...createInvoiceStore(storage),
      ...createServiceStore(storage),
      ...createCollectionStore(storage),
      ...createDeliveryStore(storage),
    },
    queues: createQueues({ urls: queueUrls('notices', 'services') }),
    stage,
  });
});
