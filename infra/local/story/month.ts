import { Temporal } from 'temporal-polyfill';
import { sampleTelecom } from '../sample/telecom.ts';
import { quoteIsAccepted, quoteIsBilled } from './accept-quote.ts';
import { failedPaymentsAreRedriven, refuseOnePayment, type Stage, suspendedCustomerPays } from './cast-stories.ts';
import { countUsage } from './count-usage.ts';
import { importAccounts } from './import-sample.ts';
import { loadRateDecks } from './load-decks.ts';
import { explainUsage, lookAhead } from './look-ahead.ts';
import { type Measurement, measure } from './measurement.ts';
import { settleWithBar } from './progress.ts';
import { reviewUsage } from './review-usage.ts';

export interface MonthOptions {
  readonly accounts: number;
  readonly seed: number;
  /** The business date on which the run fires. */
  readonly date: string;
}

/** How the run itself went; what happens before and after it is not part of its time. */
export interface MonthResult extends Measurement {
  readonly accounts: number;
  readonly seconds: number;
}

/** At six in the morning UTC it is the same day in every seller's time zone, from New York to Sydney. */
export const morningOf = (date: string): string => `${date}T06:00:00.000Z`;

/** Customers who did not pay last month's invoice are known from the month before; see the sample's cast. */
const wereBilledBefore = (billedThrough: string | undefined, month: string): boolean =>
  billedThrough !== undefined && Temporal.PlainYearMonth.compare(billedThrough, previous(month, 2)) === 0;

const previous = (month: string, months: number): string =>
  Temporal.PlainYearMonth.from(month).subtract({ months }).toString();

/** Days after the first of the month before at which the default policy does something (C23). */
const DUNNING_DAYS = [16, 22, 25, 30];

/** Last month, for the few who will not have paid: invoiced, reminded, given notice, suspended. */
export async function lastMonth(stage: Stage, options: MonthOptions): Promise<void> {
  const { stack, say } = stage;
  const month = options.date.slice(0, 7);
  const behind = [...sampleTelecom({ ...options, month })].filter((account) =>
    wereBilledBefore(account.billedThrough, month),
  );
  if (behind.length === 0) return;
  const first = Temporal.PlainDate.from(`${previous(month, 1)}-01`);
  say(`Last month, for ${behind.length} customers who will not pay: invoiced, reminded, suspended …`);
  await importAccounts(stage, 'sample-behind', behind);
  await fireRuns(stage, first.toString());
  await stack.settle();
  for (const days of DUNNING_DAYS) {
    const day = first.add({ days }).toString();
    if (day > options.date) break;
    await sweepAt(stage, morningOf(day));
  }
}

/** Everybody is loaded, last month's usage is counted and reviewed, the run fires, and the queues become still. */
export async function thisMonth(stage: Stage, options: MonthOptions): Promise<MonthResult> {
  const { stack, say } = stage;
  const sample = { ...options, month: options.date.slice(0, 7) };
  await loadRateDecks(stage);
  say(`Loading ${options.accounts} accounts …`);
  const report = await importAccounts(stage, `sample-${options.date}`, sampleTelecom(sample));
  if (report.existing > 0) say(`  ${report.existing} of them were there already and are left as they are.`);
  advance(stage, morningOf(options.date));
  const usageMonth = previous(sample.month, 1);
  await countUsage(stage, sample, usageMonth);
  await reviewUsage(stage, sample, usageMonth);
  await lookAhead(stage, options.date);
  const isNew = report.loaded > 0;
  if (isNew) refuseOnePayment(stage);
  const quote = isNew ? await quoteIsAccepted(stage, options.date) : undefined;
  const measured = measure(stack);
  const started = performance.now();
  await fireRuns(stage, options.date);
  await settleWithBar(stack, `Billing ${options.date}`, options.accounts);
  const result = { accounts: options.accounts, seconds: (performance.now() - started) / 1000, ...measured() };
  if (quote !== undefined) await quoteIsBilled(stage, quote);
  return result;
}

/** What follows that day: a bill is explained, a payment redriven, declined cards are tried again, one customer pays. */
export async function thatDay(stage: Stage, { date }: MonthOptions): Promise<void> {
  await explainUsage(stage, date.slice(0, 7));
  await failedPaymentsAreRedriven(stage);
  await sweepAt(stage, new Date(stage.stack.clock.millis() + 61 * 60_000).toISOString());
  stage.say('An hour later, declined cards were tried once more.');
  await suspendedCustomerPays(stage);
}

async function fireRuns({ stack }: Stage, businessDate: string): Promise<void> {
  const plans = stack.scheduleNames.filter((name) => name.includes('plan-billing-run'));
  for (const name of plans) {
    const sellerId = name.slice(name.indexOf('plan-billing-run-') + 'plan-billing-run-'.length);
    if ((await stack.fire(name, { sellerId, businessDate })) === 'given-up')
      throw new Error(`The run of ${sellerId} could not be planned; see the logs in ${stack.directory}`);
  }
}

async function sweepAt(stage: Stage, instant: string): Promise<void> {
  advance(stage, instant);
  const { stack } = stage;
  const sweep = stack.scheduleNames.find((name) => name.includes('sweep-overdue'));
  if (sweep === undefined) throw new Error('The stack has no schedule that sweeps');
  await stack.fire(sweep);
  await stack.settle();
}

/** State that was kept may be from a later day than the story: time never goes back. */
function advance({ stack }: Stage, instant: string): void {
  if (Date.parse(instant) > stack.clock.millis()) stack.clock.moveTo(instant);
}
