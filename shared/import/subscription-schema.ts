import { z } from 'zod';
import { isWholeTerm } from '../domain/renewals.ts';
import { dateSchema, idSchema, sentenceSchema } from './field-schemas.ts';

export const changeSchema = z.strictObject({
  effectiveOn: dateSchema,
  /** Local time, for sellers who charge to the second. */
  time: z.iso.time({ precision: 0, error: 'must be a time of day in the form HH:MM:SS' }).optional(),
  delta: z
    .int()
    .min(-1_000_000)
    .max(1_000_000)
    .refine((delta) => delta !== 0, 'must not be 0'),
});

export const intervalSchema = z.enum(['month', 'quarter', 'year']);

/** Renewed by 12 months unless agreed otherwise (C27). */
const contractSchema = z
  .strictObject({
    /** Where the first renewal is on the last day of a short month, the day on which later ones are. */
    startsOn: dateSchema.optional(),
    endsOn: dateSchema,
    renewalMonths: z.int().min(1).max(60).default(12),
  })
  .refine(({ startsOn, endsOn }) => startsOn === undefined || isWholeTerm(startsOn, endsOn), {
    path: ['startsOn'],
    error: 'must lie whole months before the day after `endsOn`',
  });

export const subscriptionSchema = z.strictObject({
  subscriptionId: idSchema,
  productId: idSchema,
  changes: z.array(changeSchema).min(1, 'needs at least one change').max(1000),
  billingGroup: sentenceSchema(60).optional(),
  minimum: z.int().min(1).max(1_000_000).optional(),
  interval: intervalSchema.optional(),
  trial: z.strictObject({ until: dateSchema }).optional(),
  /** Broadband waits until its circuit is confirmed (R95). */
  activation: z.union([z.literal('pending'), dateSchema], 'must be "pending" or a date').optional(),
  contract: contractSchema.optional(),
});
