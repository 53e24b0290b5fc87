import type { Language } from '../../shared/domain/account.ts';
import type { Adjustment, Decided } from '../../shared/domain/books/adjustment.ts';
import type { Credit } from '../../shared/domain/books/credit.ts';
import type { CreditNote } from '../../shared/domain/books/credit-note.ts';
import type { Dispute } from '../../shared/domain/books/dispute.ts';
import { endDispute, openDispute, upholdDispute } from '../../shared/domain/books/disputing.ts';
import { bookPayment, payFromCredit, reversePayment } from '../../shared/domain/books/manual-payment.ts';
import { movementsOf } from '../../shared/domain/books/movements.ts';
import { receiptsOf } from '../../shared/domain/books/receipt.ts';
import { writeOff } from '../../shared/domain/books/write-off.ts';
import { addDays, type PlainDate } from '../../shared/domain/calendar.ts';
import { conclude, opened } from '../../shared/domain/collection-outcome.ts';
import { foundAttempt, returned } from '../../shared/domain/found-payment.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { invoiceEntry, type JournalEntry } from '../../shared/domain/ledger.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import type { PaymentAttempt, Receivable } from '../../shared/domain/receivable.ts';
import { type Sample, sampleInvoice } from './invoices.ts';

const noon = (date: PlainDate): string => `${date}T12:00:00.000Z`;
const on = (date: PlainDate): Decided => ({ by: 'finn', now: noon(date), today: date });

interface StoryOptions {
  readonly language?: Language;
  readonly currency?: Currency;
}

/** An account's books as the product's own decisions make them, one after the other; nothing is invented. */
export class AccountStory {
  readonly journal: JournalEntry[] = [];
  readonly invoices = new Map<string, Invoice>();
  readonly #receivables = new Map<string, Receivable>();
  readonly #credits = new Map<string, Credit>();
  readonly #disputes = new Map<string, Dispute>();
  readonly creditNotes: CreditNote[] = [];
  readonly #attempts = new Map<string, PaymentAttempt>();
  readonly #template: Invoice;

  constructor(sample: Sample, options: StoryOptions = {}) {
    this.#template = sampleInvoice(sample, { ...options, account: { autopay: false, terms: 'wire' } });
  }

  get receivables(): Receivable[] {
    return [...this.#receivables.values()];
  }
  get credits(): Credit[] {
    return [...this.#credits.values()];
  }
  get movements() {
    return movementsOf(this.journal, this.credits);
  }
  get receipts() {
    const { receivables, credits } = this;
    return receiptsOf(this.movements, {
      ...{ receivables, credits, attempts: [...this.#attempts.values()], timeZone: 'UTC' },
    });
  }

  /** The month's invoice; what the account has to its credit pays it first. */
  invoice(month: string): this {
    const [invoiceDate, invoiceId] = [`${month}-01`, `${month}#cycle`];
    const number = this.#template.number.replace('202612', month.replace('-', ''));
    const dates = { month, invoiceDate, dueDate: addDays(invoiceDate, 15), issuedAt: noon(invoiceDate) };
    const invoice = { ...this.#template, ...dates, invoiceId, number };
    this.invoices.set(invoiceId, invoice);
    this.journal.push(invoiceEntry(invoice, noon(invoiceDate)));
    this.#receivables.set(invoiceId, openReceivable(invoice, noon(invoiceDate)));
    const paid = payFromCredit(this.#of(month), this.credits, {
      ...on(invoiceDate),
      now: `${invoiceDate}T13:00:00.000Z`,
    });
    return paid === undefined ? this : this.#book(paid);
  }

  /** A wire or cheque of so many cents: the oldest invoices first. */
  sends(date: PlainDate, amount: number, paymentId: string, kind: 'wire' | 'cheque' = 'wire'): this {
    const { sellerId, accountId, currency } = this.#template;
    const payment = {
      ...{ paymentId: `payment-${paymentId}`, kind, amount, currency },
      ...{ reference: `STMT-${paymentId}`, valueDate: addDays(date, -1), fingerprint: 'f' },
    };
    return this.#book(bookPayment({ sellerId, accountId, currency }, this.receivables, payment, on(date)).adjustment);
  }

  takesBack(date: PlainDate, paymentId: string): this {
    const credit = this.#credits.get(`payment-${paymentId}`)!;
    const paid = credit.uses.map(({ invoiceId }) => this.#receivables.get(invoiceId)!);
    return this.#book(reversePayment(credit, paid, 'It bounced', on(date), 'UTC'));
  }

  charge(date: PlainDate, month: string, amount: number, kind: 'card' | 'bank-debit' = 'card'): this {
    const brand = kind === 'card' ? 'visa' : 'SEPA';
    const method: PaymentMethod = {
      ...{ methodId: kind, kind, brand, last4: '4242', processorCustomer: 'cus_1', processorMethod: 'pm_1' },
    };
    const attempt = foundAttempt(this.#of(month), method, amount, noon(date));
    const during = opened(this.#of(month), attempt, noon(date));
    const outcome = { kind: 'succeeded', chargeId: `ch_${month}`, amount } as const;
    const conclusion = conclude(during, attempt, [], outcome, noon(date), 'UTC');
    if (!conclusion.final) throw new Error('A payment that succeeded is final');
    return this.#settle(conclusion.attempt, conclusion.next, conclusion.entry!, conclusion.credit);
  }

  comesBack(date: PlainDate, month: string): this {
    const attempt = this.#attempts.get(`${month}#cycle`)!;
    const { amount } = attempt;
    const back = returned(this.#of(month), attempt, { code: 'R01', amount, hard: true }, noon(date), {
      timeZone: 'UTC',
    });
    return this.#settle(back.attempt, back.next, back.entry);
  }

  contests(date: PlainDate, month: string, amount: number): this {
    const request = { disputeId: `d-${month}`, wish: { kind: 'amount', amount }, reason: 'Never ordered' } as const;
    const rest = { receivedOn: date, fingerprint: 'f' };
    const { adjustment } = openDispute({ ...this.#contested(month) }, { ...request, ...rest }, on(date));
    return this.#book(adjustment);
  }

  upholds(date: PlainDate, month: string, amount?: number): this {
    const decision = { reason: 'You are right', ...(amount === undefined ? {} : { amount }) };
    const dispute = this.#disputes.get(`d-${month}`)!;
    const { draft, adjustment } = upholdDispute(this.#contested(month), dispute, decision, on(date), 'UTC');
    const number = `${this.#template.number.split('-')[0]}-CN-${date.slice(0, 7).replace('-', '')}A-000001`;
    this.creditNotes.push({ ...draft, number, issuedAt: noon(date) });
    return this.#book(adjustment);
  }

  rejects(date: PlainDate, month: string): this {
    const dispute = this.#disputes.get(`d-${month}`)!;
    return this.#book(endDispute(dispute, this.#of(month), 'rejected', 'It was ordered', on(date), 'UTC').adjustment);
  }

  writesOff(date: PlainDate, month: string, amount: number): this {
    return this.#book(writeOff(this.#of(month), { amount, reason: 'Too small' }, on(date)));
  }

  #of(month: string): Receivable {
    return this.#receivables.get(`${month}#cycle`)!;
  }

  #contested(month: string) {
    const invoice = this.invoices.get(`${month}#cycle`)!;
    return { invoice, receivable: this.#of(month), credited: this.creditNotes, disputes: [] };
  }

  #settle(attempt: PaymentAttempt, next: Receivable, entry: JournalEntry, credit?: Credit): this {
    this.#attempts.set(attempt.invoiceId, attempt);
    this.#receivables.set(next.invoiceId, next);
    if (credit) this.#credits.set(credit.creditId, credit);
    this.journal.push(entry);
    return this;
  }

  #book({ entry, receivables, credits, disputes = [] }: Adjustment): this {
    this.journal.push(entry);
    for (const receivable of receivables) this.#receivables.set(receivable.invoiceId, receivable);
    for (const credit of credits) this.#credits.set(credit.creditId, credit);
    for (const dispute of disputes) this.#disputes.set(dispute.disputeId, dispute);
    return this;
  }
}

/** Four months in which everything happens that can happen to an account that pays by wire. */
export const eventfulStory = (sample: Sample, options: StoryOptions = {}): AccountStory => {
  const story = new AccountStory(sample, options);
  const total = story.invoice('2026-08').receivables[0]!.total;
  return story
    .sends('2026-08-14', total, '814')
    .invoice('2026-09')
    .contests('2026-09-08', '2026-09', 50_00)
    .sends('2026-09-16', total - 60_00, '916', 'cheque')
    .writesOff('2026-09-20', '2026-09', 10_00)
    .upholds('2026-09-24', '2026-09', 30_00)
    .invoice('2026-10')
    .charge('2026-10-10', '2026-10', total, 'bank-debit')
    .comesBack('2026-10-19', '2026-10')
    .sends('2026-10-28', total + 45_00, '1028')
    .invoice('2026-11')
    .charge('2026-11-12', '2026-11', 100_00)
    .sends('2026-11-20', 10_00, '1120', 'cheque')
    .takesBack('2026-11-24', '1120');
};
