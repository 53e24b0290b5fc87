import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { type ImagePair, STAMP, type Stamp } from '../domain/audit/entry.ts';
import { traceOf } from './keys.ts';
import type { Table } from './table.ts';

type Written = Parameters<typeof unmarshall>[0];
const image = (attributes: unknown) => unmarshall(attributes as Written);

/** An event of the table's stream as an item before and after. */
export function imagePairOf({ eventID, dynamodb = {} }: DynamoDBRecord): ImagePair {
  const { Keys, OldImage, NewImage, ApproximateCreationDateTime = 0 } = dynamodb;
  return {
    id: String(eventID),
    writtenAt: new Date(ApproximateCreationDateTime * 1_000).toISOString(),
    key: image(Keys) as ImagePair['key'],
    ...(OldImage && { before: image(OldImage) }),
    ...(NewImage && { after: image(NewImage) }),
  };
}

/** Who removed an item; undefined when whoever did it left no trace. */
export async function removerOf(table: Table, key: ImagePair['key']): Promise<Stamp | undefined> {
  const { Item } = await table.call('GetItem', { TableName: table.name, Key: traceOf(key), ConsistentRead: true });
  return Item?.[STAMP] as Stamp | undefined;
}
