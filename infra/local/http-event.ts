import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorized } from './http-authorizer.ts';

export interface RequestFacts {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly url: URL;
  readonly path: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly authorized?: Extract<Authorized, { outcome: 'allowed' }>;
  readonly apiId: string;
  readonly accountId: string;
  readonly at: Date;
}

/** The event of payload format 2.0. */
export function httpEvent(facts: RequestFacts): unknown {
  const { request, body, url, path, routeKey, pathParameters, authorized } = facts;
  const { cookie, ...headers } = request.headers;
  const host = request.headers.host ?? 'localhost';
  const isText = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded))|[+/](json|xml)\b/.test(
    headers['content-type'] ?? '',
  );
  const query = [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name).join(',')]);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: facts.accountId,
      apiId: facts.apiId,
      ...(authorized && { authorizer: { jwt: { claims: authorized.claims, scopes: authorized.scopes } } }),
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: facts.at.toUTCString(),
      timeEpoch: facts.at.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

interface FunctionAnswer {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Writes what a function returned: an answer with a status code, or anything else as a JSON body. */
export function writeAnswer(response: ServerResponse, payload: unknown): void {
  const answer = (typeof payload === 'object' && payload !== null ? payload : {}) as FunctionAnswer;
  if (answer.statusCode === undefined) {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(typeof payload === 'string' ? payload : JSON.stringify(payload));
    return;
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, String(value));
  if (answer.cookies) response.setHeader('set-cookie', answer.cookies);
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain;charset=utf-8');
  response.writeHead(Number(answer.statusCode));
  response.end(Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8'));
}
