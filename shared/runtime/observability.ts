import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { failureOf } from './failure.ts';

/** Structured logs: ids, codes and counts only; never a name, an address or an amount of a customer. */
export const logger = new Logger();
const metrics = new Metrics();
/** Powertools switches it off by itself outside AWS Lambda. */
const tracer = new Tracer();

/** What a function did, as counts. Each carries the function's name; alarms and dashboards read them. */
export type MetricName =
  | 'MessagesDone'
  | 'MessagesRetried'
  | 'MessagesGivenUp'
  | 'Invocations'
  | 'RunsPlanned'
  | 'AccountsPlanned'
  | 'InvoicesIssued'
  | 'AccountsZero'
  | 'AccountsHeld'
  | 'MailsSent'
  | 'MailsRejected'
  | 'MailsSkipped'
  | 'MailsUncertain'
  | 'MailsBounced'
  | 'MailsComplainedOf'
  | 'MailsDelayed'
  | 'MailFeedbackUnknown'
  | 'AddressesStopped'
  | 'NobodyReached'
  | 'MailedLate'
  | 'PaymentsCollected'
  | 'PaymentsDeclined'
  | 'PaymentsUnresolved'
  | 'PaymentsPutOff'
  | 'PaymentsReturned'
  | 'PaymentsUnexplained'
  | 'MoneyWithoutBooking'
  | 'BookingWithoutMoney'
  | 'WebhooksRefused'
  | 'WebhooksUnknown'
  | 'MethodsRenewed'
  | 'MethodsRefused'
  | 'CustomersErased'
  | 'NoticesDue'
  | 'SuspensionsRequested'
  | 'SuspensionsUndone'
  | 'HandedToAccountsReceivable'
  | 'ServicesChanged'
  | 'ReactivationSeconds'
  | 'ReactivationsSlow'
  | 'ForgottenWork'
  | 'UsageCounted'
  | 'UsageDropped'
  | 'UsageExceptions'
  | 'DecksRefused'
  | 'DeadLetters'
  | 'AuditEntries'
  | 'AuditedByHand'
  | 'ChainsAnchored';

/**
 * Adds to a count, written once at the end of the invocation. With `by` it is written at once under that dimension,
 * beside the function's name.
 */
export function count(name: MetricName, value = 1, by?: Readonly<Record<string, string>>): void {
  if (!by) {
    metrics.addMetric(name, MetricUnit.Count, value);
    return;
  }
  const single = metrics.singleMetric();
  for (const [dimension, of] of Object.entries(by)) single.addDimension(dimension, of);
  single.addMetric(name, MetricUnit.Count, value);
}

/**
 * Wraps a function of any trigger with logger, metrics and tracer. An error leaves as a plain one with a redacted message:
 * Lambda would log every property of the original, and those of AWS's errors may hold items of the table.
 */
export function observed<Event, Result>(run: (event: Event, context: Context) => Promise<Result>) {
  return middy<Event, Result>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .handler(async (event: Event, context: Context): Promise<Result> => {
      try {
        count('Invocations');
        return await run(event, context);
      } catch (error) {
        const failure = failureOf(error);
        logger.error('The invocation failed', { ...failure });
        throw new Error(`${failure.code}: ${failure.reason}`);
      }
    });
}
