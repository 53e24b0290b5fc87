import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { previewOf } from '../../shared/domain/preview.ts';
import { shardOf } from '../../shared/domain/run.ts';
import { account, input, product, seller, subscription } from '../support/accounts.ts';

const ireland = seller('IE', 'EUR', { taxRegistrations: ['CA', 'GB', 'AU'] });
const phone = product('phone', 2500, 'EUR');
const of = account('IE', 'EUR', { billedThrough: { date: '2026-07-01', month: '2026-07', change: 1 } });
const decide = (...changes: [number, string, number][]) =>
  composeInvoice(input(of, [subscription('phone', ...changes)]), ireland, [phone], '2026-08-01', '2026-08-01');
const due = { accountId: 'acme', nextBillingDate: '2026-08-01', currency: 'EUR' } as const;
const last = (total: number): Invoice => {
  const decision = decide([1, '2026-01-01', 1]);
  if (decision.outcome !== 'invoice') throw new Error(decision.reason);
  return { ...decision.draft, total, number: 'NT-202607A-000001', series: 'A', sequence: 1, issuedAt: '' };
};

describe('a preview', () => {
  it('is the total of the invoice that a run would issue, beside the last one', () => {
    expect(previewOf(due, decide([1, '2026-01-01', 2]), last(3075))).toEqual({
      accountId: 'acme',
      billingDate: '2026-08-01',
      outcome: 'invoice',
      currency: 'EUR',
      total: 6150,
      lastTotal: 3075,
      difference: 3075,
      changes: [
        expect.objectContaining({ kind: 'quantity', amount: 2500 }),
        expect.objectContaining({ kind: 'tax', amount: 575 }),
      ],
    });
  });

  it('without a last invoice all of it is new', () => {
    const preview = previewOf(due, decide([1, '2026-01-01', 2]));
    expect(preview).toMatchObject({ total: 6150, difference: 6150 });
    expect(preview).not.toHaveProperty('lastTotal');
  });

  it('says why there would be no invoice, and what is missing against the last one', () => {
    expect(previewOf(due, decide([1, '2026-01-01', 0]), last(3075))).toMatchObject({
      outcome: 'zero',
      reason: 'Nothing to charge',
      total: 0,
      difference: -3075,
    });
    const held = previewOf(due, decide([1, '2026-01-01', -1]));
    expect(held).toMatchObject({
      outcome: 'held',
      code: 'quantity_negative',
      reason: 'More was removed from a subscription than it had (subscription sub-phone on 2026-01-01).',
      total: 0,
      changes: [],
    });
  });

  it('equals what is issued, whatever the account, and its changes add up to the difference', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'));
    const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), day, fc.integer({ min: -3, max: 20 })), {
      maxLength: 6,
    });
    const place = fc.constantFrom('IE', 'DE', 'GB', 'AU', 'CA-QC', 'CA-BC', 'CA', 'JP');
    fc.assert(
      fc.property(place, history, history, (where, then, now) => {
        const buyer = account(where, 'EUR');
        const compose = (list: typeof now, date: string) => {
          const changes = list.map(([month, on, delta], i): [number, string, number] => [
            i + 1,
            `2026-${String(month).padStart(2, '0')}-${on}`,
            delta,
          ]);
          return composeInvoice(input(buyer, [subscription('phone', ...changes)]), ireland, [phone], date, date);
        };
        const before = compose(then, '2026-12-01');
        const issued = compose(now, '2027-01-01');
        const previous = before.outcome === 'invoice' ? { ...last(0), ...before.draft } : undefined;
        const preview = previewOf({ ...due, nextBillingDate: '2027-01-01' }, compose(now, '2027-01-01'), previous);
        expect(preview.outcome).toBe(issued.outcome);
        expect(preview.total).toBe(issued.outcome === 'invoice' ? issued.draft.total : 0);
        expect(preview.total - (preview.lastTotal ?? 0)).toBe(preview.difference);
        expect(preview.changes.reduce((sum, { amount }) => sum + amount, 0)).toBe(preview.difference);
      }),
    );
  });
});

describe('the index partition of an account', () => {
  // FNV-1a with 32 bits, as published by its authors: "" is 811c9dc5, "a" e40c292c, "foobar" bf9cf968.
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('"%s" hashes to %i, for ever', (accountId, hash) => {
    expect(shardOf(accountId, 0x1_0000_0000)).toBe(hash);
    expect(shardOf(accountId, 16)).toBe(hash % 16);
  });
});
