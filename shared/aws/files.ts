import { createHash } from 'node:crypto';
import type { Documents } from '../ports.ts';
import { type AwsHttp, type AwsRequest, type AwsResponse, awsHttp } from './aws-http.ts';
import { AwsError } from './aws-json.ts';
import { attempts } from './retry.ts';

const PRECONDITION_FAILED = 412;
/** Another conditional write of the same key was under way. */
const CONFLICT = 409;
const MOST_ATTEMPTS = 3;

/** Documents in a bucket, each written once: a second write of a key changes nothing. */
export function createDocuments(
  { bucket }: { readonly bucket: string },
  http: AwsHttp = awsHttp('s3'),
): Pick<Documents, 'storeOnce' | 'load'> {
  const pathOf = (key: string) => `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return {
    async storeOnce(key, bytes, type) {
      const hash = createHash('sha256').update(bytes).digest();
      const put: AwsRequest = {
        method: 'PUT',
        path: pathOf(key),
        headers: {
          'content-type': type,
          'if-none-match': '*',
          // S3 refuses bytes that were damaged on the way, and keeps the checksum.
          'x-amz-checksum-sha256': hash.toString('base64'),
        },
        body: bytes,
        bodyHash: hash.toString('hex'),
      };
      try {
        await answer(http, put);
        return 'written';
      } catch (error) {
        if (error instanceof AwsError && error.status === PRECONDITION_FAILED) return 'already-done';
        throw error;
      }
    },

    async load(key) {
      try {
        const { body } = await answer(http, { method: 'GET', path: pathOf(key), headers: {}, body: '' });
        return body;
      } catch (error) {
        if (error instanceof AwsError && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
  };
}

/** Tries again what another try may mend. Throws an `AwsError`, or as the connection fails. */
async function answer(http: AwsHttp, request: AwsRequest): Promise<AwsResponse> {
  for await (const last of attempts(MOST_ATTEMPTS)) {
    try {
      const response = await http(request);
      if (response.status === 200) return response;
      throw errorOf(request, response);
    } catch (error) {
      const isFinal = error instanceof AwsError && error.status < 500 && error.status !== CONFLICT;
      if (last || isFinal) throw error;
    }
  }
  throw new Error('unreachable: the last attempt returns or throws');
}

function errorOf({ method }: AwsRequest, { status, body }: AwsResponse): AwsError {
  const code = /<Code>([^<]*)<\/Code>/.exec(body.toString())?.[1] ?? 'UnknownError';
  return new AwsError(code, status, `${method} of a document: ${code}, status ${status}`);
}
