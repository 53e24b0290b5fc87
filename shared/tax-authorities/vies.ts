import * as z from 'zod';
import type { Instant } from '../domain/calendar.ts';
import type { TaxIdAnswer, TaxIdAuthority } from '../ports.ts';

export interface ViesOptions {
  /** Where the REST API is; absent: the European Commission's. */
  readonly base?: string;
  /** After how many milliseconds no answer counts as none. */
  readonly timeoutMs?: number;
}

const AUTHORITY = 'VIES';
const COMMISSION = 'https://ec.europa.eu/taxation_customs/vies/rest-api';

/** An answer about a number, or why there is none. Whatever else is in it does not matter here. */
const answerSchema = z.object({
  countryCode: z.string(),
  vatNumber: z.string(),
  valid: z.boolean(),
  requestIdentifier: z.string().optional(),
  /** Beside a `valid` that means nothing then, where the member state gave no answer. */
  userError: z.string().optional(),
});
const faultSchema = z.object({ errorWrappers: z.array(z.object({ error: z.string() })).min(1) });
/** What `userError` says when there is none. */
const ANSWERS = ['VALID', 'INVALID', ''];
/** The one fault that is about the number asked for: it cannot be one. */
const NOT_A_NUMBER = 'INVALID_INPUT';

/**
 * The VAT information exchange system of the European Commission, which asks the member state. A member state that does
 * not answer, a limit on enquiries, a wrong requester or an answer that is not understood is `unavailable`: it never
 * makes an ID valid, and never invalid.
 */
export function viesAuthority({ base = COMMISSION, timeoutMs = 10_000 }: ViesOptions = {}): TaxIdAuthority {
  return {
    async validate(id, at, requester) {
      try {
        const response = await fetch(`${base}/check-vat-number`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ ...split(id), ...(requester === undefined ? {} : requesterFields(requester)) }),
          signal: AbortSignal.timeout(timeoutMs),
          redirect: 'error',
        });
        return understood(id, at, response.status, await response.text());
      } catch (error) {
        return unavailable(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'no connection');
      }
    },
  };
}

function understood(id: string, at: Instant, status: number, text: string): TaxIdAnswer {
  const body = parsed(text);
  const fault = faultSchema.safeParse(body);
  if (fault.success) {
    const [{ error } = { error: '' }] = fault.data.errorWrappers;
    return error === NOT_A_NUMBER ? { kind: 'answered', authority: AUTHORITY, valid: false, at } : unavailable(error);
  }
  const answer = answerSchema.safeParse(body);
  if (status !== 200 || !answer.success) return unavailable(`status ${status}, not understood`);
  const { countryCode, vatNumber, valid, requestIdentifier, userError } = answer.data;
  if (userError !== undefined && !ANSWERS.includes(userError)) return unavailable(userError);
  if (`${countryCode}${vatNumber}` !== id) return unavailable('an answer about another number');
  return {
    kind: 'answered',
    authority: AUTHORITY,
    valid,
    at,
    ...(requestIdentifier ? { reference: requestIdentifier } : {}),
  };
}

const unavailable = (reason: string): TaxIdAnswer => ({ kind: 'unavailable', authority: AUTHORITY, reason });

const split = (id: string) => ({ countryCode: id.slice(0, 2), vatNumber: id.slice(2) });
const requesterFields = (id: string) => ({
  requesterMemberStateCode: id.slice(0, 2),
  requesterNumber: id.slice(2),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
