import { addDays, type Instant, startOfDay } from './calendar.ts';
import type { Invoice } from './invoice.ts';
import type { Receivable } from './receivable.ts';

/**
 * The changing side of an invoice as it begins, in minor units of the invoice's currency: collected at once when autopay
 * pays (C23), dunned from the beginning of the day after it is due, in the seller's time zone.
 */
export function openReceivable(invoice: Invoice, now: Instant): Receivable {
  const { sellerId, accountId, invoiceId, number, series, kind, month, invoiceDate, dueDate, currency, total } =
    invoice;
  return {
    ...{ sellerId, accountId, invoiceId, number, series, kind, month, invoiceDate, dueDate, currency, total },
    due: total,
    status: 'unpaid',
    collection: { state: 'idle', attempts: 0, ...(invoice.payment.kind === 'autopay' && { nextAt: now }) },
    dunning: { step: 0, nextAt: startOfDay(addDays(dueDate, 1), invoice.seller.timeZone) },
    version: 1,
  };
}
