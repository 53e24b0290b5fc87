import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** What a function may do to items. A transaction needs the actions of its parts. */
export type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';
export type IndexName = 'work' | 'listing';
export type BucketName = 'documents' | 'imports';

const READS: readonly TableAction[] = ['GetItem', 'BatchGetItem', 'Query'];
/** What the sweep needs beside the keys, which say the rest: which of a receivable's two dates has come. */
const WORK_ATTRIBUTES = ['collectAt', 'dunAt'];

/** Everything that keeps data: the key, the table, the documents, the files to import. Nothing here goes with the stack. */
export class Storage extends Construct {
  readonly key: Key;
  readonly table: Table;
  readonly documents: Bucket;
  readonly imports: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Encrypts invoices, accounts and the ledger',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = this.createTable();
    const accessLogs = this.createBucket('AccessLogs', {
      // S3 delivers its access logs only to buckets encrypted with its own keys.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(400) }],
    });
    const kept = { encryption: BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true, versioned: true };
    this.documents = this.createBucket('Documents', {
      ...kept,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'documents/',
    });
    this.imports = this.createBucket('Imports', {
      ...kept,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'imports/',
      // The files hold addresses of people; once loaded, the accounts are in the table.
      lifecycleRules: [{ expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(1) }],
    });
  }

  private createTable(): Table {
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const table = new Table(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.RETAIN,
    });
    table.addGlobalSecondaryIndex({
      indexName: 'work',
      partitionKey: text('workPk'),
      sortKey: text('workSk'),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: WORK_ATTRIBUTES,
    });
    table.addGlobalSecondaryIndex({
      indexName: 'listing',
      partitionKey: text('listPk'),
      sortKey: text('listSk'),
      projectionType: ProjectionType.ALL,
    });
    return table;
  }

  private createBucket(id: string, props: BucketProps): Bucket {
    return new Bucket(this, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
  }

  /** Actions on the table's items, and on the key what DynamoDB then does in the caller's name. */
  grantItems(grantee: IGrantable, actions: readonly TableAction[]): void {
    Grant.addToPrincipal({
      grantee,
      actions: actions.map((action) => `dynamodb:${action}`),
      resourceArns: [this.table.tableArn],
    });
    this.key.grant(grantee, 'kms:Decrypt', 'kms:DescribeKey');
    if (actions.every((action) => READS.includes(action))) return;
    this.key.grant(grantee, 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey');
  }

  grantIndexes(grantee: IGrantable, indexes: readonly IndexName[]): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      resourceArns: indexes.map((index) => `${this.table.tableArn}/index/${index}`),
    });
  }

  /**
   * Announces each file dropped under a prefix to the queue that is fed by it. The property is set directly, because CDK's own way puts
   * a function of CDK's with rights over every bucket into the stack.
   */
  announceFiles(drops: readonly { readonly queue: IQueue; readonly prefix: string; readonly suffix?: string }[]): void {
    const bucket = this.imports.node.defaultChild as CfnBucket;
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
    for (const queue of new Set(drops.map((drop) => drop.queue))) this.letS3Send(bucket, queue);
  }

  private letS3Send(bucket: CfnBucket, queue: IQueue): void {
    // By account instead of by bucket: S3 tests the permission while it creates the bucket, so the policy comes first.
    const policy = queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (policy.policyDependable) bucket.node.addDependency(policy.policyDependable);
  }
}
