import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Backend, readBody } from './wire.ts';

/** SQS as fauxqs speaks it. */
export interface Fauxqs {
  /** Passes a request on as it is; `abandonWith` is the caller with whom the request ends. */
  send(action: string, body: Buffer, abandonWith?: ServerResponse): Promise<IncomingMessage>;
  /** Makes a request of the gateway's own. Throws on any error. */
  call(action: string, input: object): Promise<Record<string, unknown>>;
}

/** fauxqs takes the region from the signature's scope, and checks no signature. */
export function fauxqsClient(backend: Backend, region: string): Fauxqs {
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0`;
  const send: Fauxqs['send'] = (action, body, abandonWith) =>
    backend.call({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': body.length,
        'x-amz-target': `AmazonSQS.${action}`,
        authorization,
      },
      body,
      ...(abandonWith && { abandonWith }),
    });
  return {
    send,
    call: async (action, input) => {
      const upstream = await send(action, Buffer.from(JSON.stringify(input)));
      const text = (await readBody(upstream)).toString('utf8');
      if (upstream.statusCode !== 200) throw new Error(`${action}: ${text}`);
      return JSON.parse(text || '{}') as Record<string, unknown>;
    },
  };
}
