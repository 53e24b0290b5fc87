import type { Receivable } from '../domain/receivable.ts';
import type { CollectionStore, InvoiceStore, Queues } from '../ports.ts';

/** Somebody else moved the invoice meanwhile: read it again this often before giving up. */
const TRIES = 4;

export interface OpenInvoicesDeps {
  readonly store: Pick<InvoiceStore, 'receivable' | 'receivablesOf'> & Pick<CollectionStore, 'updateReceivable'>;
  readonly queues: Queues;
}

type Listing = { readonly store: Pick<InvoiceStore, 'receivablesOf'> };

/** Every invoice of an account, newest first. An account gets twelve a year, so that reading them all is bounded by its age. */
export async function everyInvoiceOf({ store }: Listing, accountId: string): Promise<Receivable[]> {
  const all: Receivable[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.receivablesOf(accountId, 100, cursor);
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}

/** Every unpaid invoice of an account. */
export const unpaidOf = async (listing: Listing, accountId: string): Promise<Receivable[]> =>
  (await everyInvoiceOf(listing, accountId)).filter(({ due }) => due > 0);

/** Writes what `decide` makes of a receivable, read again whenever it had moved; undefined leaves it alone. `stale`: it kept moving. */
export async function updateReceivable(
  { store }: Pick<OpenInvoicesDeps, 'store'>,
  receivable: Receivable,
  decide: (current: Receivable) => Receivable | undefined,
): Promise<'done' | 'stale'> {
  let current: Receivable | undefined = receivable;
  for (let attempt = 0; attempt < TRIES && current !== undefined; attempt++) {
    const next = decide(current);
    if (next === undefined || (await store.updateReceivable(next)) === 'written') return 'done';
    current = await store.receivable(receivable.accountId, receivable.invoiceId);
  }
  return current === undefined ? 'done' : 'stale';
}

/** Asks the collector to look at invoices. */
export async function collect(
  { queues }: Pick<OpenInvoicesDeps, 'queues'>,
  receivables: readonly Receivable[],
): Promise<void> {
  if (receivables.length === 0) return;
  await queues.send(
    'collections',
    receivables.map(({ sellerId, accountId, invoiceId }) => ({ sellerId, accountId, invoiceId })),
  );
}
