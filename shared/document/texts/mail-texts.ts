import type { CreditNote } from '../../domain/books/credit-note.ts';

/** The words of all mails. Arguments are formatted already; only words and their order are decided here. */
export interface MailTexts {
  readonly greeting: (name: string) => string;
  /** What the button says. */
  readonly view: string;
  readonly pay: string;
  readonly openPortal: string;
  readonly updateMethod: string;
  readonly confirmPayment: string;
  /** What a figure is. */
  readonly toPay: string;
  readonly balance: string;
  readonly amountPaid: string;
  readonly attached: string;
  readonly attachedPdf: string;
  readonly questions: (email: string, phone: string) => string;
  readonly why: (account: string) => string;
  readonly invoice: InvoiceMailTexts;
  readonly creditNote: (w: { title: string; number: string; invoiceNumber: string; amount: string }) => MailWords;
  /** What becomes of what was credited; each is a part of it. */
  readonly credited: Readonly<Record<keyof CreditNote['settles'], (amount: string) => string>>;
  readonly notices: NoticeTexts;
  readonly steps: PaymentStepTexts;
}

export interface InvoiceMailTexts {
  /** Its date is in the short form. */
  readonly subject: (w: { number: string; amount: string; dueDate: string }) => string;
  /** The subject where nothing is left to pay. */
  readonly settled: (w: { number: string }) => string;
  readonly ofMonth: (month: string) => string;
  readonly ofPurchase: (date: string) => string;
}

export interface MailWords {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/**
 * `amount` is what is still owed of the invoice, which may be less than its total. Subjects have the short forms of dates, and the
 * invoice's number last: programs show of a subject how much fits.
 */
interface Owed {
  readonly number: string;
  readonly amount: string;
  readonly dueDate: string;
  readonly dueShort: string;
}

export interface NoticeTexts {
  readonly 'reminder-1': (w: Owed) => MailWords;
  readonly 'reminder-2': (w: Owed) => MailWords;
  readonly 'final-notice': (w: Owed & { suspensionOn: string; suspensionShort: string }) => MailWords;
  /** Instead of the final notice, where Accounts Receivable takes over (R131). */
  readonly 'final-notice-receivables': (w: Owed & Reach & { handOverOn: string; handOverShort: string }) => MailWords;
  readonly 'handed-over': (w: Owed & Reach) => MailWords;
  readonly suspended: (w: { balance: string; seller: string }) => MailWords;
  readonly reactivated: () => MailWords;
  readonly 'payment-failed': (w: Charge & { next: PaymentRetry }) => MailWords;
  readonly 'authentication-needed': (w: Charge) => MailWords;
  readonly 'payment-returned': (w: Charge & { next: PaymentRetry }) => MailWords;
  readonly 'method-expiring': (w: { method: string; expires: string }) => MailWords;
  /** `settled`: the account owes nothing any more. */
  readonly 'payment-received': (w: { number: string; amount: string; settled: boolean }) => MailWords;
}

interface Charge {
  readonly number: string;
  readonly amount: string;
  readonly method: string;
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
  readonly card: {
    readonly checkDetails: string;
    readonly askIssuer: string;
    readonly otherCard: string;
    readonly authentication: string;
  };
  readonly debit: { readonly checkDetails: string; readonly askBank: string; readonly otherMethod: string };
  readonly waitADay: string;
  readonly contactSupport: (email: string, phone: string) => string;
}
