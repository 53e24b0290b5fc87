import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedObject } from '../../infra/local/gateway/s3.ts';
import { createLinks } from '../../shared/aws/links.ts';
import { errorName, type LocalGateway, startLocalGateway } from './local-gateway.ts';

const Bucket = 'documents';
const bucketKey = 'arn:aws:kms:us-east-1:000000000000:key/documents-key';
const objects = `arn:aws:s3:::${Bucket}/invoices/*`;
const created: CreatedObject[] = [];
let local: LocalGateway;
let time = new Date();
const client = (accessKeyId: string) => new S3Client(local.as(accessKeyId));
const admin = () => client('admin');
const put = (Key: string, more = {}) =>
  new PutObjectCommand({ Bucket, Key, Body: Buffer.from(`%PDF ${Key}`), ...more });

beforeAll(async () => {
  local = await startLocalGateway({
    encryption: { [`arn:aws:s3:::${Bucket}`]: bucketKey },
    onObjectCreated: (object) => void created.push(object),
    now: () => time,
  });
  await admin().send(new CreateBucketCommand({ Bucket }));
  const allow = (Action: string[], Resource: string) => ({ Effect: 'Allow' as const, Action, Resource });
  const useKey = allow(['kms:Decrypt', 'kms:GenerateDataKey'], bucketKey);
  local.principal('writer.1', [allow(['s3:PutObject'], objects), useKey]);
  local.principal('reader.1', [allow(['s3:GetObject*', 's3:List*'], `arn:aws:s3:::${Bucket}*`), useKey], 'secret');
  local.principal('blind.1', [allow(['s3:GetObject'], objects), useKey]);
  local.principal('keyless.1', [allow(['s3:*'], '*')]);
  await admin().send(put('invoices/a.pdf'));
});
afterAll(() => local?.stop());

describe('a function reaches only the objects its role grants', () => {
  const get = (Key: string) => new GetObjectCommand({ Bucket, Key });
  it.each([
    ['writer', 'puts', put('invoices/w.pdf'), 'none'],
    ['writer', 'puts elsewhere', put('other/w.pdf'), 'AccessDenied'],
    ['writer', 'gets', get('invoices/a.pdf'), 'AccessDenied'],
    ['reader', 'gets', get('invoices/a.pdf'), 'none'],
    ['reader', 'gets what is missing', get('invoices/missing.pdf'), 'NoSuchKey'],
    [
      'reader',
      'asks for the head of what is missing',
      new HeadObjectCommand({ Bucket, Key: 'invoices/missing.pdf' }),
      'NotFound',
    ],
    ['reader', 'lists', new ListObjectsV2Command({ Bucket, Prefix: 'invoices/' }), 'none'],
    ['reader', 'deletes', new DeleteObjectCommand({ Bucket, Key: 'invoices/a.pdf' }), 'AccessDenied'],
    ['blind', 'gets', get('invoices/a.pdf'), 'none'],
    ['blind', 'is not told that an object is missing', get('invoices/missing.pdf'), 'AccessDenied'],
    ['blind', 'lists', new ListObjectsV2Command({ Bucket }), 'AccessDenied'],
    ['keyless', 'puts without the key', put('invoices/k.pdf'), 'AccessDenied'],
    ['keyless', 'gets without the key', get('invoices/a.pdf'), 'AccessDenied'],
    ['stranger', 'has an unknown key', get('invoices/a.pdf'), 'InvalidAccessKeyId'],
  ])('%s %s: %#', async (name, _, command, outcome) => {
    expect(await errorName(client(`${name}.1`).send(command as PutObjectCommand))).toBe(outcome);
  });
});

describe('objects', () => {
  it('come back byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7) % 256));
    await admin().send(new PutObjectCommand({ Bucket, Key: 'bytes', Body: bytes, ContentType: 'application/pdf' }));
    const { Body, ContentType } = await admin().send(new GetObjectCommand({ Bucket, Key: 'bytes' }));
    expect(ContentType).toBe('application/pdf');
    expect(Buffer.compare(Buffer.from(await Body!.transformToByteArray()), bytes)).toBe(0);
  });

  it('have a head with their length', async () => {
    expect((await admin().send(new HeadObjectCommand({ Bucket, Key: 'invoices/a.pdf' }))).ContentLength).toBe(19);
  });

  it('may have keys with spaces and umlauts', async () => {
    await admin().send(put('invoices/März 2026 #1.pdf'));
    const { Body } = await admin().send(new GetObjectCommand({ Bucket, Key: 'invoices/März 2026 #1.pdf' }));
    expect(await Body!.transformToString()).toBe('%PDF invoices/März 2026 #1.pdf');
    expect((await admin().send(new ListObjectsV2Command({ Bucket, Prefix: 'invoices/M' }))).KeyCount).toBe(1);
  });

  it('are announced when they are written', async () => {
    created.length = 0;
    await admin().send(put('accounts/new.jsonl'));
    await admin().send(new GetObjectCommand({ Bucket, Key: 'accounts/new.jsonl' }));
    expect(created).toEqual([
      {
        bucket: Bucket,
        key: 'accounts/new.jsonl',
        size: 23,
        eTag: expect.stringMatching(/^[0-9a-f]{32}$/),
        event: 'ObjectCreated:Put',
      },
    ]);
  });

  it('are written once under If-None-Match, by one of many at the same time', async () => {
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        errorName(admin().send(put('once.pdf', { IfNoneMatch: '*', Body: `writer ${n}` }))),
      ),
    );
    expect(results.sort()).toEqual([...Array(11).fill('PreconditionFailed'), 'none']);
    const { Body } = await admin().send(new GetObjectCommand({ Bucket, Key: 'once.pdf' }));
    const first = await Body!.transformToString();
    expect(await errorName(admin().send(put('once.pdf', { IfNoneMatch: '*' })))).toBe('PreconditionFailed');
    expect(
      await (await admin().send(new GetObjectCommand({ Bucket, Key: 'once.pdf' }))).Body!.transformToString(),
    ).toBe(first);
  });
});

describe('a presigned link', () => {
  const sign = (options = {}, more = {}) =>
    getSignedUrl(client('reader.1'), new GetObjectCommand({ Bucket, Key: 'invoices/a.pdf', ...more }), {
      expiresIn: 300,
      ...options,
    });
  const status = async (url: string) => {
    const response = await fetch(url);
    return [response.status, /<Message>(.*?)<\/Message>/.exec(await response.text())?.[1]];
  };

  it('downloads the file under its name, by anyone who has it', async () => {
    const response = await fetch(
      await sign(
        {},
        { ResponseContentDisposition: 'attachment; filename="NW-1.pdf"', ResponseContentType: 'application/pdf' },
      ),
    );
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="NW-1.pdf"');
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(await response.text()).toBe('%PDF invoices/a.pdf');
  });

  it('is over after its five minutes', async () => {
    const url = await sign();
    time = new Date(Date.now() + 299_000);
    expect(await status(url)).toEqual([200, undefined]);
    time = new Date(Date.now() + 302_000);
    expect(await status(url)).toEqual([403, 'Request has expired']);
    time = new Date();
  });

  it.each([
    ['for another object', (url: string) => url.replace('a.pdf', 'w.pdf'), 403],
    ['for longer', (url: string) => url.replace('X-Amz-Expires=300', 'X-Amz-Expires=3000'), 403],
    ['under another file name', (url: string) => `${url}&response-content-disposition=inline`, 403],
    ['without its signature', (url: string) => url.replace(/&X-Amz-Signature=[^&]*/, ''), 400],
    ['without any credentials', (url: string) => url.replace(/\?.*/, ''), 403],
  ])('is refused %s', async (_, change, expected) => {
    expect((await status(change(await sign())))[0]).toBe(expected);
  });

  it('of the product is signed as the SDK signs one', async () => {
    const link = await createLinks({ bucket: Bucket }, local.as('reader.1')).presign('invoices/a.pdf', 300, 'a b.pdf');
    const response = await fetch(link);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="a_b.pdf"',
    ]);
  });

  it('gives no more than its maker may', async () => {
    const url = await getSignedUrl(client('blind.1'), new GetObjectCommand({ Bucket, Key: 'other/x.pdf' }), {
      expiresIn: 300,
    });
    expect(await status(url)).toEqual([
      403,
      expect.stringContaining('s3:GetObject on resource: arn:aws:s3:::documents/other/x.pdf'),
    ]);
  });
});
