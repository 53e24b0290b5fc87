import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, Recipient } from '../../shared/domain/account.ts';
import type { Delivery, RecipientOutcome } from '../../shared/domain/delivery.ts';
import { finalNoticeOf } from '../../shared/domain/final-notice.ts';
import {
  accountAfter,
  FEEDBACK_KINDS,
  type MailFeedback,
  outcomeAfter,
  replacedRecipients,
} from '../../shared/domain/mail-feedback.ts';
import { mayHaveReached, reachedNobody } from '../../shared/domain/sendings.ts';
import { account } from '../support/accounts.ts';

const SENT = '2026-12-01T06:00:00.000Z';
const AT = '2026-12-01T06:01:00.000Z';
const ANNA = 'anna@acme.example';
const told = (kind: MailFeedback['kind'], more: Partial<MailFeedback> = {}): MailFeedback => ({
  ...{ kind, recipient: ANNA, at: AT, sentAt: SENT, messageId: 'm-1', detail: 'because' },
  ...more,
});
const outcome = (status: RecipientOutcome['status'], bounce?: 'permanent' | 'transient'): RecipientOutcome => ({
  ...{ status, at: SENT },
  ...(bounce && { bounce }),
});
const shortOf = (of: RecipientOutcome | undefined) => of && [of.status, of.bounce].filter(Boolean).join(' ');

describe('what is told of a mail', () => {
  const said = { at: AT, messageId: 'm-1', reason: 'because' };
  it.each([
    ['arrived', { status: 'sent', at: AT, messageId: 'm-1' }],
    ['delayed', { status: 'sent', at: AT, messageId: 'm-1' }],
    ['bounced-permanently', { status: 'bounced', ...said, bounce: 'permanent' }],
    ['suppressed', { status: 'bounced', ...said, bounce: 'permanent' }],
    ['bounced-transiently', { status: 'bounced', ...said, bounce: 'transient' }],
    ['complained', { status: 'complained', ...said }],
    ['rejected', { status: 'rejected', ...said }],
  ] as const)('%s settles a claim and a doubt as %j', (kind, after) => {
    expect(outcomeAfter(outcome('sending'), told(kind))).toEqual(after);
    expect(outcomeAfter(outcome('uncertain'), told(kind))).toEqual(after);
  });

  it.each([
    ['sent', undefined, 'arrived', undefined],
    ['sent', undefined, 'delayed', undefined],
    ['sent', undefined, 'bounced-transiently', 'bounced transient'],
    ['bounced', 'transient', 'bounced-permanently', 'bounced permanent'],
    ['bounced', 'permanent', 'bounced-transiently', undefined],
    ['bounced', 'permanent', 'arrived', undefined],
    ['bounced', 'permanent', 'complained', 'complained'],
    ['bounced', 'permanent', 'rejected', undefined],
    ['rejected', undefined, 'complained', 'complained'],
    ['complained', undefined, 'bounced-permanently', undefined],
    ['skipped', undefined, 'arrived', 'sent'],
  ] as const)('%s %s, then %s: %s', (status, bounce, kind, after) => {
    expect(shortOf(outcomeAfter(outcome(status, bounce), told(kind)))).toBe(after);
  });

  it('comes to the same in whatever order and however often it is told', () => {
    const ending = (kinds: readonly MailFeedback['kind'][]) =>
      shortOf(kinds.reduce((now, kind) => outcomeAfter(now, told(kind)) ?? now, outcome('sending')));
    // Of one mail SES tells either that it was rejected, or what its mail server did with it.
    const kinds = fc.subarray(
      FEEDBACK_KINDS.filter((kind) => kind !== 'rejected'),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(kinds, fc.infiniteStream(fc.nat()), (some, random) => {
        const keys = [...random.take(2 * some.length)];
        const twice = [...some, ...some].map((kind, index) => ({ kind, key: keys[index]! }));
        const shuffled = twice.sort((a, b) => a.key - b.key).map(({ kind }) => kind);
        expect(ending(shuffled)).toBe(ending(some));
      }),
    );
  });
});

describe('the address on the account', () => {
  const of = (recipient: Partial<Recipient> = {}): Account =>
    account('GB', 'GBP', { recipients: [{ email: 'Anna@ACME.example', main: true, ...recipient }] });
  const after = (before: Account, feedback: MailFeedback, about = '2026-12#cycle') =>
    accountAfter(before, feedback, about)?.recipients[0];

  it.each([
    ['bounced-permanently', 'bounced'],
    ['suppressed', 'suppressed'],
    ['complained', 'complained'],
  ] as const)('%s: stops as %s', (kind, reason) => {
    expect(after(of(), told(kind))?.undeliverable).toEqual({ since: AT, reason, detail: 'because' });
  });

  it.each(['rejected', 'delayed', 'arrived'] as const)('%s: is left as it is', (kind) => {
    expect(accountAfter(of(), told(kind), '2026-12#cycle')).toBeUndefined();
  });

  it('raises the account’s version and leaves the others alone', () => {
    const before = account('GB', 'GBP', {
      recipients: [
        { email: 'ben@acme.example', main: true },
        { email: ANNA, main: false },
      ],
    });
    const next = accountAfter(before, told('complained'), '2026-12#cycle')!;
    expect(next.version).toBe(before.version + 1);
    expect(next.recipients[0]).toEqual(before.recipients[0]);
    expect(next.recipients[1]).toMatchObject({ email: ANNA, main: false });
  });

  it('that stopped already keeps its first reason', () => {
    const stopped = of({ undeliverable: { since: SENT, reason: 'complained' } });
    for (const kind of FEEDBACK_KINDS) expect(accountAfter(stopped, told(kind), '2026-12#cycle')).toBeUndefined();
  });

  it('that the account has no more is left alone', () => {
    expect(accountAfter(of(), told('complained', { recipient: 'ben@acme.example' }), '2026-12#cycle')).toBeUndefined();
  });

  it.each([
    ['before it was confirmed says nothing', '2026-12-01T05:59:59.999Z', false],
    ['when it was confirmed, or after, stops it', SENT, true],
  ] as const)('a mail that was sent %s', (_, sentAt, stops) => {
    const next = after(of({ confirmedAt: SENT }), told('bounced-permanently', { sentAt }));
    expect(next?.undeliverable !== undefined).toBe(stops);
  });

  it('stops at the third invoice in a row whose mails came back for the time being, not before', () => {
    const soft = told('bounced-transiently');
    const counted = ['a', 'a', 'b', 'b', 'c'].map((about, index, all) => {
      const before = all.slice(0, index).reduce((now, each) => accountAfter(now, soft, each) ?? now, of());
      return after(before, soft, about);
    });
    expect(counted.map((each) => each?.softBounces?.length)).toEqual([1, undefined, 2, undefined, undefined]);
    expect(counted.at(-1)?.undeliverable).toEqual({ since: AT, reason: 'unavailable', detail: 'because' });
  });

  it('counts anew when a later mail arrived; an older one that arrived late changes nothing', () => {
    const once = accountAfter(of(), told('bounced-transiently'), 'a')!;
    expect(after(once, told('arrived', { sentAt: '2026-11-30T06:00:00.000Z' }))).toBeUndefined();
    expect(after(once, told('arrived'))).toEqual({ email: 'Anna@ACME.example', main: true });
    const twice = accountAfter(once, told('bounced-transiently', { sentAt: '2027-01-01T06:00:00.000Z' }), 'b')!;
    expect(after(twice, told('arrived'))?.softBounces).toEqual([{ about: 'b', sentAt: '2027-01-01T06:00:00.000Z' }]);
  });
});

describe('recipients that are replaced', () => {
  const marked: Recipient = { email: ANNA, main: true, undeliverable: { since: SENT, reason: 'bounced' } };
  it.each([
    ['the same again: stays marked', { email: ANNA, main: true }, marked, []],
    [
      'written otherwise: stays marked',
      { email: 'ANNA@acme.example', main: true },
      { ...marked, email: 'ANNA@acme.example' },
      [],
    ],
    [
      'confirmed: is mailed to again',
      { email: ANNA, main: true, confirm: true },
      { email: ANNA, main: true, confirmedAt: AT },
      [{ index: 0, email: ANNA }],
    ],
    ['another: is mailed to', { email: 'ben@acme.example', main: true }, { email: 'ben@acme.example', main: true }, []],
    [
      'another, confirmed: SES need not be told',
      { email: 'ben@acme.example', main: true, confirm: true },
      { email: 'ben@acme.example', main: true, confirmedAt: AT },
      [],
    ],
  ])('%s', (_, entered, recipient, confirmed) => {
    expect(replacedRecipients([marked], [entered], AT)).toEqual({ recipients: [recipient], confirmed });
  });
});

describe('whom a document reached', () => {
  const delivery = (
    recipients: readonly RecipientOutcome[],
    arrived: readonly number[] = [],
    completedAt: string | undefined = AT,
  ): Delivery => ({
    ...{
      sellerId: 's',
      accountId: 'a',
      about: '2026-12#cycle',
      document: 'final-notice',
      occurrence: 1,
      createdAt: SENT,
    },
    recipients: Object.fromEntries(recipients.map((each, index) => [`r${index}@acme.example`, each])),
    ...(arrived.length > 0 && { arrived: Object.fromEntries(arrived.map((index) => [`r${index}@acme.example`, AT])) }),
    ...(completedAt !== undefined && { completedAt }),
  });

  it.each([
    ['nobody, for there is nobody', [], [], false, 'undeliverable'],
    ['who was sent it', [outcome('sent')], [], false, 'given'],
    ['nobody, when it came back for ever', [outcome('bounced', 'permanent')], [], true, 'undeliverable'],
    ['nobody, when a server took it and gave it back', [outcome('bounced', 'permanent')], [0], true, 'undeliverable'],
    ['nobody, when it came back for the time being', [outcome('bounced', 'transient')], [], true, 'undeliverable'],
    ['who answered automatically', [outcome('bounced', 'transient')], [0], false, 'given'],
    ['who complained, for it was read', [outcome('complained')], [], false, 'given'],
    ['nobody, when all are marked', [outcome('skipped'), outcome('skipped')], [], true, 'undeliverable'],
    ['nobody, when all were refused', [outcome('rejected')], [], true, 'undeliverable'],
    ['nobody, when SES found a virus', [outcome('rejected')], [0], true, 'undeliverable'],
    ['one of three', [outcome('bounced', 'permanent'), outcome('skipped'), outcome('sent')], [], false, 'given'],
    ['perhaps somebody: nobody as far as is known, and notice enough', [outcome('uncertain')], [], true, 'given'],
    ['perhaps somebody, while a mail is being sent', [outcome('sending')], [], true, 'given'],
    ['somebody for sure, once a doubtful mail arrived', [outcome('uncertain')], [0], false, 'given'],
  ] as const)('%s', (_, recipients, arrived, nobody, notice) => {
    const of = delivery(recipients, arrived);
    expect(reachedNobody(of)).toBe(nobody);
    expect(mayHaveReached(of)).toBe(notice === 'given');
    expect(finalNoticeOf(of).kind).toBe(notice);
  });

  it('a final notice counts from when it was mailed, and not before all were mailed to', () => {
    expect(finalNoticeOf(delivery([outcome('sent')]))).toEqual({ kind: 'given', at: AT });
    const { completedAt: _, ...underWay } = delivery([outcome('sent')]);
    expect(finalNoticeOf(underWay)).toEqual({ kind: 'under-way' });
    expect(finalNoticeOf(undefined)).toEqual({ kind: 'under-way' });
  });
});
