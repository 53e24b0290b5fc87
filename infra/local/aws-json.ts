import { Agent, request } from 'node:http';

/** A call of one of AWS's JSON services was answered with an error. */
export class AwsJsonError extends Error {
  override readonly name = 'AwsJsonError';
  /** The service's own code, e.g. `ResourceInUseException`. */
  readonly code: string;

  constructor(target: string, code: string, message: string) {
    super(`${target}: ${code}: ${message}`);
    this.code = code;
  }
}

export interface AwsJsonClient {
  /** `target`: `AmazonSQS.SendMessage`. Rejects with an `AwsJsonError`, or as the connection fails. */
  call<T>(target: string, input: object, signal?: AbortSignal): Promise<T>;
  close(): void;
}

export interface AwsJsonOptions {
  readonly endpoint: string;
  readonly service: 'sqs' | 'dynamodb';
  readonly region: string;
  /** Tells the gateway who asks; nobody here checks signatures. */
  readonly accessKeyId: string;
}

/** A client that costs a fraction of the SDK's CPU, which a laptop pays for every poll. */
export function createAwsJsonClient({ endpoint, service, region, accessKeyId }: AwsJsonOptions): AwsJsonClient {
  const agent = new Agent({ keepAlive: true, timeout: 60_000 });
  const common = {
    'content-type': 'application/x-amz-json-1.0',
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  };
  return {
    close: () => agent.destroy(),
    async call<T>(target: string, input: object, signal?: AbortSignal) {
      const body = JSON.stringify(input);
      const headers = { ...common, 'x-amz-target': target, 'content-length': Buffer.byteLength(body) };
      const { status, text } = await post(endpoint, { agent, headers, signal }, body);
      const answer = text === '' ? {} : JSON.parse(text);
      if (status === 200) return answer as T;
      throw new AwsJsonError(
        target,
        String(answer.__type ?? status).replace(/^.*#/, ''),
        String(answer.message ?? answer.Message ?? ''),
      );
    },
  };
}

function post(
  url: string,
  options: { agent: Agent; headers: Record<string, string | number>; signal?: AbortSignal },
  body: string,
): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const outgoing = request(url, { method: 'POST', ...options });
  outgoing.on('error', reject);
  outgoing.on('response', (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
    );
  });
  outgoing.end(body);
  return promise;
}
