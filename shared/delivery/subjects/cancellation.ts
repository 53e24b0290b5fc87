import { cancellationMail } from '../../document/cancellation-mail.ts';
import { withdrawalMail } from '../../document/withdrawal-mail.ts';
import { occurrenceOf } from '../../domain/cancellation.ts';
import { BillingError } from '../../domain/errors.ts';
import type { MailSubject } from './subject.ts';

/** The confirmation of a cancellation with its PDF, as it was written when it was asked for; or that it was taken back. */
export const aboutCancellation: MailSubject = {
  async write({ store, draw }, { message: { sellerId, accountId, about, document, occurrence } }) {
    const cancellation = await store.cancellation(accountId, about);
    if (cancellation?.sellerId !== sellerId) throw new BillingError('cancellation_not_found', `${accountId} ${about}`);
    const { withdrawn, seller } = cancellation;
    const expected = document === 'cancellation-withdrawn';
    if (occurrence !== occurrenceOf(cancellation) || expected !== (withdrawn !== undefined)) return undefined;
    if (withdrawn !== undefined)
      return { message: withdrawalMail(cancellation, withdrawn), sender: seller.name, attachments: [] };
    const bytes = draw.cancellation(cancellation);
    return {
      message: cancellationMail(cancellation),
      sender: seller.name,
      attachments: [{ fileName: `cancellation-${about}.pdf`, type: 'application/pdf', bytes }],
    };
  },
};
