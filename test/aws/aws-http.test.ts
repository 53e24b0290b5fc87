import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type AwsOptions, awsHttp } from '../../shared/aws/aws-http.ts';
import { awsJson } from '../../shared/aws/aws-json.ts';
import { fromDynamo, toDynamo } from '../../shared/aws/dynamo-values.ts';
import { answering } from '../support/answering.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
/** A server on this machine in the place of AWS. */
async function served(answer: RequestListener): Promise<AwsOptions> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, region: 'eu-west-1', credentials: CREDENTIALS };
}

it.each([
  ['POST', '/', { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' }, '{}'],
  ['PUT', '/documents/invoices/a%20b/N-1.pdf', { 'if-none-match': '*', 'content-type': 'application/pdf' }, '%PDF'],
  ['GET', '/documents/a.pdf', {}, ''],
] as const)('signs %s %s, all its headers and the session', async (method, path, headers, body) => {
  let heard: IncomingHttpHeaders = {};
  const options = await served((request, response) => {
    heard = request.headers;
    request.resume().on('end', () => response.end());
  });
  await awsHttp('s3', options)({ method, path, headers, body });
  const signed = ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token', ...Object.keys(headers)];
  const names = [...signed, ...(body === '' ? [] : ['content-length'])].sort().join(';');
  expect(heard.authorization).toContain('Credential=AKIDEXAMPLE/');
  expect(heard.authorization).toContain(`/eu-west-1/s3/aws4_request, SignedHeaders=${names}, Signature=`);
  expect(heard).toMatchObject({ ...headers, 'x-amz-security-token': 'token' });
});

it('keeps its connections', async () => {
  const ports = new Set<number | undefined>();
  const options = await served((request, response) => {
    ports.add(request.socket.remotePort);
    request.resume().on('end', () => response.end('{"Item":{}}'));
  });
  const http = awsHttp('dynamodb', options);
  const call = awsJson(http, 'DynamoDB_20120810');
  for (let calls = 0; calls < 3; calls++) expect(await call('GetItem', {})).toEqual({ Item: {} });
  expect(ports.size).toBe(1);
});

it.each([
  ['throttling', { status: 400, body: '{"__type":"com.amazon#ThrottlingException","message":"slow"}' }],
  ['a fault of the service', { status: 500, body: 'oops' }],
  ['a broken connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
  ['a silence', Object.assign(new Error('silent'), { name: 'TimeoutError' })],
])('tries again after %s', async (_, failure) => {
  const { http, requests } = answering(failure, { status: 200, body: '{}' });
  await awsJson(http, 'AmazonSQS')('SendMessage', {});
  expect(requests).toHaveLength(2);
});

it('tells what a service says about a request that must not be repeated', async () => {
  const body = JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ValidationException', message: 'bad' });
  const { http, requests } = answering({ status: 400, body });
  const calling = awsJson(http, 'DynamoDB_20120810')('GetItem', {});
  await expect(calling).rejects.toMatchObject({ name: 'ValidationException', status: 400, message: 'GetItem: bad' });
  expect(requests).toHaveLength(1);
});

it('gives up when it does not pass', async () => {
  const { http, requests } = answering({ status: 503, body: '' });
  await expect(awsJson(http, 'AmazonSQS')('SendMessage', {})).rejects.toMatchObject({ status: 503 });
  expect(requests).toHaveLength(4);
});

it('reads every value as it was written, and leaves out what is undefined', () => {
  const Item = {
    text: '',
    number: -1.5,
    yes: true,
    nothing: null,
    list: [1, 'a', { deep: [] }],
    map: { a: 'b' },
    set: new Set(['a', 'b']),
    bytes: Buffer.from([0, 128, 255]),
  };
  const written = toDynamo({ TransactItems: [{ Put: { Item: { ...Item, gone: undefined }, TableName: 'Item' } }] });
  expect(written).toMatchObject({ TransactItems: [{ Put: { Item: { number: { N: '-1.5' } }, TableName: 'Item' } }] });
  expect(fromDynamo(JSON.parse(JSON.stringify(written)))).toEqual({
    TransactItems: [{ Put: { Item, TableName: 'Item' } }],
  });
  expect(fromDynamo({ Responses: { billing: [{ a: { S: 'b' } }] } })).toEqual({ Responses: { billing: [{ a: 'b' }] } });
});

it.each([Number.NaN, 2 ** 53])('refuses to store %s', (value) => {
  expect(() => toDynamo({ Item: { value } })).toThrow();
});
