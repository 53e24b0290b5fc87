import { describe, expect, it } from 'vitest';
import { evaluate, type Resolver } from '../../infra/local/intrinsics.ts';

const resolver: Resolver = {
  ref: (id) => `ref-${id}`,
  attribute: (id, name) => `${id}.${name}!`,
  condition: (name) => name === 'Yes',
};

describe('every intrinsic function that CDK emits', () => {
  it.each([
    ['a plain value', 5, 5],
    ['Ref', { Ref: 'Queue' }, 'ref-Queue'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue.Arn!'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Queue.Arn' }, 'Queue.Arn!'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are CloudFormation's
    ['Sub', { 'Fn::Sub': '${A}/${B.Arn}/${!C}' }, 'ref-A/B.Arn!/${C}'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are CloudFormation's
    ['Sub with variables', { 'Fn::Sub': ['${x}${Y}', { x: { Ref: 'Z' } }] }, 'ref-Zref-Y'],
    ['Select', { 'Fn::Select': ['1', ['a', { Ref: 'B' }]] }, 'ref-B'],
    ['Select of Split', { 'Fn::Select': [2, { 'Fn::Split': [':', 'a:b:c'] }] }, 'c'],
    ['If that holds', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    ['If that does not', { 'Fn::If': ['No', 'then', { Ref: 'Else' }] }, 'ref-Else'],
    ['conditions', { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
    ['Or of Equals', { 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Equals': ['a', 'a'] }] }, true],
    ['NoValue in a tree', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['NoValue in a list', [1, { 'Fn::If': ['No', 2, { Ref: 'AWS::NoValue' }] }], [1]],
    ['nesting', { a: [{ b: { Ref: 'C' } }] }, { a: [{ b: 'ref-C' }] }],
    ['a map whose one key is no intrinsic', { Version: 1 }, { Version: 1 }],
  ])('evaluates %s', (_name, value, expected) => {
    expect(evaluate(value, resolver, 'here')).toEqual(expected);
  });

  it.each([
    ['an unknown function', { 'Fn::Transform': {} }, 'here: Fn::Transform is not honoured'],
    ['an import', { a: { 'Fn::ImportValue': 'x' } }, 'here.a: Fn::ImportValue is not honoured'],
    ['a dynamic reference', '{{resolve:ssm:/x}}', 'here: dynamic reference "{{resolve:ssm:/x}}" is not honoured'],
    ['an item that is not there', { 'Fn::Select': [3, ['a']] }, 'here.Fn::Select: there is no item 3'],
    ['a join of no texts', { 'Fn::Join': ['', [['a']]] }, 'here.Fn::Join: expected a text, found ["a"]'],
  ])('refuses %s, saying where', (_name, value, message) => {
    expect(() => evaluate(value, resolver, 'here')).toThrow(message);
  });
});
