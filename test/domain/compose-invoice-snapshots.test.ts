import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { invoiceEntry } from '../../shared/domain/ledger.ts';
import { nextBillingDateAfter } from '../../shared/domain/schedule.ts';
import { account, addressIn, input, product, seller, subscription } from '../support/accounts.ts';
import { method } from '../support/collection.ts';
import { compose, invoiceOf, products } from './compose-invoice-fixtures.ts';

describe('what an invoice keeps of the day on which it is made', () => {
  const phones = [subscription('phone', [1, '2026-08-01', 1])];
  const made = (overrides: Partial<Account>, of: Partial<Parameters<typeof seller>[2]> = {}) =>
    invoiceOf(
      composeInvoice(
        input(account('IE', 'EUR', overrides), phones, [method('card'), method('other')]),
        seller('IE', 'EUR', of),
        products,
        '2026-08-01',
        '2026-08-01',
      ),
    );

  it('C23: autopay is announced with the card that will be charged and on which day, before anything is due', () => {
    expect(made({ autopay: true, defaultMethodId: 'other' }).payment).toEqual({
      kind: 'autopay',
      methodKind: 'card',
      brand: 'visa',
      last4: '4242',
      on: '2026-08-01',
    });
  });

  it.each([
    ['autopay is off', { defaultMethodId: 'card' }, 'card'],
    ['the default method is gone', { autopay: true, defaultMethodId: 'gone' }, 'card'],
    ['there is no method', { autopay: true }, 'card'],
    ['it is paid by wire', { terms: 'wire' }, 'wire'],
  ] as [string, Partial<Account>, string][])('C25: the customer pays where %s', (_name, overrides, terms) => {
    expect(made(overrides).payment).toEqual({ kind: 'customer-pays', terms });
  });

  it('seller, buyer, reference and bank account as they are', () => {
    const plain = made({ balance: 1234 });
    const { name, address, taxIds, support, accountsReceivable, timeZone } = seller('IE', 'EUR');
    expect(plain.seller).toEqual({ name, address, taxIds, support, accountsReceivable, timeZone });
    expect(plain.buyer).toEqual({
      email: 'billing@acme.example',
      name: 'Acme Example Ltd',
      address: addressIn('IE'),
      taxIds: [],
    });
    expect(plain.previousBalance).toBe(1234);
    const bankAccount = { text: 'Example Bank' };
    const full = made({ reference: 'PO-77' }, { bankAccount });
    expect(full.seller.bankAccount).toEqual(bankAccount);
    expect(full.buyer.reference).toBe('PO-77');
  });

  it('domain §2.4: the customer’s own traffic study instead of the safe harbour', () => {
    const salesTax = [
      {
        state: 'NY',
        tax: 'Sales tax',
        taxCodes: ['telecom'] as const,
        ratePpm: 0,
        from: '2020-01-01',
        includesUsf: false,
        includesSurcharges: false,
        source: 'Test',
        status: 'final' as const,
      },
    ];
    const usf = (overrides: Partial<Account>) =>
      invoiceOf(
        composeInvoice(
          input(account('US-NY', 'USD', overrides), [subscription('phone', [1, '2026-02-01', 4])]),
          seller('US', 'USD', { salesTax }),
          [product('phone', 2500, 'USD')],
          '2026-02-01',
          '2026-02-01',
        ),
      ).lines.find(({ group }) => group === 'universal-service')?.amount;
    expect(usf({})).toBe(2440);
    const trafficStudy = { interstatePpm: 200_000, from: '2026-01-01', source: 'Traffic study 2026' };
    expect(usf({ trafficStudy })).toBe(752);
  });
});

describe('properties of invoices', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'));
  const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), day, fc.integer({ min: 1, max: 40 })), {
    minLength: 1,
    maxLength: 8,
  });
  const place = fc.constantFrom('IE', 'DE', 'GB', 'AU', 'CA-QC', 'CA-BC', 'CA-NS');

  const build = (history: [number, string, number][]) =>
    subscription(
      'phone',
      ...history.map(([month, on, delta], i): [number, string, number] => [
        i + 1,
        `2026-${String(month).padStart(2, '0')}-${on}`,
        delta,
      ]),
    );

  it('lines + tax = total, all in whole cents, and the journal entry balances', () => {
    fc.assert(
      fc.property(place, changes, (where, history) => {
        const decision = compose(account(where, 'EUR'), [build(history)], '2027-01-01');
        if (decision.outcome !== 'invoice') return;
        const { lines, taxes, subtotal, taxTotal, total } = decision.draft;
        expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(subtotal);
        expect(taxes.reduce((sum, tax) => sum + tax.amount, 0)).toBe(taxTotal);
        expect(subtotal + taxTotal).toBe(total);
        expect([...lines, ...taxes].every(({ amount }) => Number.isSafeInteger(amount))).toBe(true);
        expect(() => invoiceEntry(decision.draft, '2027-01-01T00:00:00.000Z')).not.toThrow();
      }),
    );
  });

  it('twelve monthly invoices charge what one late invoice charges, whatever the order of the changes', () => {
    fc.assert(
      fc.property(changes, (history) => {
        const all = build(history);
        const late = compose(account('IE', 'EUR'), [all], '2027-01-01');
        let of = account('IE', 'EUR');
        let charged = 0;
        for (let date = '2026-01-01'; date <= '2027-01-01'; date = nextBillingDateAfter(of, date)) {
          const decision = compose(of, [all], date);
          if (decision.outcome === 'held') throw new Error(decision.reason);
          if (decision.outcome === 'invoice') charged += decision.draft.subtotal;
          const coversChange = decision.outcome === 'invoice' ? decision.draft.coversChange : decision.coversChange;
          of = { ...of, billedThrough: { date, month: date.slice(0, 7), change: coversChange } };
        }
        expect(charged).toBe(late.outcome === 'invoice' ? late.draft.subtotal : 0);
      }),
    );
  });
});
