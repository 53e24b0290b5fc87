import type { CreditNote } from '../domain/books/credit-note.ts';
import { creditNoteTitle } from './credit-note-title.ts';
import { layOutMail, type MailMessage, oneLine } from './mail-layout.ts';
import { mailSetting } from './mail-setting.ts';

/** In the order in which money is settled; what did not happen is not mentioned. */
const SETTLED = ['due', 'disputed', 'writtenOff', 'credit'] as const;

/** The mail that brings a credit note: how much, why, and what becomes of it. The PDF is attached by the sender. */
export function creditNoteMail(note: CreditNote): MailMessage {
  const { texts, formats, frame } = mailSetting(note);
  const { document, mail } = texts;
  const { number, invoiceNumber, settles, seller } = note;
  const title = creditNoteTitle(note, document.creditNote);
  const words = mail.creditNote({ title, number, invoiceNumber, amount: formats.money(note.total) });
  const settled = SETTLED.filter((part) => settles[part] !== 0);
  return layOutMail({
    ...frame,
    ...words,
    figure: { label: document.creditNote.credited, value: formats.money(note.total) },
    paragraphs: [
      ...words.paragraphs,
      formats.labelled(document.creditNote.reason, oneLine(note.explanation)),
      ...settled.map((part) => mail.credited[part](formats.money(settles[part]))),
      mail.attachedPdf,
    ],
    facts: [
      [title, number],
      [document.creditNote.date, formats.date(note.date)],
      [document.invoiceNumber, invoiceNumber],
      [document.account, note.accountId],
    ],
    action: { label: mail.openPortal, url: seller.support.portalUrl },
  });
}
