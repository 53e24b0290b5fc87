import { describe, expect, it } from 'vitest';
import type { Delivery, SentAgain } from '../../shared/domain/delivery.ts';
import {
  firstThatReached,
  latestSending,
  mayHaveReached,
  nthOf,
  reachedNobody,
  sendingAt,
  sendings,
} from '../../shared/domain/sendings.ts';

const AT = '2026-12-01T06:00:00.000Z';
const LATER = '2026-12-02T06:00:00.000Z';
const ANNA = 'anna@acme.example';
const pdf = { key: 'invoices/NTIE-1.pdf', sha256: 'aa', layout: 7 } as const;
const mailed = (status: 'sent' | 'sending' | 'uncertain' | 'complained' | 'rejected') => ({
  [ANNA]: { status, at: AT },
});
const back = { [ANNA]: { status: 'bounced', at: AT, bounce: 'permanent' } } as const;

const first: Delivery = {
  ...{ sellerId: 'northwind-ie', accountId: 'acme', about: '2026-12#cycle', document: 'invoice', occurrence: 1 },
  ...{ createdAt: AT, completedAt: AT, recipients: mailed('sent') },
};
const again = (more: Partial<SentAgain> = {}): SentAgain => ({
  ...{ askedAt: LATER, askedBy: 'customer', requestId: 'r', recipients: {}, completedAt: LATER },
  ...more,
});

describe('the sendings of a document', () => {
  it('one that was sent once is its own and only sending', () => {
    expect(sendingAt(first, 1)).toBe(first);
    expect([sendings(first), nthOf(sendingAt(first, 1)!), sendingAt(first, 2)]).toEqual([1, 1, undefined]);
    expect(latestSending(first)).toBe(first);
  });

  it('each later one is about the same document and the same PDF, with its own recipients', () => {
    const of = { ...first, pdf, again: [again(), again({ to: [ANNA], recipients: mailed('sent') })] };
    const { createdAt: _, completedAt: __, recipients: ___, ...same } = first;
    expect(sendingAt(of, 3)).toStrictEqual({ ...same, pdf, ...of.again[1], nth: 3 });
    expect(latestSending(of)).toEqual(sendingAt(of, 3));
    expect([nthOf(sendingAt(of, 2)!), sendings(of), sendingAt(of, 4)]).toEqual([2, 3, undefined]);
  });

  it('a document that has no PDF has none when it is sent again', () =>
    expect(sendingAt({ ...first, again: [again()] }, 2)).not.toHaveProperty('pdf'));
});

describe('somebody may have a document', () => {
  it.each([
    ['that was sent', mailed('sent'), true, false],
    ['that a recipient complained of', mailed('complained'), true, false],
    ['that may have gone out', mailed('uncertain'), true, true],
    ['that is being sent', mailed('sending'), true, true],
    ['that was refused', mailed('rejected'), false, true],
    ['that came back', back, false, true],
    ['that was meant for nobody', {}, false, false],
  ] as const)('%s', (_what, recipients, may, nobody) => {
    expect(mayHaveReached({ ...first, recipients })).toBe(may);
    expect(reachedNobody({ ...first, recipients })).toBe(nobody);
  });

  it.each([
    ['is there though it came back for the time being later', 'bounced', 'transient', true],
    ['is gone when it came back for good', 'bounced', 'permanent', false],
    ['never was when the mail was refused', 'rejected', undefined, false],
  ] as const)('what a mail server has taken %s', (_what, status, bounce, may) => {
    const outcome = { status, at: AT, ...(bounce && { bounce }) };
    const taken = { ...first, recipients: { [ANNA]: outcome }, arrived: { [ANNA]: AT } };
    expect([mayHaveReached(taken), reachedNobody(taken)]).toEqual([may, !may]);
  });

  it('by the first sending that is over; by none while the only one still runs', () => {
    const { completedAt: _, ...running } = first;
    expect(firstThatReached(running)).toBeUndefined();
    const reached = again({ recipients: mailed('sent') });
    expect(firstThatReached({ ...first, recipients: back, again: [again({ recipients: back }), reached] })).toBe(
      reached,
    );
  });
});
