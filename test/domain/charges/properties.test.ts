import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/domain/account.ts';
import type { Product } from '../../../shared/domain/catalog.ts';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import type { Subscription } from '../../../shared/domain/subscription.ts';
import { agreed, input, product, seller, subscription } from '../../support/accounts.ts';
import { billed, charged, compose, draft, irish } from './fixtures.ts';

describe('properties of charges', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'));
  const change = fc.tuple(fc.integer({ min: 1, max: 12 }), day, fc.integer({ min: 1, max: 40 }));
  const changes = fc.array(change, { minLength: 1, maxLength: 8 });
  const productId = fc.constantFrom('phone', 'licence', 'seat');
  const history = (of: string, list: readonly (readonly [number, string, number])[], first = 1) =>
    subscription(
      of,
      ...list.map(([month, on, delta], i): [number, string, number] => [
        i + first,
        `2026-${String(month).padStart(2, '0')}-${on}`,
        delta,
      ]),
    );
  const amounts = (subscriptions: readonly Subscription[], date = '2027-01-01') =>
    charged(compose(irish(), subscriptions, date));

  it('R97: added and removed on the same day is nothing, whatever the price', () => {
    fc.assert(
      fc.property(productId, changes, change, (of, list, [month, on, count]) => {
        expect(amounts([history(of, [...list, [month, on, count], [month, on, -count]])])).toEqual(
          amounts([history(of, list)]),
        );
      }),
    );
  });

  it('the order in which changes were recorded does not matter', () => {
    fc.assert(
      fc.property(productId, changes, fc.integer({ min: 0, max: 7 }), (of, list, by) => {
        const turned = [...list.slice(by % list.length), ...list.slice(0, by % list.length)];
        expect(amounts([history(of, turned)])).toEqual(amounts([history(of, list)]));
      }),
    );
  });

  it('nor how a quantity is split into changes or subscriptions', () => {
    fc.assert(
      fc.property(productId, changes, (of, list) => {
        const single = list.flatMap(([month, on, delta]) =>
          Array.from({ length: delta }, () => [month, on, 1] as const),
        );
        const whole = amounts([history(of, list)]);
        expect(amounts([history(of, single)])).toEqual(whole);
        const two = list.length > 1 ? [list.slice(0, 1), list.slice(1)] : [list];
        const apart = two.map((part, i) => agreed(history(of, part, i * 10 + 1), { subscriptionId: `s${i}` }));
        expect(amounts(apart)).toEqual(whole);
      }),
    );
  });

  it('R97: whenever a change was recorded, the year comes to the same', () => {
    // 130.20 a month: a day of every month of 2026 is whole cents, so that nothing is rounded.
    const exact = [product('phone', 13_020, 'EUR')];
    const recorded = fc.tuple(change, fc.integer({ min: 0, max: 12 }));
    const ends = fc.option(fc.tuple(fc.constantFrom('10', '11'), day).map(([month, on]) => `2026-${month}-${on}`));
    fc.assert(
      fc.property(fc.array(recorded, { minLength: 1, maxLength: 6 }), fc.boolean(), ends, (list, reduced, endsOn) => {
        // The order of recording is that of the numbers; what is reduced never leaves less than nothing.
        const byRecord = list.toSorted((a, b) => a[1] - b[1]);
        const dated = byRecord.map(([[of, on, delta], at], index) => ({
          at,
          change: index + 2,
          effectiveOn: `2026-${String(of).padStart(2, '0')}-${on}`,
          delta: reduced && index % 2 === 1 ? -delta : delta,
        }));
        const known = (month: number): Subscription => ({
          ...subscription('phone', [1, '2026-01-01', 2000]),
          changes: [
            { change: 1, effectiveOn: '2026-01-01', delta: 2000 },
            ...dated
              .filter(({ at, effectiveOn }) => at <= month && (endsOn === null || effectiveOn <= endsOn))
              .map(({ at: _, ...of }) => of),
          ],
          ...(endsOn === null ? {} : { cancellation: { requestedOn: '2026-01-01', endsOn } }),
        });
        const charge = (of: Account, month: number, date: string) =>
          composeInvoice(input(of, [known(month)]), seller('IE', 'EUR'), exact, date, date);
        let of = irish();
        let total = 0;
        for (let month = 1; month <= 13; month++) {
          const date = month === 13 ? '2027-01-01' : `2026-${String(month).padStart(2, '0')}-01`;
          const decision = charge(of, month, date);
          if (decision.outcome === 'held') throw new Error(decision.reason);
          if (decision.outcome === 'invoice') total += decision.draft.subtotal;
          const { coversChange } = decision.outcome === 'invoice' ? decision.draft : decision;
          if (decision.outcome === 'invoice' || decision.settled) of = { ...of, ...billed(date, coversChange) };
          // What is still to be given back when the year is over would be carried on.
          else if (month === 13) total += creditOf(of, known(month), exact, date);
        }
        expect(total).toBe(draft(charge(irish(), 13, '2027-01-01')).subtotal);
      }),
    );
  });

  it('the parts into which changes cut a month are the month within half a cent for each, and exact where nothing is cut', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 6 }), (days) => {
        const list = days.map((on, i) => [7, on, i % 2 === 0 ? 1 : -1] as const).sort((a, b) => (a[1] < b[1] ? -1 : 1));
        const added = list.map(([month, on], i) => [month, on, i % 2 === 0 ? 1 : -1] as const);
        const used = Array.from({ length: 31 }, (_, i) => i + 1).reduce((sum, of) => {
          const quantity = added
            .filter(([, on]) => (Number(on) === 1 ? of >= 1 : of > Number(on)))
            .reduce((q, [, , delta]) => q + delta, 0);
          return sum + quantity;
        }, 0);
        const july = amounts([history('phone', added)], '2026-08-01').filter((line) => String(line[3]) < '2026-08-01');
        const cents = july.reduce((sum, line) => sum + Number(line[5]), 0);
        expect(Math.abs(cents * 31 - 2500 * used) * 2).toBeLessThanOrEqual(31 * added.length);
        if (new Set(days).size === 1 && Number(days[0]) === 1) expect(cents).toBe(days.length % 2 === 0 ? 0 : 2500);
      }),
    );
  });
});

/** What a net credit that is carried on comes to: its lines beside one charge that outweighs them. */
function creditOf(of: Account, phones: Subscription, exact: readonly Product[], date: string): number {
  const large = product('large', 100_000_000, 'EUR');
  const outweighing = subscription('large', [1000, date, 1]);
  const decision = composeInvoice(input(of, [phones, outweighing]), seller('IE', 'EUR'), [...exact, large], date, date);
  return draft(decision).subtotal - 100_000_000;
}
