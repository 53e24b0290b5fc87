import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../shared/runtime/stage.ts';
import { type Impact, ImpactAlarm } from './alarm.ts';
import type { Bundles } from './build.ts';
import type { FunctionName } from './functions.ts';
import type { BucketName, IndexName, Storage, TableAction } from './storage.ts';

const OBJECT_ACTIONS = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject'],
  'write-locked': ['s3:PutObject', 's3:PutObjectRetention'],
} as const;

/** What every function of a stack is made with. */
export interface Surroundings {
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly alarms: ITopic;
}

export interface BillingFunctionProps extends Surroundings {
  readonly name: FunctionName;
  /** Seconds. */
  readonly timeout: number;
  /** MB; CPU grows with it: 1769 MB are one core. */
  readonly memory: number;
  readonly impact: Impact;
}

/**
 * A function with its own role and log group. It may do nothing but log and trace; the methods give it the rest, each
 * with the environment variables that tell it where.
 */
export class BillingFunction extends Construct {
  readonly function: LambdaFunction;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: BillingFunctionProps) {
    super(scope, id);
    // A role of our own: the default one gets an AWS managed policy that may write to every log group.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const physicalName = `${namePrefix(props.stage)}-${props.name}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${physicalName}`,
      retention: props.stage.logRetentionDays,
      // The books are in the table; logs go with the stack, so that it can be deployed again under the same names.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      functionName: physicalName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundles[props.name].dir),
      role: this.role,
      logGroup,
      timeout: Duration.seconds(props.timeout),
      memorySize: props.memory,
      tracing: Tracing.ACTIVE,
      // Long work goes on in messages that functions send to their own queue: Lambda would stop it after 16 of them.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(props.stage),
        POWERTOOLS_LOG_LEVEL: 'INFO',
      },
    });
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray has no resources to name: PutTraceSegments and PutTelemetryRecords only exist for "*"',
    });
    new ImpactAlarm(this, 'Throttled', {
      name: `${props.name}-throttled`,
      impact: { loses: props.impact.loses, runbook: 'A function is throttled' },
      topic: props.alarms,
      metric: this.function.metricThrottles({ period: Duration.minutes(5) }),
      threshold: 1,
      periods: 3,
    });
  }

  /** Lets the function do just these things to items; on the indexes it may query and nothing else. */
  usesTable(storage: Storage, actions: readonly TableAction[], indexes: readonly IndexName[] = []): this {
    this.tell('TABLE_NAME', storage.table.tableName);
    storage.grantItems(this.role, actions);
    if (indexes.length > 0) storage.grantIndexes(this.role, indexes);
    return this;
  }

  /** Lets the function read the audit logs, by account or by the day they grew, and append to them. */
  usesAuditLogs(storage: Storage, ...uses: readonly ('read' | 'append' | 'read-by-day')[]): this {
    const { auditLogs } = storage;
    this.tell('AUDIT_TABLE_NAME', auditLogs.tableName);
    if (uses.includes('read')) storage.grantItems(this.role, ['Query'], auditLogs);
    if (uses.includes('append')) storage.grantItems(this.role, ['PutItem'], auditLogs);
    if (!uses.includes('read-by-day')) return this;
    storage.grantIndexes(this.role, ['moved'], auditLogs);
    storage.key.grant(this.role, 'kms:Decrypt', 'kms:DescribeKey');
    return this;
  }

  /** Lets the function send to these queues and to no other. */
  sendsTo(...targets: readonly { readonly queueName: string; readonly queue: IQueue }[]): this {
    for (const { queueName, queue } of targets) {
      this.tell(`QUEUE_URL_${queueName.toUpperCase()}`, queue.queueUrl);
      queue.grant(this.role, 'sqs:SendMessage');
    }
    return this;
  }

  /** Lets the function read or write the objects under a prefix that ends in a slash, or write them under a lock. */
  usesObjects(storage: Storage, name: BucketName, access: keyof typeof OBJECT_ACTIONS, prefix: string): this {
    const bucket = storage[name];
    this.tell(`${name.toUpperCase()}_BUCKET`, bucket.bucketName);
    this.allow([...OBJECT_ACTIONS[access]], [bucket.arnForObjects(`${prefix}*`)]);
    // Without it S3 answers 403 instead of 404 for an object that does not exist.
    if (access === 'read') this.allow(['s3:ListBucket'], [bucket.bucketArn]);
    storage.key.grant(this.role, access === 'read' ? 'kms:Decrypt' : 'kms:GenerateDataKey');
    const logicalId = Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnBucket);
    Validations.of(this.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${prefix}*]`,
      reason: `The objects under ${prefix} come into being at run time; nothing outside of the prefix is open`,
    });
    return this;
  }

  /**
   * Lets the function read the payment processor's keys. The grant's resource ends in "-??????": Secrets Manager adds six
   * characters to the name that are not known here.
   */
  usesProcessor(secret: ISecret): this {
    secret.grantRead(this.role);
    return this.tell('PROCESSOR_SECRET_ARN', secret.secretArn);
  }

  /** Sets an environment variable. */
  tell(variable: string, value: string): this {
    this.function.addEnvironment(variable, value);
    return this;
  }

  /** Allows actions on resources that the other methods do not know. */
  allow(actions: string[], resources: string[]): this {
    Grant.addToPrincipal({ grantee: this.role, actions, resourceArns: resources });
    return this;
  }

  /** For constructs that give their grants themselves, and for what must wait for them. */
  get grantee(): Role {
    return this.role;
  }
}

/** Begins every physical name. */
export const namePrefix = (stage: Stage): string => `telecom-billing-${stage.stage}`;

/** Stages of one AWS account must not count into each other's metrics. */
export const metricsNamespace = (stage: Stage): string => `TelecomBilling/${stage.stage}`;
