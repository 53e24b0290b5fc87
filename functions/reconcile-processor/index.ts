// Trigger: EventBridge Scheduler, daily at 04:30 in each seller's time zone, input {"sellerId"}; by hand also "businessDate".
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { createDocuments } from '../../shared/aws/files.ts';
import { createLedgerStore } from '../../shared/aws/ledger-store.ts';
import { createQueues } from '../../shared/aws/queues.ts';
import { createReconciliationStore } from '../../shared/aws/reconciliation-store.ts';
import { createProcessorSecret } from '../../shared/aws/secret.ts';
import { canBeLookedAt, needsPerson } from '../../shared/domain/books/reconcile.ts';
import type { ReconciliationReport } from '../../shared/domain/books/reconciliation.ts';
import { addDays, dateIn, type Instant, type PlainDate } from '../../shared/domain/calendar.ts';
import { BillingError } from '../../shared/domain/errors.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import type { Documents, LedgerStore, ProcessorBalance, Queues, ReconciliationStore } from '../../shared/ports.ts';
import { reportCsv } from '../../shared/reconciliation/report-csv.ts';
import { keepReport, loadReport, reportCsvKey } from '../../shared/reconciliation/report-files.ts';
import { documentsEnvironment, processorEnvironment, queueUrls } from '../../shared/runtime/environment.ts';
import { count, logger } from '../../shared/runtime/observability.ts';
import { scheduleHandler } from '../../shared/runtime/schedule-handler.ts';
import { loadStage, type Stage, sellerOf } from '../../shared/runtime/stage.ts';
import { openStorage } from '../../shared/runtime/storage.ts';
import { reconciledDay, totalsOf } from './day.ts';
import { transactionsOn } from './transactions.ts';

const inputSchema = z.object({ sellerId: z.string().min(1), businessDate: z.iso.date().optional() });
type Input = z.infer<typeof inputSchema>;

interface Deps {
  readonly store: LedgerStore & ReconciliationStore;
  readonly processor: ProcessorBalance;
  readonly documents: Pick<Documents, 'storeOnce' | 'load'>;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers'>;
}

/** Days that were missed are made up for, oldest first, at most so many at once. */
const MOST_DAYS = 31;
/** Before the reconciled day: to that one's entries nothing is added any more (see `LedgerStore.closeDay`). */
const DAYS_UNTIL_CLOSED = 2;
/** Left for the comparison after the processor was asked. */
const RESERVE_MS = 300_000;

/**
 * Reconciles a seller's days with the processor up to `businessDate`, which is yesterday unless the input says otherwise:
 * whatever is missing since the last one that was. Each day gets a report; what a look at the processor may mend is looked
 * at, and what finance must act on is counted for an alarm. A day that has its report keeps it: only what follows from it is
 * done again. The books of two days before are closed. Throws `seller_not_found`, and `invalid_message` for a day that is not over.
 */
export const reconcileProcessor =
  (deps: Deps) =>
  async (
    { sellerId, businessDate }: Input,
    now: Instant,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<void> => {
    const seller = sellerOf(deps.stage, sellerId);
    const today = dateIn(now, seller.timeZone);
    const until = businessDate ?? addDays(today, -1);
    if (until >= today) throw new BillingError('invalid_message', `schedule: businessDate: ${until} is not over`);
    const [latest] = (await deps.store.reconciliationsOf(sellerId, 1)).items;
    let report = latest && (await loadReport(deps.documents, sellerId, latest.date));
    if (latest && !report) throw new Error(`The report of ${sellerId} of ${latest.date} is on record, but not stored`);
    if (report && report.date >= until) return await followUp(deps, report);
    for (const date of daysUpTo(until, report?.date)) {
      report = await close(deps, seller, date, report, now, context);
      await followUp(deps, report);
    }
  };

/** The days after `last` until `until`; without one, just the last. */
function daysUpTo(until: PlainDate, last: PlainDate | undefined): PlainDate[] {
  const days: PlainDate[] = [];
  for (let date = last ? addDays(last, 1) : until; date <= until && days.length < MOST_DAYS; date = addDays(date, 1))
    days.push(date);
  return days;
}

/** The report before it is put on record: whoever finds the record finds the report, too. */
async function close(
  { store, documents, processor, stage }: Deps,
  seller: Seller,
  date: PlainDate,
  before: ReconciliationReport | undefined,
  now: Instant,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<ReconciliationReport> {
  const { sellerId } = seller;
  const inTime = () => context.getRemainingTimeInMillis() > RESERVE_MS;
  const transactions = await transactionsOn({ processor, documents, stage, inTime }, seller, date);
  const opening = before?.open ?? [];
  const report = await keepReport(
    documents,
    await reconciledDay(store, { sellerId, date, opening, transactions, now }),
  );
  await documents.storeOnce(reportCsvKey(sellerId, date), Buffer.from(reportCsv(report)), 'text/csv; charset=utf-8');
  const { open: _open, notes: _notes, ...header } = report;
  const over = addDays(date, -DAYS_UNTIL_CLOSED);
  await store.closeDay(sellerId, over, await totalsOf(store, sellerId, over));
  await store.recordReconciliation(header);
  return report;
}

/** Also when the day was closed before: whoever closed it may have died before. */
async function followUp({ queues }: Deps, { sellerId, date, open, explained }: ReconciliationReport): Promise<void> {
  const intents = new Set(open.filter(canBeLookedAt).flatMap(({ transaction }) => transaction?.intentId ?? []));
  await queues.send(
    'lookups',
    [...intents].map((id) => ({ kind: 'intent' as const, id })),
  );
  const left = open.filter((difference) => needsPerson(difference, date));
  const unbooked = left.filter(({ side }) => side === 'processor').length;
  if (unbooked > 0) count('MoneyWithoutBooking', unbooked);
  if (left.length > unbooked) count('BookingWithoutMoney', left.length - unbooked);
  const facts = { sellerId, date, ...explained, open: open.length, lookedAt: intents.size, forFinance: left.length };
  if (left.length > 0) logger.error('The processor’s balance and the books differ', facts);
  else logger.info('The processor’s balance and the books were compared', facts);
}

export const handler = scheduleHandler(inputSchema, () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  const { secretArn, apiBase } = processorEnvironment();
  const secret = createProcessorSecret({ arn: secretArn });
  return reconcileProcessor({
    store: { ...createLedgerStore(storage), ...createReconciliationStore(storage) },
    processor: stripeProcessor({ apiKey: async () => (await secret()).apiKey, ...(apiBase && { apiBase }) }),
    documents: createDocuments(documentsEnvironment()),
    queues: createQueues({ urls: queueUrls('lookups') }),
    stage,
  });
});
