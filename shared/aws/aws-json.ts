import type { AwsHttp, AwsResponse } from './aws-http.ts';
import { persistent } from './persistent.ts';

/** A service answered with an error. `name` is the error's own, without its namespace. */
export class AwsError extends Error {
  readonly status: number;
  /** The status as errors of the AWS SDK have it. */
  readonly $metadata: { readonly httpStatusCode: number };
  /** Everything that the service said about it. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(name: string, status: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.$metadata = { httpStatusCode: status };
    this.details = details;
  }
}

/** Calls an operation of a service that speaks JSON. Throws an `AwsError`, or as the connection fails. */
export type AwsJson = <Output>(operation: string, input: object) => Promise<Output>;

/** Operations of `target`, e.g. `DynamoDB_20120810`, in the version of AWS's JSON that it speaks. What may pass is tried again: every call of ours may be repeated. */
export function awsJson(http: AwsHttp, target: string, version: '1.0' | '1.1' = '1.0'): AwsJson {
  const persist = persistent();
  return <Output>(operation: string, input: object): Promise<Output> => {
    const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` };
    const request = { method: 'POST', path: '/', headers, body: JSON.stringify(input) } as const;
    return persist(async () => {
      const response = await http(request);
      if (response.status !== 200) throw errorOf(operation, response);
      return JSON.parse(response.body.toString()) as Output;
    });
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
