import { ownerOf, type ProcessorTransaction } from '../../shared/domain/books/processor-transaction.ts';
import { addDays, type PlainDate, startOfDay } from '../../shared/domain/calendar.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import type { Documents, ProcessorBalance } from '../../shared/ports.ts';
import { reconciliationFolder } from '../../shared/reconciliation/report-files.ts';

interface Deps {
  readonly processor: ProcessorBalance;
  readonly documents: Pick<Documents, 'storeOnce' | 'load'>;
  readonly stage: { readonly sellers: readonly Pick<Seller, 'sellerId' | 'currency'>[] };
  /** Whether there is time to ask for more. */
  readonly inTime: () => boolean;
}

/** A stretch of the processor's list that is over: it is not asked for again when the day is taken up anew. */
interface Part {
  readonly transactions: readonly ProcessorTransaction[];
  readonly cursor?: string;
}
const PAGES_IN_A_PART = 20;

/**
 * Everything that moved at the processor for a seller on one of its days, as its time zone has it. A day of many pages is
 * kept part by part, so that whoever begins again goes on where the last one ended. Throws when the time is over.
 */
export async function transactionsOn(
  deps: Deps,
  { sellerId, timeZone }: Pick<Seller, 'sellerId' | 'timeZone'>,
  date: PlainDate,
): Promise<ProcessorTransaction[]> {
  const period = { from: startOfDay(date, timeZone), until: startOfDay(addDays(date, 1), timeZone) };
  const found: ProcessorTransaction[] = [];
  let cursor: string | undefined;
  for (let number = 1; ; number++) {
    const key = `${reconciliationFolder(sellerId, date)}/part-${String(number).padStart(4, '0')}.json`;
    const kept = await deps.documents.load(key);
    const part = kept
      ? (JSON.parse(Buffer.from(kept).toString('utf8')) as Part)
      : await ask(deps, sellerId, period, cursor);
    found.push(...part.transactions);
    cursor = part.cursor;
    if (cursor === undefined) return found;
    if (!kept) await deps.documents.storeOnce(key, Buffer.from(JSON.stringify(part)), 'application/json');
    if (!deps.inTime()) throw new Error(`${sellerId} ${date}: the time is over after ${number} parts; they are kept`);
  }
}

async function ask(
  { processor, stage }: Deps,
  sellerId: string,
  { from, until }: { readonly from: string; readonly until: string },
  begin: string | undefined,
): Promise<Part> {
  const transactions: ProcessorTransaction[] = [];
  let cursor = begin;
  for (let page = 1; page <= PAGES_IN_A_PART; page++) {
    const { items, cursor: next } = await processor.transactions(from, until, cursor);
    transactions.push(...items.filter((each) => ownerOf(each, stage.sellers) === sellerId));
    cursor = next;
    if (cursor === undefined) return { transactions };
  }
  return { transactions, ...(cursor !== undefined && { cursor }) };
}
