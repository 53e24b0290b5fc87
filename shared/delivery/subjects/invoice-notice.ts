import type { Notice } from '../../document/notice-mail.ts';
import { addDays, dateIn, daysBetween, type Instant, type PlainDate } from '../../domain/calendar.ts';
import type { Delivery, NoticeAbout } from '../../domain/delivery.ts';
import { BillingError } from '../../domain/errors.ts';
import { finalNoticeOf } from '../../domain/final-notice.ts';
import { handedOverBy, isUnderContract, receivablesContact } from '../../domain/hand-over.ts';
import type { Receivable } from '../../domain/receivable.ts';
import type { Seller } from '../../domain/seller.ts';
import { sellerOf } from '../../runtime/stage.ts';
import type { LetterOrder, SubjectDeps, SubjectStore } from './subject.ts';

/**
 * What a notice about an invoice says, from what is true now; undefined when it is not true any more. Apart from its words:
 * whoever only asks whether it is still true does not load them.
 */
export async function noticeOf(
  { store, sellers }: Omit<SubjectDeps, 'draw'>,
  { message, account, read, now }: LetterOrder,
  receivable: Receivable,
): Promise<Notice | undefined> {
  const { sellerId, occurrence } = message;
  // Whatever is about something else is written elsewhere (`SUBJECTS`).
  const document = message.document as NoticeAbout<'invoice'>;
  const { due, collection } = receivable;
  const seller = sellerOf({ sellers }, sellerId);
  switch (document) {
    case 'reminder-1':
    case 'reminder-2':
      return due > 0 ? { document, due } : undefined;
    case 'final-notice':
      return due > 0 ? await finalNotice(store, receivable, seller, givenAt(read.delivery) ?? now) : undefined;
    case 'handed-over':
      return due > 0 && account.handedOver ? { document, due, contact: account.handedOver.contact } : undefined;
    case 'suspended': {
      const { status, number } = account.services;
      const off = number === occurrence && (status === 'suspending' || status === 'suspended');
      return off ? { document, balance: account.balance } : undefined;
    }
    case 'reactivated': {
      const { number, withoutNotice } = account.services;
      if (number !== occurrence) return undefined;
      return withoutNotice && account.balance > 0 ? { document, stillUnpaid: account.balance } : { document };
    }
    default: {
      const attempts = await store.attempts(receivable.accountId, receivable.invoiceId);
      const attempt = attempts.find((candidate) => candidate.attempt === occurrence);
      if (attempt === undefined) return undefined;
      const { amount, method } = attempt;
      if (document === 'payment-received') return { document, amount, balance: account.balance };
      if (document === 'method-expiring') {
        const current = account.defaultMethodId === attempt.methodId;
        return current && method.expires ? { document, method, expires: method.expires } : undefined;
      }
      if (due <= 0) return undefined;
      if (document === 'authentication-needed') return { document, amount, method };
      if (document === 'payment-returned' && !attempt.returned) return undefined;
      const retries = collection.state === 'idle' && collection.nextAt !== undefined;
      return { document, amount, method, ...(retries && { retryAt: collection.nextAt }) };
    }
  }
}

/** Sent again after it was given, it still names the day that follows from when it was given. */
function givenAt(delivery: Delivery | undefined): Instant | undefined {
  const notice = finalNoticeOf(delivery);
  return notice.kind === 'given' ? notice.at : undefined;
}

/** It threatens with what will happen: the suspension, or Accounts Receivable where no machine cuts the services (R131). */
async function finalNotice(store: SubjectStore, receivable: Receivable, seller: Seller, now: Instant): Promise<Notice> {
  const { accountId, due } = receivable;
  const on = suspensionOn(receivable, seller, now);
  const input = await store.loadAccount(accountId);
  if (!input) throw new BillingError('account_not_found', accountId);
  const { account, subscriptions } = input;
  const underContract = isUnderContract(subscriptions, dateIn(now, seller.timeZone));
  if (!handedOverBy(account, underContract, seller.dunning)) return { document: 'final-notice', due, suspensionOn: on };
  const contact = receivablesContact(seller, account.billingAddress?.country);
  return { document: 'final-notice', due, handOverOn: on, contact };
}

/** By the policy, and never sooner after the final notice than the policy puts between the two. */
function suspensionOn({ dueDate, dunning: { since = dueDate } }: Receivable, seller: Seller, now: Instant): PlainDate {
  const { dunning, timeZone } = seller;
  const byPolicy = addDays(since, dunning.suspensionDay);
  const spaced = addDays(dateIn(now, timeZone), dunning.suspensionDay - dunning.finalNoticeDay);
  return daysBetween(byPolicy, spaced) > 0 ? spaced : byPolicy;
}
