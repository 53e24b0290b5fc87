import { creditNoteIdOf } from '../../domain/books/credit-note.ts';
import type { SubjectKind } from '../../domain/delivery.ts';
import type { SubjectStore } from './subject.ts';

/** What people call the subject of a mail, such as `invoice NTIE-202612A-000042`; undefined when the account has none of this id. */
type NameOf = (
  store: Pick<SubjectStore, 'receivable' | 'creditNote' | 'quote' | 'cancellation'>,
  accountId: string,
  about: string,
) => Promise<string | undefined>;

/** Apart from what the mails say: who only names a subject, as the API does, does not load every mail in seven languages. */
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
  cancellation: async (store, accountId, about) =>
    (await store.cancellation(accountId, about)) && `the cancellation of ${about}`,
};
