import { createAccountStore } from '../../shared/aws/account-store.ts';
import { createBooksStore } from '../../shared/aws/books-store.ts';
import { createCollectionStore } from '../../shared/aws/collection-store.ts';
import { createCreditNoteStore } from '../../shared/aws/credit-note-store.ts';
import { createDeliveryStore } from '../../shared/aws/delivery-store.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { createLedgerStore } from '../../shared/aws/ledger-store.ts';
import { createMailFeedbackStore } from '../../shared/aws/mail-feedback-store.ts';
import { createRunStore } from '../../shared/aws/run-store.ts';
import { createServiceStore } from '../../shared/aws/service-store.ts';
import type { Table } from '../../shared/aws/table.ts';
import { createWorkStore } from '../../shared/aws/work-store.ts';
import type { Account } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { DraftInvoice, Invoice } from '../../shared/domain/invoice.ts';
import type { PaymentAttempt, Receivable } from '../../shared/domain/receivable.ts';
import { nextBillingDateAfter } from '../../shared/domain/schedule.ts';
import type { DunningPolicy } from '../../shared/domain/seller.ts';
import { account, product, seller, subscription } from '../support/accounts.ts';

export const NOW = '2026-12-01T05:00:00.000Z';
export const LATER = '2026-12-01T06:00:00.000Z';
export const SHARDS = 2;
export const SELLER = seller('GB', 'GBP', { shards: SHARDS, numberSeries: 1, numberPrefix: 'NTUK' });
export const RUN = { sellerId: SELLER.sellerId, businessDate: '2026-12-01' };
const PRODUCTS = [product('desk-phone', 1000, 'GBP')];

export const METHOD = {
  methodId: 'pm-1',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  processorCustomer: 'cus_1',
  processorMethod: 'pm_card',
} as const;

export const accountOf = (accountId: string, overrides: Partial<Account> = {}): Account =>
  account('GB', 'GBP', { accountId, billingStartDate: '2026-12-01', ...overrides });

/** Every store over one table, as one process has them. `series` is the seller's number of parallel series. */
export function storesOver(table: Table, series = 1, dunning: DunningPolicy = SELLER.dunning) {
  const shardsOf = () => SHARDS;
  const numberingOf = () => ({ numberPrefix: SELLER.numberPrefix, numberSeries: series });
  const policyOf = () => ({ timeZone: SELLER.timeZone, dunning });
  return {
    accounts: createAccountStore({ table, shardsOf }),
    books: createBooksStore({ table, shardsOf, policyOf }),
    collections: createCollectionStore({ table, shardsOf, policyOf }),
    creditNotes: createCreditNoteStore({ table, shardsOf, numberingOf, policyOf }),
    deliveries: createDeliveryStore({ table, shardsOf }),
    invoices: createInvoiceStore({ table, shardsOf, numberingOf }),
    ledgers: createLedgerStore({ table, shardsOf }),
    feedback: createMailFeedbackStore({ table }),
    runs: createRunStore({ table, shardsOf }),
    services: createServiceStore({ table, shardsOf }),
    work: createWorkStore({ table }),
  };
}
export type Stores = ReturnType<typeof storesOver>;

/** A new account with ten phones at 10.00 a month. */
export async function open(stores: Stores, of: Account): Promise<void> {
  const created = await stores.accounts.createAccount({
    account: of,
    subscriptions: [subscription('desk-phone', [1, '2026-12-01', 10])],
    methods: [METHOD],
  });
  if (created !== 'written') throw new Error(`${of.accountId} exists`);
}

/** Everything one call of `issueOnce` needs for an account as it stands now. */
export async function issueOf(stores: Stores, accountId: string) {
  const input = (await stores.invoices.loadForBilling(accountId))!;
  const { nextBillingDate } = input.account;
  const decision = composeInvoice(input, SELLER, PRODUCTS, nextBillingDate, nextBillingDate);
  if (decision.outcome !== 'invoice') throw new Error(`${accountId} is ${decision.outcome}`);
  const draft: DraftInvoice = decision.draft;
  return { draft, input, nextBillingDate: nextBillingDateAfter(input.account, nextBillingDate), run: RUN, now: NOW };
}

export async function issue(stores: Stores, of: Account): Promise<{ invoice: Invoice; receivable: Receivable }> {
  await open(stores, of);
  const { invoice } = await stores.invoices.issueOnce(await issueOf(stores, of.accountId));
  const receivable = await stores.invoices.receivable(of.accountId, invoice!.invoiceId);
  return { invoice: invoice!, receivable: receivable! };
}

export const attemptAt = (receivable: Receivable, attempt = 1): PaymentAttempt => ({
  sellerId: receivable.sellerId,
  accountId: receivable.accountId,
  invoiceId: receivable.invoiceId,
  attempt,
  key: `${receivable.accountId}#${receivable.invoiceId}#${attempt}`,
  methodId: METHOD.methodId,
  method: METHOD,
  amount: receivable.due,
  currency: receivable.currency,
  startedAt: NOW,
  offSession: true,
});
