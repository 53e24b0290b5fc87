import type { Instant } from '../calendar.ts';
import { problem, type RecordProblem } from './exceptions.ts';
import { instantMillis } from './local-date.ts';
import { isEmergency } from './numbering.ts';
import type { CallRecord, MessageRecord, UsageRecord } from './records.ts';

const LONGEST_SECONDS = 24 * 60 * 60;
/** How far a switch's clock may run ahead of ours. */
const TOLERANCE_MILLIS = 5 * 60_000;
/** A concatenated message has an 8-bit count of its parts (3GPP TS 23.040 §9.2.3.24.1). */
const MOST_SEGMENTS = 255;

/** ITU-T E.164 §6: at most 15 digits, no country code begins with 0. National lengths are left to the plans. */
const E164 = /^\+[1-9]\d{4,14}$/;
/** The one plan whose numbers have a fixed form: area code and exchange begin with 2 to 9. */
const NORTH_AMERICAN = /^\+1[2-9]\d{2}[2-9]\d{6}$/;
const EXTENSION = /^\d{1,15}$/;
const SHORT_CODE = /^\d{3,8}$/;

/**
 * The first thing that makes a record implausible, or undefined. `billingCountry` says what is an emergency number. A call
 * that nobody answered costs nothing, so what was dialled is not looked at: people dial all kinds of things.
 */
export function recordProblem(record: UsageRecord, now: Instant, billingCountry: string): RecordProblem | undefined {
  if (record.recordId.trim() === '') return problem('id_missing', 'recordId', 'empty');
  if (record.kind === 'message') return messageProblem(record, now);
  if (record.disposition === 'unanswered') return unansweredProblem(record);
  return callTimes(record, now) ?? callDurations(record) ?? callNumbers(record, billingCountry);
}

/** One of the two is wrong, and if it is the disposition, the call must be paid. */
function unansweredProblem({ billableSeconds }: CallRecord): RecordProblem | undefined {
  if (billableSeconds > 0) return problem('billable_unanswered', 'disposition', `${billableSeconds} s`);
  return undefined;
}

function callTimes({ startedAt, answeredAt, endedAt }: CallRecord, now: Instant): RecordProblem | undefined {
  if (answeredAt === undefined) return problem('answer_missing', 'answeredAt', 'absent');
  const malformed =
    timeProblem('startedAt', startedAt, now) ??
    timeProblem('answeredAt', answeredAt, now) ??
    timeProblem('endedAt', endedAt, now);
  if (malformed !== undefined) return malformed;
  if (answeredAt < startedAt)
    return problem('answer_before_start', 'answeredAt', `${answeredAt}, started ${startedAt}`);
  if (endedAt < answeredAt) return problem('end_before_answer', 'endedAt', `${endedAt}, answered ${answeredAt}`);
  return undefined;
}

function timeProblem(field: string, value: Instant, now: Instant): RecordProblem | undefined {
  const millis = instantMillis(value);
  if (Number.isNaN(millis)) return problem('time_malformed', field, `"${value}"`);
  if (millis > instantMillis(now) + TOLERANCE_MILLIS) return problem('in_future', field, `${value}, now ${now}`);
  return undefined;
}

function callDurations({ durationSeconds, billableSeconds }: CallRecord): RecordProblem | undefined {
  const each = secondsProblem('durationSeconds', durationSeconds) ?? secondsProblem('billableSeconds', billableSeconds);
  if (each !== undefined) return each;
  if (billableSeconds > durationSeconds)
    return problem('billable_exceeds_duration', 'billableSeconds', `${billableSeconds} s of ${durationSeconds} s`);
  return undefined;
}

function secondsProblem(field: string, value: number): RecordProblem | undefined {
  if (!Number.isInteger(value) || value < 0) return problem('duration_malformed', field, String(value));
  return value > LONGEST_SECONDS ? problem('duration_absurd', field, `${value} s`) : undefined;
}

/** The side that is ours, and the side that decides the price. Who calls us may withhold or forge a number. */
function callNumbers(call: CallRecord, billingCountry: string): RecordProblem | undefined {
  const { direction, caller, called } = call;
  const caller_ = direction === 'inbound' ? undefined : numberProblem('caller', caller, EXTENSION);
  const malformed = caller_ ?? numberProblem('called', called, EXTENSION);
  if (malformed !== undefined || direction === 'internal' || called.startsWith('+')) return malformed;
  if (direction === 'outbound' && isEmergency(called, billingCountry)) return undefined;
  return problem('number_not_international', 'called', called);
}

function messageProblem(message: MessageRecord, now: Instant): RecordProblem | undefined {
  const { direction, from, to, at, segments } = message;
  const time = timeProblem('at', at, now);
  if (time !== undefined) return time;
  if (!Number.isInteger(segments) || segments < 1 || segments > MOST_SEGMENTS)
    return problem('segments_malformed', 'segments', String(segments));
  return (
    (direction === 'inbound' ? undefined : numberProblem('from', from, SHORT_CODE)) ??
    numberProblem('to', to, SHORT_CODE)
  );
}

function numberProblem(field: string, value: string, otherwise: RegExp): RecordProblem | undefined {
  const valid = value.startsWith('+1') ? NORTH_AMERICAN.test(value) : E164.test(value) || otherwise.test(value);
  return valid ? undefined : problem('number_malformed', field, `"${value}"`);
}
