import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../infra/functions.ts';
import { streamFilter } from '../../infra/local/stream-filter.ts';
import { readStage } from '../../infra/stage.ts';
import { LOGGED } from '../../shared/domain/audit/kinds.ts';
import { QUEUES } from '../../shared/messages.ts';
import { templateOf } from './template.ts';

const stage = readStage('local');
const template = await templateOf(stage);
const queue = (name: string) => template.named('AWS::SQS::Queue', 'QueueName', `-${name}`);
const mappingOf = (name: string) =>
  template
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ Properties }) => Properties.EventSourceArn['Fn::GetAtt'][0] === queue(name).id);

describe('the queues', () => {
  it.each(QUEUES)('%s gives up after four receives into a dead-letter queue that keeps it for 14 days', (name) => {
    const { RedrivePolicy, MessageRetentionPeriod } = queue(name).Properties;
    expect(RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [queue(`${name}-dlq`).id, 'Arn'] },
      maxReceiveCount: 4,
    });
    expect(MessageRetentionPeriod).toBe(4 * 86_400);
    expect(queue(`${name}-dlq`).Properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });

  it.each(QUEUES)('%s feeds one function, bounded, message by message, and hides for six of its timeouts', (name) => {
    const [mapping, ...others] = mappingOf(name);
    expect(others).toEqual([]);
    expect(mapping?.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(mapping?.Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    const worker = template.resources.find(({ id }) => id === mapping?.Properties.FunctionName.Ref);
    expect(queue(name).Properties.VisibilityTimeout).toBe(6 * worker?.Properties.Timeout);
    expect(worker?.Properties.Environment.Variables).toMatchObject({
      OWN_QUEUE_URL: { Ref: queue(name).id },
      OWN_DLQ_URL: { Ref: queue(`${name}-dlq`).id },
      MAX_RECEIVES: '4',
    });
  });

  it('are all recorded from, when jobs failed for good', () => {
    const recorder = template.function('record-dead-letter').id;
    for (const name of QUEUES) {
      expect(mappingOf(`${name}-dlq`).map(({ Properties }) => Properties.FunctionName.Ref)).toEqual([recorder]);
    }
  });

  it('press on the table, on SES and on the processor no harder than the stage allows', () => {
    const concurrency = (name: string) => mappingOf(name)[0]?.Properties.ScalingConfig.MaximumConcurrency;
    expect({
      issueInvoice: concurrency('invoices'),
      deliverInvoice: concurrency('deliveries'),
      collectPayment: concurrency('collections'),
    }).toEqual(stage.concurrency);
  });

  it('take files from S3, each those dropped under its own folders', () => {
    const imports = template.of('AWS::S3::Bucket').find(({ Properties }) => Properties.NotificationConfiguration);
    const from = (name: string, ...rules: [string, string][]) => ({
      Event: 's3:ObjectCreated:*',
      Queue: { 'Fn::GetAtt': [queue(name).id, 'Arn'] },
      Filter: { S3Key: { Rules: rules.map(([Name, Value]) => ({ Name, Value })) } },
    });
    expect(imports?.Properties.NotificationConfiguration.QueueConfigurations).toEqual([
      from('imports', ['prefix', 'accounts/'], ['suffix', '.jsonl']),
      from('usage', ['prefix', 'usage/']),
      from('usage', ['prefix', 'decks/'], ['suffix', '.csv']),
    ]);
    for (const name of ['imports', 'usage']) {
      const policy = template
        .of('AWS::SQS::QueuePolicy')
        .find(({ Properties }) => Properties.Queues[0].Ref === queue(name).id);
      // S3 refuses the configuration while it may not send.
      expect(imports?.DependsOn).toContain(policy?.id);
    }
  });
});

describe('the functions', () => {
  it('are the known ones and no helper of the CDK', () => {
    const names = template.of('AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName);
    expect(names.sort()).toEqual(FUNCTIONS.map((name) => `telecom-billing-local-${name}`).sort());
    expect(template.resources.filter(({ Type }) => !Type.startsWith('AWS::'))).toEqual([]);
  });

  it.each(FUNCTIONS)('%s runs on arm64 with Node 24, is traced, and logs for as long as the stage says', (name) => {
    const { Properties } = template.function(name);
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    });
    const logs = template.resources.find(({ id }) => id === Properties.LoggingConfig.LogGroup.Ref);
    expect(logs?.Properties.RetentionInDays).toBe(stage.logRetentionDays);
  });
});

describe('the schedules', () => {
  it.each([
    ['plan-billing-run', 'cron(15 0 * * ? *)'],
    ['reconcile-processor', 'cron(30 4 * * ? *)'],
  ])('start %s of each seller in its own time zone: %s', (name, expression) => {
    const nightly = template
      .of('AWS::Scheduler::Schedule')
      .filter(({ Properties }) => Properties.Name.includes(`-${name}-`))
      .map(({ Properties }) => [
        JSON.parse(Properties.Target.Input).sellerId,
        Properties.ScheduleExpressionTimezone,
        Properties.ScheduleExpression,
      ]);
    const expected = stage.sellers.map((seller) => [seller.sellerId, seller.timeZone, expression]);
    expect(nightly.sort()).toEqual(expected.sort());
  });

  it('anchor the audit logs once a day, when the day before is surely over in UTC', () => {
    const daily = template.named('AWS::Scheduler::Schedule', 'Name', 'anchor-audit-daily');
    expect(daily.Properties).toMatchObject({
      ScheduleExpression: 'cron(40 0 * * ? *)',
      ScheduleExpressionTimezone: 'UTC',
      State: 'ENABLED',
    });
  });

  it('keep an event that cannot be delivered, and one that the function failed to handle', () => {
    for (const { Properties } of template.of('AWS::Scheduler::Schedule')) {
      const fired = template.resources.find(({ id }) => id === Properties.Target.Arn['Fn::GetAtt'][0]);
      expect(Properties.Target.DeadLetterConfig.Arn).toEqual(fired?.Properties.DeadLetterConfig.TargetArn);
      expect(Properties.Target.RetryPolicy.MaximumRetryAttempts).toBeGreaterThan(0);
    }
  });
});

describe('the stream of the table', () => {
  const EVENTS = ['INSERT', 'MODIFY', 'REMOVE'] as const;
  const patterns = (): string[] =>
    mapping?.Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => Pattern);
  const [mapping, ...others] = template
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ Properties }) => JSON.stringify(Properties.EventSourceArn).includes('StreamArn'));

  it('feeds the audit log alone, with both images, from its beginning, in order and without leaving anything out', () => {
    expect(others).toEqual([]);
    expect(mapping?.Properties).toMatchObject({
      FunctionName: { Ref: template.function('record-audit').id },
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: -1,
      // What is given up by then stays in the stream for as long again: it can be read once more.
      MaximumRecordAgeInSeconds: 43_200,
    });
    const table = template.of('AWS::DynamoDB::Table').find(({ Properties }) => Properties.StreamSpecification);
    expect(table?.Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  it('is filtered by no more patterns, and none longer, than Lambda takes', () => {
    expect(patterns().length).toBeLessThanOrEqual(5);
    for (const pattern of patterns()) expect(pattern.length).toBeLessThanOrEqual(4096);
  });

  it.each(Object.entries(LOGGED).flatMap(([prefix, rules]) => EVENTS.map((event) => [event, prefix, rules] as const)))(
    'lets through every %s of %s that the audit log is about',
    (event, prefix, { stream }) => {
      const sk = prefix === 'PROFILE' ? prefix : `${prefix}1`;
      const image = { ...(stream?.with && { [stream.with]: { S: 'x' } }) };
      const passes = streamFilter(patterns())({
        eventName: event,
        dynamodb: {
          Keys: { pk: { S: 'ACCOUNT#acme' }, sk: { S: sk } },
          ...(event !== 'REMOVE' && { NewImage: image }),
        },
      });
      expect(passes).toBe(stream?.events?.includes(event) ?? true);
    },
  );

  it.each([
    [
      'a redrive of an account’s work',
      'DEADLETTERS#invoices',
      { status: { S: 'redriven' }, accountId: { S: 'acme' } },
      true,
    ],
    ['work that gave up', 'DEADLETTERS#invoices', { status: { S: 'open' }, accountId: { S: 'acme' } }, false],
    ['a run', 'RUNS#northwind-ie', {}, false],
  ])('knows %s', (_name, pk, NewImage, expected) => {
    const record = { eventName: 'MODIFY', dynamodb: { Keys: { pk: { S: pk }, sk: { S: 'x' } }, NewImage } };
    expect(streamFilter(patterns())(record)).toBe(expected);
  });
});
