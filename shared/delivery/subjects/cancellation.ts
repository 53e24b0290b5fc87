import { cancellationMail } from '../../document/cancellation-mail.ts';
import { BillingError } from '../../domain/errors.ts';
import type { MailSubject } from './subject.ts';

/** The confirmation of a cancellation with its PDF, as it was written when it was asked for. */
export const aboutCancellation: MailSubject = {
  async write({ store, draw }, { message: { sellerId, accountId, about } }) {
    const cancellation = await store.cancellation(accountId, about);
    if (cancellation?.sellerId !== sellerId) throw new BillingError('cancellation_not_found', `${accountId} ${about}`);
    const bytes = draw.cancellation(cancellation);
    return {
      message: cancellationMail(cancellation),
      sender: cancellation.seller.name,
      attachments: [{ fileName: `cancellation-${about}.pdf`, type: 'application/pdf', bytes }],
    };
  },
};
