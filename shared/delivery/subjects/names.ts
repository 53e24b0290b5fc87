import { creditNoteIdOf } from '../../domain/books/credit-note.ts';
import type { SubjectKind } from '../../domain/delivery.ts';
import type { SubjectStore } from './subject.ts';

type NameOf = (
  store: Pick<SubjectStore, 'receivable' | 'creditNote' | 'quote' | 'cancellation'>,
  accountId: string,
  about: string,
) => Promise<string | undefined>;

/**
 * What people call that which mails are about, such as `invoice NTIE-202612A-000042`; undefined when the account has none of
 * this id. Apart from what writes the mails: whoever only names things does not load the words of all mails.
 */
export const NAMES: Readonly<Record<SubjectKind, NameOf>> = {
  async invoice(store, accountId, about) {
    const receivable = await store.receivable(accountId, about);
    return receivable && `invoice ${receivable.number}`;
  },
  async 'credit-note'(store, accountId, about) {
    const { invoiceId, creditNoteId } = creditNoteIdOf(about);
    const note = await store.creditNote(accountId, invoiceId, creditNoteId);
    return note && `credit note ${note.number}`;
  },
  async quote(store, accountId, about) {
    const quote = await store.quote(accountId, about);
    return quote && `quote ${quote.number}`;
  },
  async cancellation(store, accountId, about) {
    return (await store.cancellation(accountId, about)) && `the cancellation of ${about}`;
  },
};
