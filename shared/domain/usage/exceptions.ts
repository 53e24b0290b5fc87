/**
 * Why a record could not be rated: code → what it means to the person who must correct it. Such a record waits in the list
 * of exceptions and is never rated at zero.
 */
export const EXCEPTIONS = {
  id_missing: 'The record has no id, so it could be counted twice',
  time_malformed: 'A time is not an instant in UTC such as 2026-12-01T05:00:00.000Z',
  in_future: 'A time lies in the future: the clock of the switch or its time zone is wrong',
  answer_missing: 'The call was answered but does not say when',
  answer_before_start: 'The call was answered before it was made',
  end_before_answer: 'The call ended before it was answered',
  duration_malformed: 'A duration is not a whole number of seconds from 0',
  duration_absurd: 'A duration is longer than a day, as when a switch missed the end of a call',
  billable_exceeds_duration: 'The call was connected for longer than it lasted',
  billable_unanswered: 'The call is said to be unanswered and yet was connected',
  number_malformed: 'A number is not E.164: + and 5 to 15 digits without a leading 0, or an extension of digits alone',
  number_not_international: 'The number must be E.164 with + and country code, or the rate cannot be found',
  segments_malformed: 'The number of segments is not a whole number from 1 to 255',
  messages_not_offered: 'Messages are offered in the United States and Canada only (R109)',
  currency_mismatch: 'The rates are in another currency than the account',
  no_rate: 'No rate is in force for this usage on this date',
} as const;
export type ExceptionCode = keyof typeof EXCEPTIONS;

/** What is wrong with which field of a record; `reason` is a sentence with the value in question. */
export interface RecordProblem {
  readonly code: ExceptionCode;
  readonly field: string;
  readonly reason: string;
}

export const problem = (code: ExceptionCode, field: string, detail: string): RecordProblem => ({
  code,
  field,
  reason: `${EXCEPTIONS[code]} (${detail}).`,
});
