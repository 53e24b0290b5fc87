import { describe, expect, it } from 'vitest';
import { LOCAL_ACCOUNT, readAssembly, resolveResources, UnhonouredTemplateError } from '../../infra/local/assembly.ts';
import { modelOf } from '../../infra/local/build-model.ts';
import { checkServiceGrants } from '../../infra/local/grants.ts';
import { functionResources, tinyStack, writeAssembly } from './tiny-assembly.ts';

const place = { region: 'eu-west-1', accountId: LOCAL_ACCOUNT, queueEndpoint: 'http://127.0.0.1:4500' };

function modelIn(directory: string) {
  const assembly = readAssembly(directory);
  return modelOf(assembly, resolveResources(assembly, place));
}

function problemsOf(resources: Parameters<typeof writeAssembly>[0]): readonly string[] {
  try {
    resolveResources(readAssembly(writeAssembly(resources)), place);
  } catch (error) {
    if (error instanceof UnhonouredTemplateError) return error.problems;
    throw error;
  }
  return [];
}

describe('a template', () => {
  it('is refused with one error that lists every type, property, value and function that is not honoured', () => {
    const problems = problemsOf({
      Cluster: { Type: 'AWS::ECS::Cluster' },
      Jobs: {
        Type: 'AWS::SQS::Queue',
        Properties: { FifoQueue: true, RedrivePolicy: { maxReceiveCount: 3, colour: 1 } },
      },
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::ImportValue': 'x' } } },
      Worker: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.13', Environment: { Secrets: [] } } },
    });
    expect(problems).toEqual(
      expect.arrayContaining([
        'Cluster: resources of type AWS::ECS::Cluster are not honoured',
        'Jobs (AWS::SQS::Queue).FifoQueue: the property is not honoured',
        'Jobs (AWS::SQS::Queue).RedrivePolicy.colour: the property is not honoured',
        'Role.RoleName: Fn::ImportValue is not honoured',
        'Worker (AWS::Lambda::Function).Runtime: the value "python3.13" is not honoured, only "nodejs24.x"',
        'Worker (AWS::Lambda::Function).Environment.Secrets: the property is not honoured',
      ]),
    );
  });

  it('is refused when it refers to what is not there', () => {
    const problems = problemsOf({ Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Nobody' } } } });
    expect(problems).toContain('Ref "Nobody": there is no such resource or parameter');
  });

  it('gives each function its code, its environment and everything its role allows', () => {
    const [worker] = modelIn(tinyStack('/tmp/notes')).functions;
    expect(worker).toMatchObject({
      name: 'worker',
      arn: 'arn:aws:lambda:eu-west-1:000000000000:function:tiny-worker',
      handler: 'index.handler',
      timeoutSeconds: 2,
      memoryMb: 128,
      environment: { NOTES: '/tmp/notes' },
    });
    expect(worker?.statements).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Resource: ['arn:aws:sqs:eu-west-1:000000000000:tiny-jobs', 'arn:aws:sqs:eu-west-1:000000000000:tiny-missed'],
      }),
    ]);
  });

  it('joins the policies attached to a role, and refuses an AWS policy whose content is not known', () => {
    const policy = (arn: string) => {
      const resources = functionResources('Worker', 'worker');
      resources.WorkerRole!.Properties!.ManagedPolicyArns = [arn];
      resources.Extra = {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'WorkerRole' }],
          PolicyDocument: { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } },
        },
      };
      return modelIn(writeAssembly(resources, { worker: '' })).functions[0]!.statements;
    };
    const prefix = 'arn:aws:iam::aws:policy/service-role';
    expect(policy(`${prefix}/AWSLambdaBasicExecutionRole`).map(({ Action }) => [Action].flat()[0])).toEqual([
      'logs:CreateLogGroup',
      's3:GetObject',
    ]);
    expect(() => policy(`${prefix}/AdministratorAccess`)).toThrow('does not know what the policy');
  });

  it('is refused when AWS would not let its own services call: a schedule, a bucket', () => {
    const model = modelIn(tinyStack('/tmp/notes'));
    expect(() => checkServiceGrants(model)).not.toThrow();
    const without = (id: string) => ({
      ...model,
      resources: model.resources.map((each) =>
        each.logicalId === id ? { ...each, properties: { ...each.properties, Policies: [], Queues: [] } } : each,
      ),
    });
    expect(() => checkServiceGrants(without('CallerRole'))).toThrow(
      'the schedule tiny-nightly: its role may not invoke',
    );
    expect(() => checkServiceGrants(without('JobsPolicy'))).toThrow('lets S3 send to it');
  });

  it('is refused when AWS would not let a rule of EventBridge send to its queue', () => {
    const model = modelIn(tinyStack('/tmp/notes'));
    const rule = { ...{ arn: 'arn:rule', bus: 'default', pattern: {} }, queueArns: [model.queues[0]!.arn] };
    expect(() => checkServiceGrants({ ...model, rules: [{ ...rule, deadLetterArns: [] }] })).toThrow(
      'the rule arn:rule: no policy of the queue',
    );
  });
});
