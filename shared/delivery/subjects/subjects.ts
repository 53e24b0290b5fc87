import type { SubjectKind } from '../../domain/delivery.ts';
import { aboutCancellation } from './cancellation.ts';
import { aboutCreditNote } from './credit-note.ts';
import { aboutInvoice } from './invoice.ts';
import { aboutQuote } from './quote.ts';
import type { MailSubject } from './subject.ts';

/** What mails may be about (`shared/document/README.md`: how to mail about something else). */
export const SUBJECTS: Readonly<Record<SubjectKind, MailSubject>> = {
  invoice: aboutInvoice,
  'credit-note': aboutCreditNote,
  quote: aboutQuote,
  cancellation: aboutCancellation,
};
