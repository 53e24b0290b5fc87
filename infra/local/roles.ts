import type { Resource } from './assembly.ts';
import type { PolicyStatement } from './gateway/iam.ts';

interface PolicyDocument {
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/** What AWS's own policies allow, as far as functions use them. Any other must be written out in the template. */
const AWS_POLICIES: Readonly<Record<string, PolicyStatement>> = {
  AWSLambdaBasicExecutionRole: {
    Effect: 'Allow',
    Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: '*',
  },
  AWSXRayDaemonWriteAccess: {
    Effect: 'Allow',
    Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    Resource: '*',
  },
};

/**
 * Everything the template allows and denies one role: its inline policies, the policies attached to it and AWS's own.
 * Throws when there is no such role, and for an AWS policy whose content is not known here.
 */
export function statementsOf(roleArn: string, resources: readonly Resource[]): readonly PolicyStatement[] {
  const role = resources.find(
    ({ type, identity }) => type === 'AWS::IAM::Role' && identity?.attributes.Arn === roleArn,
  );
  if (!role) throw new Error(`The template has no role ${roleArn}`);
  const { Policies = [], ManagedPolicyArns = [] } = role.properties as {
    Policies?: readonly { PolicyDocument: PolicyDocument }[];
    ManagedPolicyArns?: readonly string[];
  };
  const attached = resources.filter(
    ({ type, properties }) =>
      (type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy') &&
      (properties.Roles as readonly unknown[] | undefined)?.includes(role.identity?.ref),
  );
  return [
    ...Policies.flatMap((policy) => statementsIn(policy.PolicyDocument)),
    ...ManagedPolicyArns.flatMap((arn) => managedStatements(arn, resources)),
    ...attached.flatMap(({ properties }) => statementsIn(properties.PolicyDocument as PolicyDocument)),
  ];
}

const statementsIn = (document: PolicyDocument): readonly PolicyStatement[] => [document.Statement].flat();

function managedStatements(arn: string, resources: readonly Resource[]): readonly PolicyStatement[] {
  const own = resources.find(({ type, identity }) => type === 'AWS::IAM::ManagedPolicy' && identity?.ref === arn);
  if (own) return statementsIn(own.properties.PolicyDocument as PolicyDocument);
  const known = AWS_POLICIES[arn.split('/').at(-1) ?? ''];
  if (!known) throw new Error(`The local stack does not know what the policy ${arn} allows`);
  return [known];
}
