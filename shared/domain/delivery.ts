import type { Instant } from './calendar.ts';
import type { InvoiceId } from './invoice.ts';

/** `invoice` carries the PDF; the others are notices about an invoice or the account. */
export const DOCUMENTS = [
  'invoice',
  'reminder-1',
  'reminder-2',
  'final-notice',
  'handed-over',
  'suspended',
  'reactivated',
  'payment-failed',
  'authentication-needed',
  'payment-received',
  'payment-returned',
  'method-expiring',
] as const;
export type DocumentKind = (typeof DOCUMENTS)[number];

/** One document to one account's recipients. Each recipient gets it at most once. */
export interface Delivery {
  readonly sellerId: string;
  readonly accountId: string;
  readonly invoiceId: InvoiceId;
  readonly document: DocumentKind;
  /** Distinguishes repeated notices of one kind about one invoice (the attempt or suspension number); `1` otherwise. */
  readonly occurrence: number;
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
