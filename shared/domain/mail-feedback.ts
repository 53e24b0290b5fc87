import type { Account, Recipient, SoftBounce, Undeliverable } from './account.ts';
import type { Instant } from './calendar.ts';
import type { RecipientOutcome } from './delivery.ts';
import { addressKey } from './mail-address.ts';

/**
 * What the mail service tells of a mail that it had accepted, later, perhaps twice and in any order.
 *
 * `arrived`: the recipient's mail server took it · `bounced`: it came back, for ever (`permanent`) or after days of trying ·
 * `suppressed`: it was not even tried, for an earlier bounce or complaint of the address · `complained`: the recipient took
 * it for spam · `rejected`: the service found a virus in it · `delayed`: it is still being tried.
 */
export const FEEDBACK_KINDS = [
  'arrived',
  'bounced-permanently',
  'bounced-transiently',
  'suppressed',
  'complained',
  'rejected',
  'delayed',
] as const;

export interface MailFeedback {
  readonly kind: (typeof FEEDBACK_KINDS)[number];
  readonly recipient: string;
  /** When it happened, and when the mail had been sent. */
  readonly at: Instant;
  readonly sentAt: Instant;
  /** The service's id of the mail. */
  readonly messageId: string;
  /** What the mail server or the service said. */
  readonly detail?: string;
}

/** Mails about that many invoices in a row that came back for the time being are as good as a permanent bounce. */
const SOFT_BOUNCES_THAT_STOP = 3;

/** What was learnt later says more; of two things learnt, a complaint says that the mail was read. */
const RANKS: Readonly<Record<RecipientOutcome['status'], number>> = {
  skipped: 0,
  sending: 0,
  uncertain: 1,
  sent: 2,
  bounced: 3,
  rejected: 4,
  complained: 5,
};
const rankOf = ({ status, bounce }: RecipientOutcome): number => RANKS[status] + (bounce === 'permanent' ? 1 : 0);

/**
 * What a recipient's outcome becomes, given what it is; undefined when that stays. The same from whatever order the news
 * come in. Whatever it is, it says that the service has the mail: a claim or a doubt is settled by it.
 */
export function outcomeAfter(current: RecipientOutcome, feedback: MailFeedback): RecipientOutcome | undefined {
  const next = outcomeOf(feedback);
  return rankOf(next) > rankOf(current) ? next : undefined;
}

function outcomeOf({ kind, at, messageId, detail }: MailFeedback): RecipientOutcome {
  const said = { at, messageId, ...(detail !== undefined && { reason: detail }) };
  switch (kind) {
    case 'arrived':
    case 'delayed':
      return { status: 'sent', at, messageId };
    case 'bounced-permanently':
    case 'suppressed':
      return { status: 'bounced', ...said, bounce: 'permanent' };
    case 'bounced-transiently':
      return { status: 'bounced', ...said, bounce: 'transient' };
    case 'complained':
      return { status: 'complained', ...said };
    case 'rejected':
      return { status: 'rejected', ...said };
  }
}

/**
 * The account with what the news say about the address; undefined when they say nothing new. A mail that was sent before
 * the address was confirmed says nothing, nor does one to an address that the account has no more.
 */
export function accountAfter(account: Account, feedback: MailFeedback, about: string): Account | undefined {
  const key = addressKey(feedback.recipient);
  const index = account.recipients.findIndex(({ email }) => addressKey(email) === key);
  const recipient = account.recipients[index];
  if (recipient === undefined) return undefined;
  if (feedback.sentAt < (recipient.confirmedAt ?? '')) return undefined;
  const next = recipientAfter(recipient, feedback, about);
  if (next === undefined) return undefined;
  return { ...account, recipients: account.recipients.with(index, next), version: account.version + 1 };
}

function recipientAfter(recipient: Recipient, feedback: MailFeedback, about: string): Recipient | undefined {
  // What stopped it first stands.
  if (recipient.undeliverable) return undefined;
  const { softBounces: before = [], ...rest } = recipient;
  const stop = (reason: Undeliverable['reason']): Recipient => ({ ...rest, undeliverable: markOf(reason, feedback) });
  switch (feedback.kind) {
    case 'bounced-permanently':
      return stop('bounced');
    case 'suppressed':
      return stop('suppressed');
    case 'complained':
      return stop('complained');
    case 'bounced-transiently': {
      if (before.some((bounce) => bounce.about === about)) return undefined;
      const softBounces: SoftBounce[] = [...before, { about, sentAt: feedback.sentAt }];
      return softBounces.length < SOFT_BOUNCES_THAT_STOP ? { ...rest, softBounces } : stop('unavailable');
    }
    case 'arrived': {
      const later = before.filter(({ sentAt }) => sentAt > feedback.sentAt);
      if (later.length === before.length) return undefined;
      return later.length > 0 ? { ...rest, softBounces: later } : rest;
    }
    case 'rejected':
    case 'delayed':
      return undefined;
  }
}

const markOf = (reason: Undeliverable['reason'], { at, detail }: MailFeedback): Undeliverable => ({
  since: at,
  reason,
  ...(detail !== undefined && { detail }),
});

/** A recipient as somebody enters it; `confirm`: mails arrive there, whatever is on record. */
export interface EnteredRecipient {
  readonly email: string;
  readonly main: boolean;
  readonly confirm?: boolean | undefined;
}

/**
 * The recipients that replace those of an account. What is known about an address stays with it, unless it is confirmed;
 * `confirmed` are those that were marked, by place, and to which the mail service has to be told to send again.
 */
export function replacedRecipients(
  before: readonly Recipient[],
  entered: readonly EnteredRecipient[],
  now: Instant,
): {
  readonly recipients: readonly Recipient[];
  readonly confirmed: readonly { readonly index: number; readonly email: string }[];
} {
  const known = new Map(before.map((recipient) => [addressKey(recipient.email), recipient]));
  const confirmed: { index: number; email: string }[] = [];
  const recipients = entered.map(({ email, main, confirm }, index): Recipient => {
    const record = known.get(addressKey(email));
    if (record && !confirm) return { ...record, email, main };
    if (record?.undeliverable) confirmed.push({ index, email });
    return { email, main, ...(confirm && { confirmedAt: now }) };
  });
  return { recipients, confirmed };
}
