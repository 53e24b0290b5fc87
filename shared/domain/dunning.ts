import type { Account, HandOverReason, ServiceState } from './account.ts';
import { addDays, addHours, dateIn, type Instant, type PlainDate, startOfDay } from './calendar.ts';
import type { DocumentKind } from './delivery.ts';
import { earliestCut, type FinalNotice, justifiesCut } from './final-notice.ts';
import { handedOverBy } from './hand-over.ts';
import { isUnderWay, type Receivable } from './receivable.ts';
import type { DunningPolicy } from './seller.ts';

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

/** What a step is decided from. */
export interface DunningCase {
  readonly receivable: Receivable;
  readonly account: Pick<Account, 'terms' | 'balance'>;
  /** Whether the account has agreed on a term (see `isUnderContract`); absent: it has not. */
  readonly underContract?: boolean;
  readonly finalNotice: FinalNotice;
  /** Absent: the account's services are on. */
  readonly services?: ServiceState;
  /** While services are off: of the account's other unpaid invoices that have come as far as the suspension. Absent: there are none. */
  readonly otherNotices?: readonly FinalNotice[];
}

/**
 * The next step against an unpaid invoice (C23), one at a time and never two on one day, however late the sweep comes.
 * While money is under way nothing happens. Days are the seller's: `timeZone` is IANA.
 */
export function dunningStep(of: DunningCase, policy: DunningPolicy, now: Instant, timeZone: string): DunningStep {
  const { dunning, dueDate, due } = of.receivable;
  const { since = dueDate } = dunning;
  const isOpen = due > 0;
  const withoutNotice = wasCutWithoutNotice(of, policy, now, timeZone);
  const anew = isOpen && (withoutNotice || isNeverGiven(of)) ? noticeAnew(of, now) : undefined;
  if (withoutNotice) return { kind: 'restore', dunning: anew ?? dunning };
  if (!isOpen) return { kind: 'nothing' };
  if (anew) {
    const receivable = { ...of.receivable, dunning: anew };
    return dunningStep({ ...of, receivable, finalNotice: noticeOfTurn(of, anew) }, policy, now, timeZone);
  }
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
 * at once and by itself, although something is owed. So it is where somebody has the notice by now, but for fewer days than the
 * policy gives. What is off stays off while another unpaid invoice justifies it: services are the account's, not an invoice's.
 */
function wasCutWithoutNotice(of: DunningCase, policy: DunningPolicy, now: Instant, timeZone: string): boolean {
  const { receivable, account, finalNotice, services, otherNotices = [] } = of;
  if (!isSuspensionTaken(receivable.dunning) || !areOff(services) || account.balance <= 0) return false;
  return ![finalNotice, ...otherNotices].some((notice) => justifiesCut(notice, policy, now, timeZone));
}

/**
 * The notice came back after the suspension was this invoice's, wherever the services are by now: off for another invoice, or
 * back for the sake of one. What a person has taken over is left to that person.
 */
const isNeverGiven = ({ receivable: { dunning }, finalNotice }: DunningCase): boolean =>
  isSuspensionTaken(dunning) &&
  dunning.nextAt === undefined &&
  !dunning.handedOver &&
  finalNotice.kind === 'undeliverable';

/**
 * Where dunning goes on after a notice that does not count: as if the final notice came next, in a turn of its own, in which no
 * notice of the turn before counts. That happens once: one that comes back again, too, has Accounts Receivable take over (R131).
 * Where the notice is being sent again already, or somebody has it by now, the suspension comes next, in its time.
 */
function noticeAnew({ receivable: { dunning }, finalNotice }: DunningCase, now: Instant): Receivable['dunning'] {
  if (dunning.handedOver) return dunning;
  if (finalNotice.kind !== 'undeliverable' || dunning.anew) return { ...dunning, step: FINAL_NOTICE, nextAt: now };
  return { ...dunning, step: FINAL_NOTICE - 1, nextAt: now, turn: turnOf(dunning) + 1, anew: true };
}

const noticeOfTurn = ({ receivable, finalNotice }: DunningCase, next: Receivable['dunning']): FinalNotice =>
  turnOf(receivable.dunning) === turnOf(next) ? finalNotice : { kind: 'under-way' };

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
  const because = terms ?? (finalNotice.kind === 'undeliverable' ? finalNotice.kind : undefined);
  if (because) return { kind: 'hand-over', because, dunning: { ...begun, handedOver: true } };
  if (finalNotice.kind !== 'given') {
    return { kind: 'notice', document: 'final-notice', dunning: { ...dunning, step: FINAL_NOTICE, nextAt: tomorrow } };
  }
  const earliest = earliestCut(finalNotice.at, policy, timeZone);
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

export const areOff = (services: ServiceState | undefined): boolean =>
  services?.status === 'suspending' || services?.status === 'suspended';

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
