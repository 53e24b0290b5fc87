import * as z from 'zod';
import type { ApiClient } from './api-client.ts';

const sellersSchema = z.object({ sellers: z.array(z.object({ sellerId: z.string(), numberPrefix: z.string() })) });
/** Numbers of credit notes have it behind the seller's prefix. */
const CREDIT_NOTE = /^[A-Z0-9]+-CN-/;

/** Where an invoice with a printed number stands. Throws when no seller of the caller has numbers like it. */
export const invoicePath = async (api: ApiClient, number: string): Promise<string> =>
  `${await sellerPath(api, number)}/invoices/${encodeURIComponent(number)}`;

/** Where an invoice or a credit note with a printed number stands. Throws as `invoicePath`. */
export const documentPath = async (api: ApiClient, number: string): Promise<string> =>
  CREDIT_NOTE.test(number)
    ? `${await sellerPath(api, number)}/credit-notes/${encodeURIComponent(number)}`
    : await invoicePath(api, number);

async function sellerPath(api: ApiClient, number: string): Promise<string> {
  const { sellers } = await api.get('finance', '/sellers', sellersSchema);
  const seller = sellers.find(({ numberPrefix }) => number.startsWith(`${numberPrefix}-`));
  if (seller === undefined) throw new Error(`No seller of yours has invoice numbers like ${number}.`);
  return `/sellers/${seller.sellerId}`;
}
