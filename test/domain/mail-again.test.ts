import { describe, expect, it } from 'vitest';
import type { Delivery, SentAgain } from '../../shared/domain/delivery.ts';
import { finalNoticeOf } from '../../shared/domain/final-notice.ts';
import {
  type AgainLog,
  type AgainRequest,
  type AskedAgain,
  decideAgain,
  markedByOutcomes,
} from '../../shared/domain/mail-again.ts';
import { reachedNobody } from '../../shared/domain/sendings.ts';

const NOW = '2026-12-10T12:00:00.000Z';
const SENT_AT = '2026-12-01T06:00:00.000Z';
const ANNA = 'anna@acme.example';
const BEN = 'ben@acme.example';
const sent = { status: 'sent', at: SENT_AT } as const;
const bounced = { status: 'bounced', at: SENT_AT, bounce: 'permanent' } as const;

const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  ...{ sellerId: 'northwind-ie', accountId: 'acme', about: '2026-12#cycle', document: 'invoice', occurrence: 1 },
  ...{ createdAt: SENT_AT, completedAt: SENT_AT, recipients: { [ANNA]: sent } },
  ...more,
});
const again = (askedAt: string, more: Partial<SentAgain> = {}): SentAgain => ({
  ...{ askedAt, askedBy: 'customer', requestId: askedAt, recipients: {}, completedAt: askedAt },
  ...more,
});
const request = (more: Partial<AgainRequest> = {}): AgainRequest => ({
  delivery: delivery(),
  recipients: [
    { email: ANNA, main: true },
    { email: BEN, main: false, undeliverable: { since: SENT_AT, reason: 'bounced' } },
    { email: 'Carla@Acme.example', main: false },
  ],
  ...{ askedBy: 'customer', requestId: 'r-1', now: NOW },
  ...more,
});
const refusal = (more: Partial<AgainRequest>) => {
  try {
    return decideAgain(request(more));
  } catch (error) {
    return error;
  }
};

describe('to whom a document is sent again', () => {
  it('to all who get such documents now, but for a stopped address, which is named with its reason', () => {
    const { sending, addresses } = decideAgain(request());
    expect(addresses).toEqual([{ email: ANNA }, { email: BEN, stopped: 'bounced' }, { email: 'Carla@Acme.example' }]);
    expect(sending).toEqual({ askedAt: NOW, askedBy: 'customer', requestId: 'r-1', recipients: {} });
  });

  it('to those named, each once however it is written, as the account writes it', () => {
    const { sending, addresses } = decideAgain(request({ to: ['carla@acme.example', 'CARLA@acme.EXAMPLE', ANNA] }));
    expect(addresses).toEqual([{ email: 'Carla@Acme.example' }, { email: ANNA }]);
    expect(sending.to).toEqual(['Carla@Acme.example', ANNA]);
  });

  it.each([
    ['one that is no recipient, named first', { to: ['eve@evil.example', ANNA] }, 'not_a_recipient', 'recipients.0'],
    ['one that is no recipient', { to: [ANNA, 'eve@evil.example'] }, 'not_a_recipient', 'recipients.1'],
    ['a stopped one alone', { to: [BEN] }, 'recipients_stopped', 'recipients'],
    ['nobody, where the account has no recipients', { recipients: [] }, 'no_recipients', 'recipients'],
  ] as const)('never to %s', (_name, more, code, field) => {
    expect(refusal(more)).toMatchObject({ code, field });
  });
});

describe('when a document is sent again', () => {
  const [eight, nine, ten] = ['2026-12-10T08:00:00.000Z', '2026-12-10T09:00:00.000Z', '2026-12-10T10:00:00.000Z'];
  const yesterday = '2026-12-09T12:00:00.000Z';
  const cases = [
    ['never before', [], 'customer', undefined],
    ['once today', [again(nine)], 'customer', undefined],
    ['a third time within 24 hours', [again(eight), again(nine)], 'customer', '2026-12-11T08:00:00.000Z'],
    ['twice, the first time 24 hours ago', [again(yesterday), again(nine)], 'customer', undefined],
    ['as often as the telecom may', Array(4).fill(again(nine)), 'telecom', undefined],
    ['once more', [again(eight), ...Array(4).fill(again(ten))], 'telecom', '2026-12-11T08:00:00.000Z'],
    [
      'after the telecom sent it five times',
      [again(eight), ...Array(4).fill(again(ten))],
      'customer',
      '2026-12-11T10:00:00.000Z',
    ],
  ] as const;
  it.each(cases)('%s', (_name, sendings, askedBy, retryAt) => {
    const answer = refusal({ delivery: delivery(sendings.length > 0 ? { again: sendings } : {}), askedBy });
    if (retryAt === undefined) expect(answer).toHaveProperty('sending');
    else
      expect(answer).toMatchObject({
        ...{ code: 'sent_too_often', retryAt },
        message: expect.stringContaining(askedBy === 'customer' ? '2 times' : '5 times'),
      });
  });

  it('not before the one that is under way is over, be it the first or a later one', () => {
    const { completedAt: _, ...first } = delivery();
    const { completedAt: __, ...second } = again(eight);
    for (const of of [first, delivery({ again: [second] })])
      expect(refusal({ delivery: of })).toMatchObject({
        ...{ name: 'AgainRefused', code: 'sending_under_way', field: 'about', addresses: [], retryAt: undefined },
      });
  });

  it('not for ever: forty sendings are kept with a document', () => {
    const often = Array.from({ length: 40 }, () => again(SENT_AT));
    expect(refusal({ delivery: delivery({ again: often }) })).toMatchObject({ code: 'sent_enough' });
  });
});

describe('whoever a quote was made for and who is no recipient of the account', () => {
  const person = { email: 'Anna@acme.example', main: true };
  const complained = { status: 'complained', at: SENT_AT } as const;
  const full = { status: 'bounced', at: SENT_AT, bounce: 'transient' } as const;
  it.each([
    ['gets it again', { [ANNA]: sent }, undefined, undefined],
    ['gets it again after it came back for the time being', { [ANNA]: full }, undefined, undefined],
    ['does not after it came back for ever', { [ANNA]: bounced }, undefined, 'bounced'],
    ['does not after a complaint', { [ANNA]: complained }, undefined, 'complained'],
    ['does not where the second one came back', { [ANNA]: sent }, { [ANNA]: bounced }, 'bounced'],
    ['gets it again where the second one did not come back', { [ANNA]: bounced }, { [ANNA]: sent }, undefined],
    ['is not blamed for another', { [BEN]: bounced }, undefined, undefined],
  ] as const)('%s', (_name, first, second, reason) => {
    const of = delivery({ recipients: first, ...(second && { again: [again(NOW, { recipients: second })] }) });
    expect(markedByOutcomes(person, of).undeliverable?.reason).toBe(reason);
  });
});

describe('how many documents of an account are sent again', () => {
  const at = (minute: number) => `2026-12-10T08:${String(minute).padStart(2, '0')}:00.000Z`;
  const asked = (count: number, askedBy: SentAgain['askedBy'] = 'customer'): AskedAgain[] =>
    Array.from({ length: count }, (_, index) => ({ askedAt: at(index), askedBy }));
  const log = (entries: readonly AskedAgain[]): AgainLog => ({ asked: entries, version: 7 });
  const yesterday = { askedAt: '2026-12-09T12:00:00.000Z', askedBy: 'customer' } as const;

  it.each([
    ['19 within 24 hours, and one before', [yesterday, ...asked(19)], 'customer', undefined],
    ['20 within 24 hours', asked(20), 'customer', '2026-12-11T08:00:00.000Z'],
    ['20 by the telecom', asked(20, 'telecom'), 'customer', '2026-12-11T08:00:00.000Z'],
    [
      '45 by the telecom: the customer waits until 19 are left',
      asked(45, 'telecom'),
      'customer',
      '2026-12-11T08:25:00.000Z',
    ],
    ['20 by the customer: the telecom may still', asked(20), 'telecom', undefined],
    ['49 by the telecom', asked(49, 'telecom'), 'telecom', undefined],
    ['50 by whomever', [...asked(20), ...asked(50, 'telecom').slice(20)], 'telecom', '2026-12-11T08:00:00.000Z'],
  ] as const)('%s', (_name, entries, askedBy, retryAt) => {
    const answer = refusal({ log: log(entries), askedBy });
    if (retryAt === undefined) expect(answer).toMatchObject({ log: { version: 8 } });
    else expect(answer).toMatchObject({ code: 'account_sent_too_often', retryAt });
  });

  it('says how many, and from when on again', () => {
    expect(refusal({ log: log(asked(20)) })).toHaveProperty(
      'message',
      'As many documents of the account were sent again as may be within 24 hours (20 documents; again from 2026-12-11T08:00:00.000Z on).',
    );
  });

  it('each is counted for 24 hours, and forgotten after that', () => {
    const { log: first } = decideAgain(request());
    expect(first).toEqual({ asked: [{ askedAt: NOW, askedBy: 'customer' }], version: 1 });
    const { log: next } = decideAgain(request({ log: log([yesterday, ...asked(2)]) }));
    expect(next).toEqual({ asked: [...asked(2), { askedAt: NOW, askedBy: 'customer' }], version: 8 });
  });
});

describe('whom a document has reached', () => {
  const nobodyYet = delivery({ recipients: { [ANNA]: bounced } });
  it.each([
    ['came back, and was not sent again', nobodyYet, true],
    [
      'came back, and reached somebody the second time',
      { ...nobodyYet, again: [again(NOW, { recipients: { [ANNA]: sent } })] },
      false,
    ],
    ['came back both times', { ...nobodyYet, again: [again(NOW, { recipients: { [ANNA]: bounced } })] }, true],
    [
      'reached somebody, and came back from another later',
      delivery({ again: [again(NOW, { recipients: { [BEN]: bounced } })] }),
      false,
    ],
  ])('what %s', (_name, of, nobody) => {
    expect(reachedNobody(of)).toBe(nobody);
  });

  it('a final notice was given when it first reached somebody: sending it again puts nothing off', () => {
    const [given, later] = ['2026-12-02T06:00:00.000Z', NOW];
    const first = delivery({ document: 'final-notice', completedAt: given });
    expect(finalNoticeOf({ ...first, again: [again(later)] })).toEqual({ kind: 'given', at: given });
    const { completedAt: _, ...underWay } = again(later);
    expect(finalNoticeOf({ ...first, again: [underWay] })).toEqual({ kind: 'given', at: given });
    const back = { ...first, recipients: { [ANNA]: bounced } };
    expect(finalNoticeOf({ ...back, again: [underWay] })).toEqual({ kind: 'under-way' });
    const mended = again(later, { recipients: { [ANNA]: sent } });
    expect(finalNoticeOf({ ...back, again: [mended] })).toEqual({ kind: 'given', at: later });
  });
});
