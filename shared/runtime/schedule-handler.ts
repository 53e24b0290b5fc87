import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import type { Instant } from '../domain/calendar.ts';
import { BillingError } from '../domain/errors.ts';
import { observed } from './observability.ts';
import { once } from './once.ts';

/**
 * The Lambda handler of a schedule. `schema` describes the schedule's input; `prepare` builds the work with its
 * dependencies at the first event of a cold start. Scheduler delivers at least once, so the work must be repeatable.
 * Throws `invalid_message` naming the field for input that does not fit.
 */
export function scheduleHandler<Input>(
  schema: z.ZodType<Input>,
  prepare: () => (input: Input, now: Instant, context: Context) => Promise<void>,
) {
  const ready = once(prepare);
  return observed(async (event: unknown, context: Context): Promise<void> => {
    const parsed = schema.safeParse(event);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new BillingError('invalid_message', `schedule: ${issue?.path.join('.') || 'input'}: ${issue?.message}`);
    }
    await ready()(parsed.data, new Date().toISOString(), context);
  });
}
