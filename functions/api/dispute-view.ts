import { z } from 'zod';
import type { Dispute } from '../../shared/domain/books/dispute.ts';
import { urlIdOf } from './invoice-view.ts';

export const tags = ['Disputes'];

/** A dispute as the API shows it. Amounts are minor units of `currency`. */
export const disputeView = z
  .object({
    disputeId: z.string(),
    accountId: z.string(),
    invoiceId: z.string(),
    invoiceNumber: z.string(),
    currency: z.string(),
    amount: z.int().describe('With tax.'),
    withheld: z.int().describe('Of it, what was still due: neither collected nor dunned while the dispute is open.'),
    reason: z.string(),
    receivedOn: z.string(),
    openedAt: z.string(),
    openedBy: z.string(),
    status: z.enum(['open', 'upheld', 'rejected', 'withdrawn']),
    decision: z
      .object({
        at: z.string(),
        by: z.string(),
        reason: z.string(),
        credited: z.int().optional(),
        payBy: z.string().optional().describe('Until when the rest is to be paid.'),
      })
      .optional(),
  })
  .meta({ id: 'Dispute' });

export function viewDispute({
  sellerId: _path,
  wish,
  fingerprint,
  version,
  ...dispute
}: Dispute): z.infer<typeof disputeView> {
  return { ...dispute, invoiceId: urlIdOf(dispute.invoiceId) };
}
