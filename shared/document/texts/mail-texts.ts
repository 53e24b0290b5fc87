import type { CreditNote } from '../../domain/books/credit-note.ts';

/** The words of all mails. Arguments are formatted already; only words and their order are decided here. */
export interface MailTexts {
  readonly greeting: (name: string) => string;
  readonly view: string;
  readonly pay: string;
  readonly updateMethod: string;
  readonly confirmPayment: string;
  readonly balance: string;
  readonly amountPaid: string;
  readonly attached: string;
  readonly questions: (email: string, phone: string) => string;
  readonly why: (account: string) => string;
  readonly invoice: (w: { number: string; month: string; amount: string; dueDate: string }) => MailWords;
  readonly creditNote: (w: { title: string; number: string; invoiceNumber: string; amount: string }) => MailWords;
  /** What becomes of what was credited; each is a part of it. */
  readonly credited: Readonly<Record<keyof CreditNote['settles'], (amount: string) => string>>;
  readonly attachedPdf: string;
  readonly notices: NoticeTexts;
  readonly steps: PaymentStepTexts;
}

export interface MailWords {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

export interface NoticeTexts {
  readonly 'reminder-1': (w: { number: string; amount: string; dueDate: string }) => MailWords;
  readonly 'reminder-2': (w: { number: string; amount: string; dueDate: string }) => MailWords;
  readonly 'final-notice': (w: { number: string; amount: string; dueDate: string; suspensionOn: string }) => MailWords;
  /** Instead of the final notice, where Accounts Receivable takes over (R131). */
  readonly 'final-notice-receivables': (
    w: { number: string; amount: string; dueDate: string; handOverOn: string } & Reach,
  ) => MailWords;
  readonly 'handed-over': (w: { number: string; amount: string; dueDate: string } & Reach) => MailWords;
  readonly suspended: (w: { balance: string; seller: string }) => MailWords;
  readonly reactivated: (w: { seller: string }) => MailWords;
  readonly 'payment-failed': (w: { number: string; amount: string; method: string; next: PaymentRetry }) => MailWords;
  readonly 'authentication-needed': (w: { number: string; amount: string; method: string }) => MailWords;
  readonly 'payment-returned': (w: { number: string; amount: string; method: string; next: PaymentRetry }) => MailWords;
  readonly 'method-expiring': (w: { method: string; expires: string }) => MailWords;
  readonly 'payment-received': (w: { number: string; amount: string }) => MailWords;
}

/** How to reach Accounts Receivable. */
interface Reach {
  readonly email: string;
  readonly phone: string;
}

/** Whether and when the same method is tried again by itself. */
export type PaymentRetry = { readonly kind: 'retry'; readonly on: string } | { readonly kind: 'stopped' };

/** What to do after a failed payment, in the order of R41. */
export interface PaymentStepTexts {
  readonly heading: string;
  readonly checkDetails: string;
  readonly askIssuer: string;
  readonly otherCard: string;
  readonly authentication: string;
  readonly waitADay: string;
  readonly contactSupport: (email: string, phone: string) => string;
}
