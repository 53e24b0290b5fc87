import type { Instant } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Quote } from '../domain/quotes/quote.ts';
import type { Seller } from '../domain/seller.ts';
import type { QuoteStore } from '../ports.ts';
import { replacingAccount } from './account-store.ts';
import { deliveryItem } from './delivery-item.ts';
import { accountKey, deliveryKey, openQuotesPk, QUOTE, quoteKey, subscriptionKey } from './keys.ts';
import { orderWrites } from './order-store.ts';
import { queryAll, queryPage } from './pages.ts';
import { type Attempt, createNumberSeries } from './series.ts';
import { entity, put, read, type ShardsOf, type Table, type TransactItem, transact, transactOnce } from './table.ts';

interface Options {
  readonly table: Table;
  readonly shardsOf: ShardsOf;
  readonly numberingOf: (sellerId: string) => Pick<Seller, 'numberPrefix'>;
}
/** Where in the transaction that makes a quote the account is looked at. */
const ACCOUNT = 3;
type Made = Awaited<ReturnType<QuoteStore['makeQuote']>>;

/** Quotes with a number series of their own. Make one per process: it remembers where the series stand. */
export function createQuoteStore({ table, shardsOf, numberingOf }: Options): QuoteStore {
  const allocate = createNumberSeries(table);
  const known = (accountId: string, quoteId: string) => read<Quote>(table, quoteKey(accountId, quoteId));
  return {
    makeQuote: (draft, now) =>
      allocate(
        seriesOf(draft.sellerId, numberingOf(draft.sellerId)),
        draft.date,
        async ({ number, sequence, write }): Promise<Attempt<Made>> => {
          const quote: Quote = { ...draft, number, madeAt: now, status: 'open' };
          const Put = { Item: openItem(quote), ConditionExpression: 'attribute_not_exists(pk)' };
          const result = await transactOnce(table, [
            { Put },
            write,
            { Put: { Item: deliveryItem(deliveryOf(quote, 'quote', now), shardsOf) } },
            {
              ConditionCheck: { Key: accountKey(draft.accountId), ConditionExpression: 'attribute_not_exists(erased)' },
            },
          ]);
          if (result.kind === 'committed')
            return { taken: false, next: sequence + 1, result: { result: 'written', quote } };
          if (result.kind === 'conflict') return { taken: true };
          if (result.refused.has(ACCOUNT)) return { taken: false, result: { result: 'stale' } };
          if (!result.refused.has(0)) return { taken: true };
          const stored = (await known(draft.accountId, draft.quoteId))!;
          return { taken: false, next: sequence, result: { result: 'already-done', quote: stored } };
        },
      ),

    quote: known,

    async quotesOf(accountId) {
      const { pk } = quoteKey(accountId, '');
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': QUOTE },
        ConsistentRead: true,
      });
      return items.map((item) => entity<Quote>(item));
    },

    async openQuotes(sellerId, today, limit, cursor) {
      const query = {
        index: 'listing',
        KeyConditionExpression: 'listPk = :pk AND listSk >= :today',
        ExpressionAttributeValues: { ':pk': openQuotesPk(sellerId), ':today': today },
      } as const;
      const page = await queryPage(table, query, limit, cursor);
      return { ...page, items: page.items.map((item) => entity<Quote>(item)) };
    },

    async endQuote(quote) {
      const { written } = await put(table, ended(quote));
      return written ? 'written' : 'stale';
    },

    async removeQuote({ accountId, quoteId }) {
      const mailed = { accountId, about: quoteId, document: 'quote', occurrence: 1 } as const;
      const unaccepted = {
        ConditionExpression: 'attribute_not_exists(pk) OR #status <> :accepted',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':accepted': 'accepted' },
      };
      const result = await transact(table, [
        { Delete: { Key: quoteKey(accountId, quoteId), ...unaccepted } },
        { Delete: { Key: deliveryKey(mailed) } },
      ]);
      return result.kind === 'committed' ? 'written' : 'stale';
    },

    async acceptQuote({ quote, account, subscriptions, order }) {
      const { accountId } = account;
      const confirmed = deliveryOf(quote, 'quote-accepted', quote.decision!.at);
      const result = await transact(table, [
        { Put: ended(quote) },
        { Put: replacingAccount(account, shardsOf) },
        { Put: { Item: deliveryItem(confirmed, shardsOf) } },
        ...(order === undefined ? [] : orderWrites(order, quote.decision!.at, shardsOf)),
        ...subscriptions.map(
          (of): TransactItem => ({
            Put: {
              Item: { ...subscriptionKey(accountId, of.subscriptionId), ...of },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          }),
        ),
      ]);
      return result.kind === 'committed' ? 'written' : 'stale';
    },
  };
}

/** One series a month. The prefix keeps the numbers apart from those of invoices and credit notes. */
const seriesOf = (sellerId: string, { numberPrefix }: Pick<Seller, 'numberPrefix'>) => ({
  sellerId: `${sellerId}#QUOTES`,
  numberPrefix: `${numberPrefix}-Q`,
  numberSeries: 1,
});

/** Written with the quote, or with its acceptance, so that it is mailed whatever happens afterwards. */
const deliveryOf = (
  { sellerId, accountId, quoteId }: Quote,
  document: 'quote' | 'quote-accepted',
  now: Instant,
): Delivery => ({
  ...{ sellerId, accountId, about: quoteId, document, occurrence: 1 },
  createdAt: now,
  recipients: {},
});

/** Listed as long as it is open, by its last day. */
const openItem = (quote: Quote) => ({
  ...quoteKey(quote.accountId, quote.quoteId),
  ...quote,
  listPk: openQuotesPk(quote.sellerId),
  listSk: `${quote.validUntil}#${quote.number}`,
});

const ended = (quote: Quote) => ({
  Item: { ...quoteKey(quote.accountId, quote.quoteId), ...quote },
  ConditionExpression: '#status = :open',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':open': 'open' },
});
