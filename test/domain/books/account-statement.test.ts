import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Age, accountStatement } from '../../../shared/domain/books/account-statement.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { balanceOf, creditOf } from '../../../shared/domain/ledger.ts';
import { AccountStory, eventfulStory } from '../../support/account-story.ts';

const story = eventfulStory('ireland');
const total = story.receivables[0]!.total;
const of = (from: string, to: string, told = story) => accountStatement(told.movements, told.receivables, { from, to });

describe('an account statement', () => {
  it('states what was owed before, everything that moved, and what is owed after it', () => {
    const { opening, movements, closing } = of('2026-09-01', '2026-09-30');
    expect(opening).toBe(0);
    expect(movements.map(({ entry, kind, amount, balance }) => [entry.date, kind, amount, balance])).toEqual([
      ['2026-09-01', 'invoice', total, total],
      ['2026-09-08', 'dispute', -50_00, total - 50_00],
      ['2026-09-16', 'payment', 60_00 - total, 10_00],
      ['2026-09-20', 'write-off', -10_00, 0],
      ['2026-09-24', 'credit-note', 20_00, 20_00],
    ]);
    expect(closing).toBe(20_00);
  });

  it('says what is contested, and what is kept as credit, beside what is owed', () => {
    expect(of('2026-09-01', '2026-09-10').contested).toBe(50_00);
    expect(of('2026-09-01', '2026-09-30').contested).toBe(0);
    // 20.00 of September and all of October were open when 45.00 more than October came.
    expect(of('2026-10-01', '2026-10-31')).toMatchObject({ closing: 0, credit: 25_00 });
    expect(of('2026-11-01', '2026-11-30')).toMatchObject({ credit: 0, closing: total - 125_00 });
  });

  it('shows a payment that came back as another movement, and never takes the first one out', () => {
    const kinds = of('2026-10-01', '2026-10-31').movements.map(({ kind }) => kind);
    expect(kinds).toEqual(['invoice', 'charge', 'return', 'payment']);
    const november = of('2026-11-01', '2026-11-30').movements.map(({ kind }) => kind);
    expect(november).toEqual(['invoice', 'credit-use', 'charge', 'payment', 'reversal']);
  });

  it('of days on which nothing moved opens and closes with the same balance', () => {
    expect(of('2026-11-25', '2026-11-30')).toMatchObject({
      opening: total - 125_00,
      movements: [],
      closing: total - 125_00,
    });
  });

  it('of the past says what is to be paid now, too', () => {
    expect(of('2026-09-01', '2026-09-30').balanceNow).toBe(total - 125_00);
  });

  it('lists what is open, the oldest first, and nothing that is paid', () => {
    const told = new AccountStory('ireland').invoice('2026-08').invoice('2026-09').sends('2026-09-10', total, '1');
    told.invoice('2026-10').invoice('2026-11').charge('2026-11-03', '2026-11', total);
    const receivables = told.receivables.toReversed();
    const { items, ages } = accountStatement(told.movements, receivables, { from: '2026-11-01', to: '2026-11-30' });
    expect(items.map(({ invoiceId, open, age }) => [invoiceId, open, age])).toEqual([
      ['2026-09#cycle', total, 'days-61-90'],
      ['2026-10#cycle', total, 'days-31-60'],
    ]);
    expect(ages).toMatchObject({ 'days-61-90': total, 'days-31-60': total, current: 0 });
  });

  it.each<[string, number, Age]>([
    ['2026-09-16', 0, 'current'],
    ['2026-09-17', 1, 'days-1-30'],
    ['2026-10-16', 30, 'days-1-30'],
    ['2026-10-17', 31, 'days-31-60'],
    ['2026-11-15', 60, 'days-31-60'],
    ['2026-11-16', 61, 'days-61-90'],
    ['2026-12-15', 90, 'days-61-90'],
    ['2026-12-16', 91, 'days-over-90'],
  ])('on %s an invoice due on 16 September is %i days overdue: %s', (day, daysOverdue, age) => {
    const { items, ages } = of('2026-09-01', day, new AccountStory('ireland').invoice('2026-09'));
    expect(items).toMatchObject([{ daysOverdue, age, open: total }]);
    expect(ages[age]).toBe(total);
  });
});

/** Whatever happens in whatever month, in an order in which it can happen. */
const stories = fc
  .array(
    fc.record({
      paid: fc.option(fc.integer({ min: 1, max: 80_000 }), { nil: undefined }),
      contested: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }),
      charged: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined }),
      back: fc.boolean(),
      upheld: fc.boolean(),
      bounced: fc.boolean(),
      lost: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((months) => {
    const told = new AccountStory('uk');
    months.forEach(({ paid, contested, charged, back, upheld, bounced, lost }, index) => {
      const month = `2026-0${index + 3}`;
      const due = () => told.receivables.find(({ invoiceId }) => invoiceId === `${month}#cycle`)!.due;
      told.invoice(month);
      if (contested !== undefined && due() > contested) told.contests(`${month}-03`, month, contested);
      if (charged !== undefined && due() > charged) {
        told.charge(`${month}-05`, month, charged);
        if (back) told.comesBack(`${month}-09`, month);
      }
      if (paid !== undefined) told.sends(`${month}-11`, paid, String(index));
      if (lost !== undefined && due() > lost) told.writesOff(`${month}-14`, month, lost);
      if (
        contested !== undefined &&
        told.movements.some(({ entry }) => entry.entryId === `dispute#${month}#cycle#d-${month}`)
      )
        if (upheld) told.upholds(`${month}-18`, month);
        else told.rejects(`${month}-18`, month);
      if (paid !== undefined && bounced) told.takesBack(`${month}-21`, String(index));
    });
    return told;
  });

describe('whatever happens to an account', () => {
  it('its statements are the fold of its journal, follow on from each other, and list what is open to the cent', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 220 }), fc.integer({ min: 0, max: 60 }), (told, start, days) => {
        const [from, to] = [addDays('2026-03-01', start), addDays('2026-03-01', start + days)];
        const { opening, movements, closing, items, ages, sums, credit, balanceNow } = of(from, to, told);
        const until = told.journal.filter(({ date }) => date <= to);
        expect(closing).toBe(balanceOf(until));
        expect(credit).toBe(creditOf(until));
        expect(opening).toBe(of('2026-01-01', addDays(from, -1), told).closing);
        expect(opening + movements.reduce((sum, { amount }) => sum + amount, 0)).toBe(closing);
        expect(opening + Object.values(sums).reduce((sum, amount) => sum + amount, 0)).toBe(closing);
        expect(items.reduce((sum, { open }) => sum + open, 0)).toBe(closing);
        expect(Object.values(ages).reduce((sum, amount) => sum + amount, 0)).toBe(closing);
        expect(balanceNow).toBe(told.receivables.reduce((sum, { due }) => sum + due, 0));
        const all = of('2026-03-01', '2026-12-31', told).items;
        for (const { invoiceId, due } of told.receivables)
          expect(all.find((item) => item.invoiceId === invoiceId)?.open ?? 0).toBe(due);
      }),
      { numRuns: 200 },
    );
  });
});
