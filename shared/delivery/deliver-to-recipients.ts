import type { Recipient } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Delivery, RecipientOutcome } from '../domain/delivery.ts';
import { addressKey } from '../domain/mail-address.ts';
import type { SendingOf } from '../domain/sendings.ts';
import type { DeliveryStore, Mail, Mailer, MailOutcome } from '../ports.ts';
import { tagsOf } from './mail-tags.ts';
import { settleReach } from './settle-reach.ts';

/** R52, C5: one main contact and four others. Counts every address that a sending was ever meant for. */
const MOST_RECIPIENTS = 5;
/** Longer than any function may run: whoever claimed a recipient that long ago and said nothing since is dead. */
const CLAIM_OUTLIVES_FUNCTION_MS = 120_000;

interface Deps {
  readonly store: Pick<
    DeliveryStore,
    'claimRecipients' | 'concludeRecipients' | 'releaseRecipients' | 'delivery' | 'noteReach'
  >;
  readonly mailer: Mailer;
}

/** What this invocation did: how many mails were accepted, refused for good, not even tried, or left in doubt. */
export interface DeliveryReport {
  readonly sent: number;
  readonly rejected: number;
  /** Recipients whose address is marked as undeliverable. */
  readonly skipped: number;
  readonly uncertain: number;
  /** Every recipient has an outcome, and this invocation was the one to say so. */
  readonly completed: boolean;
  /** Nobody got the document, as far as anybody knows, and this invocation was the one to note it. */
  readonly reachedNobody: boolean;
}

/**
 * Mails a document to an account's recipients, or to those that its sending is for, the main contact first in line, each at
 * most once in a sending, by itself (invariant 7):
 *
 * - All are claimed in one write before any mail is sent, and a claim is never taken over. One that was not concluded while
 *   its function could still live becomes `uncertain`: the mail may have gone out, and none is better than two.
 * - All are concluded in one write after the last answer, which completes the delivery when nobody is left.
 * - A mail that certainly was not accepted gives its claim back, and the message is tried again.
 * - A refused address is concluded as `rejected`; none waits for another.
 * - An address that is marked as undeliverable is concluded as `skipped`; the others get their mail.
 * - Every mail says which delivery it is of, so that what becomes of it later finds back here.
 *
 * Without a `mail` it concludes what was begun, and begins nothing. Throws, after all recipients were tried, when one is
 * to be tried again or the store fails.
 */
export async function deliverToRecipients(
  deps: Deps,
  delivery: SendingOf,
  recipients: readonly Recipient[],
  mail: Mail | undefined,
  now: Instant,
): Promise<DeliveryReport> {
  const earlier = Object.values(delivery.recipients);
  const abandoned = claimsLeft(delivery, now);
  const { fresh, marked } = addressees(recipients, delivery);
  const tagged = mail && { ...mail, tags: tagsOf(delivery) };
  const tries = tagged === undefined || fresh.length === 0 ? [] : await mailOnce(deps, delivery, fresh, tagged, now);

  const outcomes: Record<string, RecipientOutcome> = {};
  for (const address of abandoned) outcomes[address] = doubt('its function died around the call', now);
  if (mail !== undefined) for (const [address, reason] of marked) outcomes[address] = skip(reason, now);
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
  return {
    sent: many('sent'),
    rejected: many('rejected'),
    skipped: many('skipped'),
    uncertain: many('uncertain'),
    completed: completed !== undefined,
    reachedNobody: !waits && (await isForNobody(deps, delivery, completed, now)),
  };
}

/**
 * An account without any address has a delivery without recipients, which no list shows. Where this invocation was not the one to
 * complete it, it looks as well: it may have been, and the answer that said so was lost.
 */
async function isForNobody(
  { store }: Deps,
  of: SendingOf,
  completed: Delivery | undefined,
  now: Instant,
): Promise<boolean> {
  if (completed && Object.keys(completed.recipients).length === 0) return true;
  const delivery = completed ?? (await store.delivery(of));
  return delivery !== undefined && (await settleReach(store, delivery, now)) === 'nobody';
}

/**
 * Of a delivery that is completed already: who completed it may have died before it was said that nobody got it. Returns
 * what is to be counted.
 */
export async function lookAgain(
  store: Parameters<typeof settleReach>[0],
  delivery: Delivery,
  now: Instant,
): Promise<DeliveryReport> {
  const reachedNobody = (await settleReach(store, delivery, now)) === 'nobody';
  return { sent: 0, rejected: 0, skipped: 0, uncertain: 0, completed: false, reachedNobody };
}

/**
 * Addresses that the sending is for and has not tried yet, the main contact first, unique without regard to how they are written (R154), five at most with
 * those tried: those to mail to, and those that are marked, with why.
 */
function addressees(recipients: readonly Recipient[], delivery: SendingOf) {
  const tried = new Set(Object.keys(delivery.recipients).map(addressKey));
  const meant = delivery.to && new Set(delivery.to.map(addressKey));
  const left = Math.max(0, MOST_RECIPIENTS - tried.size);
  const untried = new Map<string, Recipient>();
  for (const recipient of [...recipients].sort((a, b) => Number(b.main) - Number(a.main))) {
    const key = addressKey(recipient.email.trim());
    if (meant && !meant.has(key)) continue;
    if (!tried.has(key) && !untried.has(key)) untried.set(key, recipient);
  }
  const chosen = [...untried.values()].slice(0, left);
  return {
    fresh: chosen.flatMap(({ email, undeliverable }) => (undeliverable ? [] : [email.trim()])),
    marked: chosen.flatMap(({ email, undeliverable: mark }) => (mark ? [[email.trim(), mark.reason] as const] : [])),
  };
}

const claimsLeft = ({ recipients }: SendingOf, now: Instant): string[] =>
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
  delivery: SendingOf,
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
async function giveBack({ store }: Deps, delivery: SendingOf, tries: readonly Try[]): Promise<void> {
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

const skip = (reason: string, at: Instant): RecipientOutcome => ({ status: 'skipped', at, reason });
const doubt = (reason: string, at: Instant): RecipientOutcome => ({ status: 'uncertain', at, reason });

/** Only the kind of error: messages of a mail service contain addresses. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');
