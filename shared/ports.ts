import type { Account, BillingInput, Decline, HandOver, PaymentMethod, Subscription } from './domain/account.ts';
import type { Anchor, ChainedEntry, ChainHead } from './domain/audit/chain.ts';
import type { AuditEntry } from './domain/audit/entry.ts';
import type { Adjustment } from './domain/books/adjustment.ts';
import type { Credit } from './domain/books/credit.ts';
import type { CreditNote, DraftCreditNote } from './domain/books/credit-note.ts';
import type { Dispute } from './domain/books/dispute.ts';
import type { ProcessorTransaction } from './domain/books/processor-transaction.ts';
import type { Reconciliation } from './domain/books/reconciliation.ts';
import type { Instant, Month, PlainDate } from './domain/calendar.ts';
import type { DeadLetter } from './domain/dead-letter.ts';
import type { Delivery, RecipientOutcome, StoredPdf } from './domain/delivery.ts';
import type { BillingDecision, DraftInvoice, Invoice, InvoiceId } from './domain/invoice.ts';
import type { DayTotals, JournalEntry, SellerEntry } from './domain/ledger.ts';
import type { MethodAtProcessor } from './domain/method-changes.ts';
import type { NumberOwner, OwnedNumber } from './domain/number-owner.ts';
import type { Order } from './domain/order.ts';
import type { PaymentAttempt, PaymentOutcome, PaymentReturn, Receivable } from './domain/receivable.ts';
import type { MethodKind } from './domain/retry-policy.ts';
import type { RunEntry, RunId, RunShard, RunTally } from './domain/run.ts';
import type { RatedRecord } from './domain/usage/usage.ts';
import type { UsageException, UsageExceptionCode } from './domain/usage-exception.ts';
import type { Message, QueueName } from './messages.ts';

/**
 * What the handlers need from the world. Each handler takes a `Pick` of these. Writes that compete are conditional and
 * say what they found; "already done" is an answer, not an error. All throw on faults that a retry may mend.
 */

/** A page of anything; `cursor` is opaque and absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export type Written = 'written' | 'already-done';
/** `stale`: what the caller had read has changed since; read again and decide again. */
export type Conditional = Written | 'stale';

export interface RunStore {
  /** Creates the run with its shards; `already-done` when it exists. */
  beginRun(run: RunId, shards: number, now: Instant): Promise<Written>;
  /** The shards of a run, each with how far it has come. Empty when there is no such run. */
  shards(run: RunId): Promise<readonly RunShard[]>;
  /** Accounts of one shard due on or before a date, by index, in order of their billing date. */
  dueAccounts(
    sellerId: string,
    shard: number,
    onOrBefore: PlainDate,
    limit: number,
    cursor?: string,
  ): Promise<Page<{ accountId: string; billingDate: PlainDate }>>;
  /** Notes accounts as planned in a run, leaving any outcome they have. */
  recordPlanned(run: RunId, shard: number, accountIds: readonly string[]): Promise<void>;
  /** Moves the shard's cursor; `stale` when another invocation moved it meanwhile (which is as good). */
  checkpoint(shard: RunShard, next: { cursor?: string; done: boolean }, now: Instant): Promise<Conditional>;
  /** Every account of a run's shard and what became of it. */
  entries(run: RunId, shard: number, limit: number, cursor?: string): Promise<Page<RunEntry>>;
  tally(run: RunId): Promise<RunTally>;
  /** Dates of a seller's runs, newest first. */
  runs(sellerId: string, limit: number): Promise<readonly PlainDate[]>;
  /** Notes that an account of a run failed; leaves every outcome but `planned` alone. */
  recordFailed(run: RunId, accountId: string, code: string, reason: string): Promise<void>;
  /** Notes that an account of a run was billed by another run meanwhile; leaves `invoiced` and `zero` alone. */
  recordSettled(run: RunId, accountId: string, outcome: 'invoiced' | 'zero'): Promise<void>;
}

export interface InvoiceStore {
  /** Account, subscriptions and payment methods in one read; undefined when there is no such account. */
  loadAccount(accountId: string): Promise<BillingInput | undefined>;
  /** As `loadAccount`, with the usage of the months before the next billing date that no invoice has covered yet. */
  loadForBilling(accountId: string): Promise<BillingInput | undefined>;
  /**
   * One transaction: number allocated, invoice, receivable, delivery and journal entry written, account moved on, run
   * entry set. `already-done` when the invoice exists; `stale` when the account changed since `input` was read.
   * `run` is absent for invoices outside a run.
   */
  issueOnce(issue: {
    draft: DraftInvoice;
    input: BillingInput;
    nextBillingDate: PlainDate;
    run?: RunId;
    now: Instant;
  }): Promise<{ result: Conditional; invoice?: Invoice }>;
  /** Moves an account on without an invoice (`zero`), or leaves it due (`held`), and sets the run entry. */
  recordWithoutInvoice(
    input: BillingInput,
    decision: Exclude<BillingDecision, { outcome: 'invoice' }>,
    nextBillingDate: PlainDate,
    run: RunId,
  ): Promise<Conditional>;
  invoice(accountId: string, invoiceId: InvoiceId): Promise<Invoice | undefined>;
  receivable(accountId: string, invoiceId: InvoiceId): Promise<Receivable | undefined>;
  /** Newest first. */
  receivablesOf(accountId: string, limit: number, cursor?: string): Promise<Page<Receivable>>;
  /** A month's invoices of a seller by series and number, for finance. */
  receivablesIn(
    sellerId: string,
    month: Month,
    filter: { status?: 'unpaid' | 'paid' },
    limit: number,
    cursor?: string,
  ): Promise<Page<Receivable>>;
  /** Finds an invoice by its printed number. */
  byNumber(sellerId: string, number: string): Promise<Receivable | undefined>;
  journal(accountId: string): Promise<readonly JournalEntry[]>;
}

/** A counted record on its way into an account's month; `content` is all that the switch said, to tell a repeat from a change. */
export interface NewUsage {
  readonly record: RatedRecord;
  readonly content: string;
}

export type UsageAdded = 'added' | 'duplicate' | 'conflicting';

export interface UsageStore {
  /**
   * Adds what is not there yet to a month of an account, and says for each record in turn: added, there already with the
   * same content, or there with another. Safe to repeat, and to do at the same time.
   */
  addUsage(accountId: string, month: Month, usage: readonly NewUsage[]): Promise<readonly UsageAdded[]>;
}

export interface UsageExceptionStore {
  /** Keeps an exception; one that is known stays as it is, whatever became of it. */
  recordException(exception: UsageException): Promise<Written>;
  /** Open ones of a code, oldest first, or of all codes. */
  openExceptions(
    sellerId: string,
    code: UsageExceptionCode | undefined,
    limit: number,
    cursor?: string,
  ): Promise<Page<UsageException>>;
  usageException(sellerId: string, exceptionId: string): Promise<UsageException | undefined>;
  /** Replaces an open exception that stands as it was read. `stale`: it was tried, corrected or closed meanwhile. */
  changeException(read: UsageException, next: UsageException): Promise<'written' | 'stale'>;
}

export interface NumberStore {
  /** Who has or had each of some numbers; a number that nobody had is not in the answer. */
  ownersOf(numbers: readonly string[]): Promise<ReadonlyMap<string, readonly NumberOwner[]>>;
  /** Gives an account a number; `already-done` when it has it from that day on. */
  addNumber(owner: Pick<NumberOwner, 'accountId' | 'sellerId'>, owned: OwnedNumber): Promise<Written>;
  /** Sets the last day; undefined when the account does not have the number then. */
  endNumber(accountId: string, number: string, to: PlainDate): Promise<OwnedNumber | undefined>;
  numbersOf(accountId: string, limit: number, cursor?: string): Promise<Page<OwnedNumber>>;
}

/** The version of a rate deck that is in force: which, and where its rows lie. */
export interface CurrentDeck {
  readonly sellerId: string;
  readonly deck: string;
  readonly version: string;
  /** Of the object with its CSV. */
  readonly key: string;
  readonly rows: number;
  readonly file: string;
  readonly loadedAt: Instant;
}
export interface DeckStore {
  currentDecks(sellerId: string): Promise<readonly CurrentDeck[]>;
  /** Puts a version into force, unless one that was loaded later is. */
  makeCurrent(deck: CurrentDeck): Promise<Conditional>;
}

export interface DeliveryStore {
  delivery(
    accountId: string,
    invoiceId: InvoiceId,
    document: Delivery['document'],
    occurrence: number,
  ): Promise<Delivery | undefined>;
  /** A delivery with what its mails say and to whom, in one read. The receivable is read for notices only. */
  loadForMail(
    accountId: string,
    invoiceId: InvoiceId,
    document: Delivery['document'],
    occurrence: number,
  ): Promise<{ delivery?: Delivery; invoice?: Invoice; receivable?: Receivable; account?: Account }>;
  /** As it was issued. */
  invoice(accountId: string, invoiceId: InvoiceId): Promise<Invoice | undefined>;
  /** Creates the delivery of a notice; that of an invoice is written with the invoice. */
  beginDelivery(delivery: Delivery): Promise<Written>;
  /** Sets the PDF's key and hash once; returns what stands there. */
  recordPdf(delivery: Delivery, pdf: StoredPdf): Promise<StoredPdf>;
  /**
   * Claims recipients before their mails are sent, and says which this caller got: those that nobody had claimed. The
   * delivery's PDF, where it names one, is put on record by the same write. Throws `document_mismatch`, claiming nobody,
   * when another one is.
   */
  claimRecipients(delivery: Delivery, emails: readonly string[], now: Instant): Promise<readonly string[]>;
  /**
   * Writes what became of recipients and, with `completedAt`, that nothing of the delivery remains to be swept. A final
   * outcome stands: only a claim or a doubt gives way. `completed` when this call was the one to complete it. A PDF that
   * the delivery names is then on record, should nobody have been claimed for it.
   */
  concludeRecipients(
    delivery: Delivery,
    outcomes: Readonly<Record<string, RecipientOutcome>>,
    completedAt?: Instant,
  ): Promise<{ completed: boolean }>;
  /** Takes back claims whose mails were certainly not accepted, so that a later try may claim again. Only from `sending`. */
  releaseRecipients(delivery: Delivery, emails: readonly string[]): Promise<void>;
}

export interface CollectionStore {
  attempts(accountId: string, invoiceId: InvoiceId): Promise<readonly PaymentAttempt[]>;
  /** Puts an attempt on record and opens it on the receivable, in one transaction. `stale`: the receivable changed. */
  beginAttempt(receivable: Receivable, attempt: PaymentAttempt, checkAgainAt: Instant): Promise<Conditional>;
  /**
   * Of an account's invoices one at a time is charged, so that each sees the declines of the others. `busy`: another
   * attempt has its turn, for which it has until `until` at most, should it never give it back.
   */
  takeTurn(accountId: string, attemptKey: string, until: Instant, now: Instant): Promise<'taken' | 'busy'>;
  /** Safe to repeat; a turn that is another's already stays. */
  giveTurnBack(accountId: string, attemptKey: string): Promise<void>;
  /** Remembers the invoice's one payment intent as soon as it is known. */
  rememberIntent(receivable: Receivable, intentId: string): Promise<Conditional>;
  /**
   * One transaction: outcome on the attempt, receivable moved to `next`, and, when money came in, the journal entry, the
   * account's balance and, when that makes it 0 while services are off, `services: reactivating`. `services` says what
   * became of the services. `already-done` when the attempt has its outcome; `stale` when something moved: read again.
   * `account` saves a read, also when it may be out of date: it is written only where it still stands so.
   */
  concludeAttempt(conclusion: {
    receivable: Receivable;
    next: Receivable;
    account?: Pick<Account, 'balance' | 'services' | 'credit'>;
    attempt: PaymentAttempt;
    entry?: JournalEntry;
    /** What the charge took beyond what was due when it went through. */
    credit?: Credit;
    /** The attempt has its outcome, and the payment came back. */
    returns?: true;
    /** What the instrument remembers of it. */
    decline?: Decline;
    now: Instant;
  }): Promise<{ result: Conditional; reactivation?: number }>;
  /** Writes a receivable whose version is one above the stored; `stale` otherwise. */
  updateReceivable(next: Receivable): Promise<'written' | 'stale'>;
}

/** A suspension or reactivation; `number` counts the suspensions of an account. */
export interface ServiceChange {
  readonly accountId: string;
  readonly number: number;
  readonly action: 'suspend' | 'reactivate';
}

export interface ServiceStore {
  account(accountId: string): Promise<Account | undefined>;
  /** active → suspending, with the next number; only while the balance is above zero. */
  requestSuspension(account: Account, now: Instant): Promise<{ result: Conditional; number?: number }>;
  /** Puts on record that Accounts Receivable takes over, once; only while the account owes what was read. */
  handOver(account: Account, handOver: HandOver): Promise<Conditional>;
  /** When a change was asked for; undefined once it is confirmed, or nobody wants it any more. */
  pendingSince(change: ServiceChange): Promise<Instant | undefined>;
  /** Provisioning was told of a pending change, and is told again at `again` unless it confirms it before. */
  awaitConfirmation(change: ServiceChange, sellerId: string, again: Instant): Promise<void>;
  /** suspending → suspended, or reactivating → active, when `number` is still the current one. */
  confirmServices(accountId: string, number: number, action: 'suspend' | 'reactivate', now: Instant): Promise<Written>;
}

/** Work that is due by time, found by index: what the sweep hands back to the queues. */
export interface WorkStore {
  /** Everything due at or before `before`, oldest first. */
  dueWork(
    kind: WorkKind,
    sellerId: string,
    shard: number,
    before: Instant,
    limit: number,
    cursor?: string,
  ): Promise<Page<DueWork>>;
  /** Postpones it so that the next sweep does not send it again at once; `stale` when it was handled meanwhile. */
  postpone(work: DueWork, until: Instant): Promise<'written' | 'stale'>;
}
export const WORK_KINDS = ['run', 'delivery', 'receivable', 'service', 'confirmation'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];
export interface DueWork {
  readonly kind: WorkKind;
  readonly sellerId: string;
  readonly dueAt: Instant;
  /** What to send where; a receivable may need a collection and a dunning step at once. */
  readonly jobs: readonly Job[];
  /** The item's key, for `postpone`. */
  readonly key: { readonly pk: string; readonly sk: string };
}
export type Job = { [Q in QueueName]: { readonly queue: Q; readonly message: Message<Q> } }[QueueName];

export interface AccountStore {
  /** Writes a new account with everything it has; `already-done` when its id is taken. */
  createAccount(input: BillingInput): Promise<Written>;
  /** Accounts by id, as they stand now; one that does not exist is not in the answer. */
  accountsById(accountIds: readonly string[]): Promise<ReadonlyMap<string, Account>>;
  /** Replaces an account; its `version` must be one above the stored. */
  updateAccount(account: Account): Promise<'written' | 'stale'>;
  /** Writes a subscription together with the account, whose `version` must be one above the stored. */
  putSubscription(account: Account, subscription: Subscription): Promise<'written' | 'stale'>;
  putMethod(account: Account, method: PaymentMethod): Promise<'written' | 'stale'>;
  removeMethod(account: Account, method: PaymentMethod): Promise<'written' | 'stale'>;
  /** The accounts that have a method of the processor's. */
  accountsWithMethod(processorMethod: string): Promise<readonly string[]>;
  /** A seller's accounts that Accounts Receivable has taken over, the longest first. */
  handedOver(sellerId: string, limit: number, cursor?: string): Promise<Page<Account>>;
  /** A seller's accounts, by shard and next billing date. */
  accountsOf(sellerId: string, limit: number, cursor?: string): Promise<Page<Account>>;
}

export interface OrderStore {
  /** Writes an order; `already-done` when the account has one of this id. */
  placeOrder(order: Order): Promise<Written>;
  order(accountId: string, orderId: string): Promise<Order | undefined>;
}

/** A request to move money, as it was answered. `fingerprint`: of its content. */
export interface SavedRequest {
  readonly accountId: string;
  /** The caller's own. */
  readonly key: string;
  readonly fingerprint: string;
  readonly at: Instant;
  readonly answer: object;
}
export interface RequestStore {
  savedRequest(accountId: string, key: string): Promise<SavedRequest | undefined>;
  /** Puts a request on record under its key; returns the one that stands there already. */
  claimRequest(request: SavedRequest): Promise<SavedRequest | undefined>;
}

export interface DeadLetterStore {
  /** Creates the dead letter, or reopens it and counts one failure more. Safe to repeat with the same `failureId`. */
  recordDeadLetter(letter: Omit<DeadLetter, 'failures' | 'status' | 'firstFailedAt'>, failureId: string): Promise<void>;
  deadLetters(
    queue: QueueName,
    filter: { accountId?: string; status?: DeadLetter['status'] },
    limit: number,
    cursor?: string,
  ): Promise<Page<DeadLetter>>;
  deadLetter(queue: QueueName, jobKey: string): Promise<DeadLetter | undefined>;
  markRedriven(letter: DeadLetter, by: string, now: Instant): Promise<Conditional>;
  /**
   * Takes the next free slots of a budget that is shared by all who redrive: for how many milliseconds from `now` it is
   * taken already. Undefined, taking none, when that is `longestMs` or more.
   */
  takeSlots(budget: string, tookMs: number, longestMs: number, now: Instant): Promise<number | undefined>;
}

/** The audit log of each account: a chain that only grows (R45, R152). */
export interface AuditStore {
  /**
   * Appends entries in their order; those that were appended in the last 25 hours count once. Says how many were new. `now`
   * is asked at each try, so that a chain's days never go back.
   */
  append(accountId: string, entries: readonly AuditEntry[], now: () => Instant): Promise<number>;
  /** The entries behind number `after`, oldest first. */
  entries(accountId: string, after: number, limit: number): Promise<readonly ChainedEntry[]>;
  /** The last entries, oldest first. */
  newest(accountId: string, limit: number): Promise<readonly ChainedEntry[]>;
  /** By account: the heads of the chains of one share that grew on a day, in UTC. */
  headsMovedOn(date: PlainDate, shard: number): Promise<ReadonlyMap<string, ChainHead>>;
}

/** What the table's stream cannot tell of: that somebody read something. */
export interface AccessLog {
  /** Notes that a person asked for something of an account, in whose name the caller acts, and with what HTTP status. */
  recordAccess(accountId: string, access: { readonly request: string; readonly status: number }): Promise<void>;
}

/** Daily heads of the chains, kept where nobody can change them for years. */
export interface Anchors {
  /** Keeps the heads of a share of the chains at the end of a day; `already-done` when that day has its anchor. */
  anchor(date: PlainDate, shard: number, heads: ReadonlyMap<string, ChainHead>): Promise<Written>;
  /** What the anchors of a month know of an account, by date. */
  anchorsOf(accountId: string, month: Month): Promise<readonly Anchor[]>;
}

/** Sends messages; resolves only when every one is accepted. A delay holds for the message of its place: 0 to 900 seconds. */
export interface Queues {
  send<Q extends QueueName>(queue: Q, messages: readonly Message<Q>[], delaySeconds?: readonly number[]): Promise<void>;
}

export interface Documents {
  /** Stores bytes under a key that must not exist; `already-done` when it does. */
  storeOnce(key: string, bytes: Uint8Array, type: string): Promise<Written>;
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

/** What a charge needs. `key` is the attempt's; `intentKey` the invoice's, for ever. */
export interface ChargeRequest {
  readonly intentKey: string;
  readonly intentId?: string;
  readonly key: string;
  /** The invoice's total: the parameter that goes with `intentKey` for ever. */
  readonly invoiceTotal: number;
  readonly amount: number;
  readonly currency: string;
  readonly method: PaymentMethod;
  readonly offSession: boolean;
  readonly startedAt: Instant;
  /** The customer began it at the processor: it is only looked at. */
  readonly observed?: true;
  /** Ids for the processor's records: seller, account, invoice, number. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface PaymentProcessor {
  /** Finds or creates the invoice's one intent. Safe to repeat. Throws when the processor does not answer. */
  ensureIntent(request: ChargeRequest): Promise<string>;
  /** Charges once under `key`. Never throws for anything that may have reached the processor: that is `unknown`. */
  charge(request: ChargeRequest & { readonly intentId: string }): Promise<PaymentOutcome>;
  /** What became of an attempt, by asking; replays the key only where the processor guarantees that this cannot charge again. */
  inquire(request: ChargeRequest & { readonly intentId: string }, now: Instant): Promise<PaymentOutcome>;
  /** Where an intent stands, whoever brought it there; undefined when there is no such intent. Throws when nobody answers. */
  lookAt(intentId: string): Promise<IntentStanding | undefined>;
}

/** What became of an intent, as the processor tells when it is looked at without being asked about an attempt. */
export type IntentStanding =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'succeeded' | 'processing';
      readonly chargeId: string;
      readonly amount: number;
      /** `methodId` is the processor's where the account has no such method. */
      readonly method: PaymentMethod;
    }
  | ({ readonly kind: 'returned'; readonly chargeId: string } & Pick<PaymentReturn, 'code' | 'amount' | 'hard'>);

/** What a webhook is about, as the processor tells: nobody's word is taken for it. */
export interface ProcessorLookups {
  /** The ids in an intent's records; undefined when there is no such intent, or it has none of ours. */
  invoiceOf(intentId: string): Promise<Message<'collections'> | undefined>;
  /** What the customer's browser confirms an intent with; undefined when it does not wait for the customer. */
  confirmationOf(intentId: string): Promise<string | undefined>;
}

/** A customer's visit to the processor's page, where it enters a card or account and its bank authenticates it. */
export interface MethodSetup {
  readonly sellerId: string;
  readonly accountId: string;
  /** `open`: it may still be completed. */
  readonly status: 'open' | 'completed' | 'expired';
  /** What was entered, once completed. */
  readonly method?: MethodAtProcessor;
}

/** Payment methods at the processor: card numbers are entered there and never here (R44, R153). All throw when it does not answer. */
export interface ProcessorMethods {
  /** A customer of the processor's for an account that has none. */
  createCustomer(of: { readonly sellerId: string; readonly accountId: string }): Promise<string>;
  /** Opens the page, for a day. The browser comes back to `returnTo`, which gets the setup's id as `setup`. */
  beginSetup(setup: {
    readonly sellerId: string;
    readonly accountId: string;
    readonly currency: string;
    readonly customer: string;
    readonly kinds: readonly MethodKind[];
    readonly returnTo: string;
  }): Promise<{ readonly setupId: string; readonly url: string }>;
  /** Undefined when there is no such setup, or none of ours. */
  setup(setupId: string): Promise<MethodSetup | undefined>;
  /** A method as it is now; `withdrawn` when it cannot be charged any more; undefined when the processor never had it. */
  method(processorMethod: string): Promise<MethodAtProcessor | 'withdrawn' | undefined>;
  /** Gives a method up at the processor. Safe to repeat. */
  detach(processorMethod: string): Promise<void>;
}

/** The money that the processor holds for the telecom. */
export interface ProcessorBalance {
  /** What moved from an instant on until before another, newest first. Throws when the processor does not answer. */
  transactions(from: Instant, until: Instant, cursor?: string): Promise<Page<ProcessorTransaction>>;
}

/** What a tax authority answers, and when. `unavailable` says nothing about the ID: neither that it is valid nor that it is not. */
export type TaxIdAnswer =
  | {
      readonly kind: 'answered';
      readonly authority: string;
      readonly valid: boolean;
      readonly at: Instant;
      readonly reference?: string;
    }
  | { readonly kind: 'unavailable'; readonly authority: string; readonly reason: string };

export interface TaxIdAuthority {
  /**
   * Asks about a tax ID with its country prefix. `requester` is the seller's own, for which the authority gives the
   * enquiry a number as proof. Never throws for what the authority does or does not do.
   */
  validate(id: string, at: Instant, requester?: string): Promise<TaxIdAnswer>;
}

/** The telecom's provisioning. `eventId` is stable, so that a repeated event can be recognised. */
export interface Provisioning {
  announce(event: {
    readonly eventId: string;
    readonly sellerId: string;
    readonly accountId: string;
    readonly action: 'suspend' | 'reactivate';
    readonly number: number;
    /** With a suspension: whether emergency numbers can still be called. */
    readonly emergencyCalls?: 'allowed' | 'barred';
  }): Promise<void>;
}

/** An entry of a customer's books, or of the seller's own. */
export type BookEntry = SellerEntry & Partial<Pick<JournalEntry, 'accountId'>>;

export interface LedgerStore {
  /**
   * The entries of a seller's and its customers' books with that date, one at a time, in no order that means anything: but
   * for those that were recorded two days later or more.
   */
  entriesOn(sellerId: string, date: PlainDate): AsyncIterable<BookEntry>;
  /** Those, with dates of a period, both ends counted. */
  lateEntries(sellerId: string, from: PlainDate, to: PlainDate): AsyncIterable<BookEntry>;
  /** Puts on record what `entriesOn` a day come to, once; three days later nothing joins them any more. */
  closeDay(sellerId: string, date: PlainDate, totals: DayTotals): Promise<Written>;
  /** What the days of a period came to without late entries, both ends counted, as far as they were closed. */
  closedDays(sellerId: string, from: PlainDate, to: PlainDate): Promise<ReadonlyMap<PlainDate, DayTotals>>;
  /** Writes an entry of the seller's own books. `day` is the business day it concerns: part of its identity. */
  bookSellerEntry(entry: SellerEntry, day: PlainDate): Promise<Written>;
  /** An entry of the seller's own books. */
  sellerEntry(sellerId: string, day: PlainDate, entryId: string): Promise<SellerEntry | undefined>;
}

export interface ReconciliationStore {
  recordReconciliation(reconciliation: Reconciliation): Promise<Written>;
  reconciliation(sellerId: string, date: PlainDate): Promise<Reconciliation | undefined>;
  /** Newest first. */
  reconciliationsOf(sellerId: string, limit: number, cursor?: string): Promise<Page<Reconciliation>>;
}

export interface BooksStore {
  /**
   * One transaction: the entry, the account's balance and credit, every receivable and credit of the adjustment and, when
   * the balance becomes 0 while services are off, `services: reactivating`. `already-done` when the entry exists;
   * `stale` when a receivable or credit is not as it was read: read again and decide again.
   */
  book(adjustment: Adjustment, now: Instant): Promise<{ result: Conditional; reactivation?: number }>;
  credit(accountId: string, creditId: string): Promise<Credit | undefined>;
  /** Every credit of an account, used up or not. */
  creditsOf(accountId: string): Promise<readonly Credit[]>;
  /** For whom an entry of a bank statement was booked; undefined: for nobody. */
  bankEntry(sellerId: string, entryId: string): Promise<{ accountId: string; creditId: string } | undefined>;
  dispute(accountId: string, invoiceId: InvoiceId, disputeId: string): Promise<Dispute | undefined>;
  /** Of an account, or of one of its invoices. */
  disputesOf(accountId: string, invoiceId?: InvoiceId): Promise<readonly Dispute[]>;
  /** A seller's that wait for a decision, oldest first. */
  openDisputes(sellerId: string, limit: number, cursor?: string): Promise<Page<Dispute>>;
}

export interface CreditNoteStore {
  /**
   * Gives a credit note the next number of the seller's own series and writes it with everything its adjustment does, in
   * one transaction. `already-done` when one of this id exists; `stale` when the invoice moved: compose it again.
   */
  issueCreditNote(issue: {
    draft: DraftCreditNote;
    adjustment: Adjustment;
    now: Instant;
  }): Promise<{ result: Conditional; note?: CreditNote; reactivation?: number }>;
  creditNote(accountId: string, invoiceId: InvoiceId, creditNoteId: string): Promise<CreditNote | undefined>;
  /** Of an account, or of one of its invoices. */
  creditNotesOf(accountId: string, invoiceId?: InvoiceId): Promise<readonly CreditNote[]>;
  /** A month's of a seller, by number. */
  creditNotesIn(sellerId: string, month: Month, limit: number, cursor?: string): Promise<Page<CreditNote>>;
}
