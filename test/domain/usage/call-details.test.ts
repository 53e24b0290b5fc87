import { describe, expect, it } from 'vitest';
import type { CallDetailsChoice } from '../../../shared/domain/account.ts';
import { callDetailsOf, itemisedUsage, masked, maskedDigits } from '../../../shared/domain/usage/call-details.ts';
import type { OpenUsage } from '../../../shared/domain/usage/usage.ts';

const address = (country: string) => ({ line1: '1 Main Street', city: 'Town', postalCode: '1', country });
const usage = (month: string, covered: number, last: number): OpenUsage => ({
  month,
  covered,
  last,
  before: {},
  records: [],
});

describe('whether calls are listed one by one', () => {
  it.each<[string, CallDetailsChoice | undefined, CallDetailsChoice]>([
    ['DE', undefined, 'none'],
    ['IE', undefined, 'masked'],
    ['FR', undefined, 'none'],
    ['IT', undefined, 'none'],
    ['ES', undefined, 'masked'],
    ['FR', 'masked', 'masked'],
    ['GB', undefined, 'masked'],
    ['US', undefined, 'full'],
    ['CA', undefined, 'full'],
    ['AU', undefined, 'full'],
    ['DE', 'masked', 'masked'],
    ['DE', 'full', 'full'],
    ['IE', 'full', 'full'],
    ['US', 'none', 'none'],
  ])('for a customer in %s who chose %s: %s', (country, callDetails, expected) => {
    const billingAddress = address(country);
    expect(callDetailsOf({ billingAddress, ...(callDetails && { callDetails }) })).toBe(expected);
  });
});

describe('what an invoice itemises', () => {
  const of = { billingAddress: address('US') };
  it('are the batches that it takes in, and those alone, so that it never changes', () => {
    expect(itemisedUsage(of, [usage('2026-11', 0, 7), usage('2026-10', 4, 5)])).toEqual({
      numbers: 'full',
      usage: [
        { month: '2026-10', after: 4, through: 5 },
        { month: '2026-11', after: 0, through: 7 },
      ],
    });
  });

  it('is nothing without usage, or when the customer wants none', () => {
    expect(itemisedUsage(of, [])).toBeUndefined();
    expect(itemisedUsage({ ...of, callDetails: 'none' }, [usage('2026-11', 0, 7)])).toBeUndefined();
  });
});

it.each([
  ['+442079460123', 'GB', '+442079460•••'],
  ['+33155500123', 'FR', '+3315550••••'],
  ['+39025550123', 'IT', '+39025550•••'],
  ['+49305550123', 'DE', '+49305550•••'],
  ['+12025550123', 'US', '+12025550•••'],
  ['911', 'US', '•••'],
  ['12', 'IE', '••'],
  ['BANK', 'IE', 'B•••'],
])('%s, masked for a customer in %s, is %s', (number, country, expected) => {
  expect(masked(number, maskedDigits(country))).toBe(expected);
});
