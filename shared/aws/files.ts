import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Documents } from '../ports.ts';

const PRECONDITION_FAILED = 412;

/** Documents in a bucket, each written once: a second write of a key changes nothing. */
export function createDocuments({ bucket }: { readonly bucket: string }, client = new S3Client({})): Documents {
  return {
    async storeOnce(key, bytes, type) {
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: type,
        // S3 refuses bytes that were damaged on the way.
        ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
        IfNoneMatch: '*',
      });
      try {
        await client.send(put);
        return 'written';
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === PRECONDITION_FAILED) {
          return 'already-done';
        }
        throw error;
      }
    },

    async load(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },

    presign(key, seconds, fileName) {
      const get = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`,
      });
      return getSignedUrl(client, get, { expiresIn: seconds });
    },
  };
}
