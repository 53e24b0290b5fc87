import type { MailMessage } from '../../document/mail-layout.ts';
import type { Account, Recipient } from '../../domain/account.ts';
import type { CreditNote } from '../../domain/books/credit-note.ts';
import type { Instant, PlainDate } from '../../domain/calendar.ts';
import type { CancellationConfirmation } from '../../domain/cancellation.ts';
import type { Invoice } from '../../domain/invoice.ts';
import type { Quote } from '../../domain/quotes/quote.ts';
import type { Seller } from '../../domain/seller.ts';
import type { Message } from '../../messages.ts';
import type {
  AccountStore,
  CollectionStore,
  CreditNoteStore,
  InvoiceStore,
  LoadedForMail,
  Mail,
  QuoteStore,
} from '../../ports.ts';
import type { KeptDocument } from '../kept-document.ts';

/** What mails are written from: what a subject reads of the table. */
export type SubjectStore = Pick<CollectionStore, 'attempts'> &
  Pick<InvoiceStore, 'loadAccount' | 'invoice' | 'receivable'> &
  Pick<CreditNoteStore, 'creditNote'> &
  Pick<QuoteStore, 'quote'> &
  Pick<AccountStore, 'cancellation'>;

/** The PDFs that travel with notices. What they are drawn from never changes. */
export interface Drawings {
  /** `copyOn`: made anew on this day, and marked as a copy. */
  creditNote(note: CreditNote, invoice: Invoice, copyOn?: PlainDate): Promise<Uint8Array>;
  quote(quote: Quote): Promise<Uint8Array>;
  cancellation(of: CancellationConfirmation): Uint8Array;
}

export interface SubjectDeps {
  readonly store: SubjectStore;
  readonly draw: Drawings;
  readonly sellers: readonly Seller[];
}

/** A notice, ready to be addressed. */
export interface Letter {
  readonly message: MailMessage;
  /** The seller's name, from whom it comes. */
  readonly sender: string;
  /** Drawn for this mail. */
  readonly attachments: Mail['attachments'];
  /** Attached as well: what was stored of it once, before anything is mailed. */
  readonly document?: KeptDocument;
  /** Minor units that it asks for, where it asks for any. */
  readonly asksFor?: number;
  /** To whom it goes; absent: the recipients of the account's invoices. */
  readonly recipients?: readonly Recipient[];
}

/** What a notice asks to be written, and what was read with its delivery. */
export interface LetterOrder {
  readonly message: Message<'notices'>;
  readonly account: Account;
  readonly read: LoadedForMail;
  readonly now: Instant;
}

/** A kind of thing that mails are about. */
export interface MailSubject {
  /**
   * What a notice about it says, from what is true now; undefined when events have overtaken it. Throws a permanent
   * `BillingError` when there is no such thing.
   */
  write(deps: SubjectDeps, order: LetterOrder): Promise<Letter | undefined>;
}
