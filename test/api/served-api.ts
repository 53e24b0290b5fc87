import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';
import { type Ended, opsCommand } from '../support/ops-command.ts';
import { type apiWorld, token } from './world.ts';

const GOOD = 'good';

/**
 * The API of a world on a port, as its gateway would serve it to somebody with every role, and the ops command that talks
 * to it. `before` is told of each request's path first, and may do the work that a queue would have brought by then.
 */
export function servedApi(
  world: ReturnType<typeof apiWorld>,
  before: (path: string) => Promise<void> = async () => undefined,
) {
  let server: Server;
  let url = '';
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const path = request.url ?? '/';
      const claims = request.headers.authorization === `Bearer ${GOOD}` ? token.everything : undefined;
      const body = request.method === 'POST' ? await json(request) : undefined;
      await before(path);
      const answer = await world.call(claims, request.method ?? 'GET', path, { body });
      const bytes = /json/.test(answer.type) ? JSON.stringify(answer.body) : Buffer.from(answer.body, 'latin1');
      response.writeHead(answer.status, answer.headers).end(bytes);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server?.close());
  return {
    ops: (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> =>
      opsCommand({ url, token: GOOD }, args, environment),
  };
}
