import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ExportFiles } from '../ports.ts';

/** An upload has at most 10,000 parts: up to 78 GiB. The local S3 takes no larger ones. */
const PART_BYTES = 8 * 1024 * 1024;
/** Parts under way; with the one that is being filled they are what is in memory. */
const PARTS_AT_ONCE = 4;

/** Files of any size in a bucket, uploaded in parts while they are made. */
export function createExportFiles({ bucket }: { readonly bucket: string }, client = new S3Client({})): ExportFiles {
  return {
    async write(key, type, bytes) {
      const hash = createHash('sha256');
      let length = 0;
      async function* counted(): AsyncGenerator<Uint8Array> {
        for await (const chunk of bytes) {
          hash.update(chunk);
          length += chunk.length;
          yield chunk;
        }
      }
      const params = {
        Bucket: bucket,
        Key: key,
        Body: Readable.from(counted(), { objectMode: false }),
        ContentType: type,
      };
      await new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done();
      return { key, bytes: length, sha256: hash.digest('hex') };
    },

    async read(key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body as unknown as AsyncIterable<Uint8Array>;
    },
  };
}
