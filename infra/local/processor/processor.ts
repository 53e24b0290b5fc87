import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { internalError } from './api-error.ts';
import { hostedPage } from './hosted-page.ts';
import type { Answer, FullRequest } from './respond.ts';
import { createProcessorService, type ProcessorService, type ServiceOptions } from './service.ts';

export interface ProcessorOptions extends Omit<ServiceOptions, 'post' | 'url'> {
  /** 0 or absent: any free port. */
  readonly port?: number;
}

export interface Processor extends Omit<ProcessorService, 'answer' | 'nextSettlement' | 'setups'> {
  readonly url: string;
  stop(): Promise<void>;
}

/** The processor as a server on this machine. Rejects with the system's error when the port is taken. */
export async function startProcessor(options: ProcessorOptions): Promise<Processor> {
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = createProcessorService({ ...options, url: address });
  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const request = await received(message);
    const hosted = /^\/c\/([\w-]+)$/.exec(request.path)?.[1];
    if (hosted) {
      const { status, headers, body } = await hostedPage(service.setups, request.method, hosted, request.form);
      response.writeHead(status, headers).end(body);
      return;
    }
    const answer = await service.answer(request);
    if (answer === 'drop') message.socket.destroy();
    else if (answer !== 'silence') write(response, answer);
  };
  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      console.error(error);
      write(response, { status: 500, body: internalError(false).body, replayed: false });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    ...service,
    url: address(),
    stop: () =>
      new Promise((resolve) => {
        service.webhooks.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function received(message: IncomingMessage): Promise<FullRequest> {
  const url = new URL(message.url ?? '/', 'http://processor');
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const key = message.headers['idempotency-key'];
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    authorization: message.headers.authorization ?? '',
    form: message.method === 'GET' ? url.search.slice(1) : Buffer.concat(chunks).toString('utf8'),
    ...(typeof key === 'string' && message.method === 'POST' && { key }),
  };
}

function write(response: ServerResponse, { status, body, replayed }: Exclude<Answer, string>): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': `req_local_${status}`,
    ...(replayed && { 'idempotent-replayed': 'true' }),
  });
  response.end(JSON.stringify(body));
}
