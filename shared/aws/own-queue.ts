import { type AwsHttp, awsHttp } from './aws-http.ts';
import { awsJson } from './aws-json.ts';

/** What a function says to the queue that feeds it. */
export interface OwnQueue {
  /** Puts a message into the dead-letter queue with why it is there. The caller acknowledges the original. */
  giveUp(body: string, code: string, reason: string): Promise<void>;
  /** Makes a failed message visible again after `seconds`, instead of after the queue's whole visibility timeout. */
  retryIn(receiptHandle: string, seconds: number): Promise<void>;
}

export function ownQueue(urls: { queueUrl: string; deadLetterUrl: string }, http: AwsHttp = awsHttp('sqs')): OwnQueue {
  const call = awsJson(http, 'AmazonSQS');
  return {
    async giveUp(body, code, reason) {
      const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
      await call('SendMessage', {
        QueueUrl: urls.deadLetterUrl,
        MessageBody: body,
        MessageAttributes: { code: attribute(code), reason: attribute(reason) },
      });
    },
    async retryIn(receiptHandle, seconds) {
      await call('ChangeMessageVisibility', {
        QueueUrl: urls.queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
    },
  };
}
