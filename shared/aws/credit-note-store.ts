import { type CreditNote, creditNoteDelivery } from '../domain/books/credit-note.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Seller } from '../domain/seller.ts';
import type { CreditNoteStore } from '../ports.ts';
import { pendingReactivation, standingOf } from './bookkeeping.ts';
import { adjustmentWrites, type BooksOptions, refusedBy } from './books-store.ts';
import { deliveryItem } from './delivery-item.ts';
import { accountKey, CREDIT_NOTE, creditNoteKey, creditNoteListPk } from './keys.ts';
import { queryAll, queryPage } from './pages.ts';
import { type Attempt, createNumberSeries, type NumberClaim, parseNumber } from './series.ts';
import { entity, read, transactOnce } from './table.ts';

interface Options extends BooksOptions {
  readonly numberingOf: (sellerId: string) => Pick<Seller, 'numberPrefix'>;
}
type Issue = Parameters<CreditNoteStore['issueCreditNote']>[0];
type Issued = Awaited<ReturnType<CreditNoteStore['issueCreditNote']>>;

/** Credit notes with a number series of their own. Make one per process: it remembers where the series stand. */
export function createCreditNoteStore({ numberingOf, ...options }: Options): CreditNoteStore {
  const { table } = options;
  const allocate = createNumberSeries(table);
  return {
    async issueCreditNote(issue) {
      const { sellerId, date } = issue.draft;
      return await allocate(seriesOf(sellerId, numberingOf(sellerId)), date, (claim) =>
        issueWith(options, claim, issue),
      );
    },

    creditNote: (accountId, invoiceId, creditNoteId) =>
      read<CreditNote>(table, creditNoteKey(accountId, invoiceId, creditNoteId)),

    async creditNoteByNumber(sellerId, number) {
      const place = parseNumber(number, `${numberingOf(sellerId).numberPrefix}-CN`);
      if (!place) return undefined;
      const [found] = await queryAll(table, {
        index: 'listing',
        KeyConditionExpression: 'listPk = :pk AND listSk = :number',
        ExpressionAttributeValues: { ':pk': creditNoteListPk(sellerId, place.month), ':number': number },
      });
      return found && entity<CreditNote>(found);
    },

    async creditNotesOf(accountId, invoiceId) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: {
          ':pk': accountKey(accountId).pk,
          ':prefix': invoiceId === undefined ? CREDIT_NOTE : creditNoteKey(accountId, invoiceId, '').sk,
        },
        ConsistentRead: true,
      });
      return items.map((item) => entity<CreditNote>(item));
    },

    async creditNotesIn(sellerId, month, limit, cursor) {
      const query = {
        index: 'listing',
        KeyConditionExpression: 'listPk = :pk',
        ExpressionAttributeValues: { ':pk': creditNoteListPk(sellerId, month) },
      } as const;
      const page = await queryPage(table, query, limit, cursor);
      return { ...page, items: page.items.map((item) => entity<CreditNote>(item)) };
    },
  };
}

/** One series a month: credit notes are few. The prefix keeps their numbers apart from those of invoices. */
const seriesOf = (sellerId: string, { numberPrefix }: Pick<Seller, 'numberPrefix'>) => ({
  sellerId: `${sellerId}#CREDIT-NOTES`,
  numberPrefix: `${numberPrefix}-CN`,
  numberSeries: 1,
});

/** Written with the note, so that it is mailed whatever happens afterwards. */
const deliveryOf = (note: CreditNote, now: string): Delivery => ({
  ...creditNoteDelivery(note),
  ...{ sellerId: note.sellerId, createdAt: now, recipients: {} },
});

/** Tries to issue under one number: note, number, delivery and books in one transaction, so that no number is lost. */
async function issueWith(
  options: BooksOptions,
  claim: NumberClaim,
  { draft, adjustment, now }: Issue,
): Promise<Attempt<Issued>> {
  const { table, shardsOf } = options;
  const { accountId, sellerId, invoiceId, creditNoteId, date } = draft;
  const { number, sequence } = claim;
  const note: CreditNote = { ...draft, number, issuedAt: now };
  const account = await standingOf(table, accountId);
  const entry = { ...adjustment.entry, reference: number };
  const books = await adjustmentWrites(options, { ...adjustment, entry }, account, now);
  const listing = { listPk: creditNoteListPk(sellerId, date.slice(0, 7)), listSk: number };
  const series = books.writes.length;
  const result = await transactOnce(table, [
    ...books.writes,
    claim.write,
    { Put: { Item: { ...creditNoteKey(accountId, invoiceId, creditNoteId), ...note, ...listing } } },
    { Put: { Item: deliveryItem(deliveryOf(note, now), shardsOf) } },
  ]);
  if (result.kind === 'committed')
    return { taken: false, next: sequence + 1, result: { result: 'written', note, ...books.reactivation } };
  if (result.kind === 'conflict') return { taken: true };
  const { refused } = result;
  const next = refused.has(series) ? (refused.get(series)?.next as number | undefined) : sequence;
  switch (refusedBy(refused, series)) {
    case 'entry': {
      const known = await read<CreditNote>(table, creditNoteKey(accountId, invoiceId, creditNoteId));
      const { reactivation } = pendingReactivation(await standingOf(table, accountId));
      const done = { result: 'already-done', ...(known && { note: known }) } as const;
      return { taken: false, next, result: { ...done, ...(reactivation && { reactivation }) } };
    }
    case 'other':
      return { taken: false, next, result: { result: 'stale' } };
    case 'account':
      return { taken: true, next };
  }
}
