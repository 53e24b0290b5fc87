import { creditNoteIdOf } from '../../domain/books/credit-note.ts';
import type { SubjectKind } from '../../domain/delivery.ts';
import type { AccountStore, CreditNoteStore, InvoiceStore, QuoteStore } from '../../ports.ts';

/** What the names of subjects are read from. */
type NamingStore = Pick<InvoiceStore, 'receivable'> &
  Pick<CreditNoteStore, 'creditNote'> &
  Pick<QuoteStore, 'quote'> &
  Pick<AccountStore, 'cancellation'>;

/**
 * What people call a thing that mails are about, such as `invoice NTIE-202612A-000042`; undefined when the account has none
 * of this id. Apart from `SUBJECTS`, so that whoever only names a thing need not load what its mail says.
 */
export const SUBJECT_NAMES: Readonly<
  Record<SubjectKind, (store: NamingStore, accountId: string, about: string) => Promise<string | undefined>>
> = {
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
