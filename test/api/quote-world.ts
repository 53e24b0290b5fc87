import { expect } from 'vitest';
import type { WrittenAccount } from '../../shared/import/account-schema.ts';
import { apiWorld, card, customer, NOW, token } from './world.ts';

export const world = apiWorld();
export const { call } = world;

/** A customer-to-be with a card, unless told otherwise: no subscriptions, nothing billed. */
export let made = 0;

export async function prospect(overrides: Partial<WrittenAccount> = {}): Promise<string> {
  const accountId = `prospect-${++made}`;
  const { billedThrough: _none, ...fresh } = customer(accountId, { subscriptions: [], ...overrides });
  await world.load({
    ...fresh,
    paymentMethods: fresh.paymentMethods?.map(({ methodId }) => card(methodId, `pm_${made}`)),
  });
  return accountId;
}

export const offer = (overrides: object = {}) => ({
  quoteId: 'Q-7',
  lines: [
    { productId: 'desk-phone', quantity: 10, unitPrice: '20.00' },
    { productId: 'contact-center-licence', quantity: 2, interval: 'year', discountPpm: 100_000 },
    { productId: 'standard-number', quantity: 5, interval: 'quarter' },
  ],
  contractMonths: 12,
  billingStartDate: '2026-12-15',
  validUntil: '2026-12-14',
  ...overrides,
});

export const quoted = async (accountId: string, overrides: object = {}) => {
  const answer = await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body: offer(overrides) });
  expect(answer.body.outcome).toBe('done');
  return `/accounts/${accountId}/quotes/Q-7`;
};

export const acceptance = {
  adminContact: { name: 'Niamh Daly', email: 'niamh@liffeyside.example', phone: '+35315550100' },
  contactVerified: true,
  termsAccepted: true,
};

export const accept = (accountId: string, version = 1, body: object = acceptance, now = NOW) =>
  call(token.ownerOf(accountId), 'POST', `/accounts/${accountId}/quotes/Q-7/acceptance`, { body, version, now });
