import { randomUUID } from 'node:crypto';
import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  QueryCommandInput,
  QueryCommandOutput,
  TransactWriteCommandInput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { STAMP } from '../domain/audit/entry.ts';
import { acting } from './acting.ts';
import { type AwsHttp, awsHttp } from './aws-http.ts';
import { AwsError, awsJson } from './aws-json.ts';
import { fromDynamo, toDynamo } from './dynamo-values.ts';
import type { Key } from './keys.ts';
import { attempts } from './retry.ts';
import { stampedPut, stampedUpdate, traceOfRemoval } from './stamped.ts';

/** The operations that stores use, with their values as plain ones. */
interface Operations {
  BatchGetItem: [BatchGetCommandInput, Pick<BatchGetCommandOutput, 'Responses' | 'UnprocessedKeys'>];
  GetItem: [GetCommandInput, Pick<GetCommandOutput, 'Item'>];
  PutItem: [PutCommandInput, object];
  Query: [QueryCommandInput, Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>];
  TransactWriteItems: [TransactWriteCommandInput, object];
  UpdateItem: [UpdateCommandInput, Pick<UpdateCommandOutput, 'Attributes'>];
}

export interface Table {
  readonly name: string;
  call<O extends keyof Operations>(operation: O, input: Operations[O][0]): Promise<Operations[O][1]>;
}
export type Item = Record<string, unknown>;
/** A function from a seller to the number of index partitions its accounts are spread over. */
export type ShardsOf = (sellerId: string) => number;
type TableItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type Nameless<T> = Omit<NonNullable<T>, 'TableName'>;
/** One write of a transaction, or what must stand so for it. */
export type TransactItem =
  | { readonly Put: Nameless<TableItem['Put']> }
  | { readonly Update: Nameless<TableItem['Update']> }
  | { readonly Delete: Nameless<TableItem['Delete']> }
  | { readonly ConditionCheck: Nameless<TableItem['ConditionCheck']> };

/**
 * Opens the table; connections are kept, so call it once per cold start. Whatever is written for an account carries who
 * causes it (see `acting`): the table's stream hands it on to the audit log.
 */
export function openTable(name: string, http: AwsHttp = awsHttp('dynamodb')): Table {
  const send = awsJson(http, 'DynamoDB_20120810');
  return {
    name,
    async call(operation, input) {
      const output = fromDynamo<Output>(await send(operation, toDynamo(stamped(operation, input))));
      if (!('IndexName' in input))
        acting.noteRead(output.Items ?? output.Responses?.[name] ?? (output.Item ? [output.Item] : []));
      return output as never;
    },
  };
}

/** The parts of answers that hold items. */
interface Output {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
}

function stamped(operation: keyof Operations, input: object): object {
  if (operation === 'PutItem') return stampedPut(input, acting.stamp);
  if (operation === 'UpdateItem') return stampedUpdate(input, acting.stamp);
  if (operation !== 'TransactWriteItems') return input;
  const { TransactItems = [], ...rest } = input as TransactWriteCommandInput;
  // One write, however many items.
  const stamp = acting.stamp();
  const once = () => stamp;
  const traces = TransactItems.flatMap(({ Delete }) => {
    const trace = Delete?.Key && traceOfRemoval(Delete.Key, once);
    return trace ? [{ Put: { TableName: Delete.TableName, ...trace.Put } }] : [];
  });
  const items = TransactItems.map((item) => {
    if (item.Put) return { Put: stampedPut(item.Put, once) };
    return item.Update ? { Update: stampedUpdate(item.Update, once) } : item;
  });
  // Behind the others, so that what a refusal says of their positions stays true.
  return { ...rest, TransactItems: [...items, ...traces] };
}

const NO_FIELDS = new Set(['pk', 'sk', 'workPk', 'workSk', 'listPk', 'listSk', 'collectAt', 'dunAt', STAMP]);

/** An item as the domain knows it: without the attributes that only place it in the table and its indexes, or say who wrote it. */
export function entity<T>(item: Item): T {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !NO_FIELDS.has(name))) as T;
}

/** Reads one item as it stands now, seeing every write that was answered before. */
export async function read<T>(table: Table, key: Key, attributes?: readonly string[]): Promise<T | undefined> {
  const names = attributes?.map((name, index) => [`#${index}`, name]);
  const { Item } = await table.call('GetItem', {
    TableName: table.name,
    Key: key,
    ConsistentRead: true,
    ...(names && {
      ProjectionExpression: names.map(([alias]) => alias).join(', '),
      ExpressionAttributeNames: Object.fromEntries(names),
    }),
  });
  return Item && entity<T>(Item);
}

/** What a conditional write came to: `stored` is what stood there when it was refused, if anything did. */
export type WriteResult =
  | { readonly written: true; readonly attributes?: Item }
  | { readonly written: false; readonly stored?: Item };

type Conditional<T> = Omit<T, 'TableName'>;

export const put = (table: Table, input: Conditional<PutCommandInput>): Promise<WriteResult> =>
  conditional(() => table.call('PutItem', { ...input, ...whenRefused(table) }));

export const update = (table: Table, input: Conditional<UpdateCommandInput>): Promise<WriteResult> =>
  conditional(() => table.call('UpdateItem', { ...input, ...whenRefused(table) }));

const whenRefused = ({ name }: Table) => ({ TableName: name, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }) as const;

async function conditional(send: () => Promise<{ Attributes?: Item }>): Promise<WriteResult> {
  for await (const last of attempts()) {
    try {
      const { Attributes } = await send();
      return { written: true, ...(Attributes && { attributes: Attributes }) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.name === 'ConditionalCheckFailedException') {
        const { Item: stored } = fromDynamo<{ Item?: Item }>(error.details);
        return { written: false, ...(stored && { stored }) };
      }
      if (error.name !== 'TransactionConflictException' || last) throw error;
    }
  }
  throw new Error('unreachable: the last attempt returns or throws');
}

/**
 * What a transaction came to. `refused`: by position, what stood there where a condition failed. `conflict`: another
 * write to one of the items was under way, and nothing is known about the conditions.
 */
export type TransactionResult =
  | { readonly kind: 'committed' }
  | { readonly kind: 'refused'; readonly refused: ReadonlyMap<number, Item | undefined> }
  | { readonly kind: 'conflict' };

interface Cancelled {
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Item }[];
}

/** Writes all items or none. Throws what is neither a failed condition nor a conflict. */
export async function transactOnce(table: Table, items: readonly TransactItem[]): Promise<TransactionResult> {
  try {
    await table.call('TransactWriteItems', {
      TransactItems: items.map((item) => completed(table, item)),
      // Repeated when its answer was lost, it is not carried out again.
      ClientRequestToken: randomUUID(),
    });
    return { kind: 'committed' };
  } catch (error) {
    if (!(error instanceof AwsError) || error.name !== 'TransactionCanceledException') throw error;
    const { CancellationReasons: reasons = [] } = fromDynamo<Cancelled>(error.details);
    const refused = new Map<number, Item | undefined>();
    for (const [index, { Code, Item }] of reasons.entries()) {
      if (Code === 'ConditionalCheckFailed') refused.set(index, Item);
    }
    if (refused.size > 0) return { kind: 'refused', refused };
    if (reasons.some(({ Code }) => Code === 'TransactionConflict')) return { kind: 'conflict' };
    throw error;
  }
}

/** As `transactOnce`, but waits and repeats while other writes are under way; throws when they do not end. */
export async function transact(
  table: Table,
  items: readonly TransactItem[],
): Promise<Exclude<TransactionResult, { kind: 'conflict' }>> {
  for await (const _last of attempts()) {
    const result = await transactOnce(table, items);
    if (result.kind !== 'conflict') return result;
  }
  throw new Error(`A transaction of ${items.length} items kept meeting other writes to the same items`);
}

/** Names the table in an item of a transaction, and asks for what stands there when its condition fails. */
function completed(table: Table, item: TransactItem): TableItem {
  const common = whenRefused(table);
  if ('Put' in item) return { Put: { ...item.Put, ...common } };
  if ('Update' in item) return { Update: { ...item.Update, ...common } };
  if ('Delete' in item) return { Delete: { ...item.Delete, ...common } };
  return { ConditionCheck: { ...item.ConditionCheck, ...common } };
}
