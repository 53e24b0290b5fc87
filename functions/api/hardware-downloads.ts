import type { Receivable } from '../../shared/domain/receivable.ts';
import { type ApiEnv, sellerOfAccount } from './context.ts';
import { Problem } from './problem.ts';
import { asksForItself } from './self-service.ts';

/** Whether who asks may download an invoice. */
export type Downloads = (receivable: Receivable) => boolean;

/** The telecom's people download every invoice. */
export const anything: Downloads = () => true;

/** A customer does not download those of hardware orders, unless the seller offers it (R50, C29); they were mailed to it. */
export function downloadsOf(c: { readonly var: ApiEnv['Variables'] }): Downloads {
  if (!asksForItself(c, 'invoice.read') || sellerOfAccount(c.var.deps, c.var.input).hardwareDownloads) return anything;
  return ({ hardware }) => hardware !== true;
}

/** Throws 403 `download_not_offered`. What does not exist is for the caller to say. */
export function offered(receivable: Receivable | undefined, downloads: Downloads): Receivable | undefined {
  if (receivable === undefined || downloads(receivable)) return receivable;
  throw new Problem(
    403,
    'download_not_offered',
    'The invoices of hardware orders are mailed and not offered for download; the sales team sends a copy on request.',
    { field: 'invoiceId' },
  );
}
