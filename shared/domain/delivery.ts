import type { Instant } from './calendar.ts';

/** Every document that is mailed, and the kind of thing it is about, whose id its delivery names. */
export const DOCUMENTS = {
  /** Carries the PDF, and is delivered by itself; all others are notices. */
  invoice: 'invoice',
  'reminder-1': 'invoice',
  'reminder-2': 'invoice',
  'final-notice': 'invoice',
  'handed-over': 'invoice',
  suspended: 'invoice',
  reactivated: 'invoice',
  'payment-failed': 'invoice',
  'authentication-needed': 'invoice',
  'payment-received': 'invoice',
  'payment-returned': 'invoice',
  'method-expiring': 'invoice',
  'credit-note': 'credit-note',
  quote: 'quote',
  'quote-accepted': 'quote',
  cancellation: 'cancellation',
  'cancellation-withdrawn': 'cancellation',
} as const;
export type DocumentKind = keyof typeof DOCUMENTS;
/** What a mail may be about. */
export type SubjectKind = (typeof DOCUMENTS)[DocumentKind];
export type NoticeKind = Exclude<DocumentKind, 'invoice'>;
/** The notices about one kind of thing. */
export type NoticeAbout<S extends SubjectKind> = {
  [N in NoticeKind]: (typeof DOCUMENTS)[N] extends S ? N : never;
}[NoticeKind];
export const DOCUMENT_KINDS = Object.keys(DOCUMENTS) as DocumentKind[];
export const NOTICES = DOCUMENT_KINDS.filter((document): document is NoticeKind => document !== 'invoice');

/** The identity of a delivery within an account: the same document about the same thing is delivered once. */
export interface DeliveryId {
  readonly accountId: string;
  /** The id of what it is about, unique among those of its kind: an invoice's id, a credit note's, a quote's. */
  readonly about: string;
  readonly document: DocumentKind;
  /** Distinguishes repeated notices of one kind about one thing (the attempt or suspension number); `1` otherwise. */
  readonly occurrence: number;
}

/** The delivery that brings an invoice. */
export const invoiceDelivery = (accountId: string, invoiceId: string): DeliveryId => ({
  ...{ accountId, about: invoiceId, document: 'invoice', occurrence: 1 },
});

/** What became of one sending of a document, in which each recipient gets it at most once. */
export interface Sending {
  /** By recipient, in lower case. */
  readonly recipients: Readonly<Record<string, RecipientOutcome>>;
  /** When the recipient's mail server took the mail, by recipient as above. Absent: it has not said so. */
  readonly arrived?: Readonly<Record<string, Instant>>;
  readonly completedAt?: Instant;
}

/** A sending that somebody asked for after the document had been sent before. Who it was is in the audit log. */
export interface SentAgain extends Sending {
  readonly askedAt: Instant;
  readonly askedBy: 'customer' | 'telecom';
  /** Names the request, so that it makes one sending however often it is repeated. */
  readonly requestId: string;
  /** The recipients that it is for, as the account had them; absent: all. */
  readonly to?: readonly string[];
}

/** One document to one account's recipients, and by itself its first sending (see `sendings.ts`). */
export interface Delivery extends DeliveryId, Sending {
  readonly sellerId: string;
  readonly createdAt: Instant;
  /** The sendings after the first, oldest first. Absent: none. */
  readonly again?: readonly SentAgain[];
  /** Minor units that a notice asked for; absent: it asks for none, or its kind never does. */
  readonly asksFor?: number;
  /** Set once, for invoices and credit notes. */
  readonly pdf?: StoredPdf;
  /** Made anew later with other bytes, oldest first. Absent: never. */
  readonly reissues?: readonly Reissue[];
  /** Since when it is known that nobody got it. Absent: somebody did, or that is not known yet. */
  readonly unreachedSince?: Instant;
  /** How a person saw to it that the customer has it after all. Absent: nobody has. */
  readonly reachedOtherwise?: { readonly how: string; readonly by: string; readonly at: Instant };
}

/** Where a PDF is, what it hashes to, and the layout that it was made with. */
export interface StoredPdf {
  readonly key: string;
  readonly sha256: string;
  readonly layout?: number;
}

/** A PDF beside the one that was sent: marked as a copy, with who wanted it and why. */
export interface Reissue extends StoredPdf {
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  /** The one that was sent cannot be had any more: this one is handed out in its place. */
  readonly inPlace?: true;
}

/** The PDF to hand out: the one that was sent, or what stands in its place since it was lost. */
export const currentPdf = ({ pdf, reissues = [] }: Pick<Delivery, 'pdf' | 'reissues'>): StoredPdf | undefined =>
  reissues.findLast(({ inPlace }) => inPlace) ?? pdf;

/**
 * What is done when somebody wants a PDF made anew, by what became of the one that was sent and whether making it again gives
 * its bytes. `intact`: nothing, it is there. `restored`: it is put back. `reissued`: it stays what it was, and a copy is
 * stored beside it; never is anything else put in its place under its name.
 */
export function regenerationOf(
  stored: 'as-recorded' | 'different' | 'missing',
  madeAgain: 'same' | 'different',
): 'intact' | 'restored' | 'reissued' {
  if (madeAgain === 'different' || stored === 'different') return 'reissued';
  return stored === 'missing' ? 'restored' : 'intact';
}

/**
 * `sending` is claimed before SES is called. A claim that was never concluded means that the function died around the
 * call; the mail may have gone out, and sending twice is worse than once: it is reported as `uncertain`. `skipped`: the
 * address is marked as undeliverable, and nothing was sent. What was sent may still come back: `bounced`, or be taken for
 * spam: `complained`, which says that it arrived.
 */
export interface RecipientOutcome {
  readonly status: 'sending' | 'sent' | 'rejected' | 'uncertain' | 'skipped' | 'bounced' | 'complained';
  readonly at: Instant;
  readonly messageId?: string;
  readonly reason?: string;
  /** Of `bounced`: whether the address is at an end, or its mail server would not take the mail for days. */
  readonly bounce?: 'permanent' | 'transient';
}
