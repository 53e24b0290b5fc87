import type { AwsJsonClient } from './aws-json.ts';

/** A message as SQS hands it out. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, SqsAttribute>>;
}

export interface SqsAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** SQS as pollers and notifications need it. */
export interface SqsClient {
  /** Waits up to `waitSeconds` for messages. An aborted wait gives none. */
  receive(
    queueUrl: string,
    max: number,
    waitSeconds: number,
    signal?: AbortSignal,
  ): Promise<readonly ReceivedMessage[]>;
  /** Up to ten. */
  remove(queueUrl: string, receiptHandles: readonly string[]): Promise<void>;
  /** Makes up to ten messages visible at once. */
  release(queueUrl: string, receiptHandles: readonly string[]): Promise<void>;
  send(queueUrl: string, body: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
}

export function createSqsClient(aws: AwsJsonClient): SqsClient {
  const entries = (handles: readonly string[], extra: object = {}) =>
    handles.map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle, ...extra }));
  return {
    async receive(QueueUrl, MaxNumberOfMessages, WaitTimeSeconds, signal) {
      const all = { MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] };
      const input = { QueueUrl, MaxNumberOfMessages, WaitTimeSeconds, ...all };
      try {
        const answer = await aws.call<{ Messages?: ReceivedMessage[] }>('AmazonSQS.ReceiveMessage', input, signal);
        return answer.Messages ?? [];
      } catch (error) {
        if (signal?.aborted) return [];
        throw error;
      }
    },
    async remove(QueueUrl, handles) {
      if (handles.length > 0) await aws.call('AmazonSQS.DeleteMessageBatch', { QueueUrl, Entries: entries(handles) });
    },
    async release(QueueUrl, handles) {
      const Entries = entries(handles, { VisibilityTimeout: 0 });
      if (handles.length > 0) await aws.call('AmazonSQS.ChangeMessageVisibilityBatch', { QueueUrl, Entries });
    },
    async send(QueueUrl, MessageBody, attributes = {}) {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      );
      await aws.call('AmazonSQS.SendMessage', { QueueUrl, MessageBody, MessageAttributes });
    },
  };
}
