import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, it, onTestFinished } from 'vitest';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { awsJson } from '../../shared/aws/aws-json.ts';
import { fromDynamo, toDynamo } from '../../shared/aws/dynamo-values.ts';
import { createSigner, sha256 } from '../../shared/aws/signature.ts';
import { answering } from '../support/answering.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
/** SHA-256 as the SDK's signer wants it. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret ? createHmac('sha256', Buffer.from(secret as Uint8Array)) : createHash('sha256');
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  digest = async (): Promise<Uint8Array> => this.#hash.digest();
  reset(): void {}
}
const NOW = new Date('2026-12-01T05:00:12.345Z');

it.each([
  ['POST', '/', { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' }, '{}'],
  ['PUT', '/documents/invoices/a%20b/N-1.pdf', { 'if-none-match': '*', 'content-type': 'application/pdf' }, '%PDF'],
  ['GET', '/documents/a.pdf', {}, ''],
] as const)('signs %s %s as the AWS SDK does', async (method, path, headers, body) => {
  const bodyHash = sha256(body);
  const sign = createSigner('s3', 'eu-west-1', CREDENTIALS);
  const ours = sign({ method, path, host: 's3.eu-west-1.amazonaws.com', headers, bodyHash }, NOW);
  const sdk = new SignatureV4({
    service: 's3',
    region: 'eu-west-1',
    credentials: CREDENTIALS,
    sha256: Sha256,
    uriEscapePath: false,
  });
  const theirs = await sdk.sign(
    {
      method,
      path,
      body,
      protocol: 'https:',
      hostname: 's3.eu-west-1.amazonaws.com',
      headers: { ...headers, host: 's3.eu-west-1.amazonaws.com', 'x-amz-content-sha256': bodyHash },
    },
    { signingDate: NOW },
  );
  expect(ours.authorization).toBe(theirs.headers.authorization);
});

it('keeps its connections', async () => {
  const ports = new Set<number | undefined>();
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort);
    request.resume().on('end', () => response.end('{"Item":{}}'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = awsHttp('dynamodb', { endpoint, region: 'eu-west-1', credentials: CREDENTIALS });
  const call = awsJson(http, 'DynamoDB_20120810');
  for (let calls = 0; calls < 3; calls++) expect(await call('GetItem', {})).toEqual({ Item: {} });
  expect(ports.size).toBe(1);
});

it.each([
  ['throttling', { status: 400, body: '{"__type":"com.amazon#ThrottlingException","message":"slow"}' }],
  ['a fault of the service', { status: 500, body: 'oops' }],
  ['a broken connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
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
  };
  const written = toDynamo({ TransactItems: [{ Put: { Item: { ...Item, gone: undefined }, TableName: 'Item' } }] });
  expect(written).toMatchObject({ TransactItems: [{ Put: { Item: { number: { N: '-1.5' } }, TableName: 'Item' } }] });
  expect(fromDynamo(written)).toEqual({ TransactItems: [{ Put: { Item, TableName: 'Item' } }] });
  expect(fromDynamo({ Responses: { billing: [{ a: { S: 'b' } }] } })).toEqual({ Responses: { billing: [{ a: 'b' }] } });
});

it.each([Number.NaN, 2 ** 53, () => 1])('refuses to store %s', (value) => {
  expect(() => toDynamo({ Item: { value } })).toThrow();
});
