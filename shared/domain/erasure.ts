import type { Account, BillingInput } from './account.ts';
import { raised } from './account-changes.ts';
import type { DraftCreditNote } from './books/credit-note.ts';
import type { Instant, PlainDate } from './calendar.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { Quote } from './quotes/quote.ts';
import { isUnderWay, type PaymentAttempt, type Receivable } from './receivable.ts';
import { Refused } from './refused.ts';
import { keptUntil, retentionLaw } from './retention.ts';
import { highestChange, type Subscription } from './subscription.ts';
import { EUROPEAN_UNION } from './tax/national.ts';

/** Why nothing of an account is erased yet: code → what must happen first. */
export const ERASURE_REFUSALS = {
  account_not_closed: 'A subscription still runs; cancel it, and ask again when it has ended',
  billing_unfinished: 'What was used last is not invoiced yet; ask again after the next run',
  balance_open: 'Something is owed or contested; it must be paid, credited, decided or written off first',
  credit_open: 'The customer has credit, which must be paid out first',
  payment_under_way: 'A payment is under way; wait for its outcome',
} as const;
export type ErasureRefusalCode = keyof typeof ERASURE_REFUSALS;

export class ErasureRefused extends Refused<ErasureRefusalCode> {
  override readonly name = 'ErasureRefused';
  constructor(code: ErasureRefusalCode, detail?: string) {
    super(code, ERASURE_REFUSALS[code], 'accountId', detail);
  }
}

export interface ErasureRequest {
  readonly input: BillingInput;
  /** All of the account. */
  readonly receivables: readonly Receivable[];
  /** All of the account: one is kept by its own date, which is later than that of its invoice. */
  readonly creditNotes: readonly Pick<DraftCreditNote, 'date'>[];
  /** Of the account's seller. */
  readonly country: string;
  readonly today: PlainDate;
  readonly now: Instant;
  readonly by: string;
}

/** What is not erased, until when, and by which right. */
export interface KeptData {
  readonly what: string;
  /** Absent: it ends with the last of the others. */
  readonly until?: PlainDate;
  readonly ground: string;
}

export interface Erasure {
  /** As it remains. Its version is raised once for each method, and once more. */
  readonly account: Account;
  /** To be removed with their tokens. */
  readonly methods: readonly PaymentMethod[];
  readonly erased: readonly string[];
  readonly kept: readonly KeptData[];
}

/** Stands where a name stood. */
const ERASED_NAME = 'Erased on request';

/**
 * Decides what a privacy request erases of a closed account, and what the law has the seller keep (R74, C4; GDPR Art. 17).
 * Cancelling alone erases nothing. Invoices, credit notes, their PDFs and books are kept as they are: they are history. Quotes
 * go as `neverAccepted` says. Told again it decides the same. Throws `ErasureRefused` for an account that is not closed and
 * settled.
 */
export function decideErasure(request: ErasureRequest): Erasure {
  const { input, now, by } = request;
  const { account, methods } = input;
  if (account.erased === undefined) refuseUnsettled(request);
  const { billingAddress, reference, defaultMethodId, fallbackMethodIds, ...rest } = account;
  const remains: Account = {
    ...rest,
    name: ERASED_NAME,
    recipients: [],
    autopay: false,
    erased: account.erased ?? { at: now, by },
    version: account.version + methods.length,
  };
  return {
    account: raised(remains),
    methods,
    erased: [
      ...['name', 'billing address', 'recipients of mails', 'reference', 'payment methods'],
      'quotes that were never accepted, with their contact persons',
    ],
    kept: keptOf(request),
  };
}

/**
 * The quotes that an erasure removes, with what says to whom they were mailed: whoever they were made for agreed to nothing,
 * and no law wants them kept. One that was accepted is part of a contract, and stays.
 */
export const neverAccepted = (quotes: readonly Quote[]): readonly Quote[] =>
  quotes.filter(({ status }) => status !== 'accepted');

/**
 * A customer of the payment processor that is to be deleted there after an erasure. Its row may go once nothing that the
 * processor does for it can be open any more; what the processor itself has to keep of payments, it keeps.
 */
export interface ProcessorErasure {
  readonly sellerId: string;
  readonly accountId: string;
  readonly erasureId: string;
  readonly requestedAt: Instant;
  /** The processor's id; absent: it is deleted, and so is this. */
  readonly customer?: string;
  readonly deletedAt?: Instant;
  /** Why it could not be deleted when it was tried last. */
  readonly waits?: { readonly at: Instant; readonly because: ErasureWait };
}

/** Why the processor's customer stays for now: code → what has to happen. */
export const ERASURE_WAITS = {
  account_not_erased: 'The account itself is not erased yet; ask again for that',
  balance_open: 'Something is owed or contested again; it must be settled first',
  payment_under_way: 'A payment is under way; wait for its outcome',
  customer_shared: 'Another account pays with a method of the same customer of the processor',
  processor_unavailable: 'The processor did not answer; it is asked again by itself',
} as const;
export type ErasureWait = keyof typeof ERASURE_WAITS;

/** Why a customer must not be deleted at the processor yet, as far as the account says; undefined when it may be. */
export function processorErasureWaits(
  account: Pick<Account, 'erased' | 'balance'>,
  receivables: readonly Receivable[],
): ErasureWait | undefined {
  if (account.erased === undefined) return 'account_not_erased';
  // A bank debit may come back weeks after it was settled, and the account with it.
  if (account.balance !== 0 || receivables.some(isOpen)) return 'balance_open';
  return receivables.some(isUnderWay) ? 'payment_under_way' : undefined;
}

/** Every customer of the processor that the account has, or ever paid with. */
export const processorCustomersOf = (
  methods: readonly PaymentMethod[],
  attempts: readonly Pick<PaymentAttempt, 'method'>[],
): readonly string[] => [
  ...new Set([...methods, ...attempts.map(({ method }) => method)].map(({ processorCustomer }) => processorCustomer)),
];

const isOpen = ({ due, disputed = 0 }: Receivable): boolean => due > 0 || disputed > 0;

function refuseUnsettled({ input, receivables, today }: ErasureRequest): void {
  const { account, subscriptions, usage = [] } = input;
  const running = subscriptions.find((subscription) => runsOn(subscription, today));
  if (running) throw new ErasureRefused('account_not_closed', running.subscriptionId);
  if (usage.length > 0 || !isBilledToTheEnd(input)) throw new ErasureRefused('billing_unfinished');
  const open = receivables.find(isOpen);
  if (open || account.balance !== 0) throw new ErasureRefused('balance_open', open?.number);
  if ((account.credit ?? 0) > 0) throw new ErasureRefused('credit_open');
  if (receivables.some(isUnderWay)) throw new ErasureRefused('payment_under_way');
}

/** Whether the runs have seen every change of an account and gone past the last day of which something may be charged. */
function isBilledToTheEnd({ account: { billedThrough }, subscriptions }: BillingInput): boolean {
  if (subscriptions.length === 0) return true;
  if (billedThrough === undefined || highestChange(subscriptions) > billedThrough.change) return false;
  return latest(subscriptions.map(endOf)) < billedThrough.date;
}

function runsOn({ changes, cancellation }: Subscription, today: PlainDate): boolean {
  if (cancellation !== undefined && cancellation.endsOn < today) return false;
  return changes.reduce((quantity, { delta }) => quantity + delta, 0) > 0;
}

/** The last day of which something may be charged. */
const endOf = ({ changes, cancellation }: Subscription): PlainDate =>
  cancellation?.endsOn ?? latest(changes.map(({ effectiveOn }) => effectiveOn));

/** Empty where there is none. */
const latest = (dates: readonly PlainDate[]): PlainDate => dates.toSorted().at(-1) ?? '';

function keptOf({ receivables, creditNotes, country }: ErasureRequest): readonly KeptData[] {
  const newest = latest([...receivables.map(({ invoiceDate }) => invoiceDate), ...creditNotes.map(({ date }) => date)]);
  if (newest === '') return [EVIDENCE(country)];
  const until = keptUntil(country, newest);
  const ground = [...article(country, '17(3)(b)'), retentionLaw(country, newest)!.law].join('; ');
  return [
    {
      what: 'invoices, credit notes and their PDFs, with the name and address that they were issued to',
      until,
      ground,
    },
    { what: 'books, payments and refunds', until, ground },
    { what: 'evidence of taxes: VAT IDs, their validation, exemption certificates', until, ground },
    { what: 'calls and messages that were billed, and to whom the numbers belonged', until, ground },
    EVIDENCE(country),
  ];
}

const EVIDENCE = (country: string): KeptData => ({
  what: 'the audit log, quotes that were accepted, what was ordered and cancelled by whom, and to whom documents were delivered',
  ground: [
    ...article(country, '17(3)(e)'),
    'evidence for legal claims; the log is a chain of hashes that nobody can change',
  ].join('; '),
});

/** The GDPR holds for sellers in the Union, and by the Data Protection Act 2018 in the United Kingdom. */
function article(country: string, of: string): string[] {
  if (country === 'GB') return [`UK GDPR Art. ${of}`];
  return Object.hasOwn(EUROPEAN_UNION, country) ? [`GDPR Art. ${of}`] : [];
}
