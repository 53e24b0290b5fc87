import type { Account, BillingInput } from '../domain/account.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { JournalEntry } from '../domain/ledger.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { Receivable } from '../domain/receivable.ts';
import { type RunId, shardOf } from '../domain/run.ts';
import type { Seller } from '../domain/seller.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { InvoiceStore } from '../ports.ts';
import { ACCOUNT, INVOICE, issueWrites, moveOn, numbered, SERIES } from './issue.ts';
import { accountKey, invoiceKey, LEDGER, listPk, PROFILE, RECEIVABLE, receivableKey, USAGE_HEADS } from './keys.ts';
import { type PageQuery, queryAll, queryPage, queryPages } from './pages.ts';
import { entryUpdate, settleEntry } from './run-entries.ts';
import { type Attempt, createNumberSeries, type NumberClaim, parseNumber } from './series.ts';
import { entity, read, type ShardsOf, type Table, transact, transactOnce } from './table.ts';
import { openUsage, type UsageHeads } from './usage-store.ts';

type Issued = Awaited<ReturnType<InvoiceStore['issueOnce']>>;
type Issue = Parameters<InvoiceStore['issueOnce']>[0];

interface Options {
  readonly table: Table;
  readonly shardsOf: ShardsOf;
  readonly numberingOf: (sellerId: string) => Pick<Seller, 'numberPrefix' | 'numberSeries'>;
}

/** Invoices, what is still owed for them, and the books. Make one per process: it remembers where its number series stand. */
export function createInvoiceStore({ table, shardsOf, numberingOf }: Options): InvoiceStore {
  const allocate = createNumberSeries(table);
  const settle = (run: RunId, accountId: string, outcome: 'invoiced' | 'zero') =>
    settleEntry(table, run, shardOf(accountId, shardsOf(run.sellerId)), { accountId, outcome }, [
      'planned',
      'failed',
      'held',
    ]);
  const invoice = (accountId: string, invoiceId: string) => read<Invoice>(table, invoiceKey(accountId, invoiceId));

  return {
    loadAccount: async (accountId) => (await loadAccount(table, accountId))?.input,
    loadForBilling: (accountId) => loadForBilling(table, accountId),

    async issueOnce(issue) {
      const { draft, run } = issue;
      const numbering = { sellerId: draft.sellerId, ...numberingOf(draft.sellerId) };
      const issued = await allocate(
        numbering,
        draft.invoiceDate,
        (claim): Promise<Attempt<Issued>> => issueWith(table, claim, issue, shardsOf),
      );
      if (issued.result !== 'already-done') return issued;
      // Another run may have issued it; this one has then done its part too.
      if (run) await settle(run, draft.accountId, 'invoiced');
      return { result: 'already-done', invoice: await invoice(draft.accountId, draft.invoiceId) };
    },

    async recordWithoutInvoice(input, decision, nextBillingDate, run) {
      const { accountId, sellerId } = input.account;
      const shard = shardOf(accountId, shardsOf(sellerId));
      const { outcome, reason } = decision;
      if (decision.outcome === 'held') {
        await settleEntry(table, run, shard, { accountId, outcome, code: decision.code, reason }, [
          'planned',
          'failed',
          'held',
        ]);
        return 'written';
      }
      // What is not settled stays to be billed, its usage too.
      const { settled, usageCovered } = decision;
      const move = { nextBillingDate, added: 0, ...(settled && { billed: decision, usageCovered }) };
      const result = await transact(table, [
        moveOn(input.account, move, shardsOf),
        { Update: entryUpdate(run, shard, accountId, { outcome, reason }) },
      ]);
      return result.kind === 'committed' ? 'written' : 'stale';
    },

    invoice,
    receivable: (accountId, invoiceId) => read<Receivable>(table, receivableKey(accountId, invoiceId)),

    async receivablesOf(accountId, limit, cursor) {
      const query = ofAccount(accountId, RECEIVABLE);
      return asReceivables(await queryPage(table, { ...query, ScanIndexForward: false }, limit, cursor));
    },

    async receivablesIn(sellerId, month, { status }, limit, cursor) {
      const { numberSeries } = numberingOf(sellerId);
      const queries = Array.from({ length: numberSeries }, (_, index): PageQuery => {
        const series = String.fromCharCode(65 + index);
        return {
          index: 'listing',
          KeyConditionExpression: 'listPk = :pk',
          ...(status && { FilterExpression: '#status = :status', ExpressionAttributeNames: { '#status': 'status' } }),
          ExpressionAttributeValues: { ':pk': listPk(sellerId, month, series), ...(status && { ':status': status }) },
        };
      });
      return asReceivables(await queryPages(table, queries, limit, cursor));
    },

    async byNumber(sellerId, number) {
      const place = parseNumber(number, numberingOf(sellerId).numberPrefix);
      if (!place) return undefined;
      const [found] = await queryAll(table, {
        index: 'listing',
        KeyConditionExpression: 'listPk = :pk AND listSk = :number',
        ExpressionAttributeValues: { ':pk': listPk(sellerId, place.month, place.series), ':number': number },
      });
      return found && entity<Receivable>(found);
    },

    async journal(accountId) {
      const items = await queryAll(table, ofAccount(accountId, LEDGER));
      return items.map((item) => entity<JournalEntry>(item)).sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
    },
  };
}

/** Tries to issue under one number. */
async function issueWith(table: Table, claim: NumberClaim, issue: Issue, shardsOf: ShardsOf): Promise<Attempt<Issued>> {
  const invoice = numbered(issue.draft, claim, issue.now);
  const result = await transactOnce(table, issueWrites(invoice, claim, issue, shardsOf));
  const { sequence } = claim;
  if (result.kind === 'committed') return { taken: false, next: sequence + 1, result: { result: 'written', invoice } };
  if (result.kind === 'conflict') return { taken: true };
  const { refused } = result;
  const next = refused.has(SERIES) ? (refused.get(SERIES)?.next as number | undefined) : sequence;
  if (refused.has(INVOICE)) return { taken: false, next, result: { result: 'already-done' } };
  if (refused.has(ACCOUNT)) return { taken: false, next, result: { result: 'stale' } };
  return { taken: true, next };
}

const ofAccount = (accountId: string, prefix: string): PageQuery => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':pk': accountKey(accountId).pk, ':prefix': prefix },
  ConsistentRead: true,
});

const asReceivables = <P extends { items: readonly Record<string, unknown>[] }>(page: P) => ({
  ...page,
  items: page.items.map((item) => entity<Receivable>(item)),
});

async function loadAccount(
  table: Table,
  accountId: string,
): Promise<{ input: BillingInput; heads: UsageHeads } | undefined> {
  const items = await queryAll(table, ofAccount(accountId, PROFILE));
  const under = <T>(kind: string): T[] =>
    items.filter(({ sk }) => String(sk).startsWith(`${PROFILE}#${kind}#`)).map((item) => entity<T>(item));
  const account = items.find(({ sk }) => sk === PROFILE);
  const heads = items.find(({ sk }) => sk === USAGE_HEADS);
  return (
    account && {
      input: {
        account: entity<Account>(account),
        subscriptions: under<Subscription>('SUBSCRIPTION'),
        methods: under<PaymentMethod>('METHOD'),
      },
      heads: heads === undefined ? {} : entity<UsageHeads>(heads),
    }
  );
}

async function loadForBilling(table: Table, accountId: string): Promise<BillingInput | undefined> {
  const found = await loadAccount(table, accountId);
  if (found === undefined) return undefined;
  const usage = await openUsage(table, found.input.account, found.heads);
  return usage.length === 0 ? found.input : { ...found.input, usage };
}
