import { addDays, type Instant, startOfDay } from './calendar.ts';
import type { Invoice } from './invoice.ts';
import { isHardware } from './order.ts';
import type { Receivable } from './receivable.ts';

/**
 * The changing side of an invoice as it begins, in minor units of the invoice's currency: collected at once when autopay
 * pays (C23) or the customer has credit, dunned from the beginning of the day after it is due, in the seller's time zone.
 */
export function openReceivable(invoice: Invoice, now: Instant): Receivable {
  const { sellerId, accountId, invoiceId, number, series, kind, month, invoiceDate, dueDate, currency, total } =
    invoice;
  return {
    ...{ sellerId, accountId, invoiceId, number, series, kind, month, invoiceDate, dueDate, currency, total },
    ...(isHardwareOrder(invoice) && { hardware: true }),
    due: total,
    status: 'unpaid',
    collection: { state: 'idle', attempts: 0, ...(isCollectedAtOnce(invoice) && { nextAt: now }) },
    dunning: { step: 0, nextAt: startOfDay(addDays(dueDate, 1), invoice.seller.timeZone) },
    version: 1,
  };
}

/** By autopay, or from what the customer has to its credit. */
export const isCollectedAtOnce = ({ payment, credit = 0 }: Pick<Invoice, 'payment' | 'credit'>): boolean =>
  payment.kind === 'autopay' || credit > 0;

/** Devices that were bought, whatever else the order has; a rental recurs and is none (R122). */
const isHardwareOrder = ({ kind, lines }: Pick<Invoice, 'kind' | 'lines'>): boolean =>
  kind === 'purchase' && lines.some(isHardware);
