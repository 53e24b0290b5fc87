import type { Recipient, Undeliverable } from './account.ts';
import { addHours, type Instant } from './calendar.ts';
import type { Delivery, SentAgain } from './delivery.ts';
import { addressKey } from './mail-address.ts';
import { Refused } from './refused.ts';
import { latestSending, sendingsOf } from './sendings.ts';

/** Why a document is not sent again: code → what it means to whoever asked. Nothing was sent. */
export const AGAIN_REFUSALS = {
  document_overtaken: 'What the document says is not true any more',
  sending_under_way: 'The document is being sent, or waits for its day; ask again when that is over',
  sent_too_often: 'The document was sent again as often as it may be within 24 hours',
  account_sent_too_often: 'As many documents of the account were sent again as may be within 24 hours',
  sent_enough: 'The document was sent as often as it can be; send it otherwise',
  not_a_recipient: 'The address is none of the recipients of this document',
  no_recipients: 'The account has no recipients; enter one first',
  recipients_stopped: 'Mails do not arrive at any of these addresses; replace or confirm one first',
} as const;
export type AgainRefusalCode = keyof typeof AGAIN_REFUSALS;

export class AgainRefused extends Refused<AgainRefusalCode> {
  override readonly name = 'AgainRefused';
  /** When it may be asked again, where waiting is all that it takes. */
  readonly retryAt: Instant | undefined;
  /** Each address that stands in the way, and why. */
  readonly addresses: readonly AddressPlan[];

  constructor(
    code: AgainRefusalCode,
    {
      field = 'about',
      detail,
      retryAt,
      addresses = [],
    }: Partial<Pick<AgainRefused, 'retryAt' | 'addresses'>> & {
      readonly field?: string;
      readonly detail?: string;
    } = {},
  ) {
    super(code, AGAIN_REFUSALS[code], field, detail);
    this.retryAt = retryAt;
    this.addresses = addresses;
  }
}

/**
 * How often a document is sent again within 24 hours, whoever asks: enough to mend an address, see the mail come back and mend
 * it again, and too little to bury anybody. A customer's own requests leave room for the telecom's.
 */
const PER_DAY: Readonly<Record<SentAgain['askedBy'], number>> = { customer: 2, telecom: 5 };
/**
 * How many documents of an account are sent again within 24 hours, whoever asks: enough for a year's invoices and credit notes, or
 * to mend the addresses of a customer that nothing has reached for months, and no flood. What the product mails by itself never counts.
 */
const OF_ACCOUNT_PER_DAY: Readonly<Record<SentAgain['askedBy'], number>> = { customer: 20, telecom: 50 };
const DAY_HOURS = 24;
/** All of them are kept with the document, in an item of the table of at most 400 KB; five outcomes take 5 KB at the most. */
const MOST_SENDINGS = 40;

/** A request that was carried out, as far as limits ask for it. */
export type AskedAgain = Pick<SentAgain, 'askedAt' | 'askedBy'>;

/** What was sent again of an account lately. */
export interface AgainLog {
  /** Oldest first; those of the last 24 hours, and perhaps older ones. */
  readonly asked: readonly AskedAgain[];
  /** Raised by every write; each write is conditional on it. */
  readonly version: number;
}

export interface AgainRequest {
  readonly delivery: Delivery;
  /** Of the account; absent: nothing was ever sent again. */
  readonly log?: AgainLog | undefined;
  /** Who gets this document now. */
  readonly recipients: readonly Recipient[];
  /** Those of them that it is to go to; absent: all. */
  readonly to?: readonly string[] | undefined;
  readonly askedBy: SentAgain['askedBy'];
  readonly requestId: string;
  readonly now: Instant;
}

/** An address that it is sent to; with `stopped`: that it is not sent to, and why. */
export interface AddressPlan {
  readonly email: string;
  readonly stopped?: Undeliverable['reason'];
}

export interface AgainPlan {
  readonly sending: SentAgain;
  readonly addresses: readonly AddressPlan[];
  /** As it is to stand beside the account, written with the sending. */
  readonly log: AgainLog;
}

/**
 * Decides that a document is sent once more, and to whom: to each recipient at most once, never to an address that is
 * stopped, and no more often than anybody wants to read it. Throws `AgainRefused`.
 */
export function decideAgain(request: AgainRequest): AgainPlan {
  const { delivery, log = { asked: [], version: 0 }, recipients, to, askedBy, requestId, now } = request;
  const addresses = addressesOf(recipients, to);
  if (latestSending(delivery).completedAt === undefined) throw new AgainRefused('sending_under_way');
  if ((delivery.again ?? []).length >= MOST_SENDINGS) throw new AgainRefused('sent_enough');
  refuseTooMany('sent_too_often', delivery.again ?? [], PER_DAY[askedBy], now);
  refuseTooMany('account_sent_too_often', log.asked, OF_ACCOUNT_PER_DAY[askedBy], now);
  if (addresses.length === 0) throw new AgainRefused('no_recipients', { field: 'recipients' });
  if (addresses.every(({ stopped }) => stopped !== undefined))
    throw new AgainRefused('recipients_stopped', { field: 'recipients', addresses });
  const named = to && addresses.map(({ email }) => email);
  const sending = { askedAt: now, askedBy, requestId, ...(named && { to: named }), recipients: {} };
  const asked = [...log.asked.filter((one) => isRecent(one, now)), { askedAt: now, askedBy }];
  return { sending, addresses, log: { asked, version: log.version + 1 } };
}

/** The addresses that are named, or all; as the account writes them. Throws `AgainRefused` for one that is no recipient. */
export function addressesOf(
  recipients: readonly Recipient[],
  to: readonly string[] | undefined,
): readonly AddressPlan[] {
  const byKey = new Map(recipients.map((recipient) => [addressKey(recipient.email), recipient]));
  const wanted = new Set(to?.map(addressKey) ?? byKey.keys());
  const missing = to?.findIndex((email) => !byKey.has(addressKey(email))) ?? -1;
  if (missing >= 0)
    throw new AgainRefused('not_a_recipient', { field: `recipients.${missing}`, detail: to![missing]! });
  return [...wanted].map((key): AddressPlan => {
    const { email, undeliverable } = byKey.get(key)!;
    return { email, ...(undeliverable && { stopped: undeliverable.reason }) };
  });
}

/**
 * Somebody who is none of the account's recipients, with what earlier sendings of the document say about the address: it is on
 * record nowhere else.
 */
export function markedByOutcomes(stranger: Recipient, delivery: Delivery): Recipient {
  const key = addressKey(stranger.email);
  const outcomes = sendingsOf(delivery).flatMap(({ recipients }) => Object.entries(recipients));
  const last = outcomes.findLast(([email]) => addressKey(email) === key)?.[1];
  if (last?.status === 'complained') return { ...stranger, undeliverable: { since: last.at, reason: 'complained' } };
  if (last?.bounce !== 'permanent') return stranger;
  return { ...stranger, undeliverable: { since: last.at, reason: 'bounced' } };
}

const isRecent = ({ askedAt }: AskedAgain, now: Instant): boolean => askedAt > addHours(now, -DAY_HOURS);

function refuseTooMany(
  code: 'sent_too_often' | 'account_sent_too_often',
  asked: readonly AskedAgain[],
  most: number,
  now: Instant,
): void {
  const within = asked.filter((one) => isRecent(one, now));
  // The one with whose end there is room again.
  const blocking = within.at(-most);
  if (within.length < most || blocking === undefined) return;
  const retryAt = addHours(blocking.askedAt, DAY_HOURS);
  const what = code === 'sent_too_often' ? 'times' : 'documents';
  throw new AgainRefused(code, { detail: `${most} ${what}; again from ${retryAt} on`, retryAt });
}
