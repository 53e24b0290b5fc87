import { describe, expect, it } from 'vitest';
import { handedOverBy, isUnderContract, receivablesContact } from '../../shared/domain/hand-over.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';

/** The regions of R132, with made-up contacts. */
const SELLER = {
  accountsReceivable: {
    email: 'ar-ie@northwind.example',
    phone: '+1 555 0199',
    regions: [
      { countries: ['US', 'CA'], email: 'ar-us@northwind.example', phone: '+1 555 0134' },
      { countries: ['FR'], email: 'ar-ie@northwind.example', phone: '+33 800 555 019' },
      { countries: ['AU'], email: 'ar-aus@northwind.example', phone: '+61 1800 555 06' },
    ],
  },
};

describe('who is never cut by a machine (R131)', () => {
  it.each([
    ['wire', false, undefined, 'wire'],
    ['cheque', false, undefined, 'wire'],
    ['card', false, undefined, undefined],
    ['card', true, undefined, 'contract'],
    ['cheque', false, ['contract'], undefined],
  ] as const)('terms %s, under contract: %s, policy %s → %s', (terms, underContract, handOver, by) => {
    expect(handedOverBy({ terms }, underContract, { ...(handOver && { handOver }) })).toBe(by);
  });
});

describe('Accounts Receivable’s contact is that of the customer’s region (R132)', () => {
  it.each([
    ['US', 'ar-us@northwind.example', '+1 555 0134'],
    ['CA', 'ar-us@northwind.example', '+1 555 0134'],
    ['FR', 'ar-ie@northwind.example', '+33 800 555 019'],
    ['AU', 'ar-aus@northwind.example', '+61 1800 555 06'],
    ['NZ', 'ar-ie@northwind.example', '+1 555 0199'],
    [undefined, 'ar-ie@northwind.example', '+1 555 0199'],
  ])('of %s', (country, email, phone) => {
    expect(receivablesContact(SELLER, country)).toEqual({ email, phone });
  });
});

describe('an account is under contract', () => {
  const contract = { endsOn: '2027-03-31', renewalMonths: 12 };
  const subscription = (of: Partial<Subscription>): Subscription => ({
    ...{ subscriptionId: 's', productId: 'line', changes: [] },
    ...of,
  });
  const cancelled = { requestedOn: '2026-06-01', endsOn: '2026-12-31' };
  it.each<[string, Subscription[], string, boolean]>([
    ['with a fixed term', [subscription({}), subscription({ contract })], '2026-12-31', true],
    ['with one that has renewed', [subscription({ contract })], '2028-01-01', true],
    ['on the last day of a cancelled one', [subscription({ contract, cancellation: cancelled })], '2026-12-31', true],
    ['not after that', [subscription({ contract, cancellation: cancelled })], '2027-01-01', false],
    ['not month by month', [subscription({})], '2026-12-31', false],
    ['not without anything', [], '2026-12-31', false],
  ])('%s', (_what, subscriptions, today, expected) => {
    expect(isUnderContract(subscriptions, today)).toBe(expected);
  });
});
