import { quoteMail } from '../../document/quote-mail.ts';
import { dateIn } from '../../domain/calendar.ts';
import { BillingError } from '../../domain/errors.ts';
import { mailedTo, statusOn } from '../../domain/quotes/quote.ts';
import { sellerOf } from '../../runtime/stage.ts';
import type { MailSubject } from './subject.ts';

/** A quote with its PDF: as long as it can be accepted, and once more when it was. One that was erased is mailed to nobody. */
export const aboutQuote: MailSubject = {
  async write({ store, draw, sellers }, { message: { sellerId, accountId, about, document }, account, now }) {
    const quote = await store.quote(accountId, about);
    if (quote === undefined && account.erased) return undefined;
    if (quote?.sellerId !== sellerId) throw new BillingError('quote_not_found', `${accountId} ${about}`);
    const { timeZone } = sellerOf({ sellers }, sellerId);
    const status = statusOn(quote, dateIn(now, timeZone));
    const accepted = document === 'quote-accepted';
    if (status !== (accepted ? 'accepted' : 'open')) return undefined;
    const { number, seller } = quote;
    const recipients = mailedTo(quote, account.recipients);
    return {
      message: quoteMail(quote, accepted ? 'accepted' : 'offered'),
      sender: seller.name,
      attachments: [{ fileName: `${number}.pdf`, type: 'application/pdf', bytes: await draw.quote(quote) }],
      ...(recipients && { recipients }),
    };
  },
};
