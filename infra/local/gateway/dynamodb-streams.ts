import { Refusal } from './refusal.ts';
import { type Asked, type Backend, type Incoming, parseJson, type Reply, readBody } from './wire.ts';

/** What the gateway looks at in a request for a stream; the rest passes unread. */
interface Input {
  readonly StreamArn?: string;
  readonly ShardIterator?: string;
}

export interface StreamsOptions {
  readonly backend: Backend;
  /** `arn:aws:dynamodb:<region>:<account>`. */
  readonly arn: string;
  /** What DynamoDB Local takes for a signature. */
  readonly authorization: string;
}

export const STREAMS_TARGET = 'DynamoDBStreams_20120810.';
const ACTIONS: ReadonlySet<string> = new Set(['DescribeStream', 'GetShardIterator', 'GetRecords']);
/** Of the template's ARNs and of DynamoDB Local's, with which its iterators begin. */
const STREAM = /^arn:aws:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/stream\//;

/**
 * The stream of a table, carried out by DynamoDB Local, which has ARNs of its own. The template's end in `/stream/local`:
 * a table has one stream here, and its label is not known before it exists.
 */
export function streams(options: StreamsOptions): (incoming: Incoming) => Asked {
  const known = new Map<string, string>();
  const localArn = async (table: string): Promise<string> => {
    let arn = known.get(table);
    if (arn === undefined) {
      const { body } = await call(options, 'DynamoDB_20120810.DescribeTable', { TableName: table });
      arn = parseJson<{ Table?: { LatestStreamArn?: string } }>(body).Table?.LatestStreamArn;
      if (arn === undefined) throw new Refusal('ResourceNotFoundException', `The table ${table} has no stream.`);
      known.set(table, arn);
    }
    return arn;
  };
  return ({ headers, body }) => {
    const target = String(headers['x-amz-target']);
    const action = target.slice(STREAMS_TARGET.length);
    const input = parseJson<Input>(body);
    const [, table] = STREAM.exec(input.StreamArn ?? input.ShardIterator ?? '') ?? [];
    if (!ACTIONS.has(action) || !table)
      throw new Refusal('UnknownOperationException', `The gateway cannot check the permissions of ${target}.`);
    const resource = streamArn(options.arn, table);
    return {
      action,
      resource,
      needs: [{ action: `dynamodb:${action}`, resource }],
      perform: async (): Promise<Reply> => {
        const asked = input.StreamArn === undefined ? input : { ...input, StreamArn: await localArn(table) };
        return await call(options, target, asked);
      },
    };
  };
}

/** The ARN of a table's stream in the template. `prefix`: `arn:aws:dynamodb:<region>:<account>`. */
const streamArn = (prefix: string, table: string): string => `${prefix}:table/${table}/stream/local`;

async function call(
  { backend, authorization }: StreamsOptions,
  target: string,
  input: object,
): Promise<Reply & { readonly body: Buffer }> {
  const body = Buffer.from(JSON.stringify(input));
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
    'x-amz-target': target,
    authorization,
  };
  const upstream = await backend.call({ method: 'POST', path: '/', headers, body });
  return {
    status: upstream.statusCode ?? 500,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: await readBody(upstream),
  };
}
