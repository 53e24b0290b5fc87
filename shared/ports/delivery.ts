import type { Account } from '../domain/account.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Delivery, DeliveryId, RecipientOutcome, Reissue, SentAgain, StoredPdf } from '../domain/delivery.ts';
import type { Invoice, InvoiceId } from '../domain/invoice.ts';
import type { AgainLog } from '../domain/mail-again.ts';
import type { Receivable } from '../domain/receivable.ts';
import type { SendingOf } from '../domain/sendings.ts';
import type { Conditional, Page, Written } from './common.ts';

export interface LoadedForMail {
  readonly delivery?: Delivery | undefined;
  readonly account?: Account | undefined;
  readonly invoice?: Invoice | undefined;
  readonly receivable?: Receivable | undefined;
}

export interface DeliveryStore {
  delivery(id: DeliveryId): Promise<Delivery | undefined>;
  /**
   * A delivery and to whom, in one read; with the invoice when that is what it is about, and for notices its receivable.
   */
  loadForMail(id: DeliveryId): Promise<LoadedForMail>;
  /** As it was issued. */
  invoice(accountId: string, invoiceId: InvoiceId): Promise<Invoice | undefined>;
  /** Creates the delivery of a notice; that of an invoice or a credit note is written together with it. */
  beginDelivery(delivery: Delivery): Promise<Written>;
  /** Sets the PDF's key and hash once; returns what stands there. */
  recordPdf(delivery: Delivery, pdf: StoredPdf): Promise<StoredPdf>;
  /** Puts a PDF that was made anew on record; `already-done` when one of its bytes is, in place of the first where this one is to be. */
  recordReissue(delivery: Delivery, reissue: Reissue): Promise<Conditional>;
  /**
   * Claims recipients before their mails are sent, and says which this caller got: those that nobody had claimed. The
   * delivery's PDF, where it names one, is put on record by the same write. Throws `document_mismatch`, claiming nobody,
   * when another one is.
   */
  claimRecipients(delivery: SendingOf, emails: readonly string[], now: Instant): Promise<readonly string[]>;
  /**
   * Writes what became of recipients and, with `completedAt`, that nothing of the sending remains to be swept. A final
   * outcome stands: only a claim or a doubt gives way, and who is skipped must not have been claimed. A PDF that the
   * delivery names is then on record, should nobody have been claimed for it. Returns the delivery as it then stands when
   * this call was the one to complete it.
   */
  concludeRecipients(
    delivery: SendingOf,
    outcomes: Readonly<Record<string, RecipientOutcome>>,
    completedAt?: Instant,
  ): Promise<{ completed?: Delivery }>;
  /** Takes back claims whose mails were certainly not accepted, so that a later try may claim again. Only from `sending`. */
  releaseRecipients(delivery: SendingOf, emails: readonly string[]): Promise<void>;
  /**
   * Puts the delivery on the list of those that nobody got, or takes it off; `stale` when its recipients, or whether it is
   * on the list, are not what they were.
   */
  noteReach(delivery: Delivery, unreachedSince: Instant | undefined): Promise<'written' | 'stale'>;
  /** What was sent again of an account lately. */
  againLog(accountId: string): Promise<AgainLog | undefined>;
  /**
   * Begins a further sending, and takes the delivery off the list of those that nobody got; `stale` when the last sending is
   * not over, or there are more than there were, or others of the account: the version of `log` must be one above the stored.
   */
  sendAgain(delivery: Delivery, sending: SentAgain, log: AgainLog): Promise<'written' | 'stale'>;
}

/** A sending, as its mails name it. */
export type SendingId = DeliveryId & Pick<SendingOf, 'nth'>;

/** What the mail service tells later of mails that it had accepted. */
export interface MailFeedbackStore {
  /** A delivery and whose it is, in one read. */
  loadForFeedback(of: DeliveryId): Promise<{ delivery?: Delivery; account?: Account }>;
  /** Replaces the outcome of a recipient, as named in the sending; `stale` when it is not what it was. */
  replaceOutcome(
    of: SendingId,
    recipient: string,
    before: RecipientOutcome,
    after: RecipientOutcome,
  ): Promise<'written' | 'stale'>;
  /** Notes when a recipient's mail server took the mail, the first time that it is told. */
  noteArrival(of: SendingId, recipient: string, at: Instant): Promise<void>;
}

/** What people look up. */
export interface DeliveryListings {
  /** All documents about a thing that were mailed or are to be, by kind and occurrence; of an invoice with its credit notes. */
  deliveriesOf(accountId: string, about: string): Promise<readonly Delivery[]>;
  /** Documents of a seller that nobody got and no person has seen to, the longest first. */
  unreached(sellerId: string, limit: number, cursor?: string): Promise<Page<Delivery>>;
  /** Takes a document that nobody got off that list; `absent` when it is not one that nobody got. The first note stands. */
  noteReachedOtherwise(of: DeliveryId, note: NonNullable<Delivery['reachedOtherwise']>): Promise<Written | 'absent'>;
}

export interface Documents {
  /**
   * Stores bytes under a key that must not exist; `already-done` when it does. `keptUntil`: nobody can delete or replace
   * them before that day is over anywhere.
   */
  storeOnce(key: string, bytes: Uint8Array, type: string, keptUntil?: PlainDate): Promise<Written>;
  load(key: string): Promise<Uint8Array | undefined>;
  /** A link that lets its holder download the object for `seconds`. */
  presign(key: string, seconds: number, fileName: string): Promise<string>;
}

/** The bucket into which account files are dropped, and where the reports about them lie. */
export interface ImportFiles {
  /** The bytes of a file from an offset on; undefined when there is no such file. */
  open(key: string, offset: number): Promise<AsyncIterable<Uint8Array> | undefined>;
  readReport(key: string): Promise<unknown>;
  /** Replaces the report: it grows with the import. */
  writeReport(key: string, report: object): Promise<void>;
  /** A link that lets its holder put a file under `key` for `seconds`. */
  presignUpload(key: string, seconds: number): Promise<string>;
}

export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly fileName: string; readonly type: string; readonly bytes: Uint8Array }[];
  /** What the mail is about: the service's news of it carry these names and values, its recipients never see them. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * `rejected`: this address will never work (malformed, suppressed). `not-accepted`: certainly not sent, and a later try
 * may work (throttled, sending paused, no connection). Whatever may have been accepted although no answer came throws,
 * and is never retried inside: a second mail is worse than a reported doubt.
 */
export type MailOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'not-accepted'; readonly reason: string };

export interface Mailer {
  /** Makes a mail ready once for all who get it, without sending it to anybody. */
  compose(mail: Mail): Promise<ComposedMail>;
}

export interface ComposedMail {
  /** Sends the mail to one address, by itself. */
  sendTo(address: string): Promise<MailOutcome>;
}

/** Addresses to which the mail service does not mail any more, for a bounce or a complaint. */
export interface SuppressionList {
  /** Takes an address off the list; one that is not on it is none the worse. Throws what a later try may mend. */
  lift(address: string): Promise<void>;
}
