import { z } from 'zod';
import { dateSchema, idSchema } from '../../shared/import/field-schemas.ts';
import { problemSchema } from './problem.ts';

/** What descriptions of routes have in common: parameters, bodies, answers and the problems that may come instead. */

export const accountParams = z.object({ accountId: idSchema });
export const sellerParams = z.object({ sellerId: idSchema });
export const runParams = sellerParams.extend({ date: dateSchema });
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().min(1).max(2048).optional(),
});

/** A successful JSON answer of a route. */
export const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});

/** A required JSON body. */
export const body = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});
/** What every route may answer instead; changes may also meet 409 and 422. */
export const PROBLEMS = {
  400: problem('A field of the request is not valid; `errors` names each.'),
  401: problem('No valid token.'),
  403: problem('The role does not include this, or who asks is not granted it.'),
  404: problem('There is no such thing, or none that the caller may see.'),
};
export const UNAVAILABLE_PROBLEM = {
  503: problem(
    'Somebody outside of the product gives no answer; nothing was changed, and the request may be repeated.',
  ),
};
export const TOO_MANY_PROBLEM = {
  429: problem('It was asked for too often; `retryAt` says when it may be again. Nothing was done.'),
};
export const CHANGE_PROBLEMS = {
  ...PROBLEMS,
  409: problem('Somebody else changed it, or it exists already, or it has to wait: see `code` and `retryAt`.'),
  422: problem('The form is right but the content is not allowed; `field` and `detail` say why.'),
};

/** The version that the caller has seen, from `If-Match`; a change is refused when there is a newer one. */
export const ifMatchSchema = z.object({
  'if-match': z
    .string('is missing: send the version you have read')
    .regex(/^"?\d{1,15}"?$/, 'must be the account’s version, such as "7"')
    .transform((tag) => Number(tag.replaceAll('"', ''))),
});
