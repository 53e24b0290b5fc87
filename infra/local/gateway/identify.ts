import type { IncomingHttpHeaders } from 'node:http';
import type { ServiceName } from './errors.ts';

/** Who calls which service, as the SigV4 credential scope says. */
export interface Identity {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: ServiceName;
  /** The signature stands in the URL: whoever holds the link acts as its maker. */
  readonly presigned: boolean;
}

const SERVICES: ReadonlySet<string> = new Set<ServiceName>([
  'dynamodb',
  'sqs',
  's3',
  'ses',
  'events',
  'secretsmanager',
]);

/**
 * Reads `<access key id>/<date>/<region>/<service>/aws4_request` from the Authorization header or the query. Undefined
 * when the request is not signed; a string, the service's name, when it is one that the gateway does not speak.
 */
export function identify(headers: IncomingHttpHeaders, query: URLSearchParams): Identity | string | undefined {
  const fromQuery = query.get('X-Amz-Credential');
  const scope = fromQuery ?? /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const [accessKeyId, , region, service, terminator] = scope?.split('/') ?? [];
  if (!accessKeyId || !region || !service || terminator !== 'aws4_request') return undefined;
  if (!SERVICES.has(service)) return service;
  return { accessKeyId, region, service: service as ServiceName, presigned: fromQuery !== null };
}
