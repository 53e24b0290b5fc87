import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { ChangeRefused } from '../../shared/domain/account-changes.ts';
import { type AdjustmentRefusalCode, AdjustmentRefused } from '../../shared/domain/books/refusals.ts';
import { addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import { ErasureRefused } from '../../shared/domain/erasure.ts';
import { BillingError, ERRORS, type ErrorCode } from '../../shared/domain/errors.ts';
import { type AgainRefusalCode, AgainRefused } from '../../shared/domain/mail-again.ts';
import { type QuoteRefusalCode, QuoteRefused } from '../../shared/domain/quotes/refusals.ts';
import { type SelfServiceRefusalCode, SelfServiceRefused } from '../../shared/domain/self-service.ts';
import type { LineProblem } from '../../shared/import/subscription-fit.ts';
import { failureOf } from '../../shared/runtime/failure.ts';
import { logger } from '../../shared/runtime/observability.ts';

/** Every error of the API: `application/problem+json` (RFC 9457) with a code for machines and, where there is one, the field. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  field: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
  /** When the request may be repeated, where waiting helps. */
  retryAt: z.iso.datetime().optional(),
});
type Body = z.infer<typeof problemSchema>;

const TITLES = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  429: 'Too many requests',
  500: 'Internal server error',
  503: 'Service unavailable',
} as const;
export type ProblemStatus = keyof typeof TITLES;

/** An answer that is not the one hoped for. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: ProblemStatus;
  readonly code: string;
  readonly extra: Pick<Body, 'field' | 'errors' | 'retryAt'>;

  constructor(status: ProblemStatus, code: string, detail: string, extra: Problem['extra'] = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

/** Permanent errors of the product that a caller can cause. All others are ours. */
const STATUS_OF: Partial<Record<ErrorCode, ProblemStatus>> = {
  invalid_cursor: 400,
  account_not_found: 404,
  account_exists: 409,
  account_changed: 409,
  order_exists: 409,
  order_not_billable: 422,
  invoice_not_found: 404,
  credit_note_not_found: 404,
  quote_not_found: 404,
  line_not_found: 404,
  seller_not_found: 404,
  document_not_found: 404,
  file_not_found: 404,
  run_not_found: 404,
  reconciliation_not_found: 404,
  reconciliation_superseded: 409,
  difference_not_found: 404,
  difference_not_bookable: 422,
  export_not_found: 404,
  number_not_found: 404,
  number_owned: 409,
  usage_exception_not_found: 404,
  usage_exception_closed: 409,
  unsupported_character: 422,
  cancellation_not_found: 404,
};

/** What may be asked again later, or was asked before; whatever else the books refuse is not allowed at all (422). */
const ADJUSTMENT_STATUS: Partial<Record<AdjustmentRefusalCode, ProblemStatus>> = {
  payment_under_way: 409,
  idempotency_key_reused: 409,
  already_reversed: 409,
  bank_entry_booked: 409,
  dispute_closed: 409,
  contested: 409,
  dispute_not_found: 404,
  credit_not_found: 404,
};

/** What support may do and the customer may not is forbidden; what the customer can mend is a conflict, or not allowed as asked. */
const SELF_SERVICE_STATUS: Readonly<Record<SelfServiceRefusalCode, ProblemStatus>> = {
  balance_overdue: 409,
  not_self_service: 403,
  term_agreed_with_sales: 403,
  field_of_support: 403,
  effective_in_the_past: 422,
};

const AGAIN_STATUS: Readonly<Record<AgainRefusalCode, ProblemStatus>> = {
  document_overtaken: 409,
  sending_under_way: 409,
  sent_too_often: 429,
  account_sent_too_often: 429,
  sent_enough: 409,
  not_a_recipient: 422,
  no_recipients: 409,
  recipients_stopped: 409,
};

const QUOTE_STATUS: Readonly<Record<QuoteRefusalCode, ProblemStatus>> = {
  quote_exists: 409,
  quote_open: 409,
  quote_accepted: 409,
  quote_rejected: 409,
  quote_withdrawn: 409,
  quote_expired: 409,
  payment_method_needed: 409,
  shipping_address_needed: 422,
  quote_not_billable: 422,
};

/** A problem with one of the product's error codes; the sentence is the code's. */
export const productProblem = (code: ErrorCode, field?: string): Problem =>
  new Problem(STATUS_OF[code] ?? 500, code, ERRORS[code], field === undefined ? {} : { field });

/** 400, or 422 when the form is right and the content is not: names every field. */
export function invalid(status: 400 | 422, problems: readonly LineProblem[]): Problem {
  const errors = problems.map(({ field, reason }) => ({ field, reason }));
  const first = errors[0];
  const detail = first === undefined ? 'The request is not valid.' : `${first.field || 'body'}: ${first.reason}`;
  return new Problem(status, 'invalid_request', detail, { errors, ...(first?.field ? { field: first.field } : {}) });
}

/** What the processor says; 503 `processor_unavailable` when it gives no answer. Only for what moves no money. */
export async function answering<T>(now: Instant, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    logger.warn('The payment processor gave no answer to a person', { ...failureOf(error) });
    const detail = 'The payment processor gives no answer. Nothing was changed; ask again in a minute.';
    throw new Problem(503, 'processor_unavailable', detail, { retryAt: addMinutes(now, 1) });
  }
}

export const answerError: ErrorHandler = (error) => respond(asProblem(error));
export const answerUnknownPath: NotFoundHandler = () =>
  respond(new Problem(404, 'path_not_found', 'There is nothing under this path; see /openapi.json.'));

/** As `application/problem+json` (RFC 9457). */
export function respond(problem: Problem): Response {
  const { status, code, message, extra } = problem;
  const body: Body = { type: 'about:blank', title: TITLES[status], status, code, detail: message, ...extra };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
}

function againRefused({ code, message, field, retryAt, addresses }: AgainRefused): Problem {
  const errors = addresses.map(({ email, stopped = '' }) => ({ field: email, reason: stopped }));
  return new Problem(AGAIN_STATUS[code], code, message, {
    ...{ field },
    ...(errors.length > 0 && { errors }),
    ...(retryAt !== undefined && { retryAt }),
  });
}

function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ChangeRefused) return new Problem(422, error.code, error.message, { field: error.field });
  if (error instanceof ErasureRefused) return new Problem(409, error.code, error.message, { field: error.field });
  if (error instanceof SelfServiceRefused)
    return new Problem(SELF_SERVICE_STATUS[error.code], error.code, error.message, { field: error.field });
  if (error instanceof QuoteRefused)
    return new Problem(QUOTE_STATUS[error.code], error.code, error.message, { field: error.field });
  if (error instanceof AgainRefused) return againRefused(error);
  if (error instanceof AdjustmentRefused)
    return new Problem(ADJUSTMENT_STATUS[error.code] ?? 422, error.code, error.message, { field: error.field });
  if (error instanceof HTTPException && error.status in TITLES)
    return new Problem(error.status as ProblemStatus, 'invalid_request', error.message);
  const status = error instanceof BillingError ? STATUS_OF[error.code] : undefined;
  if (error instanceof BillingError && status !== undefined) return new Problem(status, error.code, error.message);
  logger.error('A request failed', { ...failureOf(error) });
  return new Problem(
    500,
    'internal_error',
    'Something went wrong on our side; it is on record and the request may be repeated.',
  );
}
