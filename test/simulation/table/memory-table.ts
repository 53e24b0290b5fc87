import { marshall } from '@aws-sdk/util-dynamodb';
import { AwsError } from '../../../shared/aws/aws-json.ts';
import type { Item, Table } from '../../../shared/aws/table.ts';
import { conditionOf, type Placeholders, projected } from './expressions.ts';
import {
  type BatchGetInput,
  type GetInput,
  type Names,
  onlyWrite,
  type QueryInput,
  type TransactInput,
  type Write,
} from './requests.ts';
import { InvalidPath, updated } from './updates.ts';
import { stored } from './values.ts';

interface Options {
  readonly name: string;
  /** Milliseconds; what is older than `MOST_LAG_MS` every reader sees. */
  readonly now?: () => number;
  /** Whether the replica that eventually consistent readers see takes up the next write already. Absent: always. */
  readonly replicates?: () => boolean;
  /** Told of every write that was carried out, with what stood there before. */
  readonly onWrite?: (before: Item | undefined, after: Item | undefined) => void;
}

const INDEXES: Readonly<
  Record<string, { readonly keys: readonly [string, string]; readonly only?: readonly string[] }>
> = {
  work: {
    keys: ['workPk', 'workSk'],
    only: ['pk', 'sk', 'workPk', 'workSk', 'collectAt', 'dunAt'],
  },
  listing: { keys: ['listPk', 'listSk'] },
};
const MOST_LAG_MS = 1_000;
const MOST_IN_TRANSACTION = 100;

/**
 * The product's table in memory: conditions, updates, transactions, queries and both indexes behave as DynamoDB's do
 * (`memory-table.test.ts` compares them), at a thousandth of the cost of a call to the emulator. Reads that do not ask for
 * consistency, and all of an index, may be a second old, as on AWS.
 */
export class MemoryTable implements Table {
  readonly name: string;
  readonly #options: Options;
  readonly #items = new Map<string, Item>();
  /** What eventually consistent readers see, and the writes that it has not taken up. */
  readonly #replica = new Map<string, Item>();
  #behind: { readonly place: string; readonly item: Item | undefined; readonly at: number }[] = [];
  /** Client tokens of transactions that were carried out. */
  readonly #tokens = new Set<string>();

  constructor(options: Options) {
    this.name = options.name;
    this.#options = options;
  }

  async call<O extends Parameters<Table['call']>[0]>(operation: O, input: object): Promise<never> {
    return this.run(operation, input) as never;
  }

  /** Carries an operation out at once. Throws an `AwsError` as DynamoDB answers with one. */
  run(operation: Parameters<Table['call']>[0], input: object): object {
    switch (operation) {
      case 'GetItem':
        return this.#get(input as GetInput);
      case 'BatchGetItem':
        return this.#batchGet(input as BatchGetInput);
      case 'Query':
        return this.#query(input as QueryInput);
      case 'PutItem':
      case 'UpdateItem':
        return this.#writeOne(input as Write);
      case 'TransactWriteItems':
        return this.#transact(input as TransactInput);
      default:
        throw new Error(`The in-memory table does not know ${operation}`);
    }
  }

  /** Everything that stands in the table. */
  items(): Item[] {
    return [...this.#items.values()];
  }

  item(key: { readonly pk: string; readonly sk: string }): Item | undefined {
    return this.#items.get(placeOf(key));
  }

  #get({ Key, ConsistentRead, ProjectionExpression, ...names }: GetInput): object {
    const item = this.#view(ConsistentRead).get(placeOf(Key));
    if (item === undefined) return {};
    return { Item: ProjectionExpression ? projected(item, ProjectionExpression, placeholders(names)) : item };
  }

  #batchGet({ RequestItems }: BatchGetInput): object {
    const { Keys, ConsistentRead } = RequestItems[this.name]!;
    if (new Set(Keys.map(placeOf)).size < Keys.length) throw invalid('Provided list of item keys contains duplicates');
    const view = this.#view(ConsistentRead);
    const found = Keys.map((key) => view.get(placeOf(key))).filter((item) => item !== undefined);
    return { Responses: { [this.name]: found }, UnprocessedKeys: {} };
  }

  #query(input: QueryInput): object {
    const { IndexName, Limit = Number.POSITIVE_INFINITY, ExclusiveStartKey: start, ScanIndexForward = true } = input;
    const index = IndexName === undefined ? undefined : INDEXES[IndexName];
    if (IndexName !== undefined && index === undefined) throw invalid(`The table has no index ${IndexName}`);
    if (index && input.ConsistentRead) throw invalid('Consistent reads are not supported on global secondary indexes');
    const by = placeholders(input);
    const [partition, sort] = index?.keys ?? ['pk', 'sk'];
    const condition = conditionOf(input.KeyConditionExpression);
    const order = (a: Item, b: Item): number => compare(a[sort], b[sort]) || compare(a.pk, b.pk) || compare(a.sk, b.sk);
    const direction = ScanIndexForward ? 1 : -1;
    const found: Item[] = [];
    for (const item of this.#view(input.ConsistentRead && !index).values())
      if (item[partition] !== undefined && item[sort] !== undefined && condition(item, by)) found.push(item);
    found.sort((a, b) => direction * order(a, b));
    const rest = start === undefined ? found : found.filter((item) => direction * order(item, start) > 0);
    const page = rest.slice(0, Limit);
    const last = page.length === Limit ? page.at(-1) : undefined;
    const filter = input.FilterExpression === undefined ? undefined : conditionOf(input.FilterExpression);
    const kept = filter ? page.filter((item) => filter(item, by)) : page;
    return {
      Items: kept.map((item) => shown(item, index?.only, input.ProjectionExpression, by)),
      ...(last && { LastEvaluatedKey: pick(last, ['pk', 'sk', ...(index?.keys ?? [])]) }),
    };
  }

  #writeOne(write: Write): object {
    const prepared = this.#prepare(write);
    if (prepared.refused) {
      const item = prepared.before && write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
      throw new AwsError('ConditionalCheckFailedException', 400, 'The conditional request failed', {
        ...(item && { Item: marshalled(prepared.before!) }),
      });
    }
    this.#commit(prepared);
    return write.ReturnValues === 'ALL_NEW' ? { Attributes: prepared.after } : {};
  }

  #transact({ TransactItems, ClientRequestToken: token }: TransactInput): object {
    if (token !== undefined && this.#tokens.has(token)) return {};
    if (TransactItems.length > MOST_IN_TRANSACTION) throw invalid('A transaction holds at most 100 items');
    const prepared = TransactItems.map((item) => this.#prepare(onlyWrite(item)));
    if (new Set(prepared.map(({ place }) => place)).size < prepared.length)
      throw invalid('Transaction request cannot include multiple operations on one item');
    if (prepared.some(({ refused }) => refused)) {
      const CancellationReasons = prepared.map(({ refused, before, write }) => {
        if (!refused) return { Code: 'None' };
        const item = before && write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
        return { Code: 'ConditionalCheckFailed', ...(item && { Item: marshalled(before) }) };
      });
      throw new AwsError('TransactionCanceledException', 400, 'Transaction cancelled', { CancellationReasons });
    }
    for (const each of prepared) if (each.write.only === undefined) this.#commit(each);
    if (token !== undefined) this.#tokens.add(token);
    return {};
  }

  #prepare(write: Write): Prepared {
    const by = placeholders(write);
    const place = placeOf((write.Item ?? write.Key) as Item);
    const before = this.#items.get(place);
    const refused =
      write.ConditionExpression !== undefined && !conditionOf(write.ConditionExpression)(before ?? {}, by);
    if (refused) return { place, before, write, refused };
    return { place, before, write, refused, after: after(write, before, by) };
  }

  #commit({ place, before, after: item }: Prepared): void {
    if (item === undefined) this.#items.delete(place);
    else this.#items.set(place, item);
    this.#behind.push({ place, item, at: this.#options.now?.() ?? 0 });
    this.#options.onWrite?.(before, item);
  }

  #view(consistent: boolean | undefined): ReadonlyMap<string, Item> {
    if (consistent) return this.#items;
    const { now = () => 0, replicates = () => true } = this.#options;
    const until = now() - MOST_LAG_MS;
    let taken = 0;
    for (const { place, item, at } of this.#behind) {
      if (at > until && !replicates()) break;
      if (item === undefined) this.#replica.delete(place);
      else this.#replica.set(place, item);
      taken++;
    }
    if (taken > 0) this.#behind = this.#behind.slice(taken);
    return this.#replica;
  }
}

interface Prepared {
  readonly place: string;
  readonly before: Item | undefined;
  readonly write: Write;
  readonly refused: boolean;
  readonly after?: Item | undefined;
}

/** What the write leaves there; undefined: nothing. */
function after(write: Write, before: Item | undefined, by: Placeholders): Item | undefined {
  if (write.Item !== undefined) return stored(write.Item);
  if (write.UpdateExpression === undefined) return undefined;
  try {
    return stored(updated(before ?? { ...write.Key }, write.UpdateExpression, by));
  } catch (error) {
    if (error instanceof InvalidPath) throw invalid(error.message);
    throw error;
  }
}

function shown(
  item: Item,
  only: readonly string[] | undefined,
  projection: string | undefined,
  by: Placeholders,
): Item {
  if (projection !== undefined) return projected(item, projection, by);
  return only ? pick(item, only) : item;
}

const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));

const compare = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
const placeOf = ({ pk, sk }: Item): string => `${pk}\n${sk}`;
const placeholders = ({ ExpressionAttributeNames, ExpressionAttributeValues }: Names): Placeholders => ({
  names: ExpressionAttributeNames ?? {},
  values: ExpressionAttributeValues ?? {},
});
const marshalled = (item: Item) => marshall(item);
const invalid = (message: string): AwsError => new AwsError('ValidationException', 400, message);
