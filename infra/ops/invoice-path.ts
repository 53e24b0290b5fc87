import * as z from 'zod';
import type { ApiClient } from './api-client.ts';

const sellersSchema = z.object({ sellers: z.array(z.object({ sellerId: z.string(), numberPrefix: z.string() })) });

/** Where an invoice with a printed number stands. Throws when no seller of the caller has numbers like it. */
export async function invoicePath(api: ApiClient, number: string): Promise<string> {
  const { sellers } = await api.get('finance', '/sellers', sellersSchema);
  const seller = sellers.find(({ numberPrefix }) => number.startsWith(`${numberPrefix}-`));
  if (seller === undefined) throw new Error(`No seller of yours has invoice numbers like ${number}.`);
  return `/sellers/${seller.sellerId}/invoices/${encodeURIComponent(number)}`;
}
