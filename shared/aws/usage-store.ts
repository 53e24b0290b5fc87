import type { Account } from '../domain/account.ts';
import { type Month, monthOf } from '../domain/calendar.ts';
import type { OpenUsage } from '../domain/usage/usage.ts';
import type { NewUsage, UsageAdded, UsageStore } from '../ports.ts';
import { batchesOf } from './issued-usage.ts';
import { usageHeadsKey, usageKey } from './keys.ts';
import { type KnownMonth, KnownMonths } from './known-months.ts';
import { entryOf } from './known-records.ts';
import { eachItem, queryAll } from './pages.ts';
import { attempts } from './retry.ts';
import { type Item, type Table, transactOnce } from './table.ts';
import { packBatch, type StoredBatch, type Totals, unpackBatch } from './usage-batch.ts';

/** By month, the last batch. */
export type UsageHeads = Readonly<Record<Month, number>>;

/** At most about 100 KB when packed, so that an item stays far below its limit even if nothing in it packs well. */
const MOST_PER_BATCH = 1500;
/** Writers of one account's month meet at its head; each try that loses makes somebody else's win. */
const MOST_ATTEMPTS = 20;
/** Records that are remembered between calls, over all months: those of a file of 2 GB. They take 160 MB. */
const MOST_REMEMBERED = 8_000_000;

/**
 * Usage by account and month, in batches numbered without gaps: writing the next one is what two writers cannot both do, so
 * that each has seen every record before its own. Make one per process: it remembers which records it has seen, so that
 * months need not be read again for every call.
 */
export function createUsageStore({ table, remembered = MOST_REMEMBERED }: UsageStoreOptions): UsageStore {
  const months = new KnownMonths(remembered);
  return {
    async addUsage(accountId, month, usage) {
      const result: UsageAdded[] = [];
      const entered = usage.map((each) => ({ ...each, entry: entryOf(each.record.recordId, each.content) }));
      for (let from = 0; from < usage.length; from += MOST_PER_BATCH) {
        const batch = entered.slice(from, from + MOST_PER_BATCH);
        const added = await months.use(`${accountId} ${month}`, batch.length, (known) =>
          addBatch(table, accountId, month, batch, known),
        );
        result.push(...added);
      }
      return result;
    },
  };
}

interface UsageStoreOptions {
  readonly table: Table;
  /** Records; beyond, months are forgotten and read again when they are needed. */
  readonly remembered?: number;
}

interface Entered extends NewUsage {
  readonly entry: Uint8Array;
}

async function addBatch(
  table: Table,
  accountId: string,
  month: Month,
  usage: readonly Entered[],
  seen: KnownMonth,
): Promise<UsageAdded[]> {
  let current = seen.read;
  for await (const _last of attempts(MOST_ATTEMPTS)) {
    // What this process knows may be out of date; then the write is refused, and only then it is worth to ask.
    if (!current) await catchUp(table, accountId, month, seen);
    current = false;
    const found = compare(usage, seen);
    const fresh = usage.filter((_, index) => found[index] === 'added');
    if (fresh.length === 0) return found;
    const batch = packBatch(fresh);
    const next = seen.last + 1;
    const result = await transactOnce(table, [
      {
        Put: {
          Item: { ...usageKey(accountId, month, next), ...batch },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      {
        Update: {
          Key: usageHeadsKey(accountId),
          UpdateExpression: 'SET #month = :next',
          ConditionExpression: next === 1 ? 'attribute_not_exists(#month)' : '#month = :last',
          ExpressionAttributeNames: { '#month': month },
          ExpressionAttributeValues: { ':next': next, ...(next === 1 ? {} : { ':last': seen.last }) },
        },
      },
    ]);
    if (result.kind !== 'committed') continue;
    seen.last = next;
    seen.add(batch.known);
    return found;
  }
  throw new Error(`The usage of ${accountId} in ${month} kept changing while records were added`);
}

/** Reads what others added since. */
async function catchUp(table: Table, accountId: string, month: Month, seen: KnownMonth): Promise<void> {
  const query = { ...batchesOf(accountId, month, seen.last + 1), ProjectionExpression: 'sk, known' };
  for await (const { sk, known } of eachItem(table, query)) {
    seen.add(known as Uint8Array);
    seen.last = Number(sk);
  }
  seen.read = true;
}

/** Whether each record is new, there already, or there with other content; also among themselves. */
function compare(usage: readonly Entered[], known: KnownMonth): UsageAdded[] {
  const own = new Map<string, string>();
  return usage.map(({ record: { recordId }, content, entry }) => {
    const before = known.find(entry);
    if (before !== 'absent') return before === 'same' ? 'duplicate' : 'conflicting';
    const other = own.get(recordId);
    if (other !== undefined) return other === content ? 'duplicate' : 'conflicting';
    own.set(recordId, content);
    return 'added';
  });
}

/** An account's usage of the months before its next billing date that no invoice covered, oldest month first. */
export async function openUsage(table: Table, account: Account, heads: UsageHeads): Promise<OpenUsage[]> {
  const { accountId, usageCovered = {}, nextBillingDate } = account;
  const months = Object.keys(heads)
    .filter((month) => month < monthOf(nextBillingDate) && heads[month]! > (usageCovered[month] ?? 0))
    .sort();
  return Promise.all(
    months.map((month) => openMonth(table, accountId, month, usageCovered[month] ?? 0, heads[month]!)),
  );
}

async function openMonth(
  table: Table,
  accountId: string,
  month: Month,
  covered: number,
  last: number,
): Promise<OpenUsage> {
  const [before, open] = await Promise.all([
    covered === 0
      ? []
      : queryAll(table, { ...batchesOf(accountId, month, 1, covered), ProjectionExpression: 'totals' }),
    queryAll(table, batchesOf(accountId, month, covered + 1, last)),
  ]);
  return { month, covered, last, before: sum(before), records: open.flatMap(recordsOf) };
}

const recordsOf = (item: Item) => unpackBatch((item as unknown as StoredBatch).data);

function sum(batches: readonly Item[]): Totals {
  const totals: Totals = {};
  for (const { totals: more } of batches as unknown as readonly StoredBatch[])
    for (const [name, quantity] of Object.entries(more) as [keyof Totals, number][])
      totals[name] = (totals[name] ?? 0) + quantity;
  return totals;
}
