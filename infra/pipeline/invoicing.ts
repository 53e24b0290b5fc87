import type { Stack } from 'aws-cdk-lib';
import { DELIVER_MEMORY_MB } from '../functions.ts';
import { QueuedFunction } from '../queued-function.ts';
import { ScheduledFunction } from '../scheduled-function.ts';
import { type Foundations, fedBy, nightlyPerSeller, sized } from './foundations.ts';

/** A night's run: who is due, their invoices, and these with their PDF in the mail. */
export function invoicing(stack: Stack, { common, storage, mail }: Foundations) {
  const { stage } = common;

  const planBillingRun = new ScheduledFunction(stack, 'PlanBillingRun', {
    ...common,
    ...sized('plan-billing-run', 60, 512),
    ...nightlyPerSeller(stage, '00:15'),
  }).usesTable(storage, ['GetItem', 'Query', 'PutItem']);

  const fanOutRun = new QueuedFunction(stack, 'FanOutRun', {
    ...common,
    ...sized('fan-out-run', 120, 512),
    ...fedBy('runs', 1, 20),
  }).usesTable(storage, ['Query', 'UpdateItem'], ['work']);

  const issueInvoice = new QueuedFunction(stack, 'IssueInvoice', {
    ...common,
    ...sized('issue-invoice', 30, 1024),
    ...fedBy('invoices', 10, stage.concurrency.issueInvoice),
  }).usesTable(storage, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);

  const deliverInvoice = new QueuedFunction(stack, 'DeliverInvoice', {
    ...common,
    ...sized('deliver-invoice', 60, DELIVER_MEMORY_MB),
    ...fedBy('deliveries', 10, stage.concurrency.deliverInvoice),
  })
    .usesTable(storage, ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'])
    .usesObjects(storage, 'documents', 'read', 'invoices/')
    .usesObjects(storage, 'documents', 'write-locked', 'invoices/');
  mail.grantTo(deliverInvoice);

  return { planBillingRun, fanOutRun, issueInvoice, deliverInvoice };
}
