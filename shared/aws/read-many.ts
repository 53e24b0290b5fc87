import type { Key } from './keys.ts';
import { attempts } from './retry.ts';
import type { Item, Table } from './table.ts';

const MOST_PER_READ = 100;

/** Items by key, each of another partition, as they stand now; by partition. What does not exist is not in the answer. */
export async function readMany(table: Table, keys: readonly Key[]): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  const reads: Promise<void>[] = [];
  for (let from = 0; from < keys.length; from += MOST_PER_READ)
    reads.push(readSome(table, keys.slice(from, from + MOST_PER_READ), found));
  await Promise.all(reads);
  return found;
}

async function readSome(table: Table, some: readonly Key[], found: Map<string, Item>): Promise<void> {
  let keys: Item[] = some.map((key) => ({ ...key }));
  for await (const last of attempts()) {
    const { Responses, UnprocessedKeys } = await table.call('BatchGetItem', {
      RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } },
    });
    for (const item of Responses?.[table.name] ?? []) found.set(String(item.pk), item);
    keys = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (keys.length === 0) return;
    if (last) throw new Error(`${keys.length} items could not be read; the table is throttled`);
  }
}
