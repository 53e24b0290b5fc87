import { describe, expect, it } from 'vitest';
import type { ServiceState } from '../../../shared/domain/account.ts';
import { lowered, raised, restoresServices, returned } from '../../../shared/domain/books/adjustment.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { receivable } from '../../support/books.ts';

const NOW = '2026-12-20T10:00:00.000Z';
const PAY_BY = '2026-12-31';
const ZONE = 'America/New_York';
/** 1 January in New York. */
const DAY_AFTER = '2027-01-01T05:00:00.000Z';

describe('services that are off come back by a booking (R39, C8)', () => {
  it.each<[string, number, boolean, ServiceState['status'], boolean]>([
    ['nothing is owed after it', 0, false, 'suspended', true],
    ['nothing is owed while they are being cut', 0, false, 'suspending', true],
    ['a cent is owed', 1, false, 'suspended', false],
    ['something is owed and nothing overdue, which is enough for the seller', 1, true, 'suspended', true],
    ['they are on', 0, true, 'active', false],
    ['they are coming back by another booking', 0, true, 'reactivating', false],
  ])('%s', (_when, balance, nothingOverdue, status, expected) => {
    expect(restoresServices({ balance, nothingOverdue }, { status })).toBe(expected);
    expect(restoresServices({ balance, nothingOverdue }, { status }, { leavesServicesOff: true })).toBe(false);
  });
});

describe('less is due', () => {
  const trying = {
    state: 'stopped',
    attempts: 3,
    nextAt: NOW,
    requested: { methodId: 'm', at: NOW, by: 'ada', amount: 1 },
  } as const;

  it.each<[string, Partial<Receivable>, number, Partial<Receivable>]>([
    ['a part: it goes on being collected and dunned', {}, 42_09, { due: 1, status: 'unpaid', collection: trying }],
    ['all of it: paid', {}, 42_10, { due: 0, status: 'paid', paidAt: NOW }],
    ['all but what is contested: not paid', { disputed: 5 }, 42_10, { due: 0, disputed: 5, status: 'unpaid' }],
  ])('%s', (_what, of, amount, expected) => {
    expect(lowered(receivable({ ...of, collection: trying }), amount, NOW)).toMatchObject({ ...expected, version: 2 });
  });

  it.each([[{}], [{ disputed: 5 }]])('nothing is collected or dunned any more once nothing is due: %j', (of) => {
    const paid = lowered(receivable({ ...of, collection: trying, dunning: { step: 2, nextAt: NOW } }), 42_10, NOW);
    expect(paid.collection).toEqual({ state: 'idle', attempts: 3 });
    expect(paid.dunning).toEqual({ step: 2 });
  });
});

describe('more is due again', () => {
  const paid = receivable({
    due: 0,
    status: 'paid',
    paidAt: NOW,
    collection: { state: 'idle', attempts: 1 },
    dunning: { step: 4 },
  });

  it('of one that was paid: tried again on that day, dunned from the day after in the seller’s zone, in a new turn', () => {
    const next = raised(paid, 10_00, PAY_BY, ZONE);
    expect(next).toMatchObject({ due: 10_00, status: 'unpaid', version: 2 });
    expect(next.collection.nextAt).toBe('2026-12-31T05:00:00.000Z');
    expect(next.dunning).toEqual({ step: 0, nextAt: DAY_AFTER, since: PAY_BY, turn: 2 });
    expect(next).not.toHaveProperty('paidAt');
  });

  it('for the third time: in a third turn, so that each notice is sent again', () => {
    expect(raised({ ...paid, dunning: { step: 4, turn: 2 } }, 1, PAY_BY, ZONE).dunning.turn).toBe(3);
  });

  it('of which a part was due: it goes on as it was', () => {
    const of = receivable({ due: 1_00, dunning: { step: 3, nextAt: NOW } });
    expect(raised(of, 10_00, PAY_BY, ZONE)).toEqual({ ...of, due: 11_00, version: 2 });
  });

  it('while a charge is under way: its outcome is asked for when that was planned', () => {
    const asked = { state: 'processing', attempts: 1, nextAt: NOW } as const;
    expect(raised({ ...paid, collection: asked }, 1, PAY_BY, ZONE).collection).toEqual(asked);
  });
});

describe('what a rejected dispute leaves is due with a term of its own (R158)', () => {
  const today = '2026-12-16';
  it.each<[string, Partial<Receivable>, Partial<Receivable>]>([
    [
      'where nothing else is due, the invoice has that term',
      { due: 0 },
      { due: 10_00, dunning: { step: 0, nextAt: DAY_AFTER, since: PAY_BY, turn: 2 } },
    ],
    [
      'where a cent is due, only the part is spared',
      { due: 1 },
      { due: 10_01, grace: { amount: 10_00, until: PAY_BY } },
    ],
    [
      'beside a part whose term is not over, both have the longer one',
      { due: 5_00, grace: { amount: 5_00, until: today } },
      { due: 15_00, grace: { amount: 15_00, until: PAY_BY } },
    ],
    [
      'beside a part whose term is longer, too',
      { due: 5_00, grace: { amount: 5_00, until: '2027-01-20' } },
      { due: 15_00, grace: { amount: 15_00, until: '2027-01-20' } },
    ],
    [
      'beside a part whose term is over, alone',
      { due: 5_00, grace: { amount: 5_00, until: '2026-12-15' } },
      { due: 15_00, grace: { amount: 10_00, until: PAY_BY } },
    ],
  ])('%s', (_what, of, expected) => {
    expect(returned(receivable(of), 10_00, PAY_BY, today, ZONE)).toMatchObject({ ...expected, version: 2 });
  });
});
