import { type CreditNote, composeCreditNote } from '../../shared/domain/books/credit-note.ts';
import type { CreditWish } from '../../shared/domain/books/credit-note-parts.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';

const NOW = '2026-12-10T09:00:00.000Z';

/** A credit note as finance issues it on an unpaid invoice. */
export function noteOn(invoice: Invoice, wish: CreditWish): CreditNote {
  const request = {
    creditNoteId: 'n-1',
    reason: 'error-correction',
    explanation: 'Charged by mistake.',
    wish,
    fingerprint: 'f',
  } as const;
  const decided = { today: '2026-12-10', now: NOW, by: 'finn' };
  const { draft } = composeCreditNote(invoice, openReceivable(invoice, NOW), [], request, decided);
  return { ...draft, number: 'NTIE-CN-202612A-000001', issuedAt: NOW };
}
