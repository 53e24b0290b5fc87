import type { IncomingMessage } from 'node:http';
import { keptHeader, type ObjectLocks, shownHeader } from './object-locks.ts';
import { Refusal } from './refusal.ts';
import { asksFor, type Place, placeOf } from './s3-request.ts';
import { type Backend, type Incoming, type Reply, readBody, type Service } from './wire.ts';

/** What S3 lets a signed GET say about its own reply. */
const OVERRIDES: Readonly<Record<string, string>> = {
  'response-content-disposition': 'content-disposition',
  'response-content-type': 'content-type',
  'response-content-encoding': 'content-encoding',
  'response-content-language': 'content-language',
  'response-cache-control': 'cache-control',
  'response-expires': 'expires',
};
/** Headers that belong to one connection, or to the signature made for the gateway. */
const NOT_FORWARDED: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'keep-alive',
  'authorization',
  'expect',
  'transfer-encoding',
  'content-length',
  'if-none-match',
]);
const NOT_RETURNED: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding']);

/** An object that has just been written, for who must be told of it. */
export interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  /** In bytes; absent when it was uploaded in parts. */
  readonly size?: number;
  readonly eTag: string;
  readonly event: 'ObjectCreated:Put' | 'ObjectCreated:Copy' | 'ObjectCreated:CompleteMultipartUpload';
}

export interface S3Options {
  readonly backend: Backend;
  readonly locks: ObjectLocks;
  readonly onObjectCreated?: (object: CreatedObject) => void;
}

/** S3, carried out by fauxqs, with the conditional writes and error answers it lacks. */
export function s3({ backend, locks: objectLocks, onObjectCreated }: S3Options): Service {
  const locks = new KeyLocks();
  return (incoming) => {
    const place = placeOf(incoming);
    const resource = `arn:aws:s3:::${place.bucket}${place.key === undefined ? '' : `/${place.key}`}`;
    const [action, needs] = asksFor(incoming, place, resource);
    const onlyIfAbsent = action === 'PutObject' && incoming.headers['if-none-match'] === '*';
    const carryOut = () => forward(backend, incoming, place);
    return {
      action,
      resource,
      needs,
      perform: async () => {
        await objectLocks.demand(action, place, incoming, onlyIfAbsent);
        const reply = await (onlyIfAbsent
          ? locks.with(place.path, () => putIfAbsent(backend, place, carryOut))
          : carryOut());
        const created =
          reply.status === 200 && onObjectCreated ? createdObject(action, place, incoming, reply) : undefined;
        if (created) onObjectCreated?.(created);
        return reply;
      },
    };
  };
}

function createdObject(
  action: string,
  { bucket, key }: Place,
  { headers, body }: Incoming,
  reply: Reply,
): CreatedObject | undefined {
  if (key === undefined || (action !== 'PutObject' && action !== 'CompleteMultipartUpload')) return undefined;
  const eTag = String(reply.headers.etag ?? '').replace(/"/g, '');
  if (action === 'CompleteMultipartUpload') return { bucket, key, eTag, event: `ObjectCreated:${action}` };
  if (headers['x-amz-copy-source']) return { bucket, key, eTag, event: 'ObjectCreated:Copy' };
  return {
    bucket,
    key,
    eTag,
    size: Number(headers['x-amz-decoded-content-length'] ?? body.length),
    event: 'ObjectCreated:Put',
  };
}

async function forward(backend: Backend, incoming: Incoming, place: Place): Promise<Reply> {
  const { method, query, headers, body } = incoming;
  const passedOn = [...query].filter(([name]) => !/^x-amz-/i.test(name) && !(name in OVERRIDES) && name !== 'x-id');
  const search = passedOn.length > 0 ? `?${new URLSearchParams(passedOn)}` : '';
  const sent = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !NOT_FORWARDED.has(name) || (name === 'if-none-match' && method === 'GET'))
      .map(([name, value]) => [keptHeader(name), value]),
  );
  const upstream = await backend.call({
    method,
    path: place.path + search,
    headers: {
      ...(sent as Record<string, string>),
      ...((body.length > 0 || method === 'PUT' || method === 'POST') && { 'content-length': body.length }),
    },
    body,
  });
  const status = upstream.statusCode ?? 500;
  const isMissingObject = status === 404 && place.key !== undefined && (method === 'GET' || method === 'HEAD');
  if (isMissingObject && !incoming.allows({ action: 's3:ListBucket', resource: `arn:aws:s3:::${place.bucket}` })) {
    upstream.resume();
    throw new Refusal(
      'denied',
      `not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::${place.bucket}, without which S3 does not say that an object is missing`,
    );
  }
  const replied = headersOf(upstream, status < 300 ? query : undefined);
  if (method === 'GET' && status < 300) return { status, headers: replied, stream: upstream };
  return { status, headers: replied, body: await readBody(upstream) };
}

function headersOf(upstream: IncomingMessage, query: URLSearchParams | undefined): Record<string, string | number> {
  const headers: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(upstream.headers))
    if (!NOT_RETURNED.has(name)) headers[shownHeader(name)] = String(value);
  for (const [parameter, header] of Object.entries(OVERRIDES)) {
    const wanted = query?.get(parameter);
    if (wanted) headers[header] = wanted;
  }
  return headers;
}

/** `If-None-Match: *`: writes only where nothing is, as fauxqs does not. To be called with the key locked. */
async function putIfAbsent(backend: Backend, place: Place, put: () => Promise<Reply>): Promise<Reply> {
  const head = await backend.call({ method: 'HEAD', path: place.path, headers: {} });
  head.resume();
  if (head.statusCode === 200)
    throw new Refusal('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  return put();
}

/** Lets conditional writes of one key happen one after the other. */
class KeyLocks {
  private readonly tails = new Map<string, Promise<unknown>>();

  async with<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key);
    const mine = (before ?? Promise.resolve()).then(work, work);
    this.tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.tails.get(key) === mine) this.tails.delete(key);
    }
  }
}
