import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { ImportFiles } from '../ports.ts';

/** The imports bucket. Files are read as streams: their size is not bounded by the function's memory. */
export function createImportFiles(
  { bucket }: { bucket: string },
  client = new S3Client({}),
): Omit<ImportFiles, 'presignUpload'> {
  return {
    async open(key, offset) {
      const range = offset === 0 ? {} : { Range: `bytes=${offset}-` };
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...range }));
        return Body as unknown as AsyncIterable<Uint8Array>;
      } catch (error) {
        if (isFault(error, 'NoSuchKey')) return undefined;
        // The last invocation stopped right behind the last line.
        if (isFault(error, 'InvalidRange')) return nothing();
        throw error;
      }
    },
    async readReport(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return JSON.parse((await Body?.transformToString()) ?? 'null');
      } catch (error) {
        if (isFault(error, 'NoSuchKey')) return undefined;
        throw error;
      }
    },
    async writeReport(key, report) {
      const body = JSON.stringify(report, null, 2);
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }),
      );
    },
  };
}

const isFault = (error: unknown, name: string): boolean => error instanceof S3ServiceException && error.name === name;

async function* nothing(): AsyncGenerator<Uint8Array> {}
