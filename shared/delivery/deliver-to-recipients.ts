import type { Recipient } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Delivery, RecipientOutcome } from '../domain/delivery.ts';
import type { DeliveryStore, Mail, Mailer } from '../ports.ts';

/** R52, C5: one main contact and four others. Counts every address a document was ever meant for. */
const MOST_RECIPIENTS = 5;
/** Longer than any function may run: whoever claimed a recipient that long ago and said nothing since is dead. */
const CLAIM_OUTLIVES_FUNCTION_MS = 120_000;

interface Deps {
  readonly store: Pick<DeliveryStore, 'claimRecipient' | 'concludeRecipient' | 'releaseRecipient' | 'completeDelivery'>;
  readonly mailer: Mailer;
}

/** What this invocation did: how many mails were accepted, refused for good, or left in doubt. */
export interface DeliveryReport {
  readonly sent: number;
  readonly rejected: number;
  readonly uncertain: number;
  /** Every recipient has an outcome, and this invocation was the one to say so. */
  readonly completed: boolean;
  /** Nobody got the document, as far as anybody knows. Only told when completed. */
  readonly reachedNobody: boolean;
}

/**
 * Mails a document to an account's recipients, the main contact first in line, each at most once by itself (invariant 7):
 *
 * - A recipient is claimed before the mail is sent, and a claim is never taken over. One that was not concluded while its
 *   function could still live becomes `uncertain`: the mail may have gone out, and none is better than two.
 * - A mail that certainly was not accepted gives its claim back, and the message is tried again.
 * - A refused address is concluded as `rejected`; none waits for another.
 *
 * Throws, after all recipients were tried, when one is to be tried again or the store fails.
 */
export async function deliverToRecipients(
  deps: Deps,
  delivery: Delivery,
  recipients: readonly Recipient[],
  mailTo: (address: string) => Mail,
  now: Instant,
): Promise<DeliveryReport> {
  const abandoned = claimsLeft(delivery, now);
  const settled = await Promise.allSettled([
    ...addressees(recipients, delivery).map((address) => mailOnce(deps, delivery, mailTo(address), now)),
    ...abandoned.map((address) => conclude(deps, delivery, address, doubt('its function died around the call', now))),
  ]);
  const failure = settled.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  const outcomes = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const earlier = Object.values(delivery.recipients);
  const pending = earlier.filter(({ status }) => status === 'sending').length - abandoned.length;
  const waits = pending > 0 || outcomes.includes('claimed-elsewhere');
  const completed = !waits && (await deps.store.completeDelivery(delivery, now)) === 'written';
  const many = (status: RecipientOutcome['status']) => outcomes.filter((outcome) => outcome === status).length;
  const sentBefore = earlier.some(({ status }) => status === 'sent');
  return {
    sent: many('sent'),
    rejected: many('rejected'),
    uncertain: many('uncertain'),
    completed,
    reachedNobody: completed && many('sent') === 0 && !sentBefore,
  };
}

/** Addresses not tried yet, the main contact first, unique without regard to case (R154), five at most with those tried. */
function addressees(recipients: readonly Recipient[], delivery: Delivery): string[] {
  const tried = new Set(Object.keys(delivery.recipients));
  const fresh = new Map<string, string>();
  for (const { email } of [...recipients].sort((a, b) => Number(b.main) - Number(a.main))) {
    const address = email.trim();
    const key = address.toLowerCase();
    if (!tried.has(key) && !fresh.has(key)) fresh.set(key, address);
  }
  return [...fresh.values()].slice(0, Math.max(0, MOST_RECIPIENTS - tried.size));
}

const claimsLeft = ({ recipients }: Delivery, now: Instant): string[] =>
  Object.entries(recipients)
    .filter(
      ([, { status, at }]) => status === 'sending' && Date.parse(now) - Date.parse(at) > CLAIM_OUTLIVES_FUNCTION_MS,
    )
    .map(([address]) => address);

async function mailOnce(
  deps: Deps,
  delivery: Delivery,
  mail: Mail,
  now: Instant,
): Promise<RecipientOutcome['status'] | 'claimed-elsewhere'> {
  if ((await deps.store.claimRecipient(delivery, mail.to, now)) === 'already-done') return 'claimed-elsewhere';
  const answer = await deps.mailer.send(mail).catch((error: unknown) => ({ kind: 'unanswered' as const, error }));
  switch (answer.kind) {
    case 'sent':
      return await conclude(deps, delivery, mail.to, { status: 'sent', at: now, messageId: answer.messageId });
    case 'rejected':
      return await conclude(deps, delivery, mail.to, { status: 'rejected', at: now, reason: answer.reason });
    case 'unanswered':
      return await conclude(deps, delivery, mail.to, doubt(nameOf(answer.error), now));
    case 'not-accepted':
      await deps.store.releaseRecipient(delivery, mail.to);
      throw new Error(`A mail of ${delivery.document} ${delivery.invoiceId} was not accepted: ${answer.reason}`);
  }
}

async function conclude({ store }: Deps, delivery: Delivery, address: string, outcome: RecipientOutcome) {
  await store.concludeRecipient(delivery, address, outcome);
  return outcome.status;
}

const doubt = (reason: string, at: Instant): RecipientOutcome => ({ status: 'uncertain', at, reason });

/** Only the kind of error: messages of a mail service contain addresses. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');
