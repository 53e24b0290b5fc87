import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.ts';

const PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
] as const;
const WEEK_SECONDS = 604_800;

export interface PresignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Checks a presigned URL as S3 does: complete, within its time, and, where the maker's secret is known, made by it for
 * exactly this object. Throws a `Refusal` otherwise.
 */
export function checkPresigned(request: PresignedRequest, now: Date, secretAccessKey?: string): void {
  const { query } = request;
  if (PARAMETERS.some((name) => !query.get(name))) {
    throw new Refusal(
      'AuthorizationQueryParametersError',
      `Query-string authentication version 4 requires the ${PARAMETERS.join(', ')} parameters.`,
    );
  }
  const seconds = Number(query.get('X-Amz-Expires'));
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > WEEK_SECONDS) {
    throw new Refusal('AuthorizationQueryParametersError', 'X-Amz-Expires must be between 1 and 604800 seconds');
  }
  const signedAt = Date.parse(
    (query.get('X-Amz-Date') ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (Number.isNaN(signedAt))
    throw new Refusal(
      'AuthorizationQueryParametersError',
      "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
    );
  if (now.getTime() > signedAt + seconds * 1000) throw new Refusal('AccessDenied', 'Request has expired', 403);
  if (secretAccessKey === undefined) return;
  const given = Buffer.from(query.get('X-Amz-Signature') ?? '');
  const wanted = Buffer.from(signatureOf(request, secretAccessKey));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new Refusal(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
      403,
    );
  }
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signature version 4 of a request whose signature stands in its query. */
function signatureOf({ method, path, query, headers }: PresignedRequest, secret: string): string {
  const canonicalQuery = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const signedHeaders = query.get('X-Amz-SignedHeaders') ?? '';
  const canonicalHeaders = signedHeaders
    .split(';')
    .map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`)
    .join('');
  const payload = query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  const canonicalPath = path
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const canonical = [method, canonicalPath, canonicalQuery, canonicalHeaders, signedHeaders, payload].join('\n');
  const [, date = '', region = '', service = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');
  return hmac(key, ['AWS4-HMAC-SHA256', query.get('X-Amz-Date'), scope, digest].join('\n')).toString('hex');
}
