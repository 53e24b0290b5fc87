import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectPayment } from '../../functions/collect-payment/index.ts';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';
import { bookPayment } from '../../shared/domain/books/manual-payment.ts';
import { addHours } from '../../shared/domain/calendar.ts';
import { balanceOf, creditOf } from '../../shared/domain/ledger.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import type { ChargeRequest } from '../../shared/ports.ts';
import { accountOf, issueOf, NOW, SELLER, type Stores, storesOver } from '../aws/fixtures.ts';
import { subscription } from '../support/accounts.ts';
import { method } from '../support/collection.ts';
import { localTable } from '../support/emulators.ts';
import { RecordingQueues } from '../support/recording-queues.ts';

/** The function with the real store on DynamoDB Local and the real SDK against the local processor. */
const table = localTable();
let stores: Stores;
let processor: Processor;
let accounts = 0;

beforeEach(async () => {
  stores = storesOver(table());
  processor = await startProcessor({ now: () => new Date(NOW) });
});
afterEach(() => processor.stop());

/** An account that pays 120.00 a month with a card. */
async function opened(token: string): Promise<string> {
  const accountId = `credit-${++accounts}`;
  await stores.accounts.createAccount({
    account: accountOf(accountId, { autopay: true, defaultMethodId: 'm1' }),
    subscriptions: [subscription('desk-phone', [1, '2026-12-01', 10])],
    methods: [method('m1', token)],
  });
  return accountId;
}
async function issued(accountId: string): Promise<Receivable> {
  const { invoice } = await stores.invoices.issueOnce(await issueOf(stores, accountId));
  return (await stores.invoices.receivable(accountId, invoice!.invoiceId))!;
}
/** A wire that finance books while the invoices of `open` are unpaid. */
async function wired(accountId: string, amount: number, open: readonly Receivable[] = []): Promise<void> {
  const wire = { paymentId: 'payment-1', kind: 'wire', reference: 'R', valueDate: '2026-12-01' } as const;
  const { adjustment } = bookPayment(
    { accountId, sellerId: SELLER.sellerId, currency: 'GBP' },
    open,
    { ...wire, amount, currency: 'GBP', fingerprint: 'f' },
    { by: 'finn', now: NOW, today: '2026-12-01' },
  );
  expect((await stores.books.book(adjustment, NOW)).result).toBe('written');
}
function collect(of: Receivable, now = NOW, beforeCharge?: (request: ChargeRequest) => Promise<void>) {
  const real = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url });
  const charge: typeof real.charge = async (request) => {
    await beforeCharge?.(request);
    return await real.charge(request);
  };
  const { sellerId, accountId, invoiceId } = of;
  const deps = {
    store: { ...stores.invoices, ...stores.collections, ...stores.books },
    processor: { ...real, charge },
    queues: new RecordingQueues(),
    stage: { sellers: [SELLER] },
  };
  return collectPayment(deps)({ sellerId, accountId, invoiceId }, now);
}
async function standing(of: Receivable) {
  const journal = await stores.invoices.journal(of.accountId);
  const receivable = (await stores.invoices.receivable(of.accountId, of.invoiceId))!;
  return {
    due: receivable.due,
    charged: processor.books().charges.map(({ amount }) => amount),
    balance: balanceOf(journal),
    credit: creditOf(journal),
  };
}

describe('credit pays before the card does', () => {
  it.each([
    ['all of it', 120_00, [], 0],
    ['more than all of it', 150_00, [], 30_00],
    ['a part, and the card the rest', 20_00, [100_00], 0],
  ])('%s', async (_what, credit, charged, left) => {
    const accountId = await opened('pm_card_visa');
    await wired(accountId, credit);
    const invoice = await issued(accountId);
    await collect(invoice);
    await collect(invoice);
    expect(await standing(invoice)).toEqual({ due: 0, charged, balance: 0, credit: left });
  });
});

describe('a wire that finance books while the card is being charged', () => {
  it('is not used for the same invoice when the charge goes through', async () => {
    const accountId = await opened('pm_card_visa');
    const invoice = await issued(accountId);
    await collect(invoice, NOW, async () => {
      await wired(accountId, 120_00, [(await stores.invoices.receivable(accountId, invoice.invoiceId))!]);
    });
    expect(await standing(invoice)).toEqual({ due: 0, charged: [120_00], balance: 0, credit: 120_00 });
  });

  it('pays the invoice at once when the charge is declined, and the card is never tried again', async () => {
    const accountId = await opened('pm_card_chargeDeclined');
    const invoice = await issued(accountId);
    await collect(invoice, NOW, async () => {
      await wired(accountId, 120_00, [(await stores.invoices.receivable(accountId, invoice.invoiceId))!]);
    });
    await collect(invoice, addHours(NOW, 2));
    expect(await standing(invoice)).toEqual({ due: 0, charged: [], balance: 0, credit: 0 });
    expect(await stores.collections.attempts(accountId, invoice.invoiceId)).toHaveLength(1);
  });
});
