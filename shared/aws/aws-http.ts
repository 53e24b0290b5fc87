import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Credentials, createSigner, sha256 } from './signature.ts';

/** The services that every invoice passes, by the name under which requests to them are signed, and their hosts' names. */
const HOSTS = { dynamodb: 'dynamodb', sqs: 'sqs', ses: 'email', s3: 's3' } as const;
export type AwsService = keyof typeof HOSTS;

export interface AwsRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Encoded. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** SHA-256 of the body in hexadecimal, where it is known. */
  readonly bodyHash?: string;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends one signed request, once. Rejects as the connection does; every answer, errors too, is a response. */
export type AwsHttp = (request: AwsRequest) => Promise<AwsResponse>;

export interface AwsOptions {
  readonly endpoint?: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** Longer than any of the services takes, and shorter than any function may. */
const TIMEOUT_MS = 20_000;

/**
 * A service of AWS over kept connections. It takes a fifth of the CPU that the AWS SDK spends on a call, and nearly nothing
 * of what a cold start spends on loading it: the month's run makes a dozen calls for each account. What is called rarely,
 * goes through the SDK.
 */
export function awsHttp(service: AwsService, options: AwsOptions = environment()): AwsHttp {
  const url = new URL(options.endpoint ?? `https://${HOSTS[service]}.${options.region}.amazonaws.com`);
  const isTls = url.protocol === 'https:';
  const kept = { keepAlive: true, scheduling: 'lifo', maxSockets: 50, timeout: TIMEOUT_MS } as const;
  const agent = isTls ? new HttpsAgent(kept) : new HttpAgent(kept);
  const open = isTls ? httpsRequest : httpRequest;
  const sign = createSigner(service, options.region, options.credentials);
  const { host, hostname, port } = url;

  return ({ method, path, headers, body, bodyHash = sha256(body) }) => {
    const signature = sign({ method, host, path, headers, bodyHash }, new Date());
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    const { promise, resolve, reject } = Promise.withResolvers<AwsResponse>();
    const outgoing = open(
      { agent, hostname, port, method, path, headers: { ...headers, ...signature, 'content-length': length } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${service} did not answer in time`)));
    outgoing.on('error', reject);
    outgoing.end(body);
    return promise;
  };
}

/** What Lambda tells a function. A local stack adds where AWS is. */
function environment(): AwsOptions {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ENDPOINT_URL } = process.env;
  if (!AWS_REGION || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
    throw new Error('The environment names no AWS region and credentials');
  return {
    region: AWS_REGION,
    ...(AWS_ENDPOINT_URL && { endpoint: AWS_ENDPOINT_URL }),
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    },
  };
}
