import { describe, expect, it } from 'vitest';
import type { WrittenAccount } from '../../shared/import/account-schema.ts';
import { accept, acceptance, call, offer, prospect, quoted, world } from './quote-world.ts';
import { card, customer, token } from './world.ts';

const withoutCard: Partial<WrittenAccount> = { paymentMethods: [], autopay: false, defaultMethodId: undefined };

describe('R127: the checkout', () => {
  it('says what is left to do, and the order with the taxes of now', async () => {
    const accountId = await prospect({ ...withoutCard, sellerId: 'northwind-ie' });
    const path = await quoted(accountId);
    const before = await call(token.ownerOf(accountId), 'GET', path);
    expect(before.body.checkout).toMatchObject({
      needs: ['payment-method'],
      accountVersion: 1,
      order: { total: before.body.quote.firstInvoice.total },
    });
    const refused = await accept(accountId);
    expect([refused.status, refused.body.code]).toEqual([409, 'payment_method_needed']);
    const added = await call(token.staff, 'POST', `/accounts/${accountId}/payment-methods`, {
      version: 1,
      body: card('card-1', 'pm_checkout'),
    });
    expect(added.status).toBeLessThan(300);
    const ready = await call(token.ownerOf(accountId), 'GET', path);
    expect(ready.body.checkout).toMatchObject({ needs: [], accountVersion: 2 });
    expect((await accept(accountId, 2)).body).toMatchObject({ outcome: 'done', quote: { status: 'accepted' } });
  });

  it('needs no payment method of whoever pays by wire', async () => {
    const accountId = await prospect({ ...withoutCard, terms: 'wire' });
    await quoted(accountId);
    expect((await accept(accountId)).status).toBe(200);
  });

  it.each([
    ['the contact is not verified', { ...acceptance, contactVerified: false }, 'contactVerified'],
    ['the terms are not accepted', { ...acceptance, termsAccepted: false }, 'termsAccepted'],
    ['no contact is given', { contactVerified: true, termsAccepted: true }, 'adminContact'],
  ])('is not complete as long as %s', async (_name, body, field) => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const answer = await accept(accountId, 1, body);
    expect([answer.status, answer.body.field]).toEqual([400, field]);
    expect((await call(token.staff, 'GET', path)).body.quote.status).toBe('open');
  });

  it('starts the subscriptions with price, term and start date, once: ten times at the same moment are one', async () => {
    const accountId = await prospect();
    await quoted(accountId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(accountId)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(answers.filter(({ body }) => body.outcome === 'done')).toHaveLength(1);
    expect((await accept(accountId, 99)).body.outcome).toBe('repeated');
    const confirmation = { accountId, about: 'Q-7', document: 'quote-accepted', occurrence: 1 } as const;
    expect(await world.store().delivery(confirmation)).toMatchObject({ recipients: {} });
    expect((await world.taken('notices')).at(-1)).toMatchObject(confirmation);
    const { body: account } = await call(token.staff, 'GET', `/accounts/${accountId}`);
    expect(account).toMatchObject({
      version: 2,
      quote: 'Q-7',
      billingStartDate: '2026-12-15',
      nextBillingDate: '2027-01-01',
      subscriptions: [
        { subscriptionId: 'Q-7.1', minimum: 10, agreedPrice: { version: 'Q-7', interval: 'month' } },
        { subscriptionId: 'Q-7.2', intervals: [{ from: '2026-12-01', interval: 'year' }] },
        { subscriptionId: 'Q-7.3', contract: { startsOn: '2026-12-15', endsOn: '2027-12-14', renewalMonths: 12 } },
      ],
    });
  });

  it('the invoice is the one that was quoted', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const { firstInvoice } = (await call(token.staff, 'GET', path)).body.quote;
    await accept(accountId);
    const { lines, taxes, total, invoiceDate } = await world.invoiced(accountId);
    expect({ total, invoiceDate }).toEqual({ total: firstInvoice.total, invoiceDate: firstInvoice.invoiceDate });
    expect(lines.map(({ amount }) => amount)).toEqual(
      firstInvoice.lines.map((line: { amount: number }) => line.amount),
    );
    expect(taxes.map(({ amount }) => amount)).toEqual(firstInvoice.taxes.map((tax: { amount: number }) => tax.amount));
  });

  it('is confirmed with the taxes of the day on which it is bought: an address elsewhere brings others', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const billingAddress = { line1: 'Hafenstraße 4', city: 'Hamburg', postalCode: '20457', country: 'DE' };
    await call(token.ownerOf(accountId), 'PATCH', `/accounts/${accountId}`, { version: 1, body: { billingAddress } });
    const { quote, checkout } = (await call(token.ownerOf(accountId), 'GET', path)).body;
    expect(quote.firstInvoice.taxes).toMatchObject([{ jurisdiction: 'IE', ratePpm: 230_000 }]);
    expect(checkout.order.taxes).toMatchObject([{ jurisdiction: 'DE', ratePpm: 190_000 }]);
    const { decision } = (await accept(accountId, 2)).body.quote;
    expect(decision.order).toEqual(checkout.order);
    expect((await world.invoiced(accountId)).total).toBe(checkout.order.total);
  });

  it('is refused for an account that was changed since its order was shown', async () => {
    const accountId = await prospect();
    await quoted(accountId);
    await call(token.staff, 'PATCH', `/accounts/${accountId}`, { version: 1, body: { reference: 'PO 77' } });
    const answer = await accept(accountId);
    expect([answer.status, answer.body.code]).toEqual([409, 'account_changed']);
  });

  it('R87: waits for overdue invoices to be paid', async () => {
    const accountId = 'debtor';
    await world.load(customer(accountId, { paymentMethods: [card('card-1', 'pm_debtor')] }));
    await world.invoiced(accountId);
    const body = offer({ billingStartDate: '2027-02-01', validUntil: '2027-01-31' });
    await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body });
    const late = '2026-12-20T12:00:00.000Z';
    const { checkout } = (
      await call(token.ownerOf(accountId), 'GET', `/accounts/${accountId}/quotes/Q-7`, { now: late })
    ).body;
    expect(checkout.needs).toEqual(['payment-of-overdue-invoices']);
    const answer = await accept(accountId, checkout.accountVersion, acceptance, late);
    expect([answer.status, answer.body.code]).toEqual([409, 'balance_overdue']);
    expect((await accept(accountId, checkout.accountVersion)).status).toBe(200);
  });

  it('is over with the last day of the quote', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const late = '2026-12-15T00:30:00.000Z';
    const answer = await accept(accountId, 1, acceptance, late);
    expect([answer.status, answer.body.code]).toEqual([409, 'quote_expired']);
    const { body } = await call(token.ownerOf(accountId), 'GET', path, { now: late });
    expect([body.quote.status, body.checkout]).toEqual(['expired', undefined]);
  });
});
