import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createDocuments } from '../../shared/aws/files.ts';
import { errorName, type LocalGateway, startLocalGateway } from './local-gateway.ts';

const Bucket = 'documents';
const KEY = 'invoices/a.pdf';
let local: LocalGateway;
let s3: S3Client;
let now = new Date('2026-12-01T06:00:00.000Z');
const pdf = Buffer.from('%PDF the one that was sent');
const as = (who: string) => createDocuments({ bucket: Bucket, lockMode: 'governance' }, awsHttp('s3', local.as(who)));

beforeAll(async () => {
  local = await startLocalGateway({ locks: { [Bucket]: {} }, now: () => now });
  s3 = new S3Client({ ...local.as('admin'), forcePathStyle: true });
  for (const each of [Bucket, 'plain']) await s3.send(new CreateBucketCommand({ Bucket: each }));
  const Resource = `arn:aws:s3:::${Bucket}/*`;
  local.principal('writer.1', [{ Effect: 'Allow', Action: ['s3:PutObject'], Resource }]);
  local.principal('locker.1', [{ Effect: 'Allow', Action: ['s3:PutObject', 's3:PutObjectRetention'], Resource }]);
});
afterAll(async () => {
  s3?.destroy();
  await local?.stop();
});

describe('a document that is kept until a day', () => {
  it('needs the permission to lock it', async () => {
    await expect(as('writer.1').storeOnce(KEY, pdf, 'application/pdf', '2034-12-31')).rejects.toMatchObject({
      status: 403,
    });
    expect(await as('locker.1').storeOnce(KEY, pdf, 'application/pdf', '2034-12-31')).toBe('written');
  });

  it('says until when: that day is over in every time zone', async () => {
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: KEY }));
    expect(head.ObjectLockMode).toBe('GOVERNANCE');
    expect(head.ObjectLockRetainUntilDate).toEqual(new Date('2035-01-01T12:00:00.000Z'));
    expect(head.Metadata).toEqual({});
  });

  it('is neither deleted nor replaced before, by nobody', async () => {
    const attempts = [
      new DeleteObjectCommand({ Bucket, Key: KEY }),
      new PutObjectCommand({ Bucket, Key: KEY, Body: 'forged' }),
    ];
    for (const instant of ['2026-12-02T00:00:00.000Z', '2035-01-01T11:59:59.000Z']) {
      now = new Date(instant);
      for (const attempt of attempts)
        expect(await errorName(s3.send(attempt as PutObjectCommand))).toBe('AccessDenied');
    }
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: KEY }));
    expect(await Body?.transformToString()).toBe(pdf.toString());
  });

  it('stored again it is already there', async () => {
    now = new Date('2026-12-02T00:00:00.000Z');
    expect(await as('locker.1').storeOnce(KEY, pdf, 'application/pdf', '2034-12-31')).toBe('already-done');
  });

  it('may be deleted when the day is over', async () => {
    now = new Date('2035-01-01T12:00:01.000Z');
    expect(await errorName(s3.send(new DeleteObjectCommand({ Bucket, Key: KEY })))).toBe('none');
    now = new Date('2026-12-01T06:00:00.000Z');
  });
});

it('beside it lie objects without a lock, which may be replaced', async () => {
  const put = () => s3.send(new PutObjectCommand({ Bucket, Key: 'exports/a.zip', Body: 'PK' }));
  expect([await errorName(put()), await errorName(put())]).toEqual(['none', 'none']);
  expect(await errorName(s3.send(new DeleteObjectCommand({ Bucket, Key: 'exports/a.zip' })))).toBe('none');
});

it.each([
  ['in a bucket without locks', 'plain', 'GOVERNANCE', '2034-12-31', 'InvalidRequest'],
  ['of a day that is over', Bucket, 'GOVERNANCE', '2020-12-31', 'InvalidArgument'],
])('a lock %s is refused, as S3 does', async (_what, of, mode, until, error) => {
  const lock = { ObjectLockMode: mode as 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(until) };
  const put = new PutObjectCommand({ Bucket: of, Key: 'invoices/x.pdf', Body: 'x', ...lock });
  expect(await errorName(s3.send(put))).toBe(error);
});
