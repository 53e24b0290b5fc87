import { inParallel } from '../aws/concurrency.ts';
import { type Instant, type Month, monthOf } from '../domain/calendar.ts';
import type { Seller } from '../domain/seller.ts';
import { localDate } from '../domain/usage/local-date.ts';
import { rateRecord } from '../domain/usage/rate-record.ts';
import type { UsageTariff } from '../domain/usage/tariff.ts';
import type { UsageFormat } from '../domain/usage-exception.ts';
import type { AccountStore, NewUsage, NumberStore, UsageStore } from '../ports.ts';
import { createDirectory } from './directory.ts';
import { ADAPTERS } from './formats.ts';
import { timeReader } from './local-time.ts';
import { type Side, sidesOf } from './match-owner.ts';
import { numberReader } from './phone-number.ts';
import { type Fault, fault, type RawRecord } from './raw-record.ts';
import { type Adapted, isFault } from './switch-record.ts';

export interface CountingDeps {
  readonly store: Pick<AccountStore, 'accountsById'> & Pick<NumberStore, 'ownersOf'> & UsageStore;
}

/** What surrounds the records of one file. */
export interface CountingContext {
  readonly seller: Seller;
  readonly format: UsageFormat;
  /** In which the switch writes times without an offset, and the country in whose national form it may write numbers. */
  readonly switchTimeZone: string;
  readonly country: string;
  readonly tariff: UsageTariff;
  readonly now: Instant;
}

/** What became of a record. `dropped`: before the account's billing start (R93, R146), as evidence. */
export type Outcome =
  | { readonly kind: 'counted' | 'duplicate' | 'not-billable' | 'heading' }
  | { readonly kind: 'dropped'; readonly accountId: string; readonly recordId: string; readonly reason: string }
  | { readonly kind: 'exception'; readonly fault: Fault; readonly recordId?: string };

/** A rated record on its way into an account's month; `position` is that of its raw record. */
interface Rated {
  readonly position: number;
  readonly accountId: string;
  readonly month: Month;
  readonly usage: NewUsage;
}

/** Months of accounts that are written side by side. */
const AT_ONCE = 16;

/**
 * Counts records: from the raw text to the month of the account that pays for it, each once for ever. Makes one answer for
 * each record, in their order. Prepared once per file, for it remembers numbers, times and accounts.
 */
export function createCounting({ store }: CountingDeps, context: CountingContext) {
  const { seller, now } = context;
  const adapter = ADAPTERS[context.format];
  const adapting = { numbers: numberReader(context.country), time: timeReader(context.switchTimeZone), now };
  const directory = createDirectory(store);

  return async (records: readonly RawRecord[]): Promise<readonly Outcome[]> => {
    const adapted = adaptAll(records, (whole) => adapter.adapt(whole, adapting));
    await directory.load(adapted.flatMap((each) => (each.kind === 'record' ? [each.record] : [])));
    const outcomes: Outcome[] = [];
    const months = new Map<string, Rated[]>();
    for (const [position, each] of adapted.entries()) {
      if (each.kind === 'fault') outcomes.push({ ...each, kind: 'exception' });
      else if (each.kind !== 'record') outcomes.push(each);
      else {
        const sides = sidesOf(each.record, seller, directory);
        outcomes.push(
          isFault(sides)
            ? { kind: 'exception', fault: sides, recordId: each.record.recordId }
            : worst(sides.map((side) => rate(side, position, context, adapter.names, months))),
        );
      }
    }
    await inParallel([...months.values()], AT_ONCE, (rated) => add(store, rated, outcomes));
    return outcomes;
  };
}

/** Records without a fault of their own go to the adapter, all at once. */
function adaptAll(
  records: readonly RawRecord[],
  adapt: (whole: readonly RawRecord[]) => readonly Adapted[],
): readonly Adapted[] {
  const adapted = adapt(records.filter(({ fault: broken }) => broken === undefined)).values();
  return records.map((record) =>
    record.fault ? { kind: 'fault', fault: record.fault } : (adapted.next().value as Adapted),
  );
}

/** Rates a record as one account sees it, and puts it with the others of its month. */
function rate(
  { account, record }: Side,
  position: number,
  { seller, tariff, now }: CountingContext,
  names: Readonly<Record<string, string>>,
  months: Map<string, Rated[]>,
): Outcome {
  const { recordId } = record;
  const { accountId, billingAddress, billingStartDate, currency } = account;
  if (billingAddress === undefined) {
    const missing = fault('billing_address_missing', '', `account ${accountId} has no billing address`);
    return { kind: 'exception', fault: missing, recordId };
  }
  const rating = rateRecord(record, {
    account: { billingCountry: billingAddress.country, billingStartDate, currency },
    timeZone: seller.timeZone,
    now,
    tariff,
  });
  if (rating.kind === 'not-billable') return { kind: 'not-billable' };
  if (rating.kind === 'exception') {
    const { code, field, reason } = rating;
    return { kind: 'exception', fault: fault(code, names[field] ?? field, reason), recordId };
  }
  if (rating.kind === 'dropped') {
    const reason = `before the billing start ${billingStartDate} of account ${accountId}`;
    return { kind: 'dropped', accountId, recordId, reason };
  }
  const month = monthOf(localDate(Date.parse(rating.record.at), seller.timeZone).date);
  const key = `${accountId} ${month}`;
  const rated = months.get(key) ?? [];
  rated.push({ position, accountId, month, usage: { record: rating.record, content: JSON.stringify(record) } });
  months.set(key, rated);
  return { kind: 'counted' };
}

/** Writes the records of one month of one account, and corrects the outcomes of those that were there. */
async function add(store: UsageStore, rated: readonly Rated[], outcomes: Outcome[]): Promise<void> {
  const { accountId, month } = rated[0]!;
  const added = await store.addUsage(
    accountId,
    month,
    rated.map(({ usage }) => usage),
  );
  for (const [index, { position, usage }] of rated.entries()) {
    const { recordId } = usage.record;
    const reason = `account ${accountId} has a record of this id in ${month} that says something else`;
    if (added[index] === 'duplicate') outcomes[position] = worst([outcomes[position]!, { kind: 'duplicate' }]);
    if (added[index] === 'conflicting')
      outcomes[position] = { kind: 'exception', fault: fault('duplicate_with_other_content', '', reason), recordId };
  }
}

const SEVERITY = ['heading', 'not-billable', 'counted', 'duplicate', 'dropped', 'exception'] as const;

/** Of the sides of one record, the outcome that most needs to be seen. */
const worst = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.reduce((a, b) => (SEVERITY.indexOf(b.kind) > SEVERITY.indexOf(a.kind) ? b : a));
