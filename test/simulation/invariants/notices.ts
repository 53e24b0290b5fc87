import { tagsOf } from '../../../shared/delivery/mail-tags.ts';
import type { Account } from '../../../shared/domain/account.ts';
import { dateIn, daysBetween } from '../../../shared/domain/calendar.ts';
import type { Delivery, RecipientOutcome, Sending } from '../../../shared/domain/delivery.ts';
import { addressKey } from '../../../shared/domain/mail-address.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import type { Seller } from '../../../shared/domain/seller.ts';
import type { Files } from '../world/files.ts';
import { type Accepted, type PostOffice, sendingNamed } from '../world/post-office.ts';
import type { World } from '../world/world.ts';
import { must } from './violation.ts';

/** The step that a suspension, or a hand-over, is. */
export const SUSPENSION = 4;

/** Whether a recipient has the mail, or may have it. */
type Has = (outcome: RecipientOutcome, arrived: boolean, to: string, nth: number) => boolean;

/** As far as the product knows. */
export const onRecord: Has = ({ status, bounce }, arrived) =>
  ['sent', 'complained', 'uncertain', 'sending'].includes(status) || (bounce === 'transient' && arrived);

/** As it is: what was accepted was read or not. A mail that may never have been sent is notice enough (invariant 7). */
const inTruth =
  (delivery: Delivery, mails: readonly Accepted[]): Has =>
  ({ status }, _arrived, to, nth) => {
    const sending = sendingNamed(tagsOf({ ...delivery, nth }));
    const mail = mails.find((each) => each.sending === sending && addressKey(each.to) === addressKey(to));
    return mail?.read ?? status === 'uncertain';
  };

const sendingsOf = ({ again = [], ...first }: Delivery): readonly Sending[] => [first, ...again];

function hasIt({ recipients, arrived = {} }: Sending, nth: number, has: Has): boolean {
  return Object.entries(recipients).some(([to, outcome]) => has(outcome, arrived[to] !== undefined, to, nth));
}

/** When a notice was given: it reached somebody, or a person saw to it. Undefined: it was not. */
export function givenAt(delivery: Delivery, has: Has): string | undefined {
  const reached = sendingsOf(delivery).find(
    (sending, index) => sending.completedAt !== undefined && hasIt(sending, index + 1, has),
  );
  return reached?.completedAt ?? delivery.reachedOtherwise?.at;
}

/** Whether a notice that was given then had its full time at another moment. */
export function wasInTime(given: string | undefined, at: string, { timeZone, dunning }: Seller): boolean {
  if (given === undefined) return false;
  const days = daysBetween(dateIn(given, timeZone), dateIn(at, timeZone));
  return days >= dunning.suspensionDay - dunning.finalNoticeDay;
}

export const finalNotices = (files: Files, accountId: string): Delivery[] =>
  files.under<Delivery>(accountId, 'DELIVERY#').filter(({ document }) => document === 'final-notice');

/** The final notice that counts for an invoice. */
export const noticeFor = (notices: readonly Delivery[], { invoiceId, dunning }: Receivable): Delivery | undefined =>
  notices.find(({ about, occurrence }) => about === invoiceId && occurrence === (dunning.turn ?? 1));

/** At rest, before the last debts are paid: what was cut, what is threatened and what is listed agrees with what the mailboxes have. */
export function checkNotices(world: World, files: Files, post: PostOffice, cuts: ReadonlyMap<string, string>): void {
  for (const { account } of world.scenario.accounts) {
    const { accountId } = account;
    const now = files.account(accountId);
    const notices = finalNotices(files, accountId);
    checkCut(now, notices, { post, cuts, seller: world.scenario.seller });
    for (const receivable of files.receivables(accountId)) checkDebt(now, receivable, notices);
    checkReach(world, files.under<Delivery>(accountId, 'DELIVERY#'), post);
    checkAddresses(now, post);
  }
}

interface Outcome {
  readonly post: PostOffice;
  readonly cuts: ReadonlyMap<string, string>;
  readonly seller: Seller;
}

/** When a mail of a document came back last. */
const cameBackAt = (delivery: Delivery): string =>
  sendingsOf(delivery)
    .flatMap(({ recipients }) => Object.values(recipients))
    .reduce((last, { status, at }) => (status === 'bounced' && at > last ? at : last), '');

/**
 * Whose phones are off had a notice in time, in a mailbox that somebody reads: before they were cut, or, while they were off, before
 * they would have been cut for it, or before the mail that they were cut for came back: nobody is given phones to lose them at once.
 * What finance gave up stays off as finance said.
 */
function checkCut({ accountId, services, balance }: Account, notices: readonly Delivery[], of: Outcome): void {
  if (services.status !== 'suspended' || balance <= 0) return;
  const cut = of.cuts.get(`${accountId} ${services.number}`)!;
  const justified = notices.some((notice) => {
    const own = of.cuts.get(`${accountId} ${notice.about} ${notice.occurrence}`) ?? cut;
    const given = givenAt(notice, inTruth(notice, of.post.mails));
    const moments = [cut, own, cameBackAt(notice)].filter((at) => at >= cut);
    return moments.some((at) => wasInTime(given, at, of.seller));
  });
  must(justified, 'nobody stays cut without a notice that somebody has', () => `${accountId} since ${cut}`);
}

/** Dunning ends with a suspension for which there was a notice, or with a person. */
function checkDebt(account: Account, receivable: Receivable, notices: readonly Delivery[]): void {
  const { due, dunning, collection } = receivable;
  if (due <= 0 || dunning.nextAt !== undefined || dunning.step < SUSPENSION || dunning.handedOver) return;
  const detail = () => `${account.accountId} ${receivable.invoiceId}: ${JSON.stringify(dunning)} ${collection.state}`;
  const notice = noticeFor(notices, receivable);
  const given = notice && givenAt(notice, onRecord);
  must(given !== undefined, 'a notice that came back is given anew, or a person takes over', detail);
  must(account.services.status !== 'active', 'who had notice in time and does not pay is cut', detail);
}

/** Nobody has a document: it is on finance's list. Somebody has: it is not. */
function checkReach({ scenario }: World, deliveries: readonly Delivery[], { mails }: PostOffice): void {
  for (const delivery of deliveries) {
    const { document, about, occurrence, unreachedSince, reachedOtherwise, again } = delivery;
    const detail = () => `${document} ${occurrence} about ${about}, sent ${1 + (again?.length ?? 0)} times`;
    const sendings = sendingsOf(delivery);
    if (sendings.every(({ recipients }) => Object.keys(recipients).length === 0)) continue;
    const somebody = sendings.some((sending, index) => hasIt(sending, index + 1, inTruth(delivery, mails)));
    if (!somebody && reachedOtherwise === undefined)
      must(unreachedSince !== undefined, 'what reached nobody is on the list', detail);
    const doubtful = sendings.some(({ recipients }) =>
      Object.values(recipients).some(({ status }) => status === 'uncertain'),
    );
    if (somebody && scenario.mailsComeBack && !doubtful)
      must(unreachedSince === undefined, 'what somebody has is not on the list', detail);
  }
}

/** What was told of an address stands with it until somebody says that mails arrive there. */
function checkAddresses({ accountId, recipients }: Account, { mails }: PostOffice): void {
  for (const { email, undeliverable, confirmedAt } of recipients) {
    const told = mails.some(
      ({ to, stops, at }) => stops && to === email && (confirmedAt === undefined || at >= Date.parse(confirmedAt)),
    );
    must(!told || undeliverable !== undefined, 'an address at an end is marked', () => `${accountId} ${email}`);
  }
}
