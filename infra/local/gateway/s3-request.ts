import { locks } from './object-locks.ts';
import { Refusal } from './refusal.ts';
import type { Incoming, Need } from './wire.ts';

/** Where in S3 a request points: `key` is absent for requests about the bucket. */
export interface Place {
  readonly bucket: string;
  readonly key?: string;
  /** The path as fauxqs wants it, still encoded. */
  readonly path: string;
}

const HOST_WITH_BUCKET = /^(.+)\.(?:s3[.-].+|s3\.localhost|localhost)$/;
/** Finds bucket and key in a path-style or virtual-host request. */
export function placeOf({ headers, path }: Incoming): Place {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const fromHost = HOST_WITH_BUCKET.exec(host)?.[1];
  const whole = fromHost && fromHost !== 's3' ? `/${fromHost}${path}` : path;
  const [, bucket = '', rest] = /^\/([^/]*)(?:\/(.*))?$/s.exec(whole) ?? [];
  return { bucket, path: whole, ...(rest && { key: decodeURIComponent(rest) }) };
}

/** Sub-resources of S3 that fauxqs does not have, or whose permissions the gateway does not know. */
const KNOWN_QUERY =
  /^(x-amz-.*|x-id|list-type|prefix|delimiter|max-keys|start-after|continuation-token|encoding-type|marker|fetch-owner|uploads|uploadId|partNumber|response-.*)$/i;

/** The API action and what it needs. Throws a `Refusal` for what the gateway does not know. */
export function asksFor(
  { method, query, headers }: Incoming,
  place: Place,
  resource: string,
): readonly [string, readonly Need[]] {
  const stranger = [...query.keys()].find((name) => !KNOWN_QUERY.test(name));
  const asked = stranger === undefined ? actionOf(method, query, place) : undefined;
  if (!asked)
    throw new Refusal(
      'NotImplemented',
      `The gateway does not know the permissions of ${method} ${place.path}${stranger ? `?${stranger}` : ''}.`,
      501,
    );
  const [action, permission] = asked;
  const context = (key: string) => (key === 's3:prefix' && query.has('prefix') ? [query.get('prefix')!] : undefined);
  const needs: Need[] = [{ action: `s3:${permission}`, resource, context }];
  if (locks(headers)) needs.push({ action: 's3:PutObjectRetention', resource });
  const source = headers['x-amz-copy-source'];
  if (source)
    needs.push({
      action: 's3:GetObject',
      resource: `arn:aws:s3:::${decodeURIComponent(String(source)).replace(/^\//, '')}`,
    });
  return [action, needs];
}

/** The API action and the permission it needs; S3's names differ. */
function actionOf(
  method: string,
  query: URLSearchParams,
  { bucket, key }: Place,
): readonly [string, string] | undefined {
  if (!bucket) return method === 'GET' ? ['ListBuckets', 'ListAllMyBuckets'] : undefined;
  if (key === undefined) {
    if (method === 'GET') return [query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects', 'ListBucket'];
    if (method === 'HEAD') return ['HeadBucket', 'ListBucket'];
    if (method === 'PUT') return ['CreateBucket', 'CreateBucket'];
    return method === 'DELETE' ? ['DeleteBucket', 'DeleteBucket'] : undefined;
  }
  if (method === 'GET') return ['GetObject', 'GetObject'];
  if (method === 'HEAD') return ['HeadObject', 'GetObject'];
  if (method === 'PUT') return [query.has('uploadId') ? 'UploadPart' : 'PutObject', 'PutObject'];
  if (method === 'DELETE')
    return query.has('uploadId') ? ['AbortMultipartUpload', 'AbortMultipartUpload'] : ['DeleteObject', 'DeleteObject'];
  if (method === 'POST' && query.has('uploads')) return ['CreateMultipartUpload', 'PutObject'];
  return method === 'POST' && query.has('uploadId') ? ['CompleteMultipartUpload', 'PutObject'] : undefined;
}
