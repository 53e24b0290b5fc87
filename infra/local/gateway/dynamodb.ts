import {
  askForCapacity,
  billedUnits,
  consumesCapacity,
  failedUnits,
  readCapacity,
  takeCapacity,
  transactionReadUnits,
} from './capacity.ts';
import { STREAMS_TARGET, streams } from './dynamodb-streams.ts';
import { Refusal } from './refusal.ts';
import type { TransactItems, TransactionScale } from './transaction-scale.ts';
import {
  type Asked,
  type Backend,
  type Incoming,
  type Need,
  parseJson,
  type Reply,
  readBody,
  type Service,
  type Units,
} from './wire.ts';

/** What the gateway looks at in a DynamoDB request; the rest passes unread. */
interface Input {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly TransactItems?: TransactItems;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly ReturnConsumedCapacity?: string;
}

export interface DynamoDbOptions {
  readonly backend: Backend;
  readonly scale: TransactionScale;
  /** `arn:aws:dynamodb:<region>:<account>`. */
  readonly arn: string;
  /** What DynamoDB Local takes for a signature. */
  readonly authorization: string;
}

/** DynamoDB Local refuses access key ids with anything but letters and digits, and checks no signature. */
export const dynamoDbAuthorization = (region: string): string =>
  `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

const TARGET = 'DynamoDB_20120810.';
const PARTIQL: ReadonlySet<string> = new Set(['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']);
/** The permission that each item of a transaction needs. */
const ITEM_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Get: 'dynamodb:GetItem',
};

/** DynamoDB and its streams, carried out by DynamoDB Local. */
export function dynamoDb(options: DynamoDbOptions): Service {
  const stream = streams(options);
  return (incoming) => {
    const target = String(incoming.headers['x-amz-target'] ?? '');
    if (target.startsWith(STREAMS_TARGET)) return stream(incoming);
    const action = target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
    if (!action || PARTIQL.has(action))
      throw new Refusal(
        'UnknownOperationException',
        `The gateway cannot check the permissions of ${action || 'this request'}.`,
      );
    const input = parseJson<Input>(incoming.body);
    const needs = needsOf(action, input, (table) => tableArn(options.arn, table));
    return {
      action,
      resource: needs[0]!.resource,
      needs,
      perform: () => perform(options, { target, action, input, authorization: options.authorization, incoming }),
    };
  };
}

/** A table may be named or given by its ARN. */
const tableArn = (prefix: string, table: string): string =>
  table.startsWith('arn:') ? table : `${prefix}:table/${table}`;

function needsOf(action: string, input: Input, arnOf: (table: string) => string): readonly Need[] {
  const needs = new Map<string, Need>();
  const need = (name: string, resource: string) => needs.set(`${name}|${resource}`, { action: name, resource });
  if (input.TransactItems) {
    for (const item of input.TransactItems) {
      for (const [kind, { TableName }] of Object.entries(item)) {
        const itemAction = ITEM_ACTIONS[kind];
        if (!itemAction || !TableName)
          throw new Refusal('ValidationException', `The gateway does not know the transaction action ${kind}.`);
        need(itemAction, arnOf(TableName));
      }
    }
  } else if (input.RequestItems) {
    for (const table of Object.keys(input.RequestItems)) need(`dynamodb:${action}`, arnOf(table));
  } else if (input.TableName) {
    const table = arnOf(input.TableName);
    need(`dynamodb:${action}`, input.IndexName ? `${table}/index/${input.IndexName}` : table);
  }
  return needs.size > 0 ? [...needs.values()] : [{ action: `dynamodb:${action}`, resource: '*' }];
}

interface Performed {
  readonly target: string;
  readonly action: string;
  readonly input: Input;
  readonly authorization: string;
  readonly incoming: Incoming;
}

async function perform({ backend, scale }: DynamoDbOptions, performed: Performed): Promise<Reply> {
  const { target, action, input, authorization, incoming } = performed;
  const meters = consumesCapacity(action);
  const asked = input.ReturnConsumedCapacity === 'TOTAL' || input.ReturnConsumedCapacity === 'INDEXES';
  const body = meters && !asked ? askForCapacity(incoming.body) : incoming.body;
  const weighed =
    action === 'TransactWriteItems' && scale.on ? await scale.weigh(input.TransactItems ?? []) : undefined;
  const upstream = await backend.call({
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': body.length,
      'x-amz-target': target,
      authorization,
    },
    body,
  });
  const raw = await readBody(upstream);
  const status = upstream.statusCode ?? 500;
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': String(upstream.headers['x-amzn-requestid'] ?? ''),
  };
  if (!meters) return { status, headers, body: raw };
  if (status !== 200) {
    const isBilled = raw.includes('ConditionalCheckFailed');
    return { status, headers, body: raw, ...(isBilled && { units: failedUnits(input.TransactItems?.length ?? 0) }) };
  }
  const { total, body: clean } = asked ? { total: readCapacity(raw), body: raw } : takeCapacity(raw);
  return { status, headers, body: clean, units: await unitsOf(action, total, clean, weighed) };
}

async function unitsOf(
  action: string,
  reported: number,
  reply: Buffer,
  weighed?: () => Promise<number>,
): Promise<Units> {
  if (action === 'TransactGetItems') return transactionReadUnits(reply);
  if (action !== 'TransactWriteItems') return billedUnits(action, reported);
  return weighed ? { read: 0, write: await weighed() } : { read: 0, write: 0, unweighed: 1 };
}

/** DynamoDB's answer to a write that met another transaction on the same item. */
export function transactionConflict(asked: Asked, body: Buffer): Refusal {
  if (asked.action !== 'TransactWriteItems') return new Refusal('conflict', 'Transaction is ongoing for the item');
  const count = parseJson<Input>(body).TransactItems?.length ?? 1;
  const reasons = Array.from({ length: count }, (_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  );
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new Refusal(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    {
      CancellationReasons: reasons,
    },
  );
}
