// Trigger: the feedback queue — SES tells, through EventBridge, what became of a mail that it had accepted.
import { createAccountStore } from '../shared/aws/account-store.ts';
import { createDeliveryStore } from '../shared/aws/delivery-store.ts';
import { createMailFeedbackStore } from '../shared/aws/mail-feedback-store.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { feedbackJobs } from '../shared/delivery/feedback-jobs.ts';
import { settleReach } from '../shared/delivery/settle-reach.ts';
import type { Account } from '../shared/domain/account.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import type { Delivery } from '../shared/domain/delivery.ts';
import { addressKey } from '../shared/domain/mail-address.ts';
import { accountAfter, outcomeAfter } from '../shared/domain/mail-feedback.ts';
import { mayHaveReached, reachedNobody, type SendingOf, sendingAt, sendingsOf } from '../shared/domain/sendings.ts';
import type { Message } from '../shared/messages.ts';
import type { AccountStore, DeliveryStore, MailFeedbackStore, Queues } from '../shared/ports.ts';
import { queueUrls } from '../shared/runtime/environment.ts';
import { count, logger, type MetricName } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: MailFeedbackStore &
    Pick<DeliveryStore, 'delivery' | 'noteReach'> &
    Pick<AccountStore, 'updateAccount'>;
  readonly queues: Queues;
}

const TRIES = 5;
const COUNTED: Partial<Record<Message<'feedback'>['kind'], MetricName>> = {
  'bounced-permanently': 'MailsBounced',
  'bounced-transiently': 'MailsBounced',
  suppressed: 'MailsBounced',
  complained: 'MailsComplainedOf',
  rejected: 'MailsRejected',
  delayed: 'MailsDelayed',
};

/**
 * Notes what became of a mail: on its delivery, in whatever order and however often the news come, also before the mail
 * itself is on record as sent; then whether the document has reached anybody, which a suspension may hang on; then on the
 * account, where an address at an end is mailed to no more and the others go on.
 */
export const followMail =
  ({ store, queues }: Deps) =>
  async (news: Message<'feedback'>, now: Instant): Promise<void> => {
    const { accountId, about, document, kind } = news;
    const told = { accountId, about, document, kind };
    const found = await store.loadForFeedback(news);
    const sending = found.delivery && sendingOf(found.delivery, news);
    if (found.delivery === undefined || sending === undefined) {
      count('MailFeedbackUnknown');
      return logger.warn('SES tells of a mail that no delivery is about', told);
    }
    const counted = COUNTED[kind];
    const changed = await noteOutcome(store, found.delivery, news);
    if (changed && counted) count(counted);
    if (kind === 'arrived') await noteArrival(store, sending, news);
    const delivery = await settled(store, found.delivery, news, now);
    if (document === 'final-notice' && isGivenLater(delivery)) await haveDunningLook(queues, delivery);
    const after = sendingOf(delivery, news) ?? sending;
    // A reader's automatic answer comes as a bounce of a mail that has arrived.
    if (kind === 'bounced-transiently' && after.arrived?.[recipientIn(after, news) ?? '']) return;
    await noteOnAccount(store, found.account, news);
  };

/** Whether it counts from later than it seemed to when it was first sent, or not at all. */
const isGivenLater = (delivery: Delivery): boolean => reachedNobody(delivery) || !mayHaveReached(delivery);

/** The services may be off by now, for a notice that nobody had in time. Told again it decides the same. */
async function haveDunningLook(queues: Queues, { sellerId, accountId, about }: Delivery): Promise<void> {
  await queues.send('dunning', [{ sellerId, accountId, invoiceId: about }]);
}

/** The sending of which the mail was. */
const sendingOf = (delivery: Delivery, { sending = 1 }: Message<'feedback'>) => sendingAt(delivery, sending);

/** What was already known to have been sent, has arrived: that changes nothing about whom the document reached. */
const isAsExpected = (delivery: Delivery, { kind }: Message<'feedback'>): boolean =>
  kind === 'arrived' &&
  delivery.unreachedSince === undefined &&
  sendingsOf(delivery).every(({ recipients }) => Object.values(recipients).every(({ status }) => status === 'sent'));

/** Whether the document has reached anybody, by what stands there now. Returns the delivery. */
async function settled(
  store: Deps['store'],
  found: Delivery,
  news: Message<'feedback'>,
  now: Instant,
): Promise<Delivery> {
  if (isAsExpected(found, news)) return found;
  const { accountId, about, document } = found;
  const delivery = (await store.delivery(found)) ?? found;
  if ((await settleReach(store, delivery, now)) === 'nobody') {
    count('NobodyReached');
    logger.warn('Nobody has a document: every mail of it came back', {
      ...{ accountId, about, document, reachedNobody: true },
    });
  }
  return delivery;
}

async function noteArrival(store: Deps['store'], sending: SendingOf, news: Message<'feedback'>): Promise<void> {
  const recipient = recipientIn(sending, news);
  if (recipient !== undefined && sending.arrived?.[recipient] === undefined)
    await store.noteArrival(sending, recipient, news.at);
}

/** Whether the news said anything new about the recipient. */
async function noteOutcome(store: Deps['store'], found: Delivery, news: Message<'feedback'>): Promise<boolean> {
  let delivery: Delivery | undefined = found;
  for (let attempt = 1; attempt <= TRIES && delivery; attempt++) {
    const sending = sendingOf(delivery, news);
    const recipient = sending && recipientIn(sending, news);
    const before = recipient === undefined ? undefined : sending?.recipients[recipient];
    const after = before && outcomeAfter(before, news);
    if (!sending || recipient === undefined || !before || !after) return false;
    if ((await store.replaceOutcome(sending, recipient, before, after)) === 'written') return true;
    delivery = await store.delivery(found);
  }
  throw new Error(`The delivery of ${found.document} ${found.about} of ${found.accountId} kept changing`);
}

/** As the sending names the recipient that the news are about. */
const recipientIn = ({ recipients }: SendingOf, { recipient }: Message<'feedback'>): string | undefined =>
  Object.keys(recipients).find((address) => addressKey(address) === addressKey(recipient));

async function noteOnAccount(
  store: Deps['store'],
  found: Account | undefined,
  news: Message<'feedback'>,
): Promise<void> {
  let account = found;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const next = account && accountAfter(account, news, news.about);
    if (account === undefined || next === undefined) return;
    if ((await store.updateAccount(next)) === 'written') return tell(account, next, news);
    ({ account } = await store.loadForFeedback(news));
  }
  throw new Error(`The account ${news.accountId} kept changing while a recipient of it was marked`);
}

function tell(before: Account, after: Account, { accountId, kind }: Message<'feedback'>): void {
  const stopped = ({ recipients }: Account) => recipients.filter(({ undeliverable }) => undeliverable).length;
  if (stopped(after) === stopped(before)) return;
  count('AddressesStopped');
  logger.warn('An address of an account takes no mail any more', { accountId, kind });
}

export const handler = queueHandler(
  'feedback',
  () => {
    const storage = openStorage(loadStage());
    return followMail({
      store: { ...createDeliveryStore(storage), ...createMailFeedbackStore(storage), ...createAccountStore(storage) },
      queues: createQueues({ urls: queueUrls('dunning') }),
    });
  },
  { parse: feedbackJobs },
);
