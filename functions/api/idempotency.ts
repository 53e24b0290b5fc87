import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AdjustmentRefused } from '../../shared/domain/books/refusals.ts';
import { idSchema } from '../../shared/import/field-schemas.ts';

/** A request that changes the books or charges somebody can name itself, so that it counts once. */
export const idempotencyHeader = z.object({
  'idempotency-key': idSchema
    .optional()
    .describe('Repeated with the same content the request counts once; with other content it is refused.'),
});

/** Tells the content of one request from that of another. */
export const fingerprintOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** The identity of a request that does not name itself: the same content is the same request. */
export const contentId = (fingerprint: string): string => fingerprint.slice(0, 32);

/** What is on record under a request's identity must have its content. Throws `idempotency_key_reused`. */
export function sameContent(known: { readonly fingerprint?: string }, fingerprint: string): void {
  if (known.fingerprint !== fingerprint) throw new AdjustmentRefused('idempotency_key_reused', 'Idempotency-Key');
}
