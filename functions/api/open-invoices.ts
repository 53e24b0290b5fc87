import type { Receivable } from '../../shared/domain/receivable.ts';
import type { ApiDeps } from './context.ts';
import { productProblem } from './problem.ts';

/** Somebody else moved the invoice meanwhile: read it again this often before giving up. */
const TRIES = 4;

/** Every unpaid invoice of an account. An account gets twelve a year, so that reading them all is bounded by its age. */
export async function unpaidOf({ store }: ApiDeps, accountId: string): Promise<Receivable[]> {
  const unpaid: Receivable[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.receivablesOf(accountId, 100, cursor);
    unpaid.push(...page.items.filter(({ due }) => due > 0));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return unpaid;
}

/** Writes what `decide` makes of a receivable, read again whenever it had moved; undefined leaves it alone. */
export async function updateReceivable(
  { store }: ApiDeps,
  receivable: Receivable,
  decide: (current: Receivable) => Receivable | undefined,
): Promise<void> {
  let current: Receivable | undefined = receivable;
  for (let attempt = 0; attempt < TRIES && current !== undefined; attempt++) {
    const next = decide(current);
    if (next === undefined || (await store.updateReceivable(next)) === 'written') return;
    current = await store.receivable(receivable.accountId, receivable.invoiceId);
  }
  throw productProblem('account_changed');
}

/** Asks the collector to look at invoices. */
export async function collect({ queues }: ApiDeps, receivables: readonly Receivable[]): Promise<void> {
  if (receivables.length === 0) return;
  await queues.send(
    'collections',
    receivables.map(({ sellerId, accountId, invoiceId }) => ({ sellerId, accountId, invoiceId })),
  );
}
