import type { Item } from '../../../shared/aws/table.ts';

/** Any one write, alone or in a transaction. */
export interface Write {
  readonly Item?: Item | undefined;
  readonly Key?: Item | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
  /** `ALL_NEW`: the item as it stands after the update. Absent: nothing. */
  readonly ReturnValues?: string | undefined;
  /** Nothing is written. */
  readonly only?: 'checked';
}

export type Names = Pick<Write, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;
export interface GetInput extends Names {
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
}
export interface BatchGetInput {
  readonly RequestItems: Readonly<
    Record<string, { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean }>
  >;
}
export interface QueryInput extends Names {
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ConsistentRead?: boolean;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}
export interface TransactInput {
  readonly TransactItems: readonly {
    readonly Put?: Write;
    readonly Update?: Write;
    readonly Delete?: Write;
    readonly ConditionCheck?: Write;
  }[];
  readonly ClientRequestToken?: string;
}
export function onlyWrite({ Put, Update, Delete, ConditionCheck }: TransactInput['TransactItems'][number]): Write {
  const write = Put ?? Update ?? Delete ?? (ConditionCheck && { ...ConditionCheck, only: 'checked' as const });
  if (!write) throw new Error('The in-memory table knows Put, Update, Delete and ConditionCheck in a transaction');
  return write;
}
