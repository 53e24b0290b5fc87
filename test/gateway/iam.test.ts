import { describe, expect, it } from 'vitest';
import { Policy, type PolicyStatement, type Verdict } from '../../infra/local/gateway/iam.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Billing';
const allow = (Action: string | string[], Resource: string | string[]): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deny = (Action: string | string[], Resource: string | string[]): PolicyStatement => ({
  Effect: 'Deny',
  Action,
  Resource,
});

const decisions: readonly [string, PolicyStatement[], string, string, Verdict][] = [
  ['nothing allows it', [], 'sqs:SendMessage', 'q', 'implicit'],
  ['action and resource are allowed', [allow('sqs:SendMessage', 'q')], 'sqs:SendMessage', 'q', 'allowed'],
  ['another action is allowed', [allow('sqs:SendMessage', 'q')], 'sqs:ReceiveMessage', 'q', 'implicit'],
  ['another resource is allowed', [allow('sqs:SendMessage', 'q')], 'sqs:SendMessage', 'q2', 'implicit'],
  ['actions match whatever their case', [allow('SQS:sendmessage', 'q')], 'sqs:SendMessage', 'q', 'allowed'],
  ['resources match only in their case', [allow('sqs:SendMessage', 'Q')], 'sqs:SendMessage', 'q', 'implicit'],
  ['an action has a wildcard', [allow('dynamodb:*Item', table)], 'dynamodb:PutItem', table, 'allowed'],
  ['a wildcard does not reach beyond', [allow('dynamodb:*Item', table)], 'dynamodb:PutItems', table, 'implicit'],
  [
    'the table does not include its indexes',
    [allow('dynamodb:Query', table)],
    'dynamodb:Query',
    `${table}/index/work`,
    'implicit',
  ],
  [
    'indexes by wildcard',
    [allow('dynamodb:Query', `${table}/index/*`)],
    'dynamodb:Query',
    `${table}/index/work`,
    'allowed',
  ],
  [
    'a question mark is one character',
    [allow('secretsmanager:GetSecretValue', 'key-??????')],
    'secretsmanager:GetSecretValue',
    'key-local0',
    'allowed',
  ],
  [
    'and not seven',
    [allow('secretsmanager:GetSecretValue', 'key-??????')],
    'secretsmanager:GetSecretValue',
    'key-local00',
    'implicit',
  ],
  ['a dot is a dot', [allow('s3:GetObject', 'arn:aws:s3:::a.b/*')], 's3:GetObject', 'arn:aws:s3:::axb/c', 'implicit'],
  ['a denial beats an allowance', [allow('*', '*'), deny('s3:DeleteObject', '*')], 's3:DeleteObject', 'o', 'explicit'],
  [
    'a denial of something else does not',
    [allow('*', '*'), deny('s3:DeleteObject', '*')],
    's3:GetObject',
    'o',
    'allowed',
  ],
  ['one of several actions and resources', [allow(['a:B', 'a:C'], ['x', 'y'])], 'a:C', 'y', 'allowed'],
  [
    'NotAction allows the rest',
    [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    's3:GetObject',
    'o',
    'allowed',
  ],
  [
    'NotAction does not allow what it names',
    [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    'iam:PassRole',
    'o',
    'implicit',
  ],
];

describe('a role may do exactly what its policies say', () => {
  it.each(decisions)('when %s', (_, statements, action, resource, verdict) => {
    const policy = new Policy(statements);
    const context = () => undefined;
    expect(policy.decide(action, resource, context)).toBe(verdict);
    expect(policy.decide(action, resource, context), 'asked a second time').toBe(verdict);
  });
});

type Conditions = NonNullable<PolicyStatement['Condition']>;
const from = { 'ses:FromAddress': ['billing@northwind.example'] };
const conditions: readonly [Conditions, Record<string, string[]>, Verdict][] = [
  [{ Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': ['true'] }, 'allowed'],
  [{ Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': ['true'] }, 'implicit'],
  [{ StringEquals: { 'ses:FromAddress': 'billing@northwind.example' } }, from, 'allowed'],
  [{ StringEquals: { 'ses:FromAddress': ['a@b.example', 'billing@northwind.example'] } }, from, 'allowed'],
  [{ StringEquals: { 'ses:FromAddress': '*@northwind.example' } }, from, 'implicit'],
  [{ StringLike: { 'ses:FromAddress': '*@northwind.example' } }, from, 'allowed'],
  [{ StringNotEquals: { 'ses:FromAddress': 'billing@northwind.example' } }, from, 'implicit'],
  [{ StringNotLike: { 'ses:FromAddress': '*@other.example' } }, from, 'allowed'],
  [{ StringEquals: { 'aws:SourceAccount': '000000000000' } }, {}, 'implicit'],
  [{ StringNotEquals: { 'aws:SourceAccount': '000000000000' } }, {}, 'allowed'],
  [{ StringEqualsIfExists: { 'aws:SourceAccount': '000000000000' } }, {}, 'allowed'],
  [
    { 'ForAllValues:StringLike': { 'ses:Recipients': '*@x.example' } },
    { 'ses:Recipients': ['a@x.example', 'b@y.example'] },
    'implicit',
  ],
  [
    { 'ForAnyValue:StringLike': { 'ses:Recipients': '*@x.example' } },
    { 'ses:Recipients': ['a@x.example', 'b@y.example'] },
    'allowed',
  ],
  [{ 'ForAllValues:StringLike': { 'ses:Recipients': '*@x.example' } }, {}, 'allowed'],
  [{ 'ForAnyValue:StringLike': { 'ses:Recipients': '*@x.example' } }, {}, 'implicit'],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, { 'aws:SourceArn': ['arn:aws:s3:::imports'] }, 'allowed'],
  [
    { StringLike: { 'ses:FromAddress': '*' }, Bool: { 'aws:SecureTransport': 'false' } },
    { ...from, 'aws:SecureTransport': ['true'] },
    'implicit',
  ],
];

describe('conditions', () => {
  it.each(conditions)('%j with %j: %s', (Condition, values, verdict) => {
    const policy = new Policy([{ Effect: 'Allow', Action: '*', Resource: '*', Condition }]);
    expect(policy.decide('ses:SendRawEmail', 'identity', (key) => values[key])).toBe(verdict);
  });

  it('are asked anew for every request', () => {
    const policy = new Policy([
      { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 's3:prefix': 'a' } } },
    ]);
    expect(policy.decide('s3:ListBucket', 'b', () => ['a'])).toBe('allowed');
    expect(policy.decide('s3:ListBucket', 'b', () => ['c'])).toBe('implicit');
  });
});

describe('what the evaluator does not understand stops the start', () => {
  const statement = allow('*', '*');
  it.each([
    ['operator', { ...statement, Condition: { NumericLessThan: { 's3:max-keys': '10' } } }, /NumericLessThan/],
    [
      'operator after a set',
      { ...statement, Condition: { 'ForAllValues:DateEquals': { 's3:prefix': '10' } } },
      /DateEquals/,
    ],
    [
      'condition key',
      { ...statement, Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'x' } } },
      /dynamodb:LeadingKeys/,
    ],
    ['field', { ...statement, NotPrincipal: '*' }, /NotPrincipal/],
    ['effect', { ...statement, Effect: 'Permit' }, /Permit/],
    ['unresolved resource', { ...statement, Resource: { Ref: 'Table' } }, /Ref/],
    ['missing action', { Effect: 'Allow', Resource: '*' }, /Action/],
    ['action and its opposite', { ...statement, NotAction: 'a:B' }, /Action/],
  ])('%s', (_, unknown, message) => {
    expect(() => new Policy([unknown as unknown as PolicyStatement])).toThrow(message);
  });
});
