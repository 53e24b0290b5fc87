import { cancellationMail } from '../../shared/document/cancellation-mail.ts';
import { creditNoteMail } from '../../shared/document/credit-note-mail.ts';
import { invoiceMail } from '../../shared/document/invoice-mail.ts';
import type { MailMessage } from '../../shared/document/mail-layout.ts';
import { type Notice, noticeMail } from '../../shared/document/notice-mail.ts';
import { quoteMail } from '../../shared/document/quote-mail.ts';
import { withdrawalMail } from '../../shared/document/withdrawal-mail.ts';
import { type Account, LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { type CreditNote, composeCreditNote } from '../../shared/domain/books/credit-note.ts';
import type { DocumentKind } from '../../shared/domain/delivery.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import { CARD, sampleCancellation, sampleInvoices, sampleQuote } from './samples.ts';

/** One of our mails, as a sample customer gets it. */
export interface SampleMail {
  readonly kind: DocumentKind;
  /** What tells it from the others of its kind. */
  readonly variant: string;
  readonly language: Language;
  readonly message: MailMessage;
}

type Variants = Readonly<Record<string, (language: Language) => MailMessage>>;

const invoice = (account: Partial<Account>) => (language: Language) => {
  const sample = sampleInvoices(language, account);
  return invoiceMail(sample.invoice, sample.last);
};
const invoiceAgain = (dueOf: (total: number) => number) => (language: Language) => {
  const { invoice, last } = sampleInvoices(language);
  return invoiceMail(invoice, last, { again: { due: dueOf(invoice.total), firstSentOn: invoice.invoiceDate } });
};
const notice =
  (of: (invoice: Invoice) => Notice, account: Partial<Account> = { autopay: false }) =>
  (language: Language) => {
    const sample = sampleInvoices(language, account);
    return noticeMail(sample.invoice, of(sample.invoice));
  };

const DEBIT = { kind: 'bank-debit', brand: 'SEPA', last4: '3000' } as const;
const contact = { email: 'receivables@northwind-telecom.example', phone: '+44 800 555 0142' };
const WITHDRAWN = { on: '2026-11-24', at: '2026-11-24T10:00:00.000Z', by: 'customer' } as const;
const RENEWAL = { on: '2027-03-01', months: 12, cancelBy: '2027-01-30' } as const;
const [retryAt, on] = ['2026-12-02T14:05:00.000Z', '2026-12-31'] as const;

/** Every document has its samples: one that lacks them does not compile. */
const SAMPLES: Readonly<Record<DocumentKind, Variants>> = {
  invoice: {
    'paid by card': invoice({}),
    'to be paid': invoice({ autopay: false, balance: 4_200 }),
    'by wire': invoice({ autopay: false, terms: 'wire' }),
    'partly from credit': invoice({ credit: 10_000 }),
    'from credit': invoice({ credit: 1_000_000 }),
    'with a link to its PDF': (language) => {
      const sample = sampleInvoices(language);
      return invoiceMail(sample.invoice, sample.last, { pdf: 'linked' });
    },
    'sent again, to be paid': invoiceAgain((total) => total),
    'sent again, settled': invoiceAgain(() => 0),
  },
  'reminder-1': { '': notice(({ total: due }) => ({ document: 'reminder-1', due })) },
  'reminder-2': { '': notice(({ total: due }) => ({ document: 'reminder-2', due })) },
  'final-notice': {
    suspension: notice(({ total: due }) => ({ document: 'final-notice', due, suspensionOn: on })),
    'accounts receivable': notice(({ total: due }) => ({ document: 'final-notice', due, handOverOn: on, contact }), {
      autopay: false,
      terms: 'wire',
    }),
  },
  'handed-over': { '': notice(({ total: due }) => ({ document: 'handed-over', due, contact })) },
  suspended: { '': notice(({ total: balance }) => ({ document: 'suspended', balance })) },
  reactivated: {
    paid: notice(() => ({ document: 'reactivated' })),
    'suspended without notice': notice(({ total: stillUnpaid }) => ({ document: 'reactivated', stillUnpaid })),
  },
  'payment-failed': {
    'card, tried again': notice(({ total: amount }) => ({ document: 'payment-failed', amount, method: CARD, retryAt })),
    'card, given up': notice(({ total: amount }) => ({ document: 'payment-failed', amount, method: CARD })),
    'debit, tried again': notice(({ total: amount }) => ({
      ...{ document: 'payment-failed', amount, method: DEBIT, retryAt },
    })),
  },
  'authentication-needed': {
    '': notice(({ total: amount }) => ({ document: 'authentication-needed', amount, method: CARD })),
  },
  'payment-received': {
    settled: notice(({ total: amount }) => ({ document: 'payment-received', amount, balance: 0 })),
    'in part': notice(() => ({ document: 'payment-received', amount: 10_000, balance: 4_200 })),
  },
  'payment-returned': {
    'tried again': notice(({ total: amount }) => ({ document: 'payment-returned', amount, method: DEBIT, retryAt })),
    'given up': notice(({ total: amount }) => ({ document: 'payment-returned', amount, method: DEBIT })),
  },
  'method-expiring': { '': notice(() => ({ document: 'method-expiring', method: CARD, expires: '2027-01' }), {}) },
  'credit-note': {
    'less to pay': (language) => creditNoteMail(creditNoteOn(sampleInvoices(language).invoice)),
    'kept as credit': (language) => creditNoteMail(creditNoteOn(sampleInvoices(language).invoice, 0)),
  },
  quote: { '': (language) => quoteMail(sampleQuote(language), 'offered') },
  'quote-accepted': { '': (language) => quoteMail(sampleQuote(language), 'accepted') },
  cancellation: { '': (language) => cancellationMail(sampleCancellation(language)) },
  'cancellation-withdrawn': {
    'by the month': (language) => withdrawalMail(sampleCancellation(language), WITHDRAWN),
    'with a contract': (language) => withdrawalMail(sampleCancellation(language), { ...WITHDRAWN, renewal: RENEWAL }),
  },
};

/** Every mail that we send, with each of its variants, in one language or in all. */
export function gallery(languages: readonly Language[] = LANGUAGES): SampleMail[] {
  return languages.flatMap((language) =>
    (Object.keys(SAMPLES) as DocumentKind[]).flatMap((kind) =>
      Object.entries(SAMPLES[kind]).map(([variant, write]) => ({ kind, variant, language, message: write(language) })),
    ),
  );
}

/** On its first line, where `due` is what the customer still owed. */
function creditNoteOn(of: Invoice, due = of.total): CreditNote {
  const at = '2026-12-10T09:00:00.000Z';
  const reason = 'error-correction' as const;
  const wish = { kind: 'lines', lines: [{ line: 1, amount: 4_000 }] } as const;
  const explanation = 'Two phones were charged that were never delivered.';
  const request = { creditNoteId: 'sample', reason, explanation, wish, fingerprint: '' };
  const receivable = { ...openReceivable(of, at), due };
  const { draft } = composeCreditNote(of, receivable, [], request, { today: '2026-12-10', now: at, by: 'finance' });
  return { ...draft, number: of.number.replace('-', '-CN-'), issuedAt: at };
}
