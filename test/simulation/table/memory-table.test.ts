import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../shared/aws/aws-json.ts';
import { fromDynamo } from '../../../shared/aws/dynamo-values.ts';
import type { Item, Table } from '../../../shared/aws/table.ts';
import { TABLE } from '../../support/billing-table.ts';
import { localTable } from '../../support/emulators.ts';
import { MemoryTable } from './memory-table.ts';

/** The same calls to AWS's own DynamoDB Local and to the table in memory: they must not tell the two apart. */
const local = localTable();
let runs = 0;

type Call = readonly [operation: Parameters<Table['call']>[0], input: (run: string) => object];
type Answer = { readonly answered: unknown } | { readonly error: string; readonly details: unknown };

async function answerOf(table: Table, [operation, input]: Call, run: string): Promise<Answer> {
  try {
    return { answered: plain(await table.call(operation, input(run) as never)) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { Item: stored, CancellationReasons: reasons } = fromDynamo<{
      Item?: Item;
      CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Item }[];
    }>(error.details);
    const why = reasons?.map(({ Code, Item: of }) => ({ Code, ...(of && { Item: plain(of) }) }));
    return { error: error.name, details: { ...(stored && { Item: plain(stored) }), ...(why && { why }) } };
  }
}

/** Answers without what no store reads, and sets in one order. */
function plain(answer: unknown): unknown {
  const { $metadata: _, Count: __, ScannedCount: ___, ConsumedCapacity: ____, ...rest } = answer as Item;
  return JSON.parse(JSON.stringify(rest, (_name, value) => (value instanceof Set ? [...value].sort() : value)));
}

const KEYS = ['a', 'b', 'c'] as const;
const keyOf = (run: string, sk: string) => ({ pk: `ACCOUNT#${run}`, sk });
const common = { TableName: TABLE, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/** Conditions that the stores use, in every shape; each comes with all names and values that it needs. */
const CONDITIONS = {
  'attribute_not_exists(pk)': {},
  'attribute_exists(pk) AND attribute_not_exists(outcome)': {},
  'version = :version': { values: { ':version': 1 } },
  'version = :version AND balance > :nothing': { values: { ':version': 1, ':nothing': 0 } },
  '(attribute_not_exists(credit) OR credit = :credit) AND balance = :balance': {
    values: { ':credit': 0, ':balance': 5 },
  },
  'services = :services': { values: { ':services': { status: 'active', number: 1 } } },
  'services.#status = :active AND services.#number = :one': {
    names: { '#status': 'status', '#number': 'number' },
    values: { ':active': 'active', ':one': 1 },
  },
  'NOT contains(failureIds, :id)': { values: { ':id': 'x' } },
  'outcome IN (:planned, :failed) OR attribute_not_exists(outcome)': {
    values: { ':planned': 'planned', ':failed': 'no' },
  },
  'NOT (version < :version) AND begins_with(outcome, :p)': { values: { ':version': 1, ':p': 'pl' } },
  'version BETWEEN :version AND :top': { values: { ':version': 1, ':top': 2 } },
} as const satisfies Record<string, Placeholders>;

const UPDATES = {
  'SET balance = :balance, version = :version': { values: { ':balance': 5, ':version': 2 } },
  'SET services.#status = :done': { names: { '#status': 'status' }, values: { ':done': 'suspended' } },
  'SET outcome = if_not_exists(outcome, :planned)': { values: { ':planned': 'planned' } },
  'SET outcome = :planned REMOVE credit, services.#number': {
    names: { '#number': 'number' },
    values: { ':planned': 'planned' },
  },
  'SET version = :version ADD failures :one, failureIds :ids': {
    values: { ':version': 1, ':one': 1, ':ids': new Set(['x']) },
  },
  'SET again = list_append(if_not_exists(again, :none), :new)': { values: { ':none': [], ':new': [{ what: 'new' }] } },
  'SET workPk = :work, workSk = :at': { values: { ':work': 'W', ':at': '2026-12-01' } },
  'REMOVE workPk, workSk': {},
} as const satisfies Record<string, Placeholders>;

interface Placeholders {
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Names and values of the expressions of one request; their placeholders agree with each other. */
function filled(...all: readonly (Placeholders | undefined)[]): object {
  const names = Object.assign({}, ...all.map((each) => each?.names));
  const values = Object.assign({}, ...all.map((each) => each?.values));
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

const arbitraryItem = fc.record(
  {
    version: fc.integer({ min: 1, max: 3 }),
    balance: fc.constantFrom(0, 5, -3),
    credit: fc.constantFrom(0, 7),
    services: fc.record({ status: fc.constantFrom('active', 'suspended'), number: fc.integer({ min: 1, max: 2 }) }),
    outcome: fc.constantFrom('planned', 'invoiced'),
    failureIds: fc.constantFrom(new Set(['x']), new Set(['y', 'z'])),
    again: fc.array(fc.record({ what: fc.string() }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const sortKey = fc.constantFrom(...KEYS);
const condition = fc.option(fc.constantFrom(...(Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[])), {
  nil: undefined,
});
type Write = (run: string) => {
  readonly kind: 'Put' | 'Update' | 'Delete';
  readonly sk: string;
  readonly body: object;
};

const write: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(sortKey, arbitraryItem, condition).map(([sk, item, text]): Write => {
    const of: Placeholders | undefined = text && CONDITIONS[text];
    return (run) => ({
      ...{ kind: 'Put', sk },
      body: {
        ...common,
        Item: { ...keyOf(run, sk), ...item },
        ...(text && { ConditionExpression: text }),
        ...filled(of),
      },
    });
  }),
  fc
    .tuple(sortKey, fc.constantFrom(...(Object.keys(UPDATES) as (keyof typeof UPDATES)[])), condition)
    .map(([sk, text, guard]): Write => {
      // A value that both use has one meaning.
      const guarded = guard && !guard.includes(':version') && !guard.includes(':balance') ? guard : undefined;
      const of: Placeholders | undefined = guarded && CONDITIONS[guarded];
      return (run) => ({
        ...{ kind: 'Update', sk },
        body: {
          ...common,
          Key: keyOf(run, sk),
          UpdateExpression: text,
          ...(guarded && { ConditionExpression: guarded }),
          ...filled(UPDATES[text], of),
        },
      });
    }),
);

const removal: fc.Arbitrary<Write> = fc.tuple(sortKey, condition).map(
  ([sk, text]): Write =>
    (run) => ({
      ...{ kind: 'Delete', sk },
      body: {
        ...common,
        Key: keyOf(run, sk),
        ...(text && { ConditionExpression: text }),
        ...filled(text && CONDITIONS[text]),
      },
    }),
);

const call: fc.Arbitrary<Call> = fc.oneof(
  write.map((of): Call => [of('').kind === 'Put' ? 'PutItem' : 'UpdateItem', (run) => of(run).body]),
  write
    .filter((of) => of('').kind === 'Update')
    .map((of): Call => ['UpdateItem', (run) => ({ ...of(run).body, ReturnValues: 'ALL_NEW' })]),
  fc
    .uniqueArray(fc.oneof(write, removal), { minLength: 1, maxLength: 3, selector: (of) => of('').sk })
    .map(
      (all): Call => [
        'TransactWriteItems',
        (run) => ({ TransactItems: all.map((of) => ({ [of(run).kind]: of(run).body })) }),
      ],
    ),
  sortKey.map((sk): Call => ['GetItem', (run) => ({ TableName: TABLE, Key: keyOf(run, sk), ConsistentRead: true })]),
  sortKey.map(
    (sk): Call => [
      'GetItem',
      (run) => ({
        ...{ TableName: TABLE, Key: keyOf(run, sk), ConsistentRead: true, ProjectionExpression: '#0, version' },
        ExpressionAttributeNames: { '#0': 'services' },
      }),
    ],
  ),
  fc.record({ forward: fc.boolean(), limit: fc.integer({ min: 1, max: 4 }), from: fc.option(sortKey) }).map(
    ({ forward, limit, from }): Call => [
      'Query',
      (run) => ({
        TableName: TABLE,
        // A start at the edge of a range is refused; no cursor of ours lies there.
        KeyConditionExpression: from ? 'pk = :pk' : 'pk = :pk AND sk BETWEEN :b AND :z',
        ExpressionAttributeValues: { ':pk': `ACCOUNT#${run}`, ...(!from && { ':b': 'b', ':z': 'z' }), ':version': 1 },
        FilterExpression: 'version >= :version',
        ...{ ScanIndexForward: forward, ConsistentRead: true, Limit: limit },
        ...(from && { ExclusiveStartKey: keyOf(run, from) }),
      }),
    ],
  ),
  fc.constant<Call>([
    'BatchGetItem',
    (run) => ({ RequestItems: { [TABLE]: { Keys: KEYS.map((sk) => keyOf(run, sk)), ConsistentRead: true } } }),
  ]),
);

/** Found items come in no order from a batch. */
function unordered(answer: Answer, [operation]: Call): Answer {
  if (operation !== 'BatchGetItem' || !('answered' in answer)) return answer;
  const { Responses } = answer.answered as { Responses: Record<string, Item[]> };
  return { answered: Responses[TABLE]?.sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1)) };
}

const cursorOf = (answer: Answer): Item | undefined =>
  'answered' in answer ? (answer.answered as { LastEvaluatedKey?: Item })?.LastEvaluatedKey : undefined;

function withoutCursor(answer: Answer): Answer {
  if (!cursorOf(answer) || !('answered' in answer)) return answer;
  const { LastEvaluatedKey: _, ...rest } = answer.answered as Item;
  return { answered: rest };
}

/** A page that is full with the last item may lead on to an empty one or not: DynamoDB promises neither. */
async function isAtTheEnd(table: Table, [operation, input]: Call, answer: Answer, run: string): Promise<boolean> {
  const cursor = cursorOf(answer);
  if (cursor === undefined) return false;
  const { FilterExpression: _all, ...next } = input(run) as Item;
  const { ':version': _unused, ...values } = next.ExpressionAttributeValues as Item;
  const query = { ...next, ExclusiveStartKey: cursor, ExpressionAttributeValues: values };
  const { Items } = (await table.call(operation, query as never)) as { Items: readonly Item[] };
  return Items.length === 0;
}

describe('the table in memory', () => {
  it('answers every call as DynamoDB does, refusals too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 5, maxLength: 25 }), async (calls) => {
        const memory = new MemoryTable({ name: TABLE });
        const run = `run-${++runs}`;
        for (const each of calls) {
          const expected = unordered(await answerOf(local(), each, run), each);
          const answer = unordered(await answerOf(memory, each, run), each);
          const leadsNowhere = !cursorOf(expected) && (await isAtTheEnd(memory, each, answer, run));
          expect(leadsNowhere ? withoutCursor(answer) : answer, JSON.stringify(each[1](run))).toEqual(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('looks into lists and makes them longer', async () => {
    const memory = new MemoryTable({ name: TABLE });
    const Key = keyOf('lists', 'a');
    const updates: [string, string, Record<string, unknown>][] = [
      [
        'SET again = list_append(if_not_exists(again, :none), :one)',
        'attribute_exists(again[0].what)',
        { ':none': [], ':one': [{ what: 'x' }] },
      ],
      [
        'SET again[0].#what = :at',
        'attribute_exists(again[0].what) AND size(again) = :many',
        { ':at': 'y', ':many': 1 },
      ],
      [
        'SET again = list_append(if_not_exists(again, :none), :one)',
        'size(again) = :many',
        { ':none': [], ':one': [{ what: 'x' }], ':many': 1 },
      ],
      ['SET again[1].#what = :at REMOVE again[0].#what', 'size(again[1]) = :many', { ':at': 'z', ':many': 1 }],
      ['SET again[0].#what = :at', 'size(again) = :many', { ':at': 'y', ':many': 1 }],
      ['SET again[0].#what = :at', 'attribute_not_exists(again[0].what)', { ':at': 'y' }],
    ];
    for (const table of [local(), memory])
      await table.call('PutItem', { TableName: TABLE, Item: { ...Key, again: [{ what: 'w' }] } });
    for (const [UpdateExpression, ConditionExpression, values] of updates) {
      const names = UpdateExpression.includes('#what') ? { ExpressionAttributeNames: { '#what': 'what' } } : {};
      const input = {
        ...common,
        Key,
        UpdateExpression,
        ConditionExpression,
        ExpressionAttributeValues: values,
        ...names,
      };
      const update: Call = ['UpdateItem', () => ({ ...input, ReturnValues: 'ALL_NEW' })];
      const answer = await answerOf(memory, update, '');
      expect(answer, UpdateExpression).toEqual(await answerOf(local(), update, ''));
    }
    expect(memory.item(Key)).toMatchObject({ again: [{ what: 'y' }, { what: 'z' }] });
  });

  it('finds what is due in its index, as it is projected there, as far as it was asked', async () => {
    const memory = new MemoryTable({ name: TABLE });
    for (const table of [local(), memory]) {
      for (const at of ['3', '1', '2']) {
        const Item = { ...keyOf('due', at), workPk: 'DUE', workSk: `${at}#x`, collectAt: at, secret: 'x' };
        await table.call('PutItem', { TableName: TABLE, Item });
      }
    }
    const query: Call = [
      'Query',
      () => ({
        ...{ TableName: TABLE, IndexName: 'work', Limit: 5 },
        KeyConditionExpression: 'workPk = :pk AND workSk < :until',
        ExpressionAttributeValues: { ':pk': 'DUE', ':until': '2$' },
      }),
    ];
    const found = await answerOf(memory, query, '');
    expect(found).toEqual(await answerOf(local(), query, ''));
    expect(found).toMatchObject({ answered: { Items: [{ sk: '1' }, { sk: '2' }] } });
  });

  it('shows its writes to eventually consistent readers late, and to all within a second', async () => {
    let now = 0;
    const memory = new MemoryTable({ name: TABLE, now: () => now, replicates: () => false });
    await memory.call('PutItem', { TableName: TABLE, Item: { pk: 'p', sk: 's' } });
    const read = (ConsistentRead: boolean) =>
      memory.call('GetItem', { TableName: TABLE, Key: { pk: 'p', sk: 's' }, ConsistentRead });
    expect(await read(false)).toEqual({});
    expect(await read(true)).toMatchObject({ Item: { sk: 's' } });
    now = 1_000;
    expect(await read(false)).toMatchObject({ Item: { sk: 's' } });
  });

  it('throws for an expression that it does not know, instead of guessing', async () => {
    const memory = new MemoryTable({ name: TABLE });
    const input = { TableName: TABLE, Key: { pk: 'p', sk: 's' }, UpdateExpression: 'DELETE tags :tags' };
    await expect(memory.call('UpdateItem', input)).rejects.toThrow('does not understand "DELETE"');
  });

  it('carries a transaction out once per client token', async () => {
    const memory = new MemoryTable({ name: TABLE });
    const Put = { TableName: TABLE, Item: { pk: 'p', sk: 's' }, ConditionExpression: 'attribute_not_exists(pk)' };
    for (let time = 0; time < 2; time++)
      await memory.call('TransactWriteItems', { TransactItems: [{ Put }], ClientRequestToken: 'same' });
    await expect(
      memory.call('TransactWriteItems', { TransactItems: [{ Put }], ClientRequestToken: 'another' }),
    ).rejects.toThrow('Transaction cancelled');
  });
});
