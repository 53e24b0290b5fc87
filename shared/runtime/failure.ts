import { BillingError } from '../domain/errors.ts';

/** An error as it may be logged, and stored with a dead letter: no personal data, no objects of other libraries. */
export interface Failure {
  /** A `BillingError`'s code; `retries_exhausted` for everything that a retry might have mended. */
  readonly code: string;
  /** At most 256 characters. */
  readonly reason: string;
  /** Where it happened: the stack without the message. */
  readonly at?: string;
}

const LONGEST_REASON = 256;
const EMAIL = /[^\s<>"']+@[^\s<>"']+/g;

/** Reduces any thrown value to what may be kept. E-mail addresses are cut out: SES puts them into its messages. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'retries_exhausted', reason: redact(String(error)) };
  const at = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');
  const permanent = error instanceof BillingError;
  return {
    code: permanent ? error.code : 'retries_exhausted',
    reason: redact(permanent ? error.message : `${error.name}: ${error.message}`),
    ...(at && { at }),
  };
}

/** SQS refuses control characters and empty values in message attributes. */
function redact(text: string): string {
  const clean = text
    .replace(EMAIL, '[address]')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return clean.slice(0, LONGEST_REASON) || 'no reason given';
}
