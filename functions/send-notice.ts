// Trigger: the notices queue — dunning, payments and service changes tell the customer; sweep-overdue repeats what was lost.
import { createCollectionStore } from '../shared/aws/collection-store.ts';
import { createDeliveryStore } from '../shared/aws/delivery-store.ts';
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createMailer } from '../shared/aws/mailer.ts';
import { countMails } from '../shared/delivery/count-mails.ts';
import { deliverToRecipients } from '../shared/delivery/deliver-to-recipients.ts';
import { type Notice, noticeMail } from '../shared/document/mail.ts';
import { oneLine } from '../shared/document/mail-layout.ts';
import type { Account } from '../shared/domain/account.ts';
import { addDays, dateIn, daysBetween, type Instant, type PlainDate } from '../shared/domain/calendar.ts';
import type { Delivery } from '../shared/domain/delivery.ts';
import { BillingError } from '../shared/domain/errors.ts';
import { handedOverBy, isUnderContract, receivablesContact } from '../shared/domain/hand-over.ts';
import type { Receivable } from '../shared/domain/receivable.ts';
import type { Seller } from '../shared/domain/seller.ts';
import type { Message } from '../shared/messages.ts';
import type { CollectionStore, DeliveryStore, InvoiceStore, Mail, Mailer } from '../shared/ports.ts';
import { mailEnvironment } from '../shared/runtime/environment.ts';
import { logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage, type Stage, sellerOf } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<CollectionStore, 'attempts'> &
    Pick<InvoiceStore, 'loadAccount'> &
    Omit<DeliveryStore, 'recordPdf'>;
  readonly mailer: Mailer;
  readonly config: { readonly mailFrom: string } & Pick<Stage, 'sellers'>;
}

/**
 * Mails one notice to the account's recipients, each at most once. A notice that has been overtaken by events (a reminder
 * of what is paid by now) is mailed to nobody. Throws `invoice_not_found`, `account_not_found`, `seller_not_found`.
 */
export const sendNotice =
  (deps: Deps) =>
  async (message: Message<'notices'>, now: Instant): Promise<void> => {
    const { store, mailer, config } = deps;
    const { sellerId, accountId, invoiceId, document, occurrence } = message;
    const read = await store.loadForMail(accountId, invoiceId, document, occurrence);
    const { invoice, receivable, account } = read;
    const delivery = read.delivery ?? (await beginOrFind(store, message, now));
    if (delivery.completedAt !== undefined) return;
    if (invoice?.sellerId !== sellerId || !receivable)
      throw new BillingError('invoice_not_found', `${accountId} ${invoiceId}`);
    if (!account) throw new BillingError('account_not_found', accountId);
    const notice = await noticeOf(store, message, receivable, account, sellerOf(config, sellerId), now);
    if (notice === undefined && Object.keys(delivery.recipients).length === 0) {
      await store.concludeRecipients(delivery, {}, now);
      logger.info('A notice was overtaken by events', { accountId, invoiceId, document: message.document });
      return;
    }
    const mail: Mail | undefined = notice && {
      ...noticeMail(invoice, notice),
      from: { name: oneLine(invoice.seller.name), address: config.mailFrom },
      attachments: [],
    };
    // Overtaken half way, it still concludes what was begun, and begins nothing more.
    const report = await deliverToRecipients({ store, mailer }, delivery, account.recipients, mail, now);
    countMails(report);
    logger.info('A notice was mailed', { accountId, invoiceId, document: message.document, ...report });
  };

async function beginOrFind(store: Deps['store'], message: Message<'notices'>, now: Instant): Promise<Delivery> {
  const { sellerId, accountId, invoiceId, document, occurrence } = message;
  const begun = { sellerId, accountId, invoiceId, document, occurrence, createdAt: now, recipients: {} };
  if ((await store.beginDelivery(begun)) === 'written') return begun;
  // Another invocation was quicker, and may have claimed recipients already.
  return (await store.delivery(accountId, invoiceId, document, occurrence)) ?? begun;
}

/** What the notice says, from what is true now; undefined when it is not true any more. */
async function noticeOf(
  store: Deps['store'],
  { document, occurrence }: Message<'notices'>,
  receivable: Receivable,
  account: Account,
  seller: Seller,
  now: Instant,
): Promise<Notice | undefined> {
  const { due, collection } = receivable;
  switch (document) {
    case 'reminder-1':
    case 'reminder-2':
      return due > 0 ? { document, due } : undefined;
    case 'final-notice':
      return due > 0 ? await finalNotice(store, receivable, seller, now) : undefined;
    case 'handed-over':
      return due > 0 && account.handedOver ? { document, due, contact: account.handedOver.contact } : undefined;
    case 'suspended': {
      const { status, number } = account.services;
      const off = number === occurrence && (status === 'suspending' || status === 'suspended');
      return off ? { document, balance: account.balance } : undefined;
    }
    case 'reactivated':
      return account.services.number === occurrence ? { document } : undefined;
    default: {
      const attempts = await store.attempts(receivable.accountId, receivable.invoiceId);
      const attempt = attempts.find((candidate) => candidate.attempt === occurrence);
      if (attempt === undefined) return undefined;
      const { amount, method } = attempt;
      if (document === 'payment-received') return { document, amount, balance: account.balance };
      if (document === 'method-expiring') {
        const current = account.defaultMethodId === attempt.methodId;
        return current && method.expires ? { document, method, expires: method.expires } : undefined;
      }
      if (due <= 0) return undefined;
      if (document === 'authentication-needed') return { document, amount, method };
      if (document === 'payment-returned' && !attempt.returned) return undefined;
      const retries = collection.state === 'idle' && collection.nextAt !== undefined;
      return { document, amount, method, ...(retries && { retryAt: collection.nextAt }) };
    }
  }
}

/** It threatens with what will happen: the suspension, or Accounts Receivable where no machine cuts the services (R131). */
async function finalNotice(
  store: Deps['store'],
  receivable: Receivable,
  seller: Seller,
  now: Instant,
): Promise<Notice> {
  const { accountId, due } = receivable;
  const on = suspensionOn(receivable, seller, now);
  const input = await store.loadAccount(accountId);
  if (!input) throw new BillingError('account_not_found', accountId);
  const { account, subscriptions } = input;
  const underContract = isUnderContract(subscriptions, dateIn(now, seller.timeZone));
  if (!handedOverBy(account, underContract, seller.dunning)) return { document: 'final-notice', due, suspensionOn: on };
  const contact = receivablesContact(seller, account.billingAddress?.country);
  return { document: 'final-notice', due, handOverOn: on, contact };
}

/** By the policy, and never sooner after the final notice than the policy puts between the two. */
function suspensionOn({ dueDate, dunning: { since = dueDate } }: Receivable, seller: Seller, now: Instant): PlainDate {
  const { dunning, timeZone } = seller;
  const byPolicy = addDays(since, dunning.suspensionDay);
  const spaced = addDays(dateIn(now, timeZone), dunning.suspensionDay - dunning.finalNoticeDay);
  return daysBetween(byPolicy, spaced) > 0 ? spaced : byPolicy;
}

export const handler = queueHandler('notices', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  const { from, configurationSet } = mailEnvironment();
  return sendNotice({
    store: { ...createInvoiceStore(storage), ...createCollectionStore(storage), ...createDeliveryStore(storage) },
    mailer: createMailer({ configurationSet }),
    config: { mailFrom: from, sellers: stage.sellers },
  });
});
