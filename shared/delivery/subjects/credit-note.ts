import { creditNoteMail } from '../../document/credit-note-mail.ts';
import { creditNoteIdOf } from '../../domain/books/credit-note.ts';
import { BillingError } from '../../domain/errors.ts';
import { creditNoteDocument } from '../kept-document.ts';
import type { MailSubject } from './subject.ts';

/** A credit note with its PDF. What it says was true when it was issued and stays so: no event overtakes it. */
export const aboutCreditNote: MailSubject = {
  async write({ store, draw }, { message: { sellerId, accountId, about } }) {
    const { invoiceId, creditNoteId } = creditNoteIdOf(about);
    const [note, invoice] = await Promise.all([
      store.creditNote(accountId, invoiceId, creditNoteId),
      store.invoice(accountId, invoiceId),
    ]);
    if (note?.sellerId !== sellerId || !invoice)
      throw new BillingError('credit_note_not_found', `${accountId} ${about}`);
    return {
      message: creditNoteMail(note),
      sender: note.seller.name,
      attachments: [],
      document: creditNoteDocument(note, (copyOn) => draw.creditNote(note, invoice, copyOn)),
    };
  },
};
