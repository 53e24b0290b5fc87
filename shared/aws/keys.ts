import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { DeliveryId } from '../domain/delivery.ts';
import type { InvoiceId } from '../domain/invoice.ts';
import type { RunId } from '../domain/run.ts';
import type { QueueName } from '../messages.ts';
import type { WorkKind } from '../ports.ts';

/** Where each item of the one table lies. The index keys are below. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const PROFILE = 'PROFILE';
export const RECEIVABLE = 'RECEIVABLE#';
export const LEDGER = 'LEDGER#';
export const SHARD = 'SHARD#';
const three = (number: number): string => String(number).padStart(3, '0');
const ofAccount = (accountId: string, sk: string): Key => ({ pk: `ACCOUNT#${accountId}`, sk });

export const accountKey = (accountId: string): Key => ofAccount(accountId, PROFILE);
export const subscriptionKey = (accountId: string, id: string): Key =>
  ofAccount(accountId, `${PROFILE}#SUBSCRIPTION#${id}`);
export const methodKey = (accountId: string, id: string): Key => ofAccount(accountId, `${PROFILE}#METHOD#${id}`);
/** Which accounts have a method of the processor's, found by its id. */
export const processorMethodKey = (processorMethod: string, accountId: string): Key => ({
  pk: `METHOD#${processorMethod}`,
  sk: accountId,
});
/** How far the slots of a redrive's budget are taken. */
export const budgetKey = (budget: string): Key => ({ pk: 'REDRIVE-BUDGET', sk: budget });
export const orderKey = (accountId: string, id: string): Key => ofAccount(accountId, `ORDER#${id}`);
/** Stands as long as the invoice of an order is not under way; its key says all that its message needs. */
export const unbilledOrderKey = (accountId: string, orderedOn: PlainDate, orderId: string): Key =>
  ofAccount(accountId, `UNBILLED#${orderedOn}#${orderId}`);
export const QUOTE = 'QUOTE#';
export const quoteKey = (accountId: string, quoteId: string): Key => ofAccount(accountId, `${QUOTE}${quoteId}`);
export const requestKey = (accountId: string, key: string): Key => ofAccount(accountId, `REQUEST#${key}`);
export const invoiceKey = (accountId: string, id: InvoiceId): Key => ofAccount(accountId, `INVOICE#${id}`);
export const receivableKey = (accountId: string, id: InvoiceId): Key => ofAccount(accountId, `${RECEIVABLE}${id}`);
export const ATTEMPT = 'ATTEMPT#';
export const attemptKey = (accountId: string, id: InvoiceId, attempt: number): Key =>
  ofAccount(accountId, `${ATTEMPT}${id}#${three(attempt)}`);
/** Which of an account's invoices is being charged, where it has several to pay. */
export const turnKey = (accountId: string): Key => ofAccount(accountId, 'TURN');
export const CREDIT = 'CREDIT#';
export const creditKey = (accountId: string, creditId: string): Key => ofAccount(accountId, `${CREDIT}${creditId}`);
export const CREDIT_NOTE = 'CREDITNOTE#';
export const creditNoteKey = (accountId: string, id: InvoiceId, creditNoteId: string): Key =>
  ofAccount(accountId, `${CREDIT_NOTE}${id}#${creditNoteId}`);
export const DISPUTE = 'DISPUTE#';
export const disputeKey = (accountId: string, id: InvoiceId, disputeId: string): Key =>
  ofAccount(accountId, `${DISPUTE}${id}#${disputeId}`);
export const journalKey = (accountId: string, entryId: string): Key => ofAccount(accountId, `${LEDGER}${entryId}`);
/** What a customer was told of the end of a subscription. */
export const cancellationKey = (accountId: string, subscriptionId: string): Key =>
  ofAccount(accountId, `CANCELLATION#${subscriptionId}`);
/** A customer of the processor's that is to be deleted there. */
export const ERASURE = 'ERASURE#';
export const erasureKey = (accountId: string, erasureId: string): Key => ofAccount(accountId, `${ERASURE}${erasureId}`);
export const accessKey = (accountId: string, at: Instant, requestId: string): Key =>
  ofAccount(accountId, `ACCESS#${at}#${requestId}`);
/** Who removed the item that stood there. */
export const traceOf = ({ pk, sk }: Key): Key => ({ pk, sk: `TRACE#${sk}` });
export const serviceKey = (accountId: string, number: number, action: 'suspend' | 'reactivate'): Key =>
  ofAccount(accountId, `SERVICE#${String(number).padStart(6, '0')}#${action}`);
export const deliveryKey = (of: DeliveryId): Key =>
  ofAccount(of.accountId, `${deliveriesOf(of.about)}${of.document}#${three(of.occurrence)}`);
/** What was sent again of an account within the last day. */
export const againLogKey = (accountId: string): Key => ofAccount(accountId, 'SENTAGAIN');
/** What the sort keys of all documents about a thing begin with; of an invoice, of its credit notes, too. */
export const deliveriesOf = (about: string): string => `DELIVERY#${about}#`;

/** Up to which batch each month's usage has come; read together with the account. */
export const USAGE_HEADS = `${PROFILE}#USAGE`;
export const usageHeadsKey = (accountId: string): Key => ofAccount(accountId, USAGE_HEADS);
export const OWNED_NUMBER = 'NUMBER#';
export const ownedNumberKey = (accountId: string, number: string, from: PlainDate): Key =>
  ofAccount(accountId, `${OWNED_NUMBER}${number}#${from}`);
/** Who had a telephone number when, found by the number alone. */
export const numberKey = (number: string): Key => ({ pk: `NUMBER#${number}`, sk: 'OWNERS' });

/** A month of an account's usage, in batches from 1 on. */
export const usageKey = (accountId: string, month: string, batch: number): Key => ({
  pk: `USAGE#${accountId}#${month}`,
  sk: String(batch).padStart(8, '0'),
});
export const usageExceptionKey = (sellerId: string, exceptionId: string): Key => ({
  pk: `USAGE-EXCEPTION#${sellerId}`,
  sk: exceptionId,
});
/** The listing of the open ones of a code, by age. */
export const usageExceptionList = (sellerId: string, code: string): string => `USAGE-EXCEPTIONS#${sellerId}#${code}`;
/** Which version of a rate deck is in force. */
export const deckKey = (sellerId: string, deck: string): Key => ({ pk: `DECKS#${sellerId}`, sk: deck });

/** One item per series: `next` is the sequence the next invoice gets. */
export const seriesKey = (sellerId: string, yearMonth: string, series: string): Key => ({
  pk: `SERIES#${sellerId}`,
  sk: `${yearMonth}${series}`,
});

export const runKey = (run: RunId): Key => ({ pk: `RUNS#${run.sellerId}`, sk: run.businessDate });
export const shardKey = (run: RunId, shard: number): Key => ({
  pk: `RUN#${run.sellerId}#${run.businessDate}`,
  sk: `${SHARD}${three(shard)}`,
});
export const entryKey = (run: RunId, shard: number, accountId: string): Key => ({
  pk: `RUN#${run.sellerId}#${run.businessDate}#${three(shard)}`,
  sk: accountId,
});
export const deadLetterKey = (queue: QueueName | string, jobKey: string): Key => ({
  pk: `DEADLETTERS#${queue}`,
  sk: jobKey,
});

/** The sparse index of what is due by time. An item is in it as long as it has these attributes. */
export interface WorkKey {
  readonly workPk: string;
  readonly workSk: string;
}

const workPartition = (kind: string, sellerId: string, shard: number): string =>
  `${kind.toUpperCase()}#${sellerId}#${three(shard)}`;

/** The partition of one kind of work. */
export const workPk = (kind: WorkKind, sellerId: string, shard: number): string => workPartition(kind, sellerId, shard);
/** Sorts by time; unique, and known from the item's key alone. */
export const workSk = (at: Instant, key: Key): string => `${at}#${key.pk}#${key.sk}`;
export const workKey = (kind: WorkKind, sellerId: string, shard: number, at: Instant, key: Key): WorkKey => ({
  workPk: workPk(kind, sellerId, shard),
  workSk: workSk(at, key),
});
/** Sorts above everything due at or before `at`, and below everything later: `$` follows `#`. */
export const workUntil = (at: Instant | PlainDate): string => `${at}$`;

/** The partition of the accounts of a shard, by the date whose invoice is next. */
export const billPk = (sellerId: string, shard: number): string => workPartition('bill', sellerId, shard);
export const billKey = (sellerId: string, shard: number, date: PlainDate, accountId: string): WorkKey => ({
  workPk: billPk(sellerId, shard),
  workSk: `${date}#${accountId}`,
});

/** The listing of a month's invoices of one series, by number. */
export const listPk = (sellerId: string, month: string, series: string): string =>
  `INVOICES#${sellerId}#${month}#${series}`;

/** The listing of a seller's journal entries of a day, spread like its accounts. */
export const journalListPk = (sellerId: string, date: PlainDate, shard: number): string =>
  `JOURNAL#${sellerId}#${date}#${three(shard)}`;
/** The listing of those that were recorded so late that their day may be closed, by day. */
export const lateJournalListPk = (sellerId: string, shard: number): string => `LATEJOURNAL#${sellerId}#${three(shard)}`;

/** An entry of a seller's own books; `day` is the one it concerns. */
export const sellerEntryKey = (sellerId: string, day: PlainDate, entryId: string): Key => ({
  pk: `SELLERBOOKS#${sellerId}#${day}`,
  sk: `${LEDGER}${entryId}`,
});
/** What a day of a seller's books came to. */
export const dayTotalsKey = (sellerId: string, date: PlainDate): Key => ({ pk: `DAYTOTALS#${sellerId}`, sk: date });
export const reconciliationKey = (sellerId: string, date: PlainDate): Key => ({
  pk: `RECONCILIATIONS#${sellerId}`,
  sk: date,
});

/** The listing of a month's credit notes, by number. */
export const creditNoteListPk = (sellerId: string, month: string): string => `CREDITNOTES#${sellerId}#${month}`;

/** The listing of a seller's accounts that Accounts Receivable has taken over, by time. */
export const handedOverListPk = (sellerId: string): string => `HANDEDOVER#${sellerId}`;

/** The listing of a seller's open quotes, by the last day on which they can be accepted. */
export const openQuotesPk = (sellerId: string): string => `QUOTES#${sellerId}`;

/** The listing of a seller's documents that nobody got, by time. */
export const unreachedListPk = (sellerId: string): string => `UNREACHED#${sellerId}`;

/** The listing of a seller's disputes that wait for a decision, by age. */
export const openDisputesPk = (sellerId: string): string => `DISPUTES#${sellerId}`;

export const exportKey = (sellerId: string, exportId: string): Key => ({ pk: `EXPORTS#${sellerId}`, sk: exportId });

/** For which account an entry of a seller's bank statement was booked. */
export const bankEntryKey = (sellerId: string, entryId: string): Key => ({ pk: `BANKENTRY#${sellerId}`, sk: entryId });
