import type { Stack } from 'aws-cdk-lib';
import { streamFilters } from '../../shared/domain/audit/kinds.ts';
import { CountAlarms } from '../count-alarms.ts';
import { DeadLetterRecorder } from '../dead-letter-recorder.ts';
import type { QueuedFunction } from '../queued-function.ts';
import { ScheduledFunction } from '../scheduled-function.ts';
import { StreamedFunction } from '../streamed-function.ts';
import { type Foundations, sized } from './foundations.ts';

/** What puts on record how the others fared: jobs that gave up, changes of accounts, counts that raise an alarm. */
export function records(stack: Stack, { common, storage }: Foundations, queued: readonly QueuedFunction[]): void {
  new DeadLetterRecorder(stack, 'RecordDeadLetter', {
    ...common,
    ...sized('record-dead-letter', 30, 512),
    queues: queued.map((each) => each.deadLetterQueue),
  }).usesTable(storage, ['UpdateItem']);

  new StreamedFunction(stack, 'RecordAudit', {
    ...common,
    ...sized('record-audit', 60, 512),
    storage,
    filters: streamFilters(),
  })
    .usesTable(storage, ['GetItem'])
    .usesAuditLogs(storage, 'read', 'append');

  new ScheduledFunction(stack, 'AnchorAudit', {
    ...common,
    ...sized('anchor-audit', 300, 512),
    // Long enough after midnight that nothing of the day before is still on its way.
    schedules: [{ name: 'daily', expression: 'cron(40 0 * * ? *)', timeZone: 'UTC', input: {} }],
    failingPeriods: 1,
    atLeast: { times: 1, hours: 24, periods: 2 },
  })
    .usesAuditLogs(storage, 'read-by-day')
    .usesObjects(storage, 'anchors', 'write', 'anchors/');

  new CountAlarms(stack, 'CountAlarms', common);
}
