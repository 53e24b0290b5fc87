import { BillingError } from '../domain/errors.ts';
import {
  USAGE_EXCEPTION_CODES,
  USAGE_FORMATS,
  type UsageExceptionCode,
  type UsageFormat,
} from '../domain/usage-exception.ts';

/** What a job of the usage queue is about. */
export type UsageWork =
  | { readonly kind: 'file'; readonly sellerId: string; readonly format: UsageFormat; readonly packed: boolean }
  | { readonly kind: 'deck'; readonly sellerId: string; readonly deck: string }
  | {
      readonly kind: 'replay';
      readonly sellerId: string;
      readonly code: UsageExceptionCode;
      /** Absent: all of the code. */
      readonly exceptionId?: string;
    };

const EXPECTED =
  'is none of usage/<asterisk, freeswitch or records>/<seller>/<file>[.gz] and decks/<seller>/<deck>/<file>.csv';

/** Reads the key of a job; the folders say what a file is, for its content is never guessed at. Throws `file_misplaced`. */
export function usageWork(key: string): UsageWork {
  const [kind, first = '', second = '', ...rest] = key.split('/');
  const name = rest.join('/');
  if (kind === 'usage' && isOneOf(USAGE_FORMATS, first) && second !== '' && name !== '' && rest.length === 1)
    return { kind: 'file', format: first, sellerId: second, packed: name.endsWith('.gz') };
  if (kind === 'decks' && first !== '' && /^[a-z0-9][a-z0-9-]{0,47}$/.test(second) && /^[^/]+\.csv$/.test(name))
    return { kind: 'deck', sellerId: first, deck: second };
  if (kind === 'replay' && first !== '' && isOneOf(USAGE_EXCEPTION_CODES, second))
    return { kind: 'replay', sellerId: first, code: second, ...(name === '' ? {} : { exceptionId: name }) };
  throw new BillingError('file_misplaced', `${key} ${EXPECTED}`);
}

const isOneOf = <T extends string>(values: readonly T[], value: string): value is T =>
  (values as readonly string[]).includes(value);

/** The message key that asks for a replay; see `usageWork`. */
export const replayKey = (sellerId: string, code: UsageExceptionCode, exceptionId?: string): string =>
  ['replay', sellerId, code, ...(exceptionId === undefined ? [] : [exceptionId])].join('/');

/** Where the report about a file lies. */
export const usageReportKey = (key: string): string => `reports/${key}.json`;
