import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Documents } from '../ports.ts';

/** Links to the documents in a bucket. */
export function createLinks(
  { bucket }: { readonly bucket: string },
  client = new S3Client({}),
): Pick<Documents, 'presign'> {
  return {
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
