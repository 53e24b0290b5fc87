import { creditNoteMail } from '../../document/credit-note-mail.ts';
import { type CreditNoteId, creditNoteIdOf } from '../../domain/books/credit-note.ts';
import { BillingError } from '../../domain/errors.ts';
import type { MailSubject, SubjectStore } from './subject.ts';

/** A credit note with its PDF. What it says was true when it was issued and stays so: no event overtakes it. */
export const aboutCreditNote: MailSubject = {
  async write({ store, draw }, { message: { sellerId, accountId, about } }) {
    const id = creditNoteIdOf(about);
    const [note, invoice] = await Promise.all([noteOf(store, accountId, id), store.invoice(accountId, id.invoiceId)]);
    if (note?.sellerId !== sellerId || !invoice)
      throw new BillingError('credit_note_not_found', `${accountId} ${about}`);
    const bytes = await draw.creditNote(note, invoice);
    return {
      message: creditNoteMail(note),
      sender: note.seller.name,
      attachments: [{ fileName: `${note.number}.pdf`, type: 'application/pdf', bytes }],
    };
  },
};

const noteOf = (store: Pick<SubjectStore, 'creditNote'>, accountId: string, id: CreditNoteId) =>
  store.creditNote(accountId, id.invoiceId, id.creditNoteId);
