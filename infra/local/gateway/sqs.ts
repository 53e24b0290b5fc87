import type { Fauxqs } from './fauxqs-client.ts';
import { type MoveInput, type MoveTasks, moveTaskActions } from './move-task.ts';
import { Refusal } from './refusal.ts';
import { type Incoming, type Need, parseJson, type Reply, readBody, type Service } from './wire.ts';

/** What the gateway looks at in an SQS request. */
interface Input extends MoveInput {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
}

export interface SqsOptions {
  readonly fauxqs: Fauxqs;
  readonly moves: MoveTasks;
  /** `arn:aws:sqs:<region>:<account>`. */
  readonly arn: string;
  /** Under which callers know the queues, e.g. `http://127.0.0.1:4500/000000000000`. */
  readonly queueBase: () => string;
}

const TARGET = 'AmazonSQS.';
/** The batch variants have no permission of their own. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};
/** Replies that name queues by URL, which must lead back through the gateway. */
const TELLS_URLS: ReadonlySet<string> = new Set([
  'GetQueueUrl',
  'ListQueues',
  'CreateQueue',
  'ListDeadLetterSourceQueues',
]);

/** SQS (JSON protocol), carried out by fauxqs; moves of dead letters by the gateway itself. */
export function sqs(options: SqsOptions): Service {
  return (incoming) => {
    const target = String(incoming.headers['x-amz-target'] ?? '');
    if (!target.startsWith(TARGET))
      throw new Refusal('InvalidAction', 'The gateway speaks the JSON protocol of SQS only.');
    const action = target.slice(TARGET.length);
    const input = parseJson<Input>(incoming.body);
    const resource = resourceOf(input, options.arn);
    const needs: readonly Need[] = [{ action: `sqs:${PERMISSIONS[action] ?? action}`, resource }];
    const move = moveTaskActions[action];
    if (move) return { action, resource, needs, perform: () => move(options.moves, input) };
    return { action, resource, needs, perform: () => perform(options, action, incoming) };
  };
}

/** The queue's ARN, from whichever of URL, name or ARN the request has. */
function resourceOf(input: Input, arn: string): string {
  if (input.SourceArn) return input.SourceArn;
  const name = input.QueueName ?? input.QueueUrl?.slice(input.QueueUrl.lastIndexOf('/') + 1);
  return name ? `${arn}:${name}` : '*';
}

async function perform(options: SqsOptions, action: string, incoming: Incoming): Promise<Reply> {
  // A poll whose caller has gone must not go on taking messages.
  const upstream = await options.fauxqs.send(
    action,
    incoming.body,
    action === 'ReceiveMessage' ? incoming.response : undefined,
  );
  const headers: Reply['headers'] = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': String(upstream.headers['x-amz-request-id'] ?? ''),
  };
  const code = upstream.headers['x-amzn-query-error'];
  if (code) headers['x-amzn-query-error'] = String(code);
  const body = await readBody(upstream);
  const status = upstream.statusCode ?? 500;
  if (status !== 200 || !TELLS_URLS.has(action)) return { status, headers, body };
  return {
    status,
    headers,
    body: body.toString('utf8').replace(/"https?:\/\/[^"/]+\/\d{12}\//g, `"${options.queueBase()}/`),
  };
}
