import { ofType, type Resource } from './assembly.ts';
import type { BucketModel, MappingModel, QueueModel, ScheduleModel, StreamMappingModel, TableModel } from './model.ts';

/** Attributes that SQS takes under the name that CloudFormation gives them. */
const QUEUE_ATTRIBUTES = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'RedriveAllowPolicy',
];

/** The template's queues. */
export function queuesOf(resources: readonly Resource[]): readonly QueueModel[] {
  return ofType(resources, 'AWS::SQS::Queue').map(({ properties, identity }) => ({
    name: identity!.attributes.QueueName!,
    arn: identity!.attributes.Arn!,
    url: identity!.ref,
    attributes: Object.fromEntries(
      QUEUE_ATTRIBUTES.filter((name) => properties[name] !== undefined).map((name) => [
        name,
        attributeText(properties[name]),
      ]),
    ),
  }));
}

const attributeText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const isStream = (arn: string): boolean => arn.startsWith('arn:aws:dynamodb:');

/** The template's event source mappings that are enabled. Throws when one leads nowhere. */
const enabledMappings = (resources: readonly Resource[]) =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .map(({ logicalId, properties }) => {
      const functionArn = arnOfFunction(String(properties.FunctionName), resources);
      if (!functionArn) throw new Error(`${logicalId}: there is no function ${properties.FunctionName}`);
      const types = properties.FunctionResponseTypes as readonly string[] | undefined;
      const common = {
        functionArn,
        batchingWindowSeconds: Number(properties.MaximumBatchingWindowInSeconds ?? 0),
        reportsBatchItemFailures: types?.includes('ReportBatchItemFailures') ?? false,
      };
      return { sourceArn: String(properties.EventSourceArn), properties, common };
    });

/** The mappings that feed functions from queues. */
export const mappingsOf = (resources: readonly Resource[]): readonly MappingModel[] =>
  enabledMappings(resources)
    .filter(({ sourceArn }) => !isStream(sourceArn))
    .map(({ sourceArn, properties, common }) => ({
      ...common,
      queueArn: sourceArn,
      // What Lambda takes for SQS when the template says nothing.
      batchSize: Number(properties.BatchSize ?? 10),
      maximumConcurrency: (properties.ScalingConfig as { MaximumConcurrency?: number } | undefined)?.MaximumConcurrency,
    }));

/** The mappings that feed functions from the stream of a table. */
export const streamsOf = (resources: readonly Resource[]): readonly StreamMappingModel[] =>
  enabledMappings(resources)
    .filter(({ sourceArn }) => isStream(sourceArn))
    .map(({ sourceArn, properties, common }) => {
      const criteria = properties.FilterCriteria as { Filters?: readonly { Pattern: string }[] } | undefined;
      const destination = properties.DestinationConfig as { OnFailure?: { Destination?: string } } | undefined;
      return {
        ...common,
        streamArn: sourceArn,
        // What Lambda takes for streams when the template says nothing.
        batchSize: Number(properties.BatchSize ?? 100),
        patterns: (criteria?.Filters ?? []).map(({ Pattern }) => Pattern),
        bisects: properties.BisectBatchOnFunctionError === true,
        maximumRetryAttempts: Number(properties.MaximumRetryAttempts ?? -1),
        maximumRecordAgeSeconds: Number(properties.MaximumRecordAgeInSeconds ?? -1),
        failureQueueArn: destination?.OnFailure?.Destination,
      };
    });

/** The ARN of a function that the template names by name or ARN. */
function arnOfFunction(reference: string, resources: readonly Resource[]): string | undefined {
  const found = ofType(resources, 'AWS::Lambda::Function').find(
    ({ identity }) => identity?.ref === reference || identity?.attributes.Arn === reference,
  );
  return found?.identity?.attributes.Arn;
}

/** The template's schedules. Throws when one's target is not a function of the template. */
export function schedulesOf(resources: readonly Resource[]): readonly ScheduleModel[] {
  return ofType(resources, 'AWS::Scheduler::Schedule').map(({ logicalId, properties, identity }) => {
    const target = properties.Target as { Arn: string; Input?: string };
    const functionArn = arnOfFunction(target.Arn, resources);
    if (!functionArn) throw new Error(`${logicalId}: its target ${target.Arn} is not a function of the template`);
    return {
      name: identity!.ref,
      arn: identity!.attributes.Arn!,
      expression: String(properties.ScheduleExpression),
      timeZone: String(properties.ScheduleExpressionTimezone ?? 'UTC'),
      enabled: properties.State !== 'DISABLED',
      functionArn,
      input: target.Input ?? '{}',
    };
  });
}

interface QueueConfiguration {
  readonly Event: string;
  readonly Queue: string;
  readonly Filter?: {
    readonly S3Key: { readonly Rules: readonly { readonly Name: string; readonly Value: string }[] };
  };
}

interface ObjectLock {
  readonly Rule?: { readonly DefaultRetention?: { readonly Days?: number; readonly Years?: number } };
}

/** The template's buckets with what they tell to queues. */
export function bucketsOf(resources: readonly Resource[]): readonly BucketModel[] {
  return ofType(resources, 'AWS::S3::Bucket').map(({ properties, identity }) => {
    const configuration = properties.NotificationConfiguration as
      | { QueueConfigurations?: readonly QueueConfiguration[] }
      | undefined;
    const lock = properties.ObjectLockConfiguration as ObjectLock | undefined;
    const { Days, Years } = lock?.Rule?.DefaultRetention ?? {};
    return {
      name: identity!.ref,
      ...(properties.ObjectLockEnabled === true && {
        lock: { days: Days ?? (Years === undefined ? undefined : 365 * Years) },
      }),
      notifications: (configuration?.QueueConfigurations ?? []).map(({ Event, Queue, Filter }) => {
        const rule = (name: string) =>
          Filter?.S3Key.Rules.find((candidate) => candidate.Name.toLowerCase() === name)?.Value ?? '';
        return { queueArn: Queue, event: Event, prefix: rule('prefix'), suffix: rule('suffix') };
      }),
    };
  });
}

const CREATE_TABLE = [
  'AttributeDefinitions',
  'KeySchema',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'BillingMode',
];

/** The template's tables. */
export function tablesOf(resources: readonly Resource[]): readonly TableModel[] {
  return ofType(resources, 'AWS::DynamoDB::Table').map(({ properties, identity }) => ({
    name: identity!.ref,
    create: {
      TableName: identity!.ref,
      ...Object.fromEntries(
        CREATE_TABLE.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]),
      ),
      ...(properties.StreamSpecification !== undefined && {
        StreamSpecification: { StreamEnabled: true, ...(properties.StreamSpecification as object) },
      }),
    },
  }));
}

/** Which KMS key of the template each table, bucket and queue is encrypted with, ARN to ARN. */
export function encryptionOf(resources: readonly Resource[]): Readonly<Record<string, string>> {
  const keyArn = (reference: unknown): string | undefined =>
    ofType(resources, 'AWS::KMS::Key').find(
      ({ identity }) => identity!.ref === reference || identity!.attributes.Arn === reference,
    )?.identity?.attributes.Arn;
  const pairs = resources.flatMap(({ properties, identity }) => {
    const key = keyArn(encryptionKey(properties));
    return key && identity?.attributes.Arn ? [[identity.attributes.Arn, key] as const] : [];
  });
  return Object.fromEntries(pairs);
}

interface Encrypted {
  readonly SSESpecification?: { readonly KMSMasterKeyId?: unknown };
  readonly BucketEncryption?: {
    readonly ServerSideEncryptionConfiguration: readonly {
      readonly ServerSideEncryptionByDefault?: { readonly KMSMasterKeyID?: unknown };
    }[];
  };
  readonly KmsMasterKeyId?: unknown;
  readonly KmsKeyId?: unknown;
}

function encryptionKey(properties: Encrypted): unknown {
  const [rule] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  return (
    properties.SSESpecification?.KMSMasterKeyId ??
    rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID ??
    properties.KmsMasterKeyId ??
    properties.KmsKeyId
  );
}
