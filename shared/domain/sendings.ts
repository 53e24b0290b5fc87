import type { Delivery, DeliveryId, RecipientOutcome, Sending, SentAgain } from './delivery.ts';

/**
 * A sending of a delivery: for whom mails are claimed, and what became of them. A delivery is its own first one; the outcomes
 * of each stay apart for ever, so that late news of an old mail say nothing about a new one.
 */
export interface SendingOf extends DeliveryId, Sending, Pick<Delivery, 'sellerId' | 'pdf'>, Pick<SentAgain, 'to'> {
  /** Counts from 1; absent: 1. */
  readonly nth?: number;
}

export const nthOf = ({ nth = 1 }: Pick<SendingOf, 'nth'>): number => nth;

/** One of them; undefined when there are not so many. */
export function sendingAt(delivery: Delivery, nth: number): SendingOf | undefined {
  if (nth === 1) return delivery;
  const { sellerId, accountId, about, document, occurrence, pdf } = delivery;
  const sending = delivery.again?.[nth - 2];
  return sending && { ...sending, sellerId, accountId, about, document, occurrence, nth, ...(pdf && { pdf }) };
}

/** How often the document was sent, or is being sent. */
export const sendings = ({ again = [] }: Pick<Delivery, 'again'>): number => 1 + again.length;

/** The one that is under way, or was last. */
export const latestSending = (delivery: Delivery): SendingOf => sendingAt(delivery, sendings(delivery))!;

/** All of them, oldest first. */
export const sendingsOf = (delivery: Delivery): readonly Sending[] => [delivery, ...(delivery.again ?? [])];

/** Whether a recipient has the document, as far as anybody knows. A mail server may take a mail and give it back later. */
function has({ arrived = {} }: Sending, [address, { status, bounce }]: [string, RecipientOutcome]): boolean {
  if (status === 'sent' || status === 'complained') return true;
  const givenBack = status === 'rejected' || bounce === 'permanent';
  return arrived[address] !== undefined && !givenBack;
}

/**
 * Nobody has the document, as far as anybody knows, by none of its sendings. One that was overtaken before it began was
 * meant for nobody.
 */
export function reachedNobody(delivery: Delivery): boolean {
  const tried = sendingsOf(delivery).flatMap((sending) =>
    Object.entries(sending.recipients).map((recipient) => has(sending, recipient)),
  );
  return tried.length > 0 && !tried.includes(true);
}

/** Somebody has the document by this sending, or may have it: a mail that may have gone out counts. */
export function mayHaveReached(sending: Sending): boolean {
  return Object.entries(sending.recipients).some(
    (recipient) => ['uncertain', 'sending'].includes(recipient[1].status) || has(sending, recipient),
  );
}

/** The first sending that is over and by which somebody has the document, or may have it. */
export const firstThatReached = (delivery: Delivery): Sending | undefined =>
  sendingsOf(delivery).find((sending) => sending.completedAt !== undefined && mayHaveReached(sending));
