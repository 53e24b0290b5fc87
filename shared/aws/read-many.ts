import type { Key } from './keys.ts';
import { attempts } from './retry.ts';
import { entity, type Item, type Table } from './table.ts';

const MOST_PER_READ = 100;

/** Items by key, each of another partition, as they stand now; by partition. What does not exist is not in the answer. */
export async function readMany(table: Table, keys: readonly Key[]): Promise<Map<string, Item>> {
  return new Map((await found(table, keys)).map((item) => [String(item.pk), item]));
}

/** Entities in the order of their keys, each as it stands now; undefined where there is none. Not one moment for all. */
export async function readEach(table: Table, keys: readonly Key[]): Promise<(Item | undefined)[]> {
  const place = ({ pk, sk }: Item | Key) => `${pk}\n${sk}`;
  // Asked for the same item twice, DynamoDB refuses the whole request.
  const different = [...new Map(keys.map((key) => [place(key), key])).values()];
  const entities = new Map((await found(table, different)).map((item) => [place(item), entity<Item>(item)]));
  return keys.map((key) => entities.get(place(key)));
}

async function found(table: Table, keys: readonly Key[]): Promise<Item[]> {
  const reads: Promise<Item[]>[] = [];
  for (let from = 0; from < keys.length; from += MOST_PER_READ)
    reads.push(readSome(table, keys.slice(from, from + MOST_PER_READ)));
  return (await Promise.all(reads)).flat();
}

async function readSome(table: Table, some: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  let keys: Item[] = some.map(({ pk, sk }) => ({ pk, sk }));
  for await (const last of attempts()) {
    const { Responses, UnprocessedKeys } = await table.call('BatchGetItem', {
      RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } },
    });
    items.push(...(Responses?.[table.name] ?? []));
    keys = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (keys.length === 0) break;
    if (last) throw new Error(`${keys.length} items could not be read; the table is throttled`);
  }
  return items;
}
