import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Authorize } from './http-authorizer.ts';
import { httpEvent, type RequestFacts, writeAnswer } from './http-event.ts';
import { matchRoute } from './http-routes.ts';
import type { LocalFunction } from './lambda.ts';
import type { ApiModel } from './model-api.ts';
import { portError } from './ports.ts';

/** The template's HTTP API on this machine. */
export interface LocalHttpApi {
  readonly url: string;
  stop(): Promise<void>;
}

export interface HttpApiOptions {
  readonly model: ApiModel;
  readonly functionOf: (arn: string) => LocalFunction;
  /** By the authorizer's id. */
  readonly authorizers: ReadonlyMap<string, Authorize>;
  readonly accountId: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly now: () => Date;
}

/** API Gateway takes no larger body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Serves the API on 127.0.0.1. Throws one sentence for a person when the port is taken. */
export async function startHttpApi(options: HttpApiOptions): Promise<LocalHttpApi> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => refuse(response, 500, 'Internal Server Error'));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error) => reject(portError('The HTTP API', options.port, error)));
  server.listen(options.port ?? 0, '127.0.0.1', resolve);
  await promise;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((ended) => {
        server.close(() => ended());
        server.closeAllConnections();
      }),
  };
}

async function answer(options: HttpApiOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { model } = options;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = decodePath(url.pathname);
  const found = path === undefined ? undefined : matchRoute(model.routes, request.method ?? 'GET', path);
  if (path === undefined || !found) return refuse(response, 404, 'Not Found');
  const { route, pathParameters } = found;
  const authorize = route.authorizerId === undefined ? undefined : options.authorizers.get(route.authorizerId);
  const authorized = await authorize?.(bearerToken(request), route.scopes);
  if (authorized && authorized.outcome !== 'allowed') return refuseToken(response, authorized.outcome);
  const body = await readBody(request);
  if (!body) return refuse(response, 413, 'Request Entity Too Large');
  const { routeKey } = route;
  const facts: RequestFacts = {
    request,
    body,
    url,
    path,
    routeKey,
    pathParameters,
    authorized,
    apiId: model.id,
    accountId: options.accountId,
    at: options.now(),
  };
  const result = await Promise.race([
    options.functionOf(route.functionArn).invoke(httpEvent(facts)),
    after(route.timeoutMs),
  ]);
  if (result === undefined) return refuse(response, 503, 'Service Unavailable');
  if (!result.ok) return refuse(response, 500, 'Internal Server Error');
  writeAnswer(response, result.payload);
}

/** Undefined when it cannot be decoded. */
function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

/** The token, with or without the word `Bearer`, as API Gateway takes it. */
const bearerToken = (request: IncomingMessage): string | undefined =>
  request.headers.authorization?.replace(/^Bearer\s+/i, '');

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const after = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });

function refuseToken(response: ServerResponse, outcome: 'unauthorized' | 'forbidden'): void {
  if (outcome === 'unauthorized') response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
  if (outcome === 'unauthorized') refuse(response, 401, 'Unauthorized');
  else refuse(response, 403, 'Forbidden');
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
