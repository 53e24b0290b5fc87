import { createHash } from 'node:crypto';
import { addDays } from '../domain/calendar.ts';
import type { Documents } from '../ports.ts';
import { type AwsHttp, type AwsRequest, type AwsResponse, awsHttp } from './aws-http.ts';
import { AwsError } from './aws-json.ts';
import { persistent } from './persistent.ts';

const PRECONDITION_FAILED = 412;
/** Another conditional write of the same key was under way. */
const isConflict = (error: unknown): boolean => error instanceof AwsError && error.status === 409;

interface Options {
  readonly bucket: string;
  /** Whether an administrator could lift the lock of an object, or nobody. */
  readonly lockMode?: 'governance' | 'compliance';
}

/** Documents in a bucket, each written once: a second write of a key changes nothing. */
export function createDocuments(
  { bucket, lockMode = 'compliance' }: Options,
  http: AwsHttp = awsHttp('s3'),
): Pick<Documents, 'storeOnce' | 'load'> {
  const pathOf = (key: string) => `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const persist = persistent(isConflict);
  const answer = (request: AwsRequest): Promise<AwsResponse> =>
    persist(async () => {
      const response = await http(request);
      if (response.status !== 200) throw errorOf(request, response);
      return response;
    });
  return {
    async storeOnce(key, bytes, type, keptUntil) {
      const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const hash = createHash('sha256').update(body).digest();
      const put: AwsRequest = {
        method: 'PUT',
        path: pathOf(key),
        headers: {
          'content-type': type,
          'if-none-match': '*',
          // Without it S3 takes nothing into a bucket with an object lock.
          'x-amz-sdk-checksum-algorithm': 'SHA256',
          // S3 refuses bytes that were damaged on the way, and keeps the checksum.
          'x-amz-checksum-sha256': hash.toString('base64'),
          'x-amz-content-sha256': hash.toString('hex'),
          ...(keptUntil && {
            'x-amz-object-lock-mode': lockMode.toUpperCase(),
            // The day is over in every time zone.
            'x-amz-object-lock-retain-until-date': `${addDays(keptUntil, 1)}T12:00:00Z`,
          }),
        },
        body,
      };
      try {
        await answer(put);
        return 'written';
      } catch (error) {
        if (error instanceof AwsError && error.status === PRECONDITION_FAILED) return 'already-done';
        throw error;
      }
    },

    async load(key) {
      try {
        const { body } = await answer({ method: 'GET', path: pathOf(key), headers: {}, body: '' });
        return body;
      } catch (error) {
        if (error instanceof AwsError && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
  };
}

function errorOf({ method }: AwsRequest, { status, body }: AwsResponse): AwsError {
  const code = /<Code>([^<]*)<\/Code>/.exec(body.toString())?.[1] ?? 'UnknownError';
  return new AwsError(code, status, `${method} of a document: ${code}, status ${status}`);
}
