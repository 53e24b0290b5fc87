import type { Instant } from './calendar.ts';
import { EXCEPTIONS } from './usage/exceptions.ts';

/** Why a record of usage was not counted: code → what it means to whoever reviews it. */
export const USAGE_EXCEPTIONS = {
  ...EXCEPTIONS,
  unreadable: 'The record cannot be read as its format',
  encoding: 'The record is not UTF-8',
  cut_off: 'The file ends before it should: it was not transferred as a whole',
  field_malformed: 'A field is missing or not what the format says',
  unknown_number: 'No account had these numbers at that time',
  ambiguous_owner: 'Several accounts had the number at that time',
  billing_address_missing: 'The account has no billing address, so nothing says what is international',
  duplicate_with_other_content: 'A record with the same id and other content was counted before',
} as const;
export type UsageExceptionCode = keyof typeof USAGE_EXCEPTIONS;
export const USAGE_EXCEPTION_CODES = Object.keys(USAGE_EXCEPTIONS) as UsageExceptionCode[];

/** The formats in which switches write their records. */
export const USAGE_FORMATS = ['asterisk', 'freeswitch', 'records'] as const;
export type UsageFormat = (typeof USAGE_FORMATS)[number];

/** A record that waits for a person: nothing of it was counted, and nothing of it is lost. */
export interface UsageException {
  readonly sellerId: string;
  /** Made of the record's id and text, or of its place and text: the same record found again is the same exception. */
  readonly exceptionId: string;
  readonly status: 'open' | 'replayed' | 'discarded';
  readonly code: UsageExceptionCode;
  readonly format: UsageFormat;
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  /** As the file has it, or as a person corrected it. Holds telephone numbers: for the table, never for logs. */
  readonly raw: string;
  readonly recordId?: string;
  readonly firstSeenAt: Instant;
  /** When it was last tried or corrected. */
  readonly triedAt: Instant;
  /** Who corrected, replayed or discarded it, and why it was discarded. */
  readonly by?: string;
  readonly note?: string;
}
