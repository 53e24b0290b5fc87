import type { PlainDate } from '../domain/calendar.ts';
import type { Seller } from '../domain/seller.ts';
import { seriesKey } from './keys.ts';
import { attempts } from './retry.ts';
import { read, type Table, type TransactItem } from './table.ts';

/** A number that an invoice gets if the transaction with `write` in it is committed, and nobody does otherwise. */
export interface NumberClaim {
  readonly series: string;
  readonly sequence: number;
  readonly number: string;
  readonly write: TransactItem;
}

/**
 * What became of a number. `taken`: another process was first with it. `next` is the sequence that is next now, where that
 * was seen.
 */
export type Attempt<R> = { readonly next?: number } & (
  | { readonly taken: false; readonly result: R }
  | { readonly taken: true }
);

type Numbering = Pick<Seller, 'sellerId' | 'numberPrefix' | 'numberSeries'>;

const MOST_ATTEMPTS = 20;

/** The series this process is on for one seller and month, and the sequence it believes to be next. */
interface Lane {
  series: string;
  next?: number;
  tail: Promise<unknown>;
}

/**
 * Allocates gapless invoice numbers in the transaction of whoever uses them. A process sticks to one of a seller's series
 * and works through it one transaction at a time, so that its own handlers never collide; it moves to another series when
 * it meets another process.
 */
export function createNumberSeries(table: Table) {
  const lanes = new Map<string, Lane>();

  /** Runs `attempt` with one number after the other until it is not taken. Throws when all are taken, again and again. */
  return async function allocate<R>(
    seller: Numbering,
    invoiceDate: PlainDate,
    attempt: (claim: NumberClaim) => Promise<Attempt<R>>,
  ): Promise<R> {
    const yearMonth = invoiceDate.slice(0, 7).replace('-', '');
    const id = `${seller.sellerId}#${yearMonth}`;
    const lane = lanes.get(id) ?? { series: anySeries(seller), tail: Promise.resolve() };
    lanes.set(id, lane);
    const turn = lane.tail.then(() => inLane(table, lane, seller, yearMonth, attempt));
    // Whoever comes next waits for this turn to end, however it ends.
    lane.tail = turn.catch(() => undefined);
    return await turn;
  };
}

async function inLane<R>(
  table: Table,
  lane: Lane,
  seller: Numbering,
  yearMonth: string,
  attempt: (claim: NumberClaim) => Promise<Attempt<R>>,
): Promise<R> {
  for await (const _last of attempts(MOST_ATTEMPTS)) {
    const { series } = lane;
    const sequence =
      lane.next ?? (await read<{ next: number }>(table, seriesKey(seller.sellerId, yearMonth, series)))?.next ?? 1;
    // Whatever is thrown leaves open whether the number was used: then it is read again.
    lane.next = undefined;
    const outcome = await attempt(claimOf(seller, yearMonth, series, sequence));
    lane.next = outcome.next;
    if (!outcome.taken) return outcome.result;
    if (seller.numberSeries > 1) {
      lane.series = anySeries(seller, series);
      lane.next = undefined;
    }
  }
  throw new Error(`No invoice number of ${seller.sellerId} for ${yearMonth} could be allocated; too many at once`);
}

function claimOf(seller: Numbering, yearMonth: string, series: string, sequence: number): NumberClaim {
  const first = sequence === 1;
  return {
    series,
    sequence,
    number: `${seller.numberPrefix}-${yearMonth}${series}-${String(sequence).padStart(6, '0')}`,
    write: {
      Update: {
        Key: seriesKey(seller.sellerId, yearMonth, series),
        UpdateExpression: 'SET #next = :next',
        ConditionExpression: first ? 'attribute_not_exists(#next)' : '#next = :sequence',
        ExpressionAttributeNames: { '#next': 'next' },
        ExpressionAttributeValues: { ':next': sequence + 1, ...(first ? {} : { ':sequence': sequence }) },
      },
    },
  };
}

/** One of the seller's letters at random, other than `not`. */
function anySeries({ numberSeries }: Numbering, not?: string): string {
  const letters = Array.from({ length: numberSeries }, (_, index) => String.fromCharCode(65 + index));
  const choices = letters.filter((letter) => letter !== not);
  return choices[Math.floor(Math.random() * choices.length)]!;
}

/** Where a printed number lies: its month and series. Undefined for what is not a number of this seller. */
export function parseNumber(number: string, prefix: string): { month: string; series: string } | undefined {
  const [, of, year, month, series] = /^([A-Z0-9-]+)-(\d{4})(\d{2})([A-Z])-\d{6,}$/.exec(number) ?? [];
  return of === prefix && series ? { month: `${year}-${month}`, series } : undefined;
}
