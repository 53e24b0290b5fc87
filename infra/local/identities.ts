import { UnresolvableError } from './intrinsics.ts';

/** What the template's names stand for on this machine. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
  /** Where queue URLs point: `http://127.0.0.1:<port>`. */
  readonly queueEndpoint: string;
}

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Subject {
  readonly logicalId: string;
  readonly type: string;
  readonly stackName: string;
  /** An evaluated property. */
  readonly property: (name: string) => unknown;
}

type Identify = (subject: Subject, place: Place) => Identity;

/** The name the template gives, or one made as CloudFormation does, without the random part. */
function nameOf(subject: Subject, property: string): string {
  const given = subject.property(property);
  return given === undefined ? `${subject.stackName}-${subject.logicalId}` : String(given);
}

const arn = (service: string, place: Place, resource: string): string =>
  `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;

/** A resource whose `Ref` is its name and whose `Arn` follows from it. */
const named =
  (property: string, toArn: (name: string, place: Place) => string): Identify =>
  (subject, place) => {
    const name = nameOf(subject, property);
    return { ref: name, attributes: { Arn: toArn(name, place), Name: name } };
  };

/** A resource that is known by an id only: the logical id serves. */
const byId =
  (...attributes: string[]): Identify =>
  ({ logicalId }) => ({ ref: logicalId, attributes: Object.fromEntries(attributes.map((name) => [name, logicalId])) });

const IDENTITIES: Readonly<Record<string, Identify>> = {
  'AWS::SQS::Queue': (subject, place) => {
    const name = nameOf(subject, 'QueueName');
    const url = `${place.queueEndpoint}/${place.accountId}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', place, name), QueueName: name, QueueUrl: url } };
  },
  'AWS::DynamoDB::Table': (subject, place) => {
    const name = nameOf(subject, 'TableName');
    const tableArn = arn('dynamodb', place, `table/${name}`);
    return { ref: name, attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/local` } };
  },
  'AWS::DynamoDB::GlobalTable': named('TableName', (name, place) => arn('dynamodb', place, `table/${name}`)),
  'AWS::S3::Bucket': (subject) => {
    const name = nameOf(subject, 'BucketName').toLowerCase();
    return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: `${name}.s3.amazonaws.com` } };
  },
  'AWS::Lambda::Function': named('FunctionName', (name, place) => arn('lambda', place, `function:${name}`)),
  'AWS::Lambda::EventSourceMapping': byId('Id'),
  'AWS::IAM::Role': named('RoleName', (name, { accountId }) => `arn:aws:iam::${accountId}:role/${name}`),
  'AWS::IAM::Policy': byId(),
  'AWS::IAM::ManagedPolicy': (subject, { accountId }) => {
    const policyArn = `arn:aws:iam::${accountId}:policy/${nameOf(subject, 'ManagedPolicyName')}`;
    return { ref: policyArn, attributes: { PolicyArn: policyArn } };
  },
  'AWS::KMS::Key': ({ logicalId }, place) => ({
    ref: logicalId,
    attributes: { Arn: arn('kms', place, `key/${logicalId}`), KeyId: logicalId },
  }),
  'AWS::KMS::Alias': named('AliasName', (name, place) => arn('kms', place, name)),
  'AWS::Logs::LogGroup': named('LogGroupName', (name, place) => arn('logs', place, `log-group:${name}:*`)),
  'AWS::Events::EventBus': named('Name', (name, place) => arn('events', place, `event-bus/${name}`)),
  'AWS::Events::Rule': named('Name', (name, place) => arn('events', place, `rule/${name}`)),
  'AWS::Scheduler::Schedule': named('Name', (name, place) => arn('scheduler', place, `schedule/default/${name}`)),
  'AWS::Scheduler::ScheduleGroup': named('Name', (name, place) => arn('scheduler', place, `schedule-group/${name}`)),
  'AWS::ApiGatewayV2::Api': ({ logicalId }, { region }) => ({
    ref: logicalId,
    attributes: { ApiId: logicalId, ApiEndpoint: `https://${logicalId}.execute-api.${region}.amazonaws.com` },
  }),
  'AWS::ApiGatewayV2::Authorizer': byId('AuthorizerId'),
  'AWS::ApiGatewayV2::Integration': byId('IntegrationId'),
  'AWS::ApiGatewayV2::Route': byId('RouteId'),
  'AWS::ApiGatewayV2::Stage': ({ property }) => ({ ref: String(property('StageName')), attributes: {} }),
  'AWS::Cognito::UserPool': ({ logicalId }, place) => {
    const id = `${place.region}_${logicalId}`;
    const provider = `cognito-idp.${place.region}.amazonaws.com/${id}`;
    return {
      ref: id,
      attributes: {
        Arn: arn('cognito-idp', place, `userpool/${id}`),
        ProviderName: provider,
        ProviderURL: `https://${provider}`,
        UserPoolId: id,
      },
    };
  },
  'AWS::Cognito::UserPoolClient': byId('ClientId', 'Name'),
  'AWS::Cognito::UserPoolGroup': ({ property }) => ({ ref: String(property('GroupName')), attributes: {} }),
  'AWS::Cognito::UserPoolDomain': ({ property }) => ({ ref: String(property('Domain')), attributes: {} }),
  'AWS::SES::ConfigurationSet': named('Name', (name, place) => arn('ses', place, `configuration-set/${name}`)),
  'AWS::SES::EmailIdentity': ({ property }, place) => {
    const identity = String(property('EmailIdentity'));
    const tokens = [1, 2, 3].flatMap((n) => [
      [`DkimDNSTokenName${n}`, `token${n}._domainkey.${identity}`],
      [`DkimDNSTokenValue${n}`, `token${n}.dkim.amazonses.com`],
    ]);
    return {
      ref: identity,
      attributes: { EmailIdentityArn: arn('ses', place, `identity/${identity}`), ...Object.fromEntries(tokens) },
    };
  },
  'AWS::SNS::Topic': (subject, place) => {
    const name = nameOf(subject, 'TopicName');
    const topicArn = arn('sns', place, name);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  'AWS::SecretsManager::Secret': (subject, place) => {
    const secretArn = arn('secretsmanager', place, `secret:${nameOf(subject, 'Name')}-local1`);
    return { ref: secretArn, attributes: { Id: secretArn } };
  },
  'AWS::CloudWatch::Alarm': named('AlarmName', (name, place) => arn('cloudwatch', place, `alarm:${name}`)),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', (name, place) => arn('cloudwatch', place, `alarm:${name}`)),
};

/** Whether resources of this type have a name that others can refer to. */
export const isReferable = (type: string): boolean => type in IDENTITIES;

/** What a resource is called on this machine. Throws for a type whose names are not known here. */
export function identityOf(subject: Subject, place: Place): Identity {
  const identify = IDENTITIES[subject.type];
  if (identify) return identify(subject, place);
  throw new UnresolvableError(`Ref "${subject.logicalId}": references to ${subject.type} are not honoured`);
}
