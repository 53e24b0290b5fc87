import { randomUUID } from 'node:crypto';
import type { Mishap, Refusal } from './refusal.ts';
import type { Reply } from './wire.ts';

export type ServiceName = 'dynamodb' | 'sqs' | 's3' | 'ses' | 'events' | 'secretsmanager';

/** The names and statuses that AWS uses. DynamoDB and the other JSON services answer a denial with 400, not 403. */
const MISHAPS: Record<ServiceName, Record<Mishap, readonly [code: string, status: number]>> = {
  dynamodb: {
    denied: ['AccessDeniedException', 400],
    'unknown-key': ['UnrecognizedClientException', 400],
    throttled: ['ProvisionedThroughputExceededException', 400],
    conflict: ['TransactionConflictException', 400],
    unavailable: ['InternalServerError', 500],
  },
  sqs: {
    denied: ['AccessDenied', 403],
    'unknown-key': ['InvalidClientTokenId', 403],
    throttled: ['RequestThrottled', 400],
    conflict: ['ServiceUnavailable', 503],
    unavailable: ['ServiceUnavailable', 503],
  },
  s3: {
    denied: ['AccessDenied', 403],
    'unknown-key': ['InvalidAccessKeyId', 403],
    throttled: ['SlowDown', 503],
    conflict: ['ConditionalRequestConflict', 409],
    unavailable: ['InternalError', 500],
  },
  ses: {
    denied: ['AccessDenied', 403],
    'unknown-key': ['InvalidClientTokenId', 403],
    throttled: ['Throttling', 400],
    conflict: ['ServiceUnavailable', 503],
    unavailable: ['ServiceUnavailable', 503],
  },
  events: {
    denied: ['AccessDeniedException', 400],
    'unknown-key': ['UnrecognizedClientException', 400],
    throttled: ['ThrottlingException', 400],
    conflict: ['ConcurrentModificationException', 400],
    unavailable: ['InternalException', 500],
  },
  secretsmanager: {
    denied: ['AccessDeniedException', 400],
    'unknown-key': ['UnrecognizedClientException', 400],
    throttled: ['ThrottlingException', 400],
    conflict: ['InternalServiceError', 500],
    unavailable: ['InternalServiceError', 500],
  },
};

/** The `__type` under which SQS's JSON protocol sends errors whose query-protocol code differs. */
const SQS_TYPES: Record<string, string> = { AccessDenied: 'com.amazon.coral.service#AccessDeniedException' };

const JSON_PREFIX: Partial<Record<ServiceName, string>> = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810',
  sqs: 'com.amazonaws.sqs',
  events: 'com.amazonaws.events',
  secretsmanager: 'com.amazonaws.secretsmanager',
};

export const escapeXml = (text: string): string =>
  text.replace(/[<>&"]/g, (character) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[character]!);

/** Shapes a refusal as the service itself would. */
export function errorReply(service: ServiceName, refusal: Refusal): Reply {
  const [code, status] = MISHAPS[service][refusal.code as Mishap] ?? [refusal.code, refusal.status];
  const requestId = randomUUID();
  const prefix = JSON_PREFIX[service];
  if (prefix) {
    const type = (service === 'sqs' && SQS_TYPES[code]) || `${prefix}#${code}`;
    const headers: Reply['headers'] = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId };
    if (service === 'sqs') headers['x-amzn-query-error'] = `${code};${status < 500 ? 'Sender' : 'Receiver'}`;
    return { status, headers, body: JSON.stringify({ __type: type, message: refusal.message, ...refusal.details }) };
  }
  const error = `<Code>${code}</Code><Message>${escapeXml(refusal.message)}</Message>`;
  const body =
    service === 's3'
      ? `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${error}<RequestId>${requestId}</RequestId></Error>`
      : `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
