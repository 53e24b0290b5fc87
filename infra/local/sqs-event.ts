import type { InvocationResult } from './lambda.ts';
import type { ReceivedMessage, SqsAttribute } from './sqs-client.ts';

/** The event a function gets for a batch of messages, as Lambda's poller builds it. */
export function sqsEvent(messages: readonly ReceivedMessage[], queueArn: string): unknown {
  const awsRegion = queueArn.split(':')[3];
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [name, eventAttribute(attribute)]),
      ),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion,
    })),
  };
}

const eventAttribute = ({ DataType, StringValue, BinaryValue }: SqsAttribute) => ({
  dataType: DataType,
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
});

/**
 * Which messages of a batch stay in the queue, by id. As in Lambda: all, when the function failed or its answer names
 * something that is no message of the batch; without `ReportBatchItemFailures`, what it returns does not matter.
 */
export function failedMessages(
  result: InvocationResult,
  messages: readonly ReceivedMessage[],
  reportsBatchItemFailures: boolean,
): ReadonlySet<string> {
  const all = new Set(messages.map(({ MessageId }) => MessageId));
  if (!result.ok) return all;
  if (!reportsBatchItemFailures) return new Set();
  const failures = (result.payload as { batchItemFailures?: unknown } | null)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return all;
  const named = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
  return named.every((id): id is string => typeof id === 'string' && all.has(id)) ? new Set(named) : all;
}
