import type { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../infra/functions.ts';
import { readStage } from '../../infra/stage.ts';
import type { QueueName } from '../../shared/messages.ts';
import { appOf, type Statement, templateOf } from './template.ts';

const template = await templateOf();
const tables = template.of('AWS::DynamoDB::Table');
const table = tables.find(({ Properties }) => Properties.StreamSpecification)!;
const auditLogs = tables.find(({ Properties }) => !Properties.StreamSpecification)!;

/** Who sends to whom; the dead-letter queue of its own comes on top. */
const SENDS: Readonly<Record<FunctionName, readonly QueueName[]>> = {
  'plan-billing-run': ['runs'],
  'fan-out-run': ['runs', 'invoices'],
  'issue-invoice': ['invoices', 'deliveries', 'collections'],
  'deliver-invoice': [],
  'collect-payment': ['collections', 'notices', 'services'],
  'receive-webhook': ['lookups'],
  'follow-processor': ['collections'],
  'reconcile-processor': ['lookups'],
  'advance-dunning': ['notices', 'services'],
  'send-notice': [],
  'follow-mail': ['dunning'],
  'change-services': ['notices'],
  'erase-at-processor': [],
  'sweep-overdue': ['runs', 'invoices', 'deliveries', 'collections', 'dunning', 'notices', 'services', 'erasures'],
  'import-accounts': ['imports'],
  'ingest-usage': ['usage'],
  'export-invoices': ['exports'],
  'record-dead-letter': [],
  'record-audit': [],
  'anchor-audit': [],
  api: [
    'runs',
    'invoices',
    'deliveries',
    'collections',
    'lookups',
    'dunning',
    'notices',
    'feedback',
    'services',
    'erasures',
    'imports',
    'usage',
    'exports',
  ],
};

/** No function may scan. An index adds a `Query`. */
const TABLE_ACTIONS: Readonly<Record<FunctionName, readonly string[]>> = {
  'plan-billing-run': ['GetItem', 'PutItem', 'Query'],
  'fan-out-run': ['Query', 'Query', 'UpdateItem'],
  'issue-invoice': ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
  'deliver-invoice': ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'],
  'collect-payment': ['ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
  'receive-webhook': [],
  'follow-processor': ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
  'reconcile-processor': ['GetItem', 'PutItem', 'Query', 'Query'],
  'advance-dunning': ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
  'send-notice': ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
  'follow-mail': ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'],
  'change-services': ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'],
  'erase-at-processor': ['GetItem', 'Query', 'UpdateItem'],
  'sweep-overdue': ['Query', 'UpdateItem'],
  'import-accounts': ['GetItem', 'PutItem'],
  'ingest-usage': ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'Query', 'UpdateItem'],
  'export-invoices': ['BatchGetItem', 'GetItem', 'Query', 'Query', 'UpdateItem'],
  'record-dead-letter': ['UpdateItem'],
  'record-audit': ['DescribeStream', 'GetItem', 'GetRecords', 'GetShardIterator', 'ListStreams'],
  'anchor-audit': [],
  api: ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Query', 'UpdateItem'],
};

/** The queue that is told what a function gave up of a stream. */
const failureDestinationOf = (name: string): string | undefined =>
  template
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ Properties }) => Properties.FunctionName.Ref === template.function(name).id)
    .map(({ Properties }) => Properties.DestinationConfig?.OnFailure.Destination['Fn::GetAtt'][0])
    .find((id) => id !== undefined);

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
const text = (resource: unknown): string => (typeof resource === 'string' ? resource : JSON.stringify(resource));

/** Actions that only exist for "*". */
const RESOURCELESS = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments', 'ses:DeleteSuppressedDestination'];

describe('least privilege', () => {
  it('names every action: no policy has a wildcard in one', () => {
    const actions = FUNCTIONS.flatMap((name) => template.actions(name));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('names every resource, but for tracing and the suppression list, which have none, and objects, which come into being at run time', () => {
    const wild = template
      .of('AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
      .flatMap(({ Action, Resource }) => list(Resource).map((each) => ({ actions: list(Action), on: text(each) })))
      .filter(({ on }) => on.includes('*'));
    for (const { actions, on } of wild) {
      if (on === '*') expect(RESOURCELESS).toEqual(expect.arrayContaining(actions));
      else {
        expect(on).toMatch(
          /"\/(invoices|credit-notes|exports|reconciliations|accounts|reports|usage|decks|anchors)\/\*"/,
        );
        for (const action of actions)
          expect(['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention', 's3:AbortMultipartUpload']).toContain(
            action,
          );
      }
    }
    expect(wild.length).toBeGreaterThan(0);
  });

  it.each(FUNCTIONS)('%s may send to its queues and to no other', (name) => {
    const url = (queue: string) => `QUEUE_URL_${queue.toUpperCase()}`;
    const variables = template.function(name).Properties.Environment.Variables;
    expect(Object.keys(variables).filter((each) => each.startsWith('QUEUE_URL_'))).toEqual(SENDS[name].map(url));
    const open = template
      .of('AWS::SQS::Queue')
      .filter((queue) => template.actions(name, queue).includes('sqs:SendMessage'))
      .map(({ id }) => id);
    const own = [
      variables.OWN_DLQ_URL?.Ref,
      template.function(name).Properties.DeadLetterConfig?.TargetArn['Fn::GetAtt'][0],
      failureDestinationOf(name),
    ];
    const expected = [...SENDS[name].map((queue) => variables[url(queue)].Ref), ...own].filter(Boolean);
    expect(open.sort()).toEqual([...new Set(expected)].sort());
  });

  it.each(Object.entries(TABLE_ACTIONS))('%s may do to the table what it does, and no more', (name, expected) => {
    const actions = template.actions(name, table).filter((action) => action.startsWith('dynamodb:'));
    expect(actions.map((action) => action.slice('dynamodb:'.length)).sort()).toEqual(expected);
  });

  it('lets one function append to the audit logs, two read an account’s, one a day’s, and nobody change or delete', () => {
    const may = FUNCTIONS.flatMap((name) => {
      const actions = template.actions(name, auditLogs).filter((action) => action.startsWith('dynamodb:'));
      return actions.length > 0 ? [[name, actions.map((action) => action.slice('dynamodb:'.length))]] : [];
    });
    expect(may).toEqual([
      ['record-audit', ['PutItem', 'Query']],
      ['anchor-audit', ['Query']],
      ['api', ['Query']],
    ]);
  });

  it('shows the processor’s secret to those who speak to the processor, and holds no value of it', () => {
    const readers = FUNCTIONS.filter((name) => template.actions(name).includes('secretsmanager:GetSecretValue'));
    expect(readers).toEqual([
      'collect-payment',
      'receive-webhook',
      'follow-processor',
      'reconcile-processor',
      'erase-at-processor',
      'api',
    ]);
    expect(JSON.stringify(template.resources)).not.toMatch(/sk_(test|live)|whsec_/);
  });

  it('mails only from the functions that deliver', () => {
    const senders = FUNCTIONS.filter((name) => template.actions(name).includes('ses:SendRawEmail'));
    expect(senders).toEqual(['deliver-invoice', 'send-notice']);
  });
});

describe('data', () => {
  it('in the table is encrypted with our key, restorable to any second and protected from deletion', () => {
    for (const { Properties } of tables)
      expect(Properties).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        DeletionProtectionEnabled: true,
      });
    expect(template.of('AWS::KMS::Key')[0]?.Properties.EnableKeyRotation).toBe(true);
    for (const type of ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Cognito::UserPool']) {
      for (const resource of template.of(type)) expect(resource.DeletionPolicy).toBe('Retain');
    }
  });

  it('in buckets is encrypted, closed to the public and to plain HTTP, and accesses are logged', () => {
    const closed = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    for (const bucket of template.of('AWS::S3::Bucket')) {
      expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual(closed);
      expect(bucket.Properties.BucketEncryption).toBeDefined();
      const policy = template.of('AWS::S3::BucketPolicy').find(({ Properties }) => Properties.Bucket.Ref === bucket.id);
      expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
    expect(template.of('AWS::S3::Bucket').filter(({ Properties }) => Properties.LoggingConfiguration)).toHaveLength(3);
  });

  const locked = template.of('AWS::S3::Bucket').filter(({ Properties }) => Properties.ObjectLockEnabled === true);
  const retentionOf = (bucket: (typeof locked)[number]) =>
    bucket.Properties.ObjectLockConfiguration?.Rule?.DefaultRetention;
  /** What nobody may do to the objects of a bucket, and to which. */
  const denials = (bucketId: string | undefined, action: string) =>
    template
      .of('AWS::S3::BucketPolicy')
      .find(({ Properties }) => Properties.Bucket.Ref === bucketId)
      ?.Properties.PolicyDocument.Statement.filter(
        (each: Statement) => each.Effect === 'Deny' && list(each.Action).includes(action),
      );

  it.each([
    ['anchors the audit logs is locked for as long as the stage says', true, '/*'],
    ['is an invoice brings its own lock', false, '/invoices/*'],
    ['is a credit note brings its own lock', false, '/credit-notes/*'],
  ])('that %s: nobody deletes, replaces or unlocks it', (_what, isAnchors, objects) => {
    expect(locked).toHaveLength(2);
    const bucket = locked.find((each) => (retentionOf(each) !== undefined) === isAnchors)!;
    expect(retentionOf(bucket)).toEqual(isAnchors ? { Mode: 'GOVERNANCE', Days: 365 } : undefined);
    for (const action of ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'])
      expect(denials(bucket.id, action)).toMatchObject([{ Principal: { AWS: '*' } }]);
    expect(denials(bucket.id, 's3:PutObject')).toMatchObject([{ Condition: { Null: { 's3:if-none-match': 'true' } } }]);
    expect(text(denials(bucket.id, 's3:PutObject')[0].Resource)).toContain(`"${objects}"`);
  });

  it('in queues is encrypted and closed to plain HTTP', () => {
    for (const queue of template.of('AWS::SQS::Queue')) {
      expect(queue.Properties.SqsManagedSseEnabled).toBe(true);
      const policy = template
        .of('AWS::SQS::QueuePolicy')
        .find(({ Properties }) => Properties.Queues[0].Ref === queue.id);
      expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });
});

describe('the HTTP API', () => {
  it('asks for a token everywhere but for its health and its description', () => {
    const open = template
      .of('AWS::ApiGatewayV2::Route')
      .filter(({ Properties }) => Properties.AuthorizationType !== 'JWT')
      .map(({ Properties }) => Properties.RouteKey);
    expect(open.sort()).toEqual(['GET /health', 'GET /openapi.json', 'POST /webhooks/processor']);
  });

  it('lets nobody write the account or the sellers in their own token, nor sign up', () => {
    const client = template.of('AWS::Cognito::UserPoolClient')[0]!;
    expect(client.Properties.WriteAttributes.filter((name: string) => name.startsWith('custom:'))).toEqual([]);
    expect(template.of('AWS::Cognito::UserPool')[0]?.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
    });
  });
});

describe('the checks of cdk-nag and of CloudFormation’s schemas', { timeout: 120_000 }, () => {
  it.each(['local', 'example'])('find nothing in stage %s that is not acknowledged with a reason', async (name) => {
    const app = await appOf(readStage(name), { checks: true });
    expect(() => app.synth()).not.toThrow();
  });

  it('stop the synthesis when they find something', async () => {
    const app = await appOf(readStage('example'), { checks: true });
    new Bucket(app.node.findChild('TelecomBilling-example') as Stack, 'Careless');
    expect(() => app.synth()).toThrow('AwsSolutions-S1');
  });
});
