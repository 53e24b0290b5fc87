import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EXPORT_DAYS } from '../shared/domain/invoice-export.ts';
import type { Stage } from '../shared/runtime/stage.ts';

/** What a function may do to items. A transaction needs the actions of its parts. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';
export type IndexName = 'work' | 'listing';
export type BucketName = 'documents' | 'imports' | 'anchors';

const READS: readonly TableAction[] = ['GetItem', 'BatchGetItem', 'Query'];
/** What the sweep needs beside the keys, which say the rest: which of a receivable's two dates has come. */
const WORK_ATTRIBUTES = ['collectAt', 'dunAt'];

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * Everything that keeps data: the key, the table, the audit logs and their anchors, the documents, the files to import.
 * Nothing here goes with the stack.
 */
export class Storage extends Construct {
  readonly key: Key;
  readonly table: Table;
  /** A table of its own, so that a role can be given to append to it and none to change it. */
  readonly auditLogs: Table;
  readonly anchors: Bucket;
  readonly documents: Bucket;
  readonly imports: Bucket;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Encrypts invoices, accounts and the ledger',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = this.createBillingTable();
    this.auditLogs = this.createAuditTable();
    const accessLogs = this.createBucket('AccessLogs', {
      // S3 delivers its access logs only to buckets encrypted with its own keys.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(400) }],
    });
    const kept = { encryption: BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true, versioned: true };
    this.documents = this.createBucket('Documents', {
      ...kept,
      // Each PDF of an invoice or credit note brings its own time, by the law of its seller's country.
      objectLockEnabled: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'documents/',
      lifecycleRules: [
        {
          // As long as finance is told that it can be downloaded.
          prefix: 'exports/',
          expiration: Duration.days(EXPORT_DAYS),
          noncurrentVersionExpiration: Duration.days(1),
        },
        // Of an upload that died nothing can be seen, and its parts would be paid for ever.
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    this.neverReplaced(this.documents, 'invoices/*', 'credit-notes/*');
    this.anchors = this.createAnchors(stage, { ...kept, serverAccessLogsBucket: accessLogs });
    this.imports = this.createBucket('Imports', {
      ...kept,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'imports/',
      // The files hold addresses of people; once loaded, the accounts are in the table.
      lifecycleRules: [{ expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(1) }],
    });
  }

  private createTable(id: string, props: Partial<TableProps>): Table {
    return new Table(this, id, {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
  }

  private createBillingTable(): Table {
    const table = this.createTable('Table', {
      timeToLiveAttribute: 'expiresAt',
      // What changed, and from what: the audit log is made of it.
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
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

  private createAuditTable(): Table {
    const table = this.createTable('AuditLogs', {});
    table.addGlobalSecondaryIndex({
      indexName: 'moved',
      partitionKey: text('movedPk'),
      sortKey: text('movedSk'),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['last', 'hash'],
    });
    return table;
  }

  /** Objects that nobody deletes or replaces before their time is over; in compliance mode not even the owner of the account. */
  private createAnchors({ audit: { lockMode, lockYears } }: Stage, kept: BucketProps): Bucket {
    const years = Duration.days(365 * lockYears);
    const anchors = this.createBucket('Anchors', {
      ...kept,
      serverAccessLogsPrefix: 'anchors/',
      objectLockEnabled: true,
      objectLockDefaultRetention:
        lockMode === 'compliance' ? ObjectLockRetention.compliance(years) : ObjectLockRetention.governance(years),
    });
    this.neverReplaced(anchors, '*');
    return anchors;
  }

  /** A lock keeps each version; without this a later version, or a mark of deletion, would hide the first. */
  private neverReplaced(bucket: Bucket, ...objects: readonly string[]): void {
    const denied = (actions: string[], conditions = {}) =>
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions,
        resources: objects.map((each) => bucket.arnForObjects(each)),
        conditions,
      });
    bucket.addToResourcePolicy(denied(['s3:PutObject'], { Null: { 's3:if-none-match': 'true' } }));
    bucket.addToResourcePolicy(denied(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention']));
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

  /** Actions on a table's items, and on the key what DynamoDB then does in the caller's name. */
  grantItems(grantee: IGrantable, actions: readonly TableAction[], table = this.table): void {
    Grant.addToPrincipal({
      grantee,
      actions: actions.map((action) => `dynamodb:${action}`),
      resourceArns: [table.tableArn],
    });
    this.key.grant(grantee, 'kms:Decrypt', 'kms:DescribeKey');
    if (actions.every((action) => READS.includes(action))) return;
    this.key.grant(grantee, 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey');
  }

  grantIndexes(grantee: IGrantable, indexes: readonly string[], table = this.table): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      resourceArns: indexes.map((index) => `${table.tableArn}/index/${index}`),
    });
  }
}
