import { apportion } from '../apportion.ts';
import type { Month } from '../calendar.ts';
import type { InvoiceLine } from '../invoice.ts';
import { type Currency, MINOR_UNITS, roundedQuotient } from '../money.ts';
import { draw, inAnswerOrder } from './allowance.ts';
import { METERS, type Meter, meterOf } from './meters.ts';
import type { RatedRecord } from './usage.ts';

/** A call or message as an invoice itemises it. */
export interface ItemisedRecord {
  readonly record: RatedRecord;
  /** What of its quantity the plan includes. */
  readonly covered: number;
  /** What the rest costs, exactly: sixtieths of millionths of the currency's major unit, for rates are per minute. */
  readonly sixtieths: number;
}

/** The calls and messages of one of the customer's numbers or extensions, in the order of time. */
export interface NumberDetails {
  readonly number: string;
  readonly records: readonly ItemisedRecord[];
  /** Billed seconds of all calls, and credits of all messages. */
  readonly seconds: number;
  readonly credits: number;
  readonly calls: number;
  readonly messages: number;
  /** Its share of the invoice's lines, in minor units: all numbers together have all of it. */
  readonly amount: number;
}

export interface CallDetails {
  readonly numbers: readonly NumberDetails[];
  /** The sum of the invoice's usage lines, in minor units. */
  readonly amount: number;
}

/** More would make a document that nobody can read or send. */
export const MOST_ITEMISED = 50_000;

/** Which of the two sides is the customer's: the one called, where that is what is metered. */
export const isInbound = ({ class: of, inbound }: RatedRecord): boolean =>
  of === 'toll-free-inbound' || inbound === true;
export const ownNumber = (record: RatedRecord): string => (isInbound(record) ? record.to : record.from);
export const otherNumber = (record: RatedRecord): string => (isInbound(record) ? record.from : record.to);

/** Free calls are not itemised, so that a bill does not tell of calls for help (Directive 2009/136/EC, annex I, part A). */
export const isItemised = ({ class: of }: RatedRecord): boolean => meterOf(of) !== undefined;

/**
 * The records that an invoice's usage lines were made from, by the customer's number. What a call costs is exact; a line is
 * rounded once, so a number has its share of each line, to the minor unit (largest remainder). Throws when the records are not
 * those of the lines: what contradicts the invoice is not printed.
 */
export function itemise(
  lines: readonly InvoiceLine[],
  usage: ReadonlyMap<Month, readonly RatedRecord[]>,
  currency: Currency,
): CallDetails {
  const charges = new Charges(lines);
  const all: ItemisedRecord[] = [];
  for (const [month, records] of usage) {
    const metered = Map.groupBy(inAnswerOrder(records), ({ class: of }) => meterOf(of));
    for (const meter of METERS) all.push(...itemisedOf(meter, month, metered.get(meter) ?? [], charges));
  }
  const byNumber = Map.groupBy(all, ({ record }) => ownNumber(record));
  const shares = charges.shares(MINOR_UNITS[currency].micros);
  const numbers = [...byNumber]
    .sort(([a], [b]) => compare(a, b))
    .map(([number, records]) => numberDetails(number, records, shares.get(number) ?? 0));
  return { numbers, amount: charges.amount };
}

function itemisedOf(meter: Meter, month: Month, records: readonly RatedRecord[], charges: Charges): ItemisedRecord[] {
  const drawn = draw(records, meter.unit, charges.covered(meter, month), 0);
  const covered = new Map(drawn.covered.map(({ record, quantity }) => [record, quantity]));
  return records.map((record) => {
    const included = covered.get(record) ?? 0;
    const sixtieths = priceOf(record, record.quantity - included);
    if (record.quantity > included) charges.add(meter, month, record, sixtieths);
    return { record, covered: included, sixtieths };
  });
}

/** Exact, as long as it fits. */
function priceOf({ rate, recordId }: RatedRecord, quantity: number): number {
  if (quantity === 0) return 0;
  if (rate === undefined) throw new Error(`The record ${recordId} has no rate`);
  const price = quantity * rate.micros * (rate.per === 'minute' ? 1 : SIXTIETHS);
  if (!Number.isSafeInteger(price)) throw new Error(`The price of the record ${recordId} is too large`);
  return price;
}

const SIXTIETHS = 60;

/** What the lines of an invoice charge for usage, and for whose records. */
class Charges {
  readonly amount: number;
  readonly #lines: ReadonlyMap<string, InvoiceLine>;
  readonly #covered = new Map<string, number>();
  /** By line, what the records of each number cost. */
  readonly #sums = new Map<InvoiceLine, Map<string, number>>();

  constructor(lines: readonly InvoiceLine[]) {
    const charged = new Map<string, InvoiceLine>();
    let amount = 0;
    for (const line of lines) {
      const { explanation } = line;
      if (explanation.kind !== 'usage' && explanation.kind !== 'allowance') continue;
      const { month, usage, allowance } = explanation;
      if (allowance !== undefined) this.#covered.set(`${month} ${usage}`, allowance.after - allowance.before);
      if (explanation.kind !== 'usage') continue;
      amount += line.amount;
      charged.set(keyOf(month, usage, explanation.rows[0]?.rate.destination), line);
      this.#sums.set(line, new Map());
    }
    this.amount = amount;
    this.#lines = charged;
  }

  covered(meter: Meter, month: Month): number {
    return this.#covered.get(`${month} ${meter.usage}`) ?? 0;
  }

  add({ usage }: Meter, month: Month, record: RatedRecord, sixtieths: number): void {
    const line = this.#lines.get(keyOf(month, usage, record.rate?.destination));
    if (line === undefined) throw new Error(`No line of the invoice charges the record ${record.recordId}`);
    const sums = this.#sums.get(line)!;
    const number = ownNumber(record);
    sums.set(number, (sums.get(number) ?? 0) + sixtieths);
  }

  /** Each number's share of all lines, in minor units of so many millionths of the major one. */
  shares(micros: bigint): ReadonlyMap<string, number> {
    const shares = new Map<string, number>();
    for (const [line, sums] of this.#sums) {
      const parts = [...sums.values()];
      const sum = parts.reduce((total, part) => total + BigInt(part), 0n);
      if (roundedQuotient(sum, BigInt(SIXTIETHS) * micros, 'half-up') !== line.amount)
        throw new Error(`The records do not add up to line ${line.line} of the invoice`);
      const own = apportion(line.amount, parts);
      for (const [index, number] of [...sums.keys()].entries())
        shares.set(number, (shares.get(number) ?? 0) + own[index]!);
    }
    return shares;
  }
}

/** International calls have a line for each destination; of all else there is one. */
const keyOf = (month: Month, usage: string, destination = ''): string =>
  usage === 'international' ? `${month} ${usage} ${destination}` : `${month} ${usage}`;

function numberDetails(number: string, unordered: readonly ItemisedRecord[], amount: number): NumberDetails {
  const records = unordered.toSorted(
    (a, b) => compare(a.record.at, b.record.at) || compare(a.record.recordId, b.record.recordId),
  );
  const sums = { seconds: 0, credits: 0, calls: 0, messages: 0 };
  for (const { record } of records) {
    const isMessage = record.class === 'message';
    sums[isMessage ? 'messages' : 'calls'] += 1;
    sums[isMessage ? 'credits' : 'seconds'] += record.quantity;
  }
  return { number, records, ...sums, amount };
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
