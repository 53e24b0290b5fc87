import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request } from 'node:http';
import { Refusal } from './refusal.ts';

/** Capacity a call consumed, in read and write request units. */
export interface Units {
  readonly read: number;
  readonly write: number;
  /** Transactions of which it is not known. */
  readonly unweighed?: number;
}

/** What goes back to the caller: a whole body, or a reply of a backend that is passed on as it comes. */
export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | number>;
  readonly body?: Buffer | string;
  readonly stream?: IncomingMessage;
  readonly units?: Units;
}

/** One permission that a request needs; `context` answers for condition keys that only the service knows. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly context?: (key: string) => readonly string[] | undefined;
}

/** What a request turned out to ask for. `perform` carries it out, when all needs are granted. */
export interface Asked {
  /** The API action, e.g. `TransactWriteItems`. */
  readonly action: string;
  /** The ARN of what it is mainly about, for meters and faults. */
  readonly resource: string;
  readonly needs: readonly Need[];
  perform(): Promise<Reply>;
}

/** A request as a service sees it: body complete, path and query apart. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly response: ServerResponse;
  /** Whether the caller's policies allow something beyond the request's needs, where the answer depends on it. */
  allows(need: Need): boolean;
}

/** A service of the gateway. Throws a `Refusal` when it does not understand the request. */
export type Service = (incoming: Incoming) => Asked;

/** More than any request that the services accept, so that a client cannot exhaust the gateway's memory. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

/** Reads a message to its end. Throws a `Refusal` above 20 MiB, and whatever the connection throws. */
export function readBody(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    message.on('end', () => {
      if (size > MAX_BODY_BYTES)
        reject(new Refusal('RequestEntityTooLarge', 'The request is larger than 20 MiB.', 413));
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size));
    });
    message.on('error', reject);
    message.on('aborted', () => reject(new Error('the connection closed before the message was complete')));
  });
}

/** Throws a `Refusal` when the body is not JSON. Only fields that the gateway looks at are named by `T`. */
export function parseJson<T>(body: Buffer): T {
  try {
    return JSON.parse(body.toString('utf8')) as T;
  } catch {
    throw new Refusal('SerializationException', 'The request is not JSON.');
  }
}

/** A server behind the gateway, reached over kept connections. */
export interface Backend {
  /** Sends a request and gives the reply when its head has arrived. Throws `unavailable` when nobody answers. */
  call(options: {
    method: string;
    path: string;
    headers: Record<string, string | number>;
    body?: Buffer;
    abandonWith?: ServerResponse;
  }): Promise<IncomingMessage>;
  close(): void;
}

/** Opens the pool of connections to one backend, e.g. `http://127.0.0.1:8000`. */
export function connect(name: string, url: string): Backend {
  const { hostname, port } = new URL(url);
  // Idle connections close well before the backends would close them: a request never meets a closing one.
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 256,
    maxFreeSockets: 256,
    scheduling: 'lifo',
    timeout: 10_000,
  });
  return {
    call: ({ method, path, headers, body, abandonWith }) =>
      new Promise((resolve, reject) => {
        const outgoing = request({ agent, host: hostname, port, method, path, headers }, resolve);
        outgoing.on('error', (error) =>
          reject(new Refusal('unavailable', `${name} does not answer: ${error.message}`)),
        );
        abandonWith?.once('close', () => outgoing.destroy());
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}
