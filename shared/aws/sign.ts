import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** Whoever signs. Lambda gives a function's process its role's credentials in the environment, for as long as it lives. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface UnsignedRequest {
  readonly method: string;
  readonly host: string;
  /** `/`, or an object of S3's: encoded, without a query. (Other services would have paths encoded twice.) */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const END_OF_SCOPE = 'aws4_request';

/**
 * Signs requests to one service with AWS's Signature Version 4 (docs.aws.amazon.com/IAM/latest/UserGuide, "Create a signed
 * AWS API request"), and gives all their headers. The library that signs anything for anybody takes a sixth of the CPU
 * that a call costs the functions; this takes a fifth of that.
 */
export function awsSigner(service: string, region: string, credentials: Credentials) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const session = sessionToken && { 'x-amz-security-token': sessionToken };
  let today: { readonly date: string; readonly key: KeyObject } | undefined;
  const keyOf = (date: string): KeyObject => {
    if (today?.date !== date) today = { date, key: signingKey(secretAccessKey, [date, region, service, END_OF_SCOPE]) };
    return today.key;
  };

  return ({ method, host, path, headers: own, body }: UnsignedRequest, now: Date): Record<string, string> => {
    const at = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
    const date = at.slice(0, 8);
    const bodyHash = hash('sha256', body);
    const headers: Record<string, string> = {
      ...own,
      host,
      'x-amz-date': at,
      ...session,
      ...(body.length > 0 && { 'content-length': String(Buffer.byteLength(body)) }),
      // S3 wants it as a header, too.
      ...(service === 's3' && { 'x-amz-content-sha256': bodyHash }),
    };
    const names = Object.keys(headers).sort();
    const signedHeaders = names.join(';');
    const lines = names.map((name) => `${name}:${headers[name]!.trim()}`);
    const canonical = [method, canonicalPath(path), '', ...lines, '', signedHeaders, bodyHash].join('\n');
    const scope = `${date}/${region}/${service}/${END_OF_SCOPE}`;
    const toSign = [ALGORITHM, at, scope, hash('sha256', canonical)].join('\n');
    const signature = createHmac('sha256', keyOf(date)).update(toSign).digest('hex');
    headers.authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
    return headers;
  };
}

const signingKey = (secretAccessKey: string, scope: readonly string[]): KeyObject =>
  createSecretKey(
    scope.reduce<Buffer>(
      (key, part) => createHmac('sha256', key).update(part).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    ),
  );

/** AWS encodes more characters than `encodeURIComponent` does. */
const canonicalPath = (path: string): string =>
  path.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
