import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { awsSigner, type Credentials } from './sign.ts';

/**
 * The services that every invoice or payment passes, by the name under which requests to them are signed: their hosts' names, and
 * after how much silence a request is given up, in milliseconds.
 */
const SERVICES = {
  dynamodb: { host: 'dynamodb', silence: 10_000 },
  sqs: { host: 'sqs', silence: 10_000 },
  ses: { host: 'email', silence: 20_000 },
  s3: { host: 's3', silence: 20_000 },
  secretsmanager: { host: 'secretsmanager', silence: 10_000 },
} as const;
export type AwsService = keyof typeof SERVICES;

export interface AwsRequest {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
  /** Encoded. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
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

/** Shorter than any service keeps a silent connection: one that was closed meanwhile would break the next request. */
const KEPT_MS = 4_000;

/**
 * A service of AWS over kept connections. It takes a fifth of the CPU that the AWS SDK spends on a call, and nearly nothing
 * of what a cold start spends on loading it: the month's run makes a dozen calls for each account. What is called rarely,
 * goes through the SDK.
 */
export function awsHttp(service: AwsService, options: AwsOptions = environment()): AwsHttp {
  const { region, credentials } = options;
  const { host: name, silence } = SERVICES[service];
  const url = new URL(options.endpoint ?? `https://${name}.${region}.amazonaws.com`);
  const isTls = url.protocol === 'https:';
  const kept = { keepAlive: true, scheduling: 'lifo', maxSockets: 50, timeout: KEPT_MS } as const;
  const agent = isTls ? new HttpsAgent(kept) : new HttpAgent(kept);
  const open = isTls ? httpsRequest : httpRequest;
  const { host, hostname, port } = url;
  const sign = awsSigner(service, region, credentials);

  return ({ method, path, headers: own, body }) => {
    const headers = sign({ method, host, path, headers: own, body }, new Date());
    const { promise, resolve, reject } = Promise.withResolvers<AwsResponse>();
    const outgoing = open({ agent, hostname, port, method, path, headers, timeout: silence }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('timeout', () => outgoing.destroy(timedOut(service, silence)));
    outgoing.on('error', reject);
    outgoing.end(body);
    return promise;
  };
}

const timedOut = (service: AwsService, silence: number): Error =>
  Object.assign(new Error(`${service} was silent for ${silence} ms`), { name: 'TimeoutError' });

/** What Lambda tells a function. A local stack adds where AWS is. */
export function environment(): AwsOptions {
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
