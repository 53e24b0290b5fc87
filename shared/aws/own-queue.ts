import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** What a function says to the queue that feeds it. */
export interface OwnQueue {
  /** Puts a message into the dead-letter queue with why it is there. The caller acknowledges the original. */
  giveUp(body: string, code: string, reason: string): Promise<void>;
  /** Makes a failed message visible again after `seconds`, instead of after the queue's whole visibility timeout. */
  retryIn(receiptHandle: string, seconds: number): Promise<void>;
}

export function ownQueue(urls: { queueUrl: string; deadLetterUrl: string }, client = new SQSClient({})): OwnQueue {
  return {
    async giveUp(body, code, reason) {
      const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
      await client.send(
        new SendMessageCommand({
          QueueUrl: urls.deadLetterUrl,
          MessageBody: body,
          MessageAttributes: { code: attribute(code), reason: attribute(reason) },
        }),
      );
    },
    async retryIn(receiptHandle, seconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: urls.queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }),
      );
    },
  };
}
