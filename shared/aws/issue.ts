import type { Account } from '../domain/account.ts';
import { type BillingHistory, historyAfter } from '../domain/billing-history.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { DraftInvoice, Invoice, UsageCovered } from '../domain/invoice.ts';
import { invoiceEntry } from '../domain/ledger.ts';
import { openReceivable } from '../domain/open-receivable.ts';
import { shardOf } from '../domain/run.ts';
import type { InvoiceStore } from '../ports.ts';
import { billingWork } from './account-item.ts';
import { creditUnchanged } from './bookkeeping.ts';
import { deliveryItem } from './delivery-item.ts';
import { journalItem } from './journal-item.ts';
import { accountKey, invoiceKey } from './keys.ts';
import { receivableItem } from './receivable-item.ts';
import { entryUpdate } from './run-entries.ts';
import type { NumberClaim } from './series.ts';
import type { ShardsOf, TransactItem } from './table.ts';

type Issue = Parameters<InvoiceStore['issueOnce']>[0];

/** Positions of the writes whose conditions can fail. */
export const INVOICE = 0;
export const ACCOUNT = 1;
export const SERIES = 2;

/** The draft becomes the invoice: from here on nothing of it changes. */
export function numbered(draft: DraftInvoice, claim: NumberClaim, issuedAt: string): Invoice {
  const { number, series, sequence } = claim;
  return { ...draft, number, series, sequence, issuedAt };
}

/** Everything that comes into being with an invoice. All or nothing: so a number is used exactly when its invoice exists. */
export function issueWrites(invoice: Invoice, claim: NumberClaim, issue: Issue, shardsOf: ShardsOf): TransactItem[] {
  const { input, draft, nextBillingDate, run, now } = issue;
  const { accountId, sellerId, invoiceId } = invoice;
  const shard = shardOf(accountId, shardsOf(sellerId));
  return [
    {
      Put: {
        Item: { ...invoiceKey(accountId, invoiceId), ...invoice },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    moveOn(
      input.account,
      {
        nextBillingDate,
        added: invoice.total,
        usageCovered: draft.usageCovered,
        history: historyAfter(input.account.history, draft, input.account.balance),
        ...(invoice.kind === 'cycle' && { billed: invoice }),
      },
      shardsOf,
    ),
    claim.write,
    { Put: { Item: receivableItem(openReceivable(invoice, now), shardsOf) } },
    { Put: { Item: deliveryItem(deliveryOf(invoice, now), shardsOf) } },
    { Put: { Item: journalItem(invoiceEntry(invoice, now), shardsOf) } },
    ...(run ? [{ Update: entryUpdate(run, shard, accountId, { outcome: 'invoiced' }) }] : []),
  ];
}

const deliveryOf = ({ sellerId, accountId, invoiceId }: Invoice, now: string): Delivery => ({
  ...{ sellerId, accountId, about: invoiceId, document: 'invoice', occurrence: 1, createdAt: now, recipients: {} },
});

interface Move {
  readonly nextBillingDate: string;
  /** What the account is billed through from now on; absent when everything stays to be billed. */
  readonly billed?: { readonly month: string; readonly coversChange: number };
  readonly added: number;
  /** By month of usage: the batch up to which this covers it. */
  readonly usageCovered?: UsageCovered | undefined;
  /** What the next invoice says about those before it; absent: as it was. */
  readonly history?: BillingHistory | undefined;
}

/**
 * Moves an account to its next billing date, if neither it nor its balance, which is printed on the invoice, changed since
 * it was read.
 */
export function moveOn(account: Account, move: Move, shardsOf: ShardsOf): TransactItem {
  const { nextBillingDate, billed, added, history } = move;
  const { workSk } = billingWork(account, nextBillingDate, shardsOf);
  const through = billed && { date: account.nextBillingDate, month: billed.month, change: billed.coversChange };
  const credit = creditUnchanged(account);
  const covered = move.usageCovered && { ...account.usageCovered, ...move.usageCovered };
  return {
    Update: {
      Key: accountKey(account.accountId),
      UpdateExpression: `SET nextBillingDate = :date, workSk = :work, balance = :balance, version = :version${through ? ', billedThrough = :through' : ''}${covered ? ', usageCovered = :covered' : ''}${history ? ', history = :history' : ''}`,
      ConditionExpression: `version = :read AND balance = :due AND ${credit.condition}`,
      ExpressionAttributeValues: {
        ':date': nextBillingDate,
        ':work': workSk,
        ':balance': account.balance + added,
        ':version': account.version + 1,
        ':read': account.version,
        ':due': account.balance,
        ...credit.values,
        ...(through && { ':through': through }),
        ...(covered && { ':covered': covered }),
        ...(history && { ':history': history }),
      },
    },
  };
}
