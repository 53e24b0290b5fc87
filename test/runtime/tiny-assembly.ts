import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;

const ref = (id: string) => ({ Ref: id });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** Writes a cloud assembly as CDK does: a template, and the functions' code as assets. Returns its directory. */
export function writeAssembly(resources: Resources, code: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  const write = (name: string, content: object): void => writeFileSync(join(directory, name), JSON.stringify(content));
  write('manifest.json', {
    artifacts: {
      Tiny: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/eu-west-1',
        properties: { templateFile: 'Tiny.template.json' },
      },
    },
  });
  write('Tiny.template.json', { Resources: resources });
  const files = Object.keys(code).map((name) => [
    name,
    { source: { path: `asset.${name}` }, destinations: { current: { objectKey: `${name}.zip` } } },
  ]);
  write('Tiny.assets.json', { files: Object.fromEntries(files) });
  for (const [name, source] of Object.entries(code)) {
    mkdirSync(join(directory, `asset.${name}`));
    writeFileSync(join(directory, `asset.${name}`, 'index.mjs'), source);
  }
  return directory;
}

/** A function with a role that may do these things; its code is the asset of its name. */
export function functionResources(
  id: string,
  name: string,
  { statements = [] as object[], properties = {} as object } = {},
): Resources {
  return {
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {},
        Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: statements } }],
      },
    },
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: `tiny-${name}`,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
        Role: arnOf(`${id}Role`),
        Timeout: 2,
        MemorySize: 128,
        ...properties,
      },
    },
  };
}

/** Works off messages as their bodies say, and notes each delivery in the file that the environment names. */
const WORKER = `
import { appendFileSync } from 'node:fs';
const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_REGION, NOTES } = process.env;
const sendToMissed = (name) => fetch(AWS_ENDPOINT_URL, {
  method: 'POST',
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'AmazonSQS.SendMessage',
    authorization: 'AWS4-HMAC-SHA256 Credential=' + AWS_ACCESS_KEY_ID + '/20260101/' + AWS_REGION + '/sqs/aws4_request',
  },
  body: JSON.stringify({ QueueUrl: AWS_ENDPOINT_URL + '/000000000000/tiny-missed', MessageBody: name }),
});
export const handler = async (event, context) => {
  const failures = [];
  for (const record of event.Records) {
    const { name, what, until } = JSON.parse(record.body).Records ? { name: 's3' } : JSON.parse(record.body);
    const receive = Number(record.attributes.ApproximateReceiveCount);
    appendFileSync(NOTES, JSON.stringify({ name, receive, record, batch: event.Records.length }) + '\\n');
    if (what === 'call') await sendToMissed(name);
    if (receive > (until ?? 0)) continue;
    if (what === 'crash') process.exit(7);
    if (what === 'hang') await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (what === 'throw') throw new TypeError('no such luck');
    if (what === 'fail') failures.push({ itemIdentifier: record.messageId });
    if (what === 'nonsense') failures.push({ itemIdentifier: 'no such message' });
  }
  return { batchItemFailures: failures };
};`;

/** Answers with the event it got, so that a caller sees what API Gateway made of its request. */
const API = `
export const handler = async (event) => {
  if (event.rawPath === '/break') throw new Error('broken');
  if (event.rawPath === '/plain') return { hello: 'you' };
  return {
    statusCode: 201, headers: { 'x-made-by': 'tiny' }, cookies: ['a=1', 'b=2'],
    body: Buffer.from(JSON.stringify(event)).toString('base64'), isBase64Encoded: true,
  };
};`;

/** Notes its event; fails as often as the event says. */
const TICKER = `
import { appendFileSync } from 'node:fs';
let failed = 0;
export const handler = async (event) => {
  appendFileSync(process.env.NOTES, JSON.stringify({ name: 'tick', event, now: new Date().toISOString() }) + '\\n');
  if (failed < (event.fail ?? 0)) { failed += 1; throw new Error('not yet'); }
};`;

const QUEUE_GRANTS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:SendMessage'];

/** A stack with everything but a table: queue, dead letters, bucket that notifies, schedules, API with tokens. */
export function tinyStack(notes: string, mapping: Record<string, unknown> = {}): string {
  const environment = { Environment: { Variables: { NOTES: notes } } };
  const statements = [{ Effect: 'Allow', Action: QUEUE_GRANTS, Resource: [arnOf('Jobs'), arnOf('Missed')] }];
  return writeAssembly(
    {
      ...queues(),
      ...functionResources('Worker', 'worker', { statements, properties: environment }),
      Feed: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: arnOf('Jobs'),
          FunctionName: ref('Worker'),
          BatchSize: 10,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...mapping,
        },
      },
      ...schedules(),
      ...functionResources('Ticker', 'ticker', {
        statements,
        properties: { ...environment, DeadLetterConfig: { TargetArn: arnOf('Missed') } },
      }),
      ...httpApi(),
      ...functionResources('Echo', 'api'),
    },
    { worker: WORKER, ticker: TICKER, api: API },
  );
}

function queues(): Resources {
  const maySend = { Effect: 'Allow', Action: 'sqs:SendMessage', Principal: { Service: 's3.amazonaws.com' } };
  const filter = {
    S3Key: {
      Rules: [
        { Name: 'prefix', Value: 'in/' },
        { Name: 'suffix', Value: '.jsonl' },
      ],
    },
  };
  return {
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'tiny-dead' } },
    Missed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'tiny-missed' } },
    Jobs: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'tiny-jobs',
        VisibilityTimeout: 3,
        RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 3 },
      },
    },
    JobsPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [ref('Jobs')], PolicyDocument: { Statement: [{ ...maySend, Resource: arnOf('Jobs') }] } },
    },
    Files: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'tiny-files',
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: arnOf('Jobs'), Filter: filter }],
        },
      },
    },
  };
}

function schedules(): Resources {
  const schedule = (name: string, expression: string, input: object, timeZone?: string): Resources[string] => ({
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: `tiny-${name}`,
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: timeZone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      Target: { Arn: arnOf('Ticker'), RoleArn: arnOf('CallerRole'), Input: JSON.stringify(input) },
    },
  });
  const invoke = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: [arnOf('Ticker')] };
  return {
    CallerRole: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'invoke', PolicyDocument: { Statement: [invoke] } }] },
    },
    Nightly: schedule('nightly', 'cron(15 0 * * ? *)', { due: '<aws.scheduler.scheduled-time>' }, 'America/New_York'),
    Often: schedule('often', 'rate(5 minutes)', { often: true }),
  };
}

function httpApi(): Resources {
  const route = (routeKey: string, more: object): Resources[string] => ({
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Api'),
      RouteKey: routeKey,
      Target: { 'Fn::Join': ['/', ['integrations', ref('Integration')]] },
      ...more,
    },
  });
  const jwt = { AuthorizationType: 'JWT', AuthorizerId: ref('Tokens') };
  return {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'tiny', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arnOf('Echo'),
        PayloadFormatVersion: '2.0',
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arnOf('Echo'),
        Principal: 'apigateway.amazonaws.com',
      },
    },
    Tokens: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'),
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: 'https://issuer.example/pool', Audience: ['client-1'] },
      },
    },
    Everything: route('ANY /{proxy+}', jwt),
    Scoped: route('GET /scoped', { ...jwt, AuthorizationScopes: ['invoices/read'] }),
    Open: route('GET /plain', { AuthorizationType: 'NONE' }),
  };
}

/** Notes what it is told of; fails on items that say so, as often as they say. */
const READER = `
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
const { NOTES } = process.env;
export const handler = async ({ Records }) => {
  const names = Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
  appendFileSync(NOTES, JSON.stringify({ names, record: Records[0] }) + '\\n');
  const tries = (name) => readFileSync(NOTES, 'utf8').split('\\n').filter((line) => line.includes('"' + name + '"')).length;
  const failures = [];
  for (const { dynamodb: { Keys, NewImage = {}, SequenceNumber } } of Records) {
    const { what, until } = NewImage;
    if (!what || tries(Keys.pk.S) > Number(until?.N ?? 99)) continue;
    if (what.S === 'throw') throw new TypeError('no such luck');
    failures.push({ itemIdentifier: what.S === 'fail' ? SequenceNumber : 'no such record' });
  }
  return { batchItemFailures: failures };
};`;

const STREAM_GRANTS = ['DescribeStream', 'GetRecords', 'GetShardIterator'].map((name) => `dynamodb:${name}`);

/** A table, and a function that is fed from its stream. */
export function tinyStream(notes: string, mapping: Record<string, unknown> = {}): string {
  const stream = { 'Fn::GetAtt': ['Items', 'StreamArn'] };
  const statements = [
    { Effect: 'Allow', Action: STREAM_GRANTS, Resource: [stream] },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: [arnOf('Lost')] },
  ];
  return writeAssembly(
    {
      Items: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'tiny-items',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        },
      },
      Lost: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'tiny-lost' } },
      ...functionResources('Reader', 'reader', {
        statements,
        properties: { Environment: { Variables: { NOTES: notes } } },
      }),
      Feed: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: stream,
          FunctionName: ref('Reader'),
          StartingPosition: 'TRIM_HORIZON',
          BatchSize: 100,
          BisectBatchOnFunctionError: true,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          DestinationConfig: { OnFailure: { Destination: arnOf('Lost') } },
          ...mapping,
        },
      },
    },
    { reader: READER },
  );
}
