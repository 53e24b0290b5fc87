import type { AwsHttp, AwsResponse } from './aws-http.ts';
import { attempts } from './retry.ts';

/** A service answered with an error. `name` is the error's own, without its namespace. */
export class AwsError extends Error {
  readonly status: number;
  /** Everything that the service said about it. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(name: string, status: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.details = details;
  }
}

/** Calls an operation of a service that speaks JSON. Throws an `AwsError`, or as the connection fails. */
export type AwsJson = <Output>(operation: string, input: object) => Promise<Output>;

/** Errors that say nothing about the request: the same one may be answered the next time. */
const PASSING: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
const MOST_ATTEMPTS = 4;

/**
 * Operations of `target`, e.g. `DynamoDB_20120810`. What may pass (throttling, faults of the service, broken connections)
 * is tried again with growing waits: every call of ours may be repeated.
 */
export function awsJson(http: AwsHttp, target: string): AwsJson {
  return async <Output>(operation: string, input: object): Promise<Output> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `${target}.${operation}` };
    const request = { method: 'POST', path: '/', headers, body: JSON.stringify(input) } as const;
    for await (const last of attempts(MOST_ATTEMPTS)) {
      try {
        const response = await http(request);
        if (response.status === 200) return JSON.parse(response.body.toString()) as Output;
        throw errorOf(operation, response);
      } catch (error) {
        if (last || !isPassing(error)) throw error;
      }
    }
    throw new Error('unreachable: the last attempt returns or throws');
  };
}

function errorOf(operation: string, { status, body }: AwsResponse): AwsError {
  let said: Record<string, unknown> = {};
  try {
    said = JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    // A proxy on the way answers with a page; the status says all there is to know.
  }
  const name = String(said.__type ?? 'UnknownError').replace(/^.*#/, '');
  return new AwsError(name, status, `${operation}: ${said.message ?? said.Message ?? `status ${status}`}`, said);
}

const isPassing = (error: unknown): boolean =>
  !(error instanceof AwsError) || error.status >= 500 || PASSING.has(error.name);
