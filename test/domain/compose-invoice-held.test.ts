import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { account, addressIn, subscription } from '../support/accounts.ts';
import { compose, invoiceOf } from './compose-invoice-fixtures.ts';

describe('when there is nothing to invoice', () => {
  const billedThrough = { date: '2026-07-01', month: '2026-07', change: 1 };

  it('R97: an account without quantities is zero', () => {
    expect(compose(account('IE', 'EUR'), [], '2026-08-01')).toEqual({
      outcome: 'zero',
      reason: 'Nothing to charge',
      month: '2026-08',
      coversChange: 0,
      settled: true,
    });
  });

  it('charges and credits that cancel out are settled without an invoice', () => {
    // 12 phones of 25.00 for July are charged late, and 100 numbers less are there than were billed.
    const gone = subscription('number', [2, '2026-01-01', 100], [3, '2026-07-01', -100]);
    const late = subscription('phone', [1, '2026-01-01', 12], [4, '2026-07-01', 12], [5, '2026-08-01', -24]);
    const decision = compose(
      account('IE', 'EUR', { billedThrough: { date: '2026-07-01', month: '2026-07', change: 2 } }),
      [late, gone],
      '2026-08-01',
    );
    expect(decision).toEqual({
      outcome: 'zero',
      reason: 'Charges and credits cancel out',
      month: '2026-08',
      coversChange: 5,
      settled: true,
    });
  });

  it('C11: a net credit is carried to the next invoice, never paid out', () => {
    const changes = [subscription('phone', [1, '2026-01-01', 2], [2, '2026-07-11', -2])];
    const august = compose(account('IE', 'EUR', { billedThrough }), changes, '2026-08-01');
    expect(august).toMatchObject({
      outcome: 'zero',
      reason: 'Credits exceed charges and are carried to the next invoice',
      settled: false,
    });

    const back = [subscription('phone', [1, '2026-01-01', 2], [2, '2026-07-11', -2], [3, '2026-09-01', 2])];
    const september = compose(account('IE', 'EUR', { billedThrough }), back, '2026-09-01');
    expect(invoiceOf(september).subtotal).toBe(5000 - 3226);
  });
});

describe('when an account cannot be invoiced it is held with a reason finance understands', () => {
  it.each([
    ['no billing address', { billingAddress: undefined }, 'billing_address_missing', 'the whole address'],
    [
      'an address without a postal code',
      { billingAddress: { ...addressIn('IE'), postalCode: ' ' } },
      'billing_address_missing',
      'postalCode',
    ],
    ['a Canadian address without a province', { billingAddress: addressIn('CA') }, 'billing_address_missing', 'region'],
    ['a country without tax rules', { billingAddress: addressIn('JP') }, 'tax_rule_missing', 'JP'],
    [
      'a hold by finance',
      { hold: { reason: 'Contract under review', since: '2026-07-01T00:00:00.000Z' } },
      'hold_by_finance',
      'Contract under review',
    ],
    ['another currency than the seller’s', { currency: 'USD' }, 'currency_mismatch', 'USD'],
  ] as [string, Partial<Account>, string, string][])('%s', (_name, overrides, code, words) => {
    const decision = compose(
      account('IE', 'EUR', overrides),
      [subscription('phone', [1, '2026-01-01', 1])],
      '2026-08-01',
    );
    expect(decision).toMatchObject({ outcome: 'held', code });
    expect(decision.outcome === 'held' && decision.reason).toContain(words);
  });

  it.each([
    [
      'a product the catalog does not have',
      subscription('fax', [1, '2026-01-01', 1]),
      'product_unknown',
      'A subscription refers to a product that the catalog does not have (fax of subscription sub-fax).',
    ],
    [
      'more removed than there was',
      subscription('phone', [1, '2026-01-01', 1], [2, '2026-03-01', -2]),
      'quantity_negative',
      'More was removed from a subscription than it had (subscription sub-phone on 2026-03-01).',
    ],
    [
      'no price on the date',
      subscription('phone', [1, '2019-01-15', 1]),
      'price_missing',
      'The catalog has no price in the account’s currency for this date (phone per month in EUR on 2019-01-15).',
    ],
  ])('%s', (_name, changes, code, reason) => {
    const decision = compose(account('IE', 'EUR', { billingStartDate: '2019-01-01' }), [changes], '2026-08-01');
    expect(decision).toEqual({ outcome: 'held', code, reason });
  });

  it('all parts of the address that are missing are named', () => {
    const { region: _, ...address } = addressIn('CA-ON');
    const billingAddress = { ...address, line1: '', city: ' ' };
    expect(compose(account('CA-ON', 'EUR', { billingAddress }), [], '2026-08-01')).toEqual({
      outcome: 'held',
      code: 'billing_address_missing',
      reason:
        'The billing address is missing or incomplete, so the tax cannot be determined (missing: line1, city, region).',
    });
    const states = account('US-NY', 'EUR', { billingAddress: { ...addressIn('US-NY'), region: '' } });
    expect(compose(states, [], '2026-08-01')).toMatchObject({ reason: expect.stringContaining('(missing: region)') });
    expect(compose(account('IE', 'EUR', { currency: 'USD' }), [], '2026-08-01')).toMatchObject({
      code: 'currency_mismatch',
      reason: 'The account’s currency is not the seller’s (USD instead of EUR).',
    });
  });
});
