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
} as const;
export type DocumentKind = keyof typeof DOCUMENTS;
/** What a mail may be about. */
export type SubjectKind = (typeof DOCUMENTS)[DocumentKind];
export type NoticeKind = Exclude<DocumentKind, 'invoice'>;
/** The notices about one kind of thing. */
export type NoticeAbout<S extends SubjectKind> = {
  [N in NoticeKind]: (typeof DOCUMENTS)[N] extends S ? N : never;
}[NoticeKind];
export const NOTICES = Object.keys(DOCUMENTS).filter((document): document is NoticeKind => document !== 'invoice');

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

/** One document to one account's recipients. Each recipient gets it at most once. */
export interface Delivery extends DeliveryId {
  readonly sellerId: string;
  readonly createdAt: Instant;
  /** Set once, for invoices. */
  readonly pdf?: StoredPdf;
  /** By recipient, in lower case. */
  readonly recipients: Readonly<Record<string, RecipientOutcome>>;
  readonly completedAt?: Instant;
}

/** Where a PDF is, what it hashes to, and the layout that it was made with. */
export interface StoredPdf {
  readonly key: string;
  readonly sha256: string;
  readonly layout?: number;
}

/**
 * `sending` is claimed before SES is called. A claim that was never concluded means that the function died around the
 * call; the mail may have gone out, and sending twice is worse than once: it is reported as `uncertain`.
 */
export interface RecipientOutcome {
  readonly status: 'sending' | 'sent' | 'rejected' | 'uncertain';
  readonly at: Instant;
  readonly messageId?: string;
  readonly reason?: string;
}
