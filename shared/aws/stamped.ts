import { STAMP, type Stamp } from '../domain/audit/entry.ts';
import { type ItemPlace, kindOf } from '../domain/audit/kinds.ts';
import { traceOf } from './keys.ts';

/** What a stamp is put on, of each kind of write. */
interface Put {
  readonly Item?: Record<string, unknown> | undefined;
}
interface Update {
  readonly Key?: Record<string, unknown> | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

/** How long a trace is kept: the table's stream tells of the removal within a day. */
const TRACE_DAYS = 7;

const isLogged = (place: Record<string, unknown> | undefined): boolean =>
  place !== undefined && kindOf(place as unknown as ItemPlace) !== undefined;

/** A put with the stamp on its item, where the audit log is about it. */
export const stampedPut = <P extends Put>(put: P, stamp: () => Stamp): P =>
  isLogged(put.Item) ? { ...put, Item: { ...put.Item, [STAMP]: stamp() } } : put;

/** An update that leaves the stamp on its item, where the audit log is about it. */
export function stampedUpdate<U extends Update>(update: U, stamp: () => Stamp): U {
  if (!isLogged(update.Key)) return update;
  const { UpdateExpression = '', ExpressionAttributeValues } = update;
  const sets = `SET ${STAMP} = :${STAMP}`;
  return {
    ...update,
    UpdateExpression: /\bSET\s/.test(UpdateExpression)
      ? UpdateExpression.replace(/\bSET\s+/, `${sets}, `)
      : `${sets} ${UpdateExpression}`,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, [`:${STAMP}`]: stamp() },
  };
}

/** The write that says who removes an item: what is gone carries no stamp. Undefined where the audit log is not about it. */
export function traceOfRemoval(key: Record<string, unknown>, stamp: () => Stamp) {
  if (!isLogged(key)) return undefined;
  const removed = stamp();
  const expiresAt = Math.floor(Date.parse(removed.at) / 1_000) + TRACE_DAYS * 86_400;
  return { Put: { Item: { ...traceOf(key as unknown as ItemPlace), [STAMP]: removed, expiresAt } } };
}
