import { describe, expect, it } from 'vitest';
import type { Delivery, RecipientOutcome } from '../../shared/domain/delivery.ts';
import {
  type DunningCase,
  dunningStep,
  isFinalNoticeTaken,
  isLastNotice,
  isSuspensionTaken,
  noticeTaken,
} from '../../shared/domain/dunning.ts';
import { type FinalNotice, finalNoticeOf } from '../../shared/domain/final-notice.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import type { DunningPolicy } from '../../shared/domain/seller.ts';

/** C23: reminders 1 and 7 days after the due date, final notice after 10, suspension after 15. */
const POLICY: DunningPolicy = { reminderDays: [1, 7], finalNoticeDay: 10, suspensionDay: 15 };
const ZONE = 'America/New_York';
const UNDER_WAY: FinalNotice = { kind: 'under-way' };
const given = (at: string): FinalNotice => ({ kind: 'given', at });

/** Invoiced on 1 December, due on the 16th. New York is five hours behind UTC. */
const receivable = (step: number, nextAt: string | undefined, overrides: Partial<Receivable> = {}): Receivable => ({
  sellerId: 'northwind-us',
  accountId: 'acme',
  invoiceId: '2026-12#cycle',
  number: 'NTUS-202612A-000001',
  series: 'A',
  kind: 'cycle',
  month: '2026-12',
  invoiceDate: '2026-12-01',
  dueDate: '2026-12-16',
  currency: 'USD',
  total: 10000,
  due: 10000,
  status: 'unpaid',
  collection: { state: 'idle', attempts: 0 },
  dunning: { step, ...(nextAt && { nextAt }) },
  version: 1,
  ...overrides,
});
const step = (of: Receivable, now: string, notice: FinalNotice = UNDER_WAY, policy = POLICY) =>
  dunningStep({ receivable: of, account: { terms: 'card', balance: 10000 }, finalNotice: notice }, policy, now, ZONE);

describe('dunning on time', () => {
  it.each([
    ['reminder-1', 0, '2026-12-17T05:00:00.000Z', { step: 1, nextAt: '2026-12-23T05:00:00.000Z' }],
    ['reminder-2', 1, '2026-12-23T05:00:00.000Z', { step: 2, nextAt: '2026-12-26T05:00:00.000Z' }],
    ['final-notice', 2, '2026-12-26T05:00:00.000Z', { step: 3, nextAt: '2026-12-31T05:00:00.000Z' }],
  ])('sends %s on its day in the seller’s time zone', (document, taken, at, dunning) => {
    expect(step(receivable(taken, at), at)).toEqual({ kind: 'notice', document, dunning });
  });

  it('suspends on the 15th day after the due date, five days after the final notice', () => {
    const at = '2026-12-31T05:00:00.000Z';
    const decision = step(receivable(3, at), at, given('2026-12-26T05:10:00.000Z'));
    expect(decision).toEqual({ kind: 'suspend', dunning: { step: 4, nextAt: '2026-12-31T06:00:00.000Z' } });
  });

  it.each(['2026-12-31T05:00:01.000Z', '2026-12-31T06:00:00.000Z'])(
    'carries on a suspension that was begun, at %s',
    (now) => {
      const begun = receivable(4, '2026-12-31T06:00:00.000Z');
      expect(step(begun, now, given('2026-12-26T05:10:00.000Z')).kind).toBe('suspend');
    },
  );

  it('does not suspend an account that owes nothing as a whole', () => {
    const at = '2026-12-31T05:00:00.000Z';
    const of = {
      receivable: receivable(3, at),
      account: { terms: 'card', balance: 0 },
      finalNotice: given('2026-12-26T05:10:00.000Z'),
    } as const;
    expect(dunningStep(of, POLICY, at, ZONE)).toEqual({
      kind: 'wait',
      dunning: { step: 3, nextAt: '2027-01-01T05:00:00.000Z' },
    });
  });

  it.each([
    ['it is paid', { status: 'paid', due: 0 } as const],
    ['nothing is owed', { due: 0 }],
    ['it is a credit', { due: -500, total: -500 }],
  ])('does nothing when %s', (_, overrides) => {
    const late = '2027-03-01T00:00:00.000Z';
    expect(step(receivable(3, '2026-12-31T05:00:00.000Z', overrides), late)).toEqual({ kind: 'nothing' });
  });

  it('does nothing before its time, and nothing when nothing is planned', () => {
    const at = '2026-12-17T05:00:00.000Z';
    expect(step(receivable(0, at), '2026-12-17T04:59:59.999Z')).toEqual({ kind: 'nothing' });
    expect(step(receivable(4, undefined), '2027-03-01T00:00:00.000Z')).toEqual({ kind: 'nothing' });
  });

  it.each(['attempting', 'processing'] as const)('waits a day while a payment is %s', (state) => {
    const at = '2026-12-31T05:00:00.000Z';
    const paying = receivable(3, at, { collection: { state, attempts: 1 } });
    expect(step(paying, at, given('2026-12-26T05:00:00.000Z'))).toEqual({
      kind: 'wait',
      dunning: { step: 3, nextAt: '2027-01-01T05:00:00.000Z' },
    });
  });
});

describe('dunning that comes late', () => {
  it('takes one step a day, and the final notice keeps its five days before the suspension', () => {
    let current = receivable(0, '2026-12-17T05:00:00.000Z');
    let notice: FinalNotice = UNDER_WAY;
    const taken: string[] = [];
    // The sweep stood still until 20 January and comes every six hours from then on.
    for (let hour = 0; hour < 24 * 10; hour += 6) {
      const now = new Date(Date.parse('2027-01-20T08:00:00.000Z') + hour * 3_600_000).toISOString();
      const decision = step(current, now, notice);
      if (decision.kind === 'nothing') continue;
      current = { ...current, dunning: decision.dunning };
      if (decision.kind === 'notice' && decision.document === 'final-notice') notice = given(now);
      if (decision.kind !== 'wait')
        taken.push(`${now.slice(0, 10)} ${decision.kind === 'notice' ? decision.document : 'suspend'}`);
      if (decision.kind === 'suspend') break;
    }
    expect(taken).toEqual([
      '2027-01-20 reminder-1',
      '2027-01-21 reminder-2',
      '2027-01-22 final-notice',
      '2027-01-27 suspend',
    ]);
  });

  it('gives the five days from when the notice was really mailed', () => {
    const at = '2026-12-31T05:00:00.000Z';
    expect(step(receivable(3, at), at, given('2026-12-29T12:00:00.000Z'))).toEqual({
      kind: 'wait',
      dunning: { step: 3, nextAt: '2027-01-03T05:00:00.000Z' },
    });
  });

  it('asks for the final notice again, and does not suspend, while it has not been mailed', () => {
    const at = '2026-12-31T05:00:00.000Z';
    expect(step(receivable(3, at), at, UNDER_WAY)).toEqual({
      kind: 'notice',
      document: 'final-notice',
      dunning: { step: 3, nextAt: '2027-01-01T05:00:00.000Z' },
    });
  });
});

describe('what a machine must not cut (R131)', () => {
  const at = '2026-12-31T05:00:00.000Z';
  const reached = given('2026-12-26T05:10:00.000Z');
  const nobody: FinalNotice = { kind: 'undeliverable' };
  it.each<[string, 'card' | 'wire', boolean, FinalNotice, DunningPolicy['handOver'], string]>([
    ['pays by wire', 'wire', false, reached, undefined, 'wire'],
    ['has a contract', 'card', true, reached, undefined, 'contract'],
    ['has a contract and pays by wire', 'wire', true, reached, undefined, 'wire'],
    ['could not be reached by the final notice', 'card', false, nobody, undefined, 'undeliverable'],
    ['has neither', 'card', false, reached, undefined, 'suspend'],
    ['has a contract, where only wires are handed over', 'card', true, reached, ['wire'], 'suspend'],
    ['has a contract, pays by wire, where only contracts are', 'wire', true, reached, ['contract'], 'contract'],
    ['pays by wire, where nobody is handed over', 'wire', true, reached, [], 'suspend'],
    ['could not be reached, where nobody is handed over', 'wire', true, nobody, [], 'undeliverable'],
  ])('on the day of suspension an account that %s', (_, terms, underContract, finalNotice, handOver, expected) => {
    const policy = { ...POLICY, ...(handOver && { handOver }) };
    const of = { receivable: receivable(3, at), account: { terms, balance: 10000 }, underContract, finalNotice };
    const step = dunningStep(of, policy, at, ZONE);
    const begun = { step: 4, nextAt: '2026-12-31T06:00:00.000Z' };
    expect(step).toEqual(
      expected === 'suspend'
        ? { kind: 'suspend', dunning: begun }
        : { kind: 'hand-over', because: expected, dunning: { ...begun, handedOver: true } },
    );
  });

  it('is carried on by whoever finds that it was begun', () => {
    const begun = receivable(4, '2026-12-31T06:00:00.000Z');
    const of = { receivable: begun, account: { terms: 'wire', balance: 10000 } as const, finalNotice: reached };
    expect(dunningStep(of, POLICY, '2026-12-31T05:00:01.000Z', ZONE).kind).toBe('hand-over');
  });
});

describe('dunning under another policy', () => {
  it.each([
    [[], 0, 'final-notice'],
    [[3], 0, 'reminder-1'],
    [[3], 1, 'final-notice'],
    [[1, 7], 2, 'final-notice'],
  ])('with reminders on days %j and %i steps taken comes %s', (reminderDays, taken, document) => {
    const late = '2027-02-01T12:00:00.000Z';
    const decision = step(receivable(taken, '2026-12-17T05:00:00.000Z'), late, UNDER_WAY, { ...POLICY, reminderDays });
    expect(decision).toMatchObject({ kind: 'notice', document });
  });

  it('with one reminder, the day of the final notice is planned after it', () => {
    const at = '2026-12-19T05:00:00.000Z';
    expect(step(receivable(0, at), at, UNDER_WAY, { ...POLICY, reminderDays: [3] })).toEqual({
      kind: 'notice',
      document: 'reminder-1',
      dunning: { step: 1, nextAt: '2026-12-26T05:00:00.000Z' },
    });
  });

  it('never suspends after mere reminders when the policy loses one of them meanwhile', () => {
    const late = '2027-02-01T12:00:00.000Z';
    const decision = step(receivable(2, '2026-12-26T05:00:00.000Z'), late, UNDER_WAY, { ...POLICY, reminderDays: [1] });
    expect(decision).toMatchObject({ kind: 'notice', document: 'final-notice' });
  });

  it('waits for the first reminder’s day when the index says the day after the due date', () => {
    const at = '2026-12-17T05:00:00.000Z';
    expect(step(receivable(0, at), at, UNDER_WAY, { ...POLICY, reminderDays: [3] })).toEqual({
      kind: 'wait',
      dunning: { step: 0, nextAt: '2026-12-19T05:00:00.000Z' },
    });
  });
});

describe('the final notice', () => {
  const at = '2026-12-26T05:10:00.000Z';
  const delivery = (recipients: RecipientOutcome['status'][], completedAt?: string): Delivery => ({
    sellerId: 'northwind-us',
    accountId: 'acme',
    about: '2026-12#cycle',
    document: 'final-notice',
    occurrence: 1,
    createdAt: at,
    recipients: Object.fromEntries(recipients.map((status, index) => [`r${index}@acme.example`, { status, at }])),
    ...(completedAt && { completedAt }),
  });
  it.each([
    ['under way', undefined, { kind: 'under-way' }],
    ['under way', delivery(['sent', 'sending']), { kind: 'under-way' }],
    ['given', delivery(['rejected', 'sent'], at), { kind: 'given', at }],
    ['given', delivery(['uncertain'], at), { kind: 'given', at }],
    ['undeliverable', delivery(['rejected', 'rejected'], at), { kind: 'undeliverable' }],
    ['undeliverable', delivery([], at), { kind: 'undeliverable' }],
  ])('is %s by what became of its mails (case %#)', (_, of, expected) => {
    expect(finalNoticeOf(of)).toEqual(expected);
  });
});

describe('the notice of the step taken', () => {
  it.each([
    [0, undefined],
    [1, 'reminder-1'],
    [2, 'reminder-2'],
    [3, 'final-notice'],
    [4, undefined],
  ])('at step %i is %s', (taken, document) => {
    expect(noticeTaken({ step: taken })).toBe(document);
    expect(isFinalNoticeTaken({ step: taken })).toBe(taken >= 3);
    expect(isSuspensionTaken({ step: taken })).toBe(taken >= 4);
  });

  it.each([
    ['the last one of its turn', { step: 2 }, 'reminder-2', 1, true],
    ['the last one of a later turn', { step: 3, turn: 2 }, 'final-notice', 2, true],
    ['of the turn before', { step: 2, turn: 2 }, 'reminder-2', 1, false],
    ['after which another went out', { step: 3 }, 'reminder-2', 1, false],
    ['after which services were cut', { step: 4 }, 'final-notice', 1, false],
    ['before any was sent', { step: 0 }, 'reminder-1', 1, false],
  ] as const)('%s still holds: %#', (_name, dunning, document, turn, holds) => {
    expect(isLastNotice(dunning, document, turn)).toBe(holds);
  });
});

describe('what a rejected dispute made payable by a day (R158)', () => {
  const grace = { amount: 10000, until: '2026-12-31' };
  const spared = (dunning: Receivable['dunning'], now: string, more: Partial<Receivable> = {}) =>
    step(receivable(0, undefined, { grace, dunning, ...more }), now);
  const [early, last, over] = ['2026-12-24', '2026-12-31', '2027-01-01'].map((day) => `${day}T15:00:00.000Z`) as [
    string,
    string,
    string,
  ];
  const begins = { step: 0, nextAt: '2027-01-01T05:00:00.000Z', since: '2026-12-31' };

  it('is not dunned through that day: dunning begins anew after it, in a turn of its own', () => {
    for (const now of [early, last])
      expect(spared({ step: 2, nextAt: early }, now)).toEqual({ kind: 'wait', dunning: { ...begins, turn: 2 } });
  });

  it('begins anew once, though it is looked at early', () => {
    const dunning = { ...begins, turn: 2, nextAt: early };
    expect(spared(dunning, early)).toEqual({ kind: 'wait', dunning: { ...dunning, nextAt: begins.nextAt } });
  });

  it('is dunned like anything else when that day is over, or more is due', () => {
    expect(spared({ step: 0, nextAt: early }, over)).toMatchObject({ kind: 'notice', document: 'reminder-1' });
    expect(spared({ step: 0, nextAt: early }, early, { due: 10001 }).kind).toBe('notice');
  });
});

describe('services that were cut for a notice that came back', () => {
  const BACK: FinalNotice = { kind: 'undeliverable' };
  const NOW = '2027-01-02T10:00:00.000Z';
  /** Five days before now, and two. */
  const [IN_TIME, LATE] = [given('2026-12-26T05:10:00.000Z'), given('2026-12-31T05:10:00.000Z')];
  const off = { status: 'suspended', number: 1 } as const;
  const cut = receivable(4, undefined);
  const decided = (more: Partial<DunningCase>, of: Receivable = cut, dunning: Partial<Receivable['dunning']> = {}) => {
    const account = { terms: 'card', balance: 10000 } as const;
    const debt = { ...of, dunning: { ...of.dunning, ...dunning } };
    return dunningStep({ receivable: debt, account, finalNotice: BACK, services: off, ...more }, POLICY, NOW, ZONE);
  };
  const ANEW = { step: 2, nextAt: NOW, turn: 2, anew: true } as const;

  it('come back, and the final notice is the next step of a turn of its own', () => {
    expect(decided({})).toEqual({ kind: 'restore', dunning: ANEW });
    const next = step(receivable(2, NOW, { dunning: ANEW }), NOW);
    expect(next).toMatchObject({ kind: 'notice', document: 'final-notice', dunning: { step: 3, turn: 2 } });
  });

  const paid = receivable(4, undefined, { due: 0, status: 'paid' });
  const on = { status: 'active', number: 1 } as const;
  const back = { status: 'reactivating', number: 1 } as const;
  const nothingOwed = { account: { terms: 'card', balance: 0 } } as const;
  it.each<[string, string, Partial<DunningCase>, Receivable?, Partial<Receivable['dunning']>?]>([
    ['come back', 'while they are being cut, too', { services: { status: 'suspending', number: 1 } }],
    ['come back', 'where the notice of no other invoice was given', { otherNotices: [BACK, UNDER_WAY] }],
    ['come back', 'where that of another was given too late to justify it', { otherNotices: [LATE] }],
    ['come back', 'where the notice is being sent again', { finalNotice: UNDER_WAY }],
    ['come back', 'where somebody has the notice by now, for less than its days', { finalNotice: LATE }],
    ['come back', 'where this invoice was paid, and no other justifies it', {}, paid],
    ['come back', 'where a person has taken over meanwhile', {}, cut, { handedOver: true }],
    ['stay off', 'where the notice was given', { finalNotice: IN_TIME }],
    ['stay off', 'before the suspension was this invoice’s', {}, receivable(3, '2027-01-05T05:00:00.000Z')],
    ['stay off', 'where this invoice was paid, and another justifies it', { otherNotices: [IN_TIME] }, paid],
    ['stay off', 'where finance gave up what was owed and left them off', nothingOwed, paid],
    ['are on', 'where this invoice was paid', { services: on }, paid],
    ['stay as they are', 'where nobody ever touched them', { services: undefined }, cut, { handedOver: true }],
    ['are on', 'where a person has taken over', { services: on }, cut, { handedOver: true }],
  ])('%s %s', (what, _when, more, of, dunning) => {
    expect(decided(more, of, dunning).kind).toBe(what === 'come back' ? 'restore' : 'nothing');
  });

  it.each<[string, Partial<DunningCase>]>([
    ['are off for another unpaid invoice, whose notice was given', { otherNotices: [BACK, IN_TIME] }],
    ['come back for the sake of another invoice', { services: back }],
    ['are back for the sake of another invoice', { services: on }],
  ])('the notice is given anew where they %s', (_name, more) => {
    const { dunning, ...decision } = decided(more) as Extract<ReturnType<typeof decided>, { kind: 'notice' }>;
    expect(decision).toEqual({ kind: 'notice', document: 'final-notice' });
    expect(dunning).toEqual({ ...ANEW, step: 3, nextAt: '2027-01-03T05:00:00.000Z' });
  });

  it('once: where the second one comes back as late, they come back, and Accounts Receivable takes over', () => {
    const second = { turn: 2, anew: true } as const;
    const dunning = { step: 3, nextAt: NOW, ...second };
    expect(decided({}, cut, second)).toEqual({ kind: 'restore', dunning });
    const handedOver = { kind: 'hand-over', because: 'undeliverable', dunning: { handedOver: true, ...second } };
    expect(decided({ services: back }, cut, second)).toMatchObject(handedOver);
    expect(decided({ services: back }, receivable(3, NOW, { dunning }))).toMatchObject(handedOver);
  });

  it('and not anew where somebody has it: they are cut again when its days are over', () => {
    const dunning = { step: 3, nextAt: NOW };
    expect(decided({ finalNotice: LATE })).toEqual({ kind: 'restore', dunning });
    const next = step(receivable(3, NOW), NOW, LATE);
    expect(next).toEqual({ kind: 'wait', dunning: { step: 3, nextAt: '2027-01-05T05:00:00.000Z' } });
  });

  it('not while money is under way: then the notice comes on the next day, should it not arrive', () => {
    const processing = { ...cut, collection: { state: 'processing', attempts: 1 } } as const;
    const tomorrow = { kind: 'wait', dunning: { ...ANEW, nextAt: '2027-01-03T05:00:00.000Z' } };
    expect(decided({ services: on }, processing)).toEqual(tomorrow);
  });

  it('a person who saw to it that the customer has the notice gave it when that was noted', () => {
    const bounced = { status: 'bounced', at: NOW, bounce: 'permanent' } as const;
    const notice: Delivery = {
      ...{ sellerId: 's', accountId: 'acme', about: '2026-12#cycle', document: 'final-notice', occurrence: 1 },
      ...{ createdAt: NOW, completedAt: NOW, recipients: { 'a@x.example': bounced } },
    };
    expect(finalNoticeOf(notice)).toEqual(BACK);
    const note = { how: 'by courier', by: 'finn', at: '2027-01-03T09:00:00.000Z' };
    expect(finalNoticeOf({ ...notice, reachedOtherwise: note })).toEqual(given(note.at));
  });
});
