import type { Stack } from 'aws-cdk-lib';
import { QueuedFunction } from '../queued-function.ts';
import { ScheduledFunction } from '../scheduled-function.ts';
import { type Foundations, fedBy, sized } from './foundations.ts';

/** What follows an invoice: the sweep finds what is due or forgotten; reminders, mails and services follow from it. */
export function followUp(stack: Stack, { common, storage, mail, events }: Foundations) {
  const sweepOverdue = new ScheduledFunction(stack, 'SweepOverdue', {
    ...common,
    ...sized('sweep-overdue', 120, 512),
    schedules: [{ name: 'every-5-minutes', expression: 'rate(5 minutes)', input: {} }],
    failingPeriods: 3,
    atLeast: { times: 6, hours: 1, periods: 1 },
  }).usesTable(storage, ['UpdateItem'], ['work']);

  const advanceDunning = new QueuedFunction(stack, 'AdvanceDunning', {
    ...common,
    ...sized('advance-dunning', 30, 512),
    ...fedBy('dunning', 10, 5),
  }).usesTable(storage, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);

  const sendNotice = new QueuedFunction(stack, 'SendNotice', {
    ...common,
    ...sized('send-notice', 60, 1024),
    ...fedBy('notices', 10, 5),
  })
    .usesTable(storage, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'])
    .usesObjects(storage, 'documents', 'read', 'credit-notes/')
    .usesObjects(storage, 'documents', 'write-locked', 'credit-notes/');
  mail.grantTo(sendNotice);

  const followMail = new QueuedFunction(stack, 'FollowMail', {
    ...common,
    ...sized('follow-mail', 30, 512),
    ...fedBy('feedback', 10, 5),
  }).usesTable(storage, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem']);
  mail.tells(followMail);

  const changeServices = new QueuedFunction(stack, 'ChangeServices', {
    ...common,
    ...sized('change-services', 30, 512),
    ...fedBy('services', 10, 5),
  })
    .usesTable(storage, ['GetItem', 'Query', 'UpdateItem', 'DeleteItem'])
    .tell('EVENT_BUS_NAME', events.eventBusName)
    .allow(['events:PutEvents'], [events.eventBusArn]);

  return { sweepOverdue, advanceDunning, sendNotice, followMail, changeServices };
}
