import type { CreatedObject } from './gateway/s3.ts';
import type { LogBook } from './logs.ts';
import type { BucketModel } from './model.ts';

/** Tells queues of objects written into the template's buckets, as S3 does. */
export interface Notifications {
  objectCreated(object: CreatedObject): void;
  /** Notifications not yet in their queue. */
  pending(): number;
}

export interface NotificationsOptions {
  readonly buckets: readonly BucketModel[];
  readonly region: string;
  readonly now: () => Date;
  readonly logs: LogBook;
  readonly send: (queueArn: string, body: string) => Promise<void>;
}

export function createNotifications({ buckets, region, now, logs, send }: NotificationsOptions): Notifications {
  let pending = 0;
  let sequence = 0;
  return {
    pending: () => pending,
    objectCreated(object) {
      const { notifications = [] } = buckets.find(({ name }) => name === object.bucket) ?? {};
      for (const { queueArn, event, prefix, suffix } of notifications) {
        const wanted = event === 's3:ObjectCreated:*' || event === `s3:${object.event}`;
        if (!wanted || !object.key.startsWith(prefix) || !object.key.endsWith(suffix)) continue;
        sequence += 1;
        pending += 1;
        send(queueArn, JSON.stringify(notificationOf(object, region, now(), sequence)))
          .catch((error) => logs.write('s3', `A notification did not reach ${queueArn}: ${error}`))
          .finally(() => {
            pending -= 1;
          });
      }
    },
  };
}

function notificationOf(
  { bucket, key, size, eTag, event }: CreatedObject,
  awsRegion: string,
  at: Date,
  sequence: number,
): unknown {
  const object = {
    // S3 encodes keys as a form does.
    key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
    ...(size !== undefined && { size }),
    eTag,
    sequencer: `${at.getTime().toString(16)}${sequence.toString(16).padStart(6, '0')}`.toUpperCase(),
  };
  const s3 = { s3SchemaVersion: '1.0', bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` }, object };
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion,
    eventTime: at.toISOString(),
    eventName: event,
    s3,
  };
  return { Records: [record] };
}
