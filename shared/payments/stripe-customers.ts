import type Stripe from 'stripe';
import type { ProcessorCustomers } from '../ports.ts';
import { found } from './stripe-look.ts';

/** Stripe's most per page; the SDK asks for the next ones. */
const PAGE = 100;

/** See `ProcessorCustomers`. */
export const stripeCustomers = (connected: () => Promise<Stripe>): ProcessorCustomers => ({
  async methodsOf(customer) {
    const stripe = await connected();
    const methods = await found(async () => {
      const ids: string[] = [];
      for await (const { id } of stripe.customers.listPaymentMethods(customer, { limit: PAGE })) ids.push(id);
      return ids;
    });
    return methods ?? [];
  },

  async deleteCustomer(customer) {
    const stripe = await connected();
    await found(() => stripe.customers.del(customer));
  },
});
