import { type CreditNote, creditNoteDelivery } from '../../shared/domain/books/credit-note.ts';
import type { CreditNoteStore } from '../../shared/ports.ts';
import type { ApiDeps } from './context.ts';

type Deps = Pick<ApiDeps, 'store' | 'queues'>;

/**
 * Issues a credit note and has it mailed. Its delivery was written with it: should this die in between, the sweep has it
 * mailed.
 */
export async function issueAndMail(
  deps: Deps,
  issue: Parameters<CreditNoteStore['issueCreditNote']>[0],
): ReturnType<CreditNoteStore['issueCreditNote']> {
  const issued = await deps.store.issueCreditNote(issue);
  if (issued.note) await mailCreditNote(deps, issued.note);
  return issued;
}

/** Asks for the mail; asked for again it is still sent once. */
export async function mailCreditNote({ queues }: Pick<Deps, 'queues'>, note: CreditNote): Promise<void> {
  const { accountId, about, occurrence } = creditNoteDelivery(note);
  await queues.send('notices', [{ sellerId: note.sellerId, accountId, about, document: 'credit-note', occurrence }]);
}
