import { createHash, createHmac } from 'node:crypto';

/** Whoever signs. Lambda gives a function's process its role's credentials in the environment, for as long as it lives. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Signable {
  readonly method: string;
  readonly host: string;
  /** As it goes over the wire, without a query. */
  readonly path: string;
  /** Names in lower case. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hexadecimal. */
  readonly bodyHash: string;
}

/** Signs requests to one service with AWS Signature Version 4; gives the headers that are to be added. */
export function createSigner(
  service: string,
  region: string,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
) {
  let ofDay: { readonly day: string; readonly key: Buffer } | undefined;
  const keyOf = (day: string): Buffer => {
    if (ofDay?.day !== day) {
      const parts = [day, region, service, 'aws4_request'];
      const key = parts.reduce<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${secretAccessKey}`));
      ofDay = { day, key };
    }
    return ofDay.key;
  };

  return ({ method, host, path, headers, bodyHash }: Signable, now: Date): Record<string, string> => {
    const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
    const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
    const added = {
      host,
      'x-amz-date': time,
      'x-amz-content-sha256': bodyHash,
      ...(sessionToken && { 'x-amz-security-token': sessionToken }),
    };
    const signed = Object.entries({ ...headers, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
    const names = signed.map(([name]) => name).join(';');
    const lines = signed.map(([name, value]) => `${name}:${value.trim()}\n`).join('');
    const canonical = `${method}\n${path}\n\n${lines}\n${names}\n${bodyHash}`;
    const signature = hmac(keyOf(time.slice(0, 8)), `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`);
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature.toString('hex')}`;
    return { ...added, authorization };
  };
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
