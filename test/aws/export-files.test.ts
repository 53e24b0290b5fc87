import { createHash } from 'node:crypto';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalFauxqs, startFauxqs } from '../../infra/local/fauxqs.ts';
import { createExportFiles } from '../../shared/aws/export-files.ts';
import { localClient } from '../support/emulators.ts';

let fauxqs: LocalFauxqs;
let s3: S3Client;
beforeAll(async () => {
  fauxqs = await startFauxqs();
  s3 = new S3Client({ ...localClient(fauxqs.endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'documents' }));
});
afterAll(async () => {
  s3?.destroy();
  await fauxqs?.stop();
});

const MB = 1024 * 1024;
async function* megabytes(count: number, fails = false): AsyncGenerator<Uint8Array> {
  for (let each = 0; each < count; each++) yield Buffer.alloc(MB, each);
  if (fails) throw new Error('the source broke off');
}

it('a file larger than a part is uploaded in parts, and comes back as it was', async () => {
  const files = createExportFiles({ bucket: 'documents' }, s3);
  const { bytes, sha256 } = await files.write('exports/large.zip', 'application/zip', megabytes(40));
  const hash = createHash('sha256');
  for await (const chunk of await files.read('exports/large.zip')) hash.update(chunk);
  expect([bytes, hash.digest('hex')]).toEqual([40 * MB, sha256]);
});

it.each([1, 40])('of a source that breaks off after %i MB nothing is stored', async (count) => {
  const files = createExportFiles({ bucket: 'documents' }, s3);
  await expect(files.write('exports/broken.zip', 'application/zip', megabytes(count, true))).rejects.toThrow(
    'broke off',
  );
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'documents', Prefix: 'exports/broken' }));
  expect(Contents).toEqual([]);
});
