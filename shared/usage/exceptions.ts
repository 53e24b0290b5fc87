import { createHash } from 'node:crypto';
import type { Instant } from '../domain/calendar.ts';
import type { UsageException, UsageFormat } from '../domain/usage-exception.ts';
import type { Outcome } from './count-records.ts';
import type { RawRecord } from './raw-record.ts';

type Failed = Extract<Outcome, { kind: 'exception' }>;

/** A record that could not be counted, as it is kept for review. */
export function exceptionOf(
  from: { readonly sellerId: string; readonly format: UsageFormat; readonly file: string },
  { line, raw }: Pick<RawRecord, 'line' | 'raw'>,
  { fault, recordId }: Failed,
  now: Instant,
): UsageException {
  const identity = recordId === undefined ? ['line', from.file, line, raw] : ['record', recordId, raw];
  return {
    ...from,
    exceptionId: createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 24),
    status: 'open',
    ...fault,
    line,
    raw,
    ...(recordId === undefined ? {} : { recordId }),
    firstSeenAt: now,
    triedAt: now,
  };
}

/** An exception after it was tried again: done with, or open with what is wrong now. */
export function afterReplay(exception: UsageException, outcome: Outcome, now: Instant): UsageException {
  if (outcome.kind === 'exception') return { ...exception, ...outcome.fault, triedAt: now };
  return { ...exception, status: 'replayed', triedAt: now, note: outcome.kind };
}

/** What has to be corrected by hand first: what there is of the record may look like a whole one. */
export const needsCorrection = ({ code }: Pick<UsageException, 'code'>): boolean =>
  code === 'cut_off' || code === 'encoding';
