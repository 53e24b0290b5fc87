import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hono } from 'hono';
import { portError } from '../ports.ts';
import { mailViewer, type ViewerOptions } from './app.ts';

export interface MailViewer {
  /** Where the list of mails is. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the viewer on 127.0.0.1, to this machine alone. Throws one sentence for a person when the port is taken. */
export async function startMailViewer(options: ViewerOptions & { readonly port?: number }): Promise<MailViewer> {
  const app = mailViewer(options);
  const server = createServer((request, response) => {
    answer(app, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error) => reject(portError('The mail viewer', options.port, error)));
  server.listen(options.port ?? 0, '127.0.0.1', resolve);
  await promise;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mails`,
    stop: () =>
      new Promise((ended) => {
        server.close(() => ended());
        server.closeAllConnections();
      }),
  };
}

/** A page of the web that guesses the port must not read mails: only who asks for this machine by its address is answered. */
const LOCAL = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

async function answer(app: Hono, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host = '' } = request.headers;
  if (!LOCAL.test(host)) return void response.writeHead(421).end('Ask for 127.0.0.1.');
  if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
  const made = await app.fetch(new Request(new URL(request.url ?? '/', `http://${host}`)));
  response.writeHead(made.status, Object.fromEntries(made.headers));
  response.end(Buffer.from(await made.arrayBuffer()));
}
