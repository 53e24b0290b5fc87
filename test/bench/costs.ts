import type { Measurement } from '../../infra/local/story/measurement.ts';
import { PRICES } from './prices.ts';

/** What `npm start -- --report` wrote. */
export interface RunReport extends Measurement {
  readonly accounts: number;
  readonly invoices: number;
  readonly seconds: number;
}

/** Requests and units per invoice, and dollars per million invoices, by service; mails are SES's and not counted. */
export interface Costs {
  readonly callsPerInvoice: number;
  readonly writeUnitsPerInvoice: number;
  readonly readUnitsPerInvoice: number;
  readonly unweighedCalls: number;
  readonly dollarsPerMillion: Readonly<Record<'DynamoDB' | 'SQS' | 'Lambda' | 'S3', number>>;
}

/**
 * Lambda is reckoned with the wall-clock time of this machine, where two cores serve everything and every call waits for
 * the emulators: on AWS it is less.
 */
export function costsOf({ calls, functions, invoices }: RunReport): Costs {
  const sum = (of: (call: RunReport['calls'][number]) => number) =>
    calls.reduce((total, call) => total + of(call), 0) / invoices;
  const callsTo = (service: string, action?: string) =>
    sum((call) => (call.service === service && (action === undefined || call.action === action) ? call.calls : 0));
  const writes = sum((call) => call.writeUnits);
  const reads = sum((call) => call.readUnits);
  const lambda = Object.values(functions).reduce(
    (total, { invocations, wallMs, memoryMb }) =>
      total + invocations * PRICES.lambdaRequest + (wallMs / 1000) * (memoryMb / 1024) * PRICES.lambdaGigabyteSecond,
    0,
  );
  return {
    callsPerInvoice: sum(({ calls: count }) => count),
    writeUnitsPerInvoice: writes,
    readUnitsPerInvoice: reads,
    unweighedCalls: calls.reduce((total, { unweighed }) => total + unweighed, 0),
    dollarsPerMillion: {
      DynamoDB: (writes * PRICES.dynamoDbWriteUnit + reads * PRICES.dynamoDbReadUnit) * 1e6,
      SQS: callsTo('sqs') * PRICES.sqsRequest * 1e6,
      Lambda: (lambda / invoices) * 1e6,
      S3: (callsTo('s3', 'PutObject') * PRICES.s3Put + callsTo('s3', 'GetObject') * PRICES.s3Get) * 1e6,
    },
  };
}
