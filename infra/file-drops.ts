import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** Which files of a bucket are announced to a queue: what their key begins with, and perhaps ends with. */
export interface FileDrop {
  readonly queue: IQueue;
  readonly prefix: string;
  readonly suffix?: string;
}

/**
 * Announces each file dropped under a prefix to the queue that is fed by it. The property is set directly, because CDK's own way puts
 * a function of CDK's with rights over every bucket into the stack.
 */
export function announceFiles({ node }: Bucket, drops: readonly FileDrop[]): void {
  const bucket = node.defaultChild as CfnBucket;
  bucket.notificationConfiguration = {
    queueConfigurations: drops.map(({ queue, prefix, suffix }) => ({
      event: 's3:ObjectCreated:*',
      queue: queue.queueArn,
      filter: {
        s3Key: {
          rules: [{ name: 'prefix', value: prefix }, ...(suffix ? [{ name: 'suffix', value: suffix }] : [])],
        },
      },
    })),
  };
  for (const queue of new Set(drops.map((drop) => drop.queue))) letS3Send(bucket, queue);
}

function letS3Send(bucket: CfnBucket, queue: IQueue): void {
  // By account instead of by bucket: S3 tests the permission while it creates the bucket, so the policy comes first.
  const policy = queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('s3.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account } },
    }),
  );
  if (policy.policyDependable) bucket.node.addDependency(policy.policyDependable);
}
