import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { anchorAudit } from '../../functions/anchor-audit.ts';
import { createAnchors } from '../../shared/aws/anchors.ts';
import { anchorShardOf, createAuditStore } from '../../shared/aws/audit-store.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createDocuments } from '../../shared/aws/files.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import { type LocalGateway, startLocalGateway } from '../gateway/local-gateway.ts';
import { localTable } from '../support/emulators.ts';

const Bucket = 'anchors';
const table = localTable();
let local: LocalGateway;
let s3: S3Client;
let now = new Date();
const audit = () => createAuditStore({ table: table.auditLogs() });
const anchors = () => createAnchors(createDocuments({ bucket: Bucket }, awsHttp('s3', local.as('admin'))));
const run = (at: string, input = {}) => anchorAudit({ store: audit(), anchors: anchors() })(input, at);
const append = (accountId: string, id: string, at: string) => {
  const entry: AuditEntry = { ...{ id, at, what: 'account', action: 'changed', by: { by: 'stan' } }, changes: [] };
  return audit().append(accountId, [entry], () => at);
};
const keyOf = (accountId: string, date: string) =>
  `anchors/${String(anchorShardOf(accountId)).padStart(2, '0')}/${date}.json`;

beforeAll(async () => {
  local = await startLocalGateway({ locks: { [Bucket]: { days: 365 } }, now: () => now });
  s3 = new S3Client({ ...local.as('admin'), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3?.destroy();
  await local?.stop();
});
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  now = new Date();
});

describe('a night', () => {
  it('anchors where each log stood at the end of the day before, and of the one before that', async () => {
    await append('acme', 'a', '2026-12-01T08:00:00.000Z');
    await append('acme', 'b', '2026-12-02T08:00:00.000Z');
    await append('acme', 'c', '2026-12-02T23:59:59.999Z');
    await append('acme', 'd', '2026-12-03T00:10:00.000Z');
    await append('other', 'e', '2026-12-01T08:00:00.000Z');
    await run('2026-12-03T00:40:00.000Z');
    const log = await audit().entries('acme', 0, 10);
    expect(await anchors().anchorsOf('acme', '2026-12')).toEqual([
      { date: '2026-12-01', sequence: 1, hash: log[0]?.hash },
      { date: '2026-12-02', sequence: 3, hash: log[2]?.hash },
    ]);
    expect(await anchors().anchorsOf('other', '2026-12')).toMatchObject([{ date: '2026-12-01', sequence: 1 }]);
    expect(await anchors().anchorsOf('acme', '2026-11')).toEqual([]);
  });

  it('fired again changes nothing, whatever the table says by then', async () => {
    await append('again', 'a', '2026-12-05T08:00:00.000Z');
    await run('2026-12-06T00:40:00.000Z');
    const first = await anchors().anchorsOf('again', '2026-12');
    await append('again', 'b', '2026-12-05T09:00:00.000Z');
    await run('2026-12-06T00:41:00.000Z');
    expect(await anchors().anchorsOf('again', '2026-12')).toEqual(first);
  });

  it('that was missed is made up for by its date, but no day that is not over', async () => {
    await append('missed', 'a', '2026-11-20T08:00:00.000Z');
    await run('2026-12-06T00:40:00.000Z', { date: '2026-11-20' });
    expect(await anchors().anchorsOf('missed', '2026-11')).toMatchObject([{ sequence: 1 }]);
    await expect(run('2026-12-06T00:40:00.000Z', { date: '2026-12-06' })).rejects.toThrow('2026-12-06 is not over yet');
  });
});

describe('an anchor', () => {
  const key = () => keyOf('acme', '2026-12-01');
  const load = async () => (await s3.send(new GetObjectCommand({ Bucket, Key: key() }))).Body?.transformToString();

  it('is neither replaced nor deleted, not even by who may do everything', async () => {
    const before = await load();
    const put = new PutObjectCommand({ Bucket, Key: key(), Body: 'forged' });
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(s3.send(new DeleteObjectCommand({ Bucket, Key: key() }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const hidden = new PutObjectCommand({ Bucket, Key: 'anchors/00/new.json', Body: 'forged' });
    await expect(s3.send(hidden)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(await load()).toBe(before);
  });

  it('may go when its years are over', async () => {
    now = new Date(Date.now() + 366 * 86_400_000);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: key() }));
    await expect(load()).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
