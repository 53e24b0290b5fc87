import type { Invoice, InvoiceId } from '../../shared/domain/invoice.ts';
import type { ApiDeps } from './context.ts';

/** Invoices read at once; nearly always the first is the one. */
const PAGE = 5;

/** The newest invoice of a billing cycle of an account, or the newest before another one; undefined: there is none. */
export async function lastInvoice(
  store: Pick<ApiDeps['store'], 'receivablesOf' | 'invoice'>,
  accountId: string,
  before?: InvoiceId,
): Promise<Invoice | undefined> {
  let cursor: string | undefined;
  do {
    const page = await store.receivablesOf(accountId, PAGE, cursor);
    const found = page.items.find(
      ({ invoiceId: id }) => id.endsWith('#cycle') && (before === undefined || id < before),
    );
    if (found !== undefined) return await store.invoice(accountId, found.invoiceId);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return undefined;
}
