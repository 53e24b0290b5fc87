import { dateIn } from '../../domain/calendar.ts';
import type { Delivery, SubjectKind } from '../../domain/delivery.ts';
import { isLastNotice } from '../../domain/dunning.ts';
import { statusOn } from '../../domain/quotes/quote.ts';
import { sellerOf } from '../../runtime/stage.ts';
import { noticeOf } from './invoice-notice.ts';
import type { LetterOrder, SubjectDeps } from './subject.ts';

type OvertakenBy = (deps: Omit<SubjectDeps, 'draw'>, order: LetterOrder) => Promise<string | undefined>;

/** What is history stays true: invoices, credit notes and cancellations can always be sent again. */
const never: OvertakenBy = async () => undefined;

const OVERTAKEN: Readonly<Record<SubjectKind, OvertakenBy>> = {
  async invoice(deps, order) {
    const { document, occurrence } = order.message;
    const { receivable, delivery } = order.read;
    const notice = receivable && (await noticeOf(deps, order, receivable));
    if (notice === undefined) return 'it was overtaken by events';
    if (isDunning(document) && !isLastNotice(receivable!.dunning, document, occurrence))
      return 'a later step of dunning was taken since';
    const asksFor = 'due' in notice ? notice.due : undefined;
    const changed = delivery?.asksFor !== undefined && delivery.asksFor !== asksFor;
    return changed ? 'the amount due has changed since' : undefined;
  },
  'credit-note': never,
  async quote({ store, sellers }, { message: { sellerId, accountId, about, document }, now }) {
    const quote = await store.quote(accountId, about);
    const status = quote && statusOn(quote, dateIn(now, sellerOf({ sellers }, sellerId).timeZone));
    if (status === (document === 'quote-accepted' ? 'accepted' : 'open')) return undefined;
    return `the quote is ${status}`;
  },
  cancellation: never,
};

const isDunning = (document: Delivery['document']) =>
  document === 'reminder-1' || document === 'reminder-2' || document === 'final-notice';

/** What has happened since a notice was sent that makes it wrong to send it again; undefined when it may be. */
export const overtakenBy = (
  deps: Omit<SubjectDeps, 'draw'>,
  subject: SubjectKind,
  order: LetterOrder,
): Promise<string | undefined> => OVERTAKEN[subject](deps, order);
