import type { Account, HandOverReason, ServiceState } from './account.ts';
import { addDays, addHours, dateIn, type Instant, type PlainDate, startOfDay } from './calendar.ts';
import type { Delivery, DocumentKind } from './delivery.ts';
import { handedOverBy } from './hand-over.ts';
import { isUnderWay, type Receivable } from './receivable.ts';
import type { DunningPolicy } from './seller.ts';
import { firstThatReached, latestSending } from './sendings.ts';

/** How far dunning has come is a place in this list, 1 for its first entry: it means the same whatever the policy says. */
const LADDER = ['reminder-1', 'reminder-2', 'final-notice', 'suspension'] as const;
const FINAL_NOTICE = LADDER.indexOf('final-notice') + 1;
const SUSPENSION = LADDER.indexOf('suspension') + 1;
/** A step that was begun is looked at again after this time, should its function have died half way. */
const HOURS_UNTIL_CHECKED = 1;

export type DunningNotice = Extract<DocumentKind, 'reminder-1' | 'reminder-2' | 'final-notice'>;

/**
 * `nothing` paid, or not due yet · `wait` due by the index but not by the policy · `notice` mail it · `suspend` cut the
 * services · `hand-over` a person takes it from here · `restore` give back services that were cut without notice. `dunning` is
 * what to write on the receivable before acting, or, to restore, with it.
 */
export type DunningStep =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wait'; readonly dunning: Receivable['dunning'] }
  | { readonly kind: 'notice'; readonly document: DunningNotice; readonly dunning: Receivable['dunning'] }
  | { readonly kind: 'suspend'; readonly dunning: Receivable['dunning'] }
  | { readonly kind: 'restore'; readonly dunning: Receivable['dunning'] }
  | { readonly kind: 'hand-over'; readonly because: HandOverReason; readonly dunning: Receivable['dunning'] };

/** What became of the final notice: when it reached somebody, that it reached nobody, or that it is still under way. */
export type FinalNotice =
  | { readonly kind: 'given'; readonly at: Instant }
  | { readonly kind: 'undeliverable' }
  | { readonly kind: 'under-way' };

/**
 * A mail that may have gone out counts as given; one that nobody could get, or that came back from everybody, does not. Sent
 * again, it was given when it first reached somebody: asking for it once more puts nothing off. Nobody got it, and a person saw
 * to it by other means: then it was given when that was noted.
 */
export function finalNoticeOf(delivery: Delivery | undefined): FinalNotice {
  if (delivery === undefined) return { kind: 'under-way' };
  const reached = firstThatReached(delivery);
  const at = reached?.completedAt ?? delivery.reachedOtherwise?.at;
  if (at !== undefined) return { kind: 'given', at };
  return { kind: latestSending(delivery).completedAt === undefined ? 'under-way' : 'undeliverable' };
}

/** What a step is decided from. */
export interface DunningCase {
  readonly receivable: Receivable;
  readonly account: Pick<Account, 'terms' | 'balance'>;
  /** Whether the account has agreed on a term (see `isUnderContract`); absent: it has not. */
  readonly underContract?: boolean;
  readonly finalNotice: FinalNotice;
  /** Absent: the account's services are on. */
  readonly services?: ServiceState;
  /** Of the account's other unpaid invoices that have come as far as the suspension; absent: there are none. */
  readonly otherNotices?: readonly FinalNotice[];
}

/**
 * The next step against an unpaid invoice (C23), one at a time and never two on one day, however late the sweep comes.
 * While money is under way nothing happens. Days are the seller's: `timeZone` is IANA.
 */
export function dunningStep(of: DunningCase, policy: DunningPolicy, now: Instant, timeZone: string): DunningStep {
  const { dunning, dueDate, due } = of.receivable;
  const { since = dueDate } = dunning;
  if (due <= 0) return { kind: 'nothing' };
  if (wasCutWithoutNotice(of)) return { kind: 'restore', dunning: beforeFinalNotice(dunning, now) };
  if (dunning.nextAt === undefined) return { kind: 'nothing' };
  // A suspension that was begun is carried on by whoever finds it.
  if (now < dunning.nextAt && dunning.step < SUSPENSION) return { kind: 'nothing' };

  const today = dateIn(now, timeZone);
  const spared = inGrace(of.receivable, today, timeZone);
  if (spared) return spared;
  const tomorrow = startOfDay(addDays(today, 1), timeZone);
  const dayOf = (step: number): Instant => startOfDay(addDays(since, dayOfStep(step, policy)), timeZone);
  const step = nextStep(dunning.step, policy);
  if (isUnderWay(of.receivable)) return wait(dunning, tomorrow);
  if (now < dayOf(step)) return wait(dunning, dayOf(step));
  if (step === SUSPENSION) return suspensionStep(of, policy, now, timeZone);
  const nextAt = later(dayOf(nextStep(step, policy)), tomorrow);
  return { kind: 'notice', document: LADDER[step - 1] as DunningNotice, dunning: { ...dunning, step, nextAt } };
}

/**
 * Mail servers may give a mail back days after they took it, when the services have been cut for it. Then they were cut without
 * notice, which R129 and R149 do not allow (overdue, *notice*, suspended) and most telecom laws forbid: the suspension is undone
 * at once and by itself, although something is owed, and the notice is given anew with its full time. Does it reach nobody
 * either, Accounts Receivable takes over (R131) and no machine cuts anybody, so that this happens once. What is off stays off
 * while another unpaid invoice justifies it, whose notice was given: services are the account's, not an invoice's.
 */
function wasCutWithoutNotice({ receivable, finalNotice, services, otherNotices = [] }: DunningCase): boolean {
  if (receivable.dunning.step < SUSPENSION || finalNotice.kind !== 'undeliverable') return false;
  if (services?.status !== 'suspending' && services?.status !== 'suspended') return false;
  return !otherNotices.some(({ kind }) => kind === 'given');
}

/** As if the final notice came next, in a turn of its own: no notice of the turn before counts in it. */
const beforeFinalNotice = (dunning: Receivable['dunning'], now: Instant): Receivable['dunning'] => ({
  ...dunning,
  ...{ step: FINAL_NOTICE - 1, nextAt: now, turn: turnOf(dunning) + 1 },
});

/**
 * Services are cut only after the final notice has reached somebody, and as many days after it as the policy puts between
 * the two, and only while the account owes anything. Whom no machine cuts, by the policy or because nobody got the notice,
 * Accounts Receivable takes over on that day and arranges payment and service (R131).
 */
function suspensionStep(of: DunningCase, policy: DunningPolicy, now: Instant, timeZone: string): DunningStep {
  const { finalNotice, receivable, account, underContract = false } = of;
  const { dunning } = receivable;
  // Looked at again until whatever follows is done.
  const begun = { ...dunning, step: SUSPENSION, nextAt: addHours(now, HOURS_UNTIL_CHECKED) };
  const tomorrow = startOfDay(addDays(dateIn(now, timeZone), 1), timeZone);
  if (account.balance <= 0) return wait(dunning, tomorrow);
  const terms = handedOverBy(account, underContract, policy);
  if (terms) return { kind: 'hand-over', because: terms, dunning: begun };
  if (finalNotice.kind === 'undeliverable') return { kind: 'hand-over', because: 'undeliverable', dunning: begun };
  if (finalNotice.kind === 'under-way') {
    return { kind: 'notice', document: 'final-notice', dunning: { ...dunning, step: FINAL_NOTICE, nextAt: tomorrow } };
  }
  const spacing = policy.suspensionDay - policy.finalNoticeDay;
  const earliest = startOfDay(addDays(dateIn(finalNotice.at, timeZone), spacing), timeZone);
  if (now < earliest) return wait(dunning, earliest);
  return { kind: 'suspend', dunning: begun };
}

const wait = (dunning: Receivable['dunning'], until: Instant): DunningStep => ({
  kind: 'wait',
  dunning: { ...dunning, nextAt: until },
});

/** What a rejected dispute made payable is dunned from the end of its own term on; the rest of the invoice is not spared. */
function inGrace({ due, grace, dunning }: Receivable, today: PlainDate, timeZone: string): DunningStep | undefined {
  if (grace === undefined || today > grace.until || due > grace.amount) return undefined;
  if (dunning.since === grace.until) return undefined;
  const nextAt = startOfDay(addDays(grace.until, 1), timeZone);
  return { kind: 'wait', dunning: { step: 0, nextAt, since: grace.until, turn: (dunning.turn ?? 1) + 1 } };
}

const later = (a: Instant, b: Instant): Instant => (Date.parse(a) > Date.parse(b) ? a : b);

/** The notice that the last step taken was about; sent again by whoever finds the step taken. */
export function noticeTaken(dunning: Receivable['dunning']): DunningNotice | undefined {
  const taken = LADDER[dunning.step - 1];
  return taken === 'suspension' ? undefined : taken;
}

/**
 * Whether a reminder or final notice of a turn is the last step that was taken: an earlier one would contradict what the
 * customer was told since.
 */
export const isLastNotice = (dunning: Receivable['dunning'], document: DunningNotice, turn: number): boolean =>
  turnOf(dunning) === turn && noticeTaken(dunning) === document;

export const isSuspensionTaken = ({ step }: Receivable['dunning']): boolean => step >= SUSPENSION;

/** Only then is there a final notice to look for. */
export const isFinalNoticeTaken = (dunning: Receivable['dunning']): boolean => dunning.step >= FINAL_NOTICE;

/** A policy with fewer reminders skips them; the final notice and the suspension always come. */
function nextStep(taken: number, policy: DunningPolicy): number {
  const next = taken + 1;
  if (next < FINAL_NOTICE && next > policy.reminderDays.length) return FINAL_NOTICE;
  return Math.min(next, SUSPENSION);
}

/** Which time the invoice is dunned: a notice of the first turn is none of the second. */
export const turnOf = ({ turn = 1 }: Receivable['dunning']): number => turn;

/** Days after the due date. */
function dayOfStep(step: number, policy: DunningPolicy): number {
  if (step === SUSPENSION) return policy.suspensionDay;
  if (step === FINAL_NOTICE) return policy.finalNoticeDay;
  return policy.reminderDays[step - 1] ?? policy.finalNoticeDay;
}
