import { noticeMail } from '../../document/notice-mail.ts';
import { BillingError } from '../../domain/errors.ts';
import { noticeOf } from './invoice-notice.ts';
import type { MailSubject } from './subject.ts';

/** An invoice, or the account behind it: reminders, payments, suspension. The invoice itself is mailed by deliver-invoice. */
export const aboutInvoice: MailSubject = {
  async write(deps, order) {
    const { sellerId, accountId, about } = order.message;
    const { invoice, receivable } = order.read;
    if (invoice?.sellerId !== sellerId || !receivable)
      throw new BillingError('invoice_not_found', `${accountId} ${about}`);
    const notice = await noticeOf(deps, order, receivable);
    return (
      notice && {
        message: noticeMail(invoice, notice),
        sender: invoice.seller.name,
        attachments: [],
        ...('due' in notice && { asksFor: notice.due }),
      }
    );
  },
};
