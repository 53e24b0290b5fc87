import { type Item, itemBytes } from './item-size.ts';
import type { Units } from './wire.ts';

/**
 * What DynamoDB Local says a call consumed, read from the reply without parsing its items. Inside a JSON string the
 * quotes would be escaped, so that only the field itself can match.
 */
const CONSUMED = /,?"ConsumedCapacity":(\{"TableName":[^{}]*\}|\[(?:\{"TableName":[^{}]*\},?)*\]),?/;
const ASKING = Buffer.from(',"ReturnConsumedCapacity":"TOTAL"}');
const UNITS = /"CapacityUnits":([\d.]+)/g;
/** The field stands at one end of the reply: before the items, or after them. */
const WINDOW_BYTES = 4_096;

/** Asks for the consumed capacity in a request that did not ask; the rest of the body stays as it is. */
export function askForCapacity(body: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, body.lastIndexOf('}')), ASKING]);
}

/** Takes the consumed capacity out of a reply: the units, and the body as it would be had nobody asked. */
export function takeCapacity(reply: Buffer): { readonly total: number; readonly body: Buffer } {
  const isSmall = reply.length <= 2 * WINDOW_BYTES;
  for (const start of isSmall ? [0] : [reply.length - WINDOW_BYTES, 0]) {
    const found = CONSUMED.exec(reply.toString('latin1', start, isSmall ? reply.length : start + WINDOW_BYTES));
    if (!found) continue;
    const from = start + found.index;
    const until = from + found[0].length;
    const total = [...found[1]!.matchAll(UNITS)].reduce((sum, [, units]) => sum + Number(units), 0);
    const between = found[0].startsWith(',') && found[0].endsWith(',') ? [Buffer.from(',')] : [];
    return { total, body: Buffer.concat([reply.subarray(0, from), ...between, reply.subarray(until)]) };
  }
  return { total: 0, body: reply };
}

/** The consumed capacity of a reply whose caller asked for it, in whatever detail. */
export function readCapacity(reply: Buffer): number {
  const { ConsumedCapacity = [] } = JSON.parse(reply.toString('utf8')) as {
    ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
  };
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

const READS: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);
const WRITES: ReadonlySet<string> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
]);

export const consumesCapacity = (action: string): boolean => READS.has(action) || WRITES.has(action);

/**
 * The request units AWS would bill for a call that succeeded, other than a transaction: for these DynamoDB Local says
 * it right.
 */
export const billedUnits = (action: string, reported: number): Units =>
  READS.has(action) ? { read: reported, write: 0 } : { read: 0, write: reported };

/** A write whose condition failed is billed, of which DynamoDB Local says nothing: at least 1 unit, 2 per action of a transaction. */
export const failedUnits = (transactionActions: number): Units => ({
  read: 0,
  write: transactionActions === 0 ? 1 : transactionActions * 2,
});

/** Transactional reads: double, each item by its own size. */
export function transactionReadUnits(reply: Buffer): Units {
  const { Responses = [] } = JSON.parse(reply.toString('utf8')) as { Responses?: readonly { Item?: Item }[] };
  return {
    read: Responses.reduce((sum, { Item: item = {} }) => sum + 2 * Math.max(1, Math.ceil(itemBytes(item) / 4096)), 0),
    write: 0,
  };
}
