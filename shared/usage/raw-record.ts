import type { UsageExceptionCode } from '../domain/usage-exception.ts';

/** One record of a file before anything is known about it. */
export interface RawRecord {
  /** The line it begins on, from 1. */
  readonly line: number;
  /** Offset of the byte behind it, in the file as it is unpacked. */
  readonly end: number;
  /** The number of the line behind it. */
  readonly nextLine: number;
  /** Its text, or as much as can be shown of bytes that are none. */
  readonly raw: string;
  /** Why there is no record in these bytes. */
  readonly fault?: Fault;
}

/** Why a record cannot be counted: what to look for, the field (empty for the record itself) and the reason. */
export interface Fault {
  readonly code: UsageExceptionCode;
  readonly field: string;
  readonly reason: string;
}

export const fault = (code: UsageExceptionCode, field: string, reason: string): Fault => ({ code, field, reason });
