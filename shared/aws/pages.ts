import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { BillingError } from '../domain/errors.ts';
import type { Page } from '../ports.ts';
import type { Item, Table } from './table.ts';

/** Attributes by which an item is found in the table and in each index: what a cursor consists of. */
const PRIMARY = ['pk', 'sk'];
const CURSOR_KEYS = {
  table: PRIMARY,
  work: ['workPk', 'workSk', ...PRIMARY],
  listing: ['listPk', 'listSk', ...PRIMARY],
  moved: ['movedPk', 'movedSk', ...PRIMARY],
};
type Index = keyof typeof CURSOR_KEYS;

/** How many items a filtered page looks at per request, and how many requests it makes before it comes back short. */
const FILTERED_READ = 200;
const MOST_REQUESTS = 10;

export type PageQuery = Pick<
  QueryCommandInput,
  | 'KeyConditionExpression'
  | 'FilterExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
  | 'ProjectionExpression'
  | 'ScanIndexForward'
  | 'ConsistentRead'
  | 'Limit'
> & { readonly index?: Exclude<Index, 'table'> };

interface Position {
  /** Which of several partitions, when a page runs over more than one. */
  readonly partition: number;
  readonly key?: Readonly<Record<string, string>>;
}

/**
 * One page of a query. With a filter it may hold fewer than `limit` items, or none, and still have a cursor: the work per
 * page stays bounded. Throws `invalid_cursor`.
 */
export async function queryPage(table: Table, query: PageQuery, limit: number, cursor?: string): Promise<Page<Item>> {
  return queryPages(table, [query], limit, cursor);
}

/** One page over several partitions, one after the other. Throws `invalid_cursor`. */
export async function queryPages(
  table: Table,
  queries: readonly PageQuery[],
  limit: number,
  cursor?: string,
): Promise<Page<Item>> {
  const items: Item[] = [];
  let position = cursor === undefined ? { partition: 0 } : decode(cursor);
  let requests = 0;
  while (position.partition < queries.length) {
    const query = queries[position.partition]!;
    const bounded = query.FilterExpression !== undefined && requests >= MOST_REQUESTS;
    if (items.length >= limit || bounded) return { items, cursor: encode(position) };
    const found = await request(table, query, limit - items.length, position.key);
    requests++;
    items.push(...found.items);
    position = found.next ? { ...position, key: found.next } : { partition: position.partition + 1 };
  }
  return { items };
}

/** All items of a query that is small by nature, such as the attempts at one invoice. */
export async function queryAll(table: Table, query: PageQuery): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of eachItem(table, query)) items.push(item);
  return items;
}

/** Every item of a query, a request at a time: memory stays bounded. */
export async function* eachItem(table: Table, query: PageQuery): AsyncGenerator<Item> {
  let key: Item | undefined;
  do {
    const { Items, LastEvaluatedKey } = await table.call('Query', { ...input(table, query), ExclusiveStartKey: key });
    yield* Items ?? [];
    key = LastEvaluatedKey;
  } while (key);
}

async function request(table: Table, query: PageQuery, wanted: number, from?: Position['key']) {
  const Limit = query.FilterExpression ? Math.max(wanted, FILTERED_READ) : wanted;
  const ExclusiveStartKey = from && startKey(query, from);
  const { Items = [], LastEvaluatedKey } = await table.call('Query', {
    ...input(table, query),
    Limit,
    ExclusiveStartKey,
  });
  const items = Items.slice(0, wanted);
  // Where the filter let through more than fits, the next page begins behind the last item that does.
  const last = items.length < Items.length ? items.at(-1) : LastEvaluatedKey;
  return { items, next: last && keyIn(query, last) };
}

function input(table: Table, { index, ...query }: PageQuery): QueryCommandInput {
  return { TableName: table.name, ...query, ...(index && { IndexName: index }) };
}

const keyIn = ({ index }: PageQuery, item: Item): Record<string, string> =>
  Object.fromEntries(CURSOR_KEYS[index ?? 'table'].map((name) => [name, String(item[name])]));

/** The partition comes from the query, never from the cursor: a cursor cannot lead into another tenant's items. */
function startKey(query: PageQuery, from: Readonly<Record<string, string>>): Record<string, string> {
  const [partition] = CURSOR_KEYS[query.index ?? 'table'];
  return { ...keyIn(query, from), [partition!]: String(query.ExpressionAttributeValues?.[':pk']) };
}

const encode = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url');

function decode(cursor: string): Position {
  try {
    const { partition, key } = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const fits =
      key === undefined ||
      (typeof key === 'object' && key !== null && Object.values(key).every((value) => typeof value === 'string'));
    if (Number.isInteger(partition) && partition >= 0 && fits) return { partition, key };
  } catch {
    // Falls through to the one error for whatever is not a cursor.
  }
  throw new BillingError('invalid_cursor', '');
}
