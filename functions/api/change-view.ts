import { z } from 'zod';
import type { BillChange } from '../../shared/domain/bill-change.ts';

const part = z.object({
  kind: z.enum(['quantity', 'price', 'periods', 'proration', 'purchase', 'usage', 'fee', 'tax']),
  about: z.string(),
  group: z.string().optional(),
  amount: z.int(),
  words: z.string(),
});

/** Reasons for a difference, the largest first; with a limit the list is cut and no longer adds up. */
export const changeParts = z.array(part);

export const changeView = z
  .object({
    number: z.string(),
    lastNumber: z.string().optional().describe('Absent: there was none before, and everything is new.'),
    currency: z.string(),
    total: z.int(),
    lastTotal: z.int(),
    difference: z.int().describe('total − lastTotal: what the amounts of the parts add up to.'),
    parts: changeParts,
  })
  .meta({ id: 'BillChange' });

export const viewParts = (parts: BillChange['parts']): z.infer<typeof changeParts> =>
  parts.map(({ name: _name, figures: _figures, ...shown }) => shown);
