import type { Intent, PaymentFailure } from './books.ts';

/** An error in Stripe's shape. `saved`: whether an idempotency key keeps it, which is so once execution has begun. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: { readonly error: Record<string, unknown> };
  readonly saved: boolean;

  constructor(
    status: number,
    error: { readonly type: string; readonly message: string; [field: string]: unknown },
    saved = false,
  ) {
    super(error.message);
    this.status = status;
    this.body = { error };
    this.saved = saved;
  }
}

export const invalid = (message: string, details: { code?: string; param?: string } = {}, status = 400): ApiError =>
  new ApiError(status, { type: 'invalid_request_error', message, ...details });

/** `id` stands in the path (404) or in the parameter `param` (400). */
export const missing = (what: string, id: string, param?: string): ApiError =>
  invalid(`No such ${what}: '${id}'`, { code: 'resource_missing', param: param ?? 'id' }, param ? 400 : 404);

export const unexpectedState = (intent: Intent): ApiError =>
  new ApiError(
    400,
    {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: `This PaymentIntent could not be used this way because its status is ${intent.status}.`,
      payment_intent: intent,
    },
    true,
  );

/** The issuer said no: 402, with the intent as it stands after. */
export const cardError = (failure: PaymentFailure, intent: Intent): ApiError =>
  new ApiError(402, { ...failure, payment_intent: intent }, true);

export const internalError = (saved: boolean): ApiError =>
  new ApiError(500, { type: 'api_error', message: 'An unknown error occurred.' }, saved);

export const rateLimited = (): ApiError =>
  new ApiError(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' });

export const refused = (): ApiError =>
  invalid('Your account cannot currently make live charges.', { code: 'account_under_review' }, 403);
