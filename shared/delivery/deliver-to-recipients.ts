import type { Recipient } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Delivery, RecipientOutcome } from '../domain/delivery.ts';
import type { DeliveryStore, Mail, Mailer, MailOutcome } from '../ports.ts';

/** R52, C5: one main contact and four others. Counts every address a document was ever meant for. */
const MOST_RECIPIENTS = 5;
/** Longer than any function may run: whoever claimed a recipient that long ago and said nothing since is dead. */
const CLAIM_OUTLIVES_FUNCTION_MS = 120_000;

interface Deps {
  readonly store: Pick<DeliveryStore, 'claimRecipients' | 'concludeRecipients' | 'releaseRecipients'>;
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
 * - All are claimed in one write before any mail is sent, and a claim is never taken over. One that was not concluded while
 *   its function could still live becomes `uncertain`: the mail may have gone out, and none is better than two.
 * - All are concluded in one write after the last answer, which completes the delivery when nobody is left.
 * - A mail that certainly was not accepted gives its claim back, and the message is tried again.
 * - A refused address is concluded as `rejected`; none waits for another.
 *
 * Without a `mail` it concludes what was begun, and begins nothing. Throws, after all recipients were tried, when one is
 * to be tried again or the store fails.
 */
export async function deliverToRecipients(
  deps: Deps,
  delivery: Delivery,
  recipients: readonly Recipient[],
  mail: Mail | undefined,
  now: Instant,
): Promise<DeliveryReport> {
  const earlier = Object.values(delivery.recipients);
  const abandoned = claimsLeft(delivery, now);
  const fresh = addressees(recipients, delivery);
  const tries = mail === undefined || fresh.length === 0 ? [] : await mailOnce(deps, delivery, fresh, mail, now);

  const outcomes: Record<string, RecipientOutcome> = {};
  for (const address of abandoned) outcomes[address] = doubt('its function died around the call', now);
  for (const { address, answer } of tries) {
    if (answer.kind !== 'not-accepted') outcomes[address] = outcomeOf(answer, now);
  }
  const pending = earlier.filter(({ status }) => status === 'sending').length - abandoned.length;
  const claimedElsewhere = mail !== undefined && tries.length < fresh.length;
  const again = tries.some(({ answer }) => answer.kind === 'not-accepted');
  const waits = pending > 0 || claimedElsewhere || again;

  const { completed } = await deps.store.concludeRecipients(delivery, outcomes, waits ? undefined : now);
  await giveBack(deps, delivery, tries);
  const many = (status: RecipientOutcome['status']) =>
    Object.values(outcomes).filter((outcome) => outcome.status === status).length;
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

type Answer = MailOutcome | { readonly kind: 'unanswered'; readonly error: unknown };
interface Try {
  readonly address: string;
  readonly answer: Answer;
}

/** Claims who is free and mails to them; those that another invocation claimed are missing from the answer. */
async function mailOnce(
  { store, mailer }: Deps,
  delivery: Delivery,
  addresses: readonly string[],
  mail: Mail,
  now: Instant,
): Promise<Try[]> {
  // First, so that no claim is left behind when it fails.
  const composed = await mailer.compose(mail);
  const claimed = await store.claimRecipients(delivery, addresses, now);
  const send = (address: string): Promise<Answer> =>
    composed.sendTo(address).catch((error: unknown) => ({ kind: 'unanswered', error }));
  return Promise.all(claimed.map(async (address) => ({ address, answer: await send(address) })));
}

function outcomeOf(answer: Exclude<Answer, { kind: 'not-accepted' }>, now: Instant): RecipientOutcome {
  switch (answer.kind) {
    case 'sent':
      return { status: 'sent', at: now, messageId: answer.messageId };
    case 'rejected':
      return { status: 'rejected', at: now, reason: answer.reason };
    case 'unanswered':
      return doubt(nameOf(answer.error), now);
  }
}

/** Frees the recipients whose mail was not accepted, and throws so that the message comes again for them. */
async function giveBack({ store }: Deps, delivery: Delivery, tries: readonly Try[]): Promise<void> {
  const refusals = tries.flatMap(({ address, answer }) =>
    answer.kind === 'not-accepted' ? [{ address, reason: answer.reason }] : [],
  );
  const [first] = refusals;
  if (first === undefined) return;
  await store.releaseRecipients(
    delivery,
    refusals.map(({ address }) => address),
  );
  throw new Error(`A mail of ${delivery.document} ${delivery.about} was not accepted: ${first.reason}`);
}

const doubt = (reason: string, at: Instant): RecipientOutcome => ({ status: 'uncertain', at, reason });

/** Only the kind of error: messages of a mail service contain addresses. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');
