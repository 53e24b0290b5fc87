import { deflateSync, inflateSync } from 'node:zlib';
import { type RatedRecord, type RateRow, USAGE_CLASSES, type UsageClass } from '../domain/usage/usage.ts';

/** Quantities by class. */
export type Totals = Partial<Record<UsageClass, number>>;

/** What an item holds of a batch beside its key. */
export interface StoredBatch {
  /** The records, packed: column by column, each rate row once. */
  readonly data: Uint8Array;
  /** The entry of each record (see `KnownRecords`), to find repeats without unpacking. */
  readonly known: Uint8Array;
  readonly totals: Totals;
}

const RECEIVED = USAGE_CLASSES.length;

interface Columns {
  readonly rates: readonly RateRow[];
  readonly ids: readonly string[];
  /** Positions in `USAGE_CLASSES`; the one behind it are messages that were received. */
  readonly classes: readonly number[];
  /** Milliseconds since 1970, each as the difference to the one before: they are in order, so that they pack well. */
  readonly at: readonly number[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly quantities: readonly number[];
  /** Position in `rates`; -1 for records without a price. */
  readonly rate: readonly number[];
}

/** A batch as it is stored. Records are in the order of their answer times. */
export function packBatch(usage: readonly { readonly record: RatedRecord; readonly entry: Uint8Array }[]): StoredBatch {
  const records = usage.map(({ record }) => record).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const totals: Totals = {};
  for (const record of records) totals[record.class] = (totals[record.class] ?? 0) + record.quantity;
  return {
    data: deflateSync(JSON.stringify(columnsOf(records))),
    known: Buffer.concat(usage.map(({ entry }) => entry)),
    totals,
  };
}

function columnsOf(records: readonly RatedRecord[]): Columns {
  const positions = new Map<string, number>();
  const rates: RateRow[] = [];
  const position = (rate: RateRow | undefined): number => {
    if (rate === undefined) return -1;
    const key = JSON.stringify(rate);
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, rates.length);
    return rates.push(rate) - 1;
  };
  let before = 0;
  return {
    rates,
    ids: records.map(({ recordId }) => recordId),
    classes: records.map((record) => (record.inbound ? RECEIVED : USAGE_CLASSES.indexOf(record.class))),
    at: records.map(({ at }) => {
      const millis = Date.parse(at);
      const difference = millis - before;
      before = millis;
      return difference;
    }),
    from: records.map(({ from }) => from),
    to: records.map(({ to }) => to),
    quantities: records.map(({ quantity }) => quantity),
    rate: records.map(({ rate }) => position(rate)),
  };
}

/** The records of a batch. */
export function unpackBatch(data: Uint8Array): RatedRecord[] {
  const columns = JSON.parse(inflateSync(data).toString()) as Columns;
  let millis = 0;
  return columns.ids.map((recordId, index) => {
    millis += columns.at[index]!;
    const rate = columns.rates[columns.rate[index]!];
    return {
      recordId,
      class: USAGE_CLASSES[columns.classes[index]!] ?? 'message',
      ...(columns.classes[index] === RECEIVED && { inbound: true as const }),
      at: new Date(millis).toISOString(),
      from: columns.from[index]!,
      to: columns.to[index]!,
      quantity: columns.quantities[index]!,
      ...(rate && { rate }),
    };
  });
}
