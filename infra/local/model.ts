import type { Resource } from './assembly.ts';
import type { PolicyStatement } from './gateway/iam.ts';
import type { ConfigurationSetModel } from './gateway/ses-events.ts';
import type { ApiModel } from './model-api.ts';

export interface FunctionModel {
  /** What it is called here and in the code: the physical name without what all functions' names begin with. */
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  readonly codeDirectory: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly reservedConcurrency?: number;
  readonly statements: readonly PolicyStatement[];
  /** The queue for events of asynchronous invocations that failed for good. */
  readonly deadLetterArn?: string;
}

export interface QueueModel {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** As SQS's `CreateQueue` takes them. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface MappingModel {
  readonly functionArn: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maximumConcurrency?: number;
  readonly reportsBatchItemFailures: boolean;
}

/** A function that is fed from the stream of a table. */
export interface StreamMappingModel {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** Patterns in Lambda's words; a record passes that fits any of them. None: all pass. */
  readonly patterns: readonly string[];
  readonly reportsBatchItemFailures: boolean;
  /** A batch that fails is tried in halves. */
  readonly bisects: boolean;
  /** -1: without end. */
  readonly maximumRetryAttempts: number;
  /** -1: as long as the stream keeps it. */
  readonly maximumRecordAgeSeconds: number;
  /** The queue that is told of what was given up. */
  readonly failureQueueArn?: string;
}

export interface ScheduleModel {
  readonly name: string;
  readonly arn: string;
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  readonly expression: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly functionArn: string;
  /** JSON text with Scheduler's context attributes. */
  readonly input: string;
}

export interface BucketModel {
  readonly name: string;
  /** Has an object lock: `days` is for how many of them nobody may delete or replace an object that says nothing else. */
  readonly lock?: { readonly days?: number };
  readonly notifications: readonly {
    readonly queueArn: string;
    /** e.g. `s3:ObjectCreated:*` */
    readonly event: string;
    readonly prefix: string;
    readonly suffix: string;
  }[];
}

/** Which events of a bus go to which queues. */
export interface RuleModel {
  readonly arn: string;
  /** Name of the bus. */
  readonly bus: string;
  /** In EventBridge's words. */
  readonly pattern: unknown;
  readonly queueArns: readonly string[];
  /** Where events go that do not get to their queue. */
  readonly deadLetterArns: readonly string[];
}

export interface TableModel {
  readonly name: string;
  /** As DynamoDB's `CreateTable` takes it. */
  readonly create: Readonly<Record<string, unknown>>;
}

/** The stack as the local stack boots it, every name resolved. */
export interface StackModel {
  readonly stackName: string;
  readonly functions: readonly FunctionModel[];
  readonly queues: readonly QueueModel[];
  readonly mappings: readonly MappingModel[];
  readonly streams: readonly StreamMappingModel[];
  readonly schedules: readonly ScheduleModel[];
  readonly buckets: readonly BucketModel[];
  readonly tables: readonly TableModel[];
  readonly eventBuses: readonly string[];
  /** Domains and addresses that SES may send from. */
  readonly mailIdentities: readonly string[];
  readonly rules: readonly RuleModel[];
  readonly mailConfigurationSets: readonly ConfigurationSetModel[];
  /** The KMS key of each resource that has one, ARN to ARN. */
  readonly encryption: Readonly<Record<string, string>>;
  readonly api?: ApiModel;
  readonly resources: readonly Resource[];
}
