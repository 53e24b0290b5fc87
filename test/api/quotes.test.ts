import { describe, expect, it } from 'vitest';
import type { DeliveryId } from '../../shared/domain/delivery.ts';
import { readPdf } from '../support/pdf.ts';
import { accept, acceptance, call, offer, prospect, quoted, world } from './quote-world.ts';
import { NOW, token } from './world.ts';

describe('R124, R125: a quote', () => {
  it('is made by staff with a number of its own, once however often it is sent', async () => {
    const accountId = await prospect();
    const path = `/accounts/${accountId}/quotes`;
    const [first, second] = await Promise.all([
      call(token.staff, 'POST', path, { body: offer() }),
      call(token.staff, 'POST', path, { body: offer() }),
    ]);
    expect([first.status, first.body.outcome, second.body.outcome].sort()).toEqual([200, 'done', 'repeated'].sort());
    expect(second.body.quote).toEqual(first.body.quote);
    const mail = { sellerId: 'northwind-ie', accountId, about: 'Q-7', document: 'quote', occurrence: 1 };
    expect(await world.taken('notices')).toEqual([mail, mail]);
    expect(await world.store().delivery(mail as DeliveryId)).toMatchObject({ recipients: {} });
    expect(first.body.quote).toMatchObject({
      number: expect.stringMatching(/^NTIE-Q-202612A-\d{6}$/),
      status: 'open',
      date: '2026-12-01',
      billingStartDate: '2026-12-15',
      contract: { months: 12, endsOn: '2027-12-14', renewsOn: '2027-12-15', renewalMonths: 12, cancelBy: '2027-11-15' },
      perInterval: [
        { interval: 'month', amount: 20_000 },
        { interval: 'quarter', amount: 6750 },
        { interval: 'year', amount: 143_856 },
      ],
      firstInvoice: { invoiceDate: '2027-01-01', dueDate: '2027-01-16' },
    });
    const { contractTotal, listTotal, savings, perProduct, lines } = first.body.quote;
    expect(listTotal - contractTotal).toBe(savings);
    expect(perProduct.map((each: { contractTotal: number }) => each.contractTotal)).toEqual(
      lines.map((each: { contractTotal: number }) => each.contractTotal),
    );
    const other = await call(token.staff, 'POST', path, { body: offer({ contractMonths: 24 }) });
    expect([other.status, other.body.code, other.body.field]).toEqual([409, 'quote_exists', 'quoteId']);
  });

  it('is seen by the customer it is for, open or not, and by sales as long as it is open', async () => {
    const accountId = await prospect();
    await quoted(accountId);
    const owner = token.ownerOf(accountId);
    const open = await call(owner, 'GET', `/accounts/${accountId}/quotes?status=open`);
    expect(open.body.quotes.map(({ quoteId }: { quoteId: string }) => quoteId)).toEqual(['Q-7']);
    const listed = async (now = NOW) => {
      const { body } = await call(token.staff, 'GET', '/sellers/northwind-ie/quotes?limit=100', { now });
      return body.quotes.some((quote: { accountId: string }) => quote.accountId === accountId);
    };
    expect(await listed()).toBe(true);
    expect(await listed('2026-12-15T12:00:00.000Z')).toBe(false);
    expect((await accept(accountId)).status).toBe(200);
    expect(await listed()).toBe(false);
    expect((await call(owner, 'GET', `/accounts/${accountId}/quotes?status=open`)).body.quotes).toEqual([]);
    expect((await call(owner, 'GET', `/accounts/${accountId}/quotes`)).body.quotes).toHaveLength(1);
  });

  it.each([
    ['a product there is not', { lines: [{ productId: 'fax', quantity: 1 }] }, 422, 'lines.0.productId'],
    ['a contract that is no whole number of years', { contractMonths: 15 }, 422, 'lines.1.interval'],
    ['valid longer than nothing is charged', { validUntil: '2026-12-16' }, 422, 'validUntil'],
    [
      'a price that is no decimal',
      { lines: [{ productId: 'desk-phone', quantity: 1, unitPrice: 20 }] },
      400,
      'lines.0.unitPrice',
    ],
    ['an id that no subscription could have', { quoteId: 'x'.repeat(57) }, 400, 'quoteId'],
    [
      'a contact whose name breaks a header',
      { contact: { name: 'A\r\nBcc: x', email: 'a@b.example' } },
      400,
      'contact.name',
    ],
    ['an unknown field', { discount: '10%' }, 400, 'discount'],
  ])('is refused with the field: %s', async (_name, overrides, status, field) => {
    const path = `/accounts/${await prospect()}/quotes`;
    const answer = await call(token.staff, 'POST', path, { body: offer(overrides) });
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it('is refused with the reason when the account could not be invoiced', async () => {
    const accountId = await prospect({ billingAddress: undefined });
    const answer = await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body: offer() });
    expect([answer.status, answer.body.code]).toEqual([422, 'quote_not_billable']);
    expect(answer.body.detail).toContain('billing address');
  });
});

describe('the PDF of a quote', () => {
  it('is there for the customer as soon as the quote is made', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const answer = await call(token.ownerOf(accountId), 'GET', `${path}/pdf`);
    expect([answer.status, answer.type]).toEqual([200, 'application/pdf']);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="NTIE-Q-202612A-\d{6}\.pdf"$/);
    const { pages, text } = await readPdf(Buffer.from(answer.body, 'latin1'));
    expect(pages.length).toBeGreaterThan(1);
    expect(text).toContain('Billing start date 15 December 2026');
  });

  it('cannot be made of a name that no font shows: the quote is refused and the field named', async () => {
    const accountId = await prospect();
    await world.nameUnseen(accountId, '北风 Ltd');
    const answer = await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body: offer() });
    expect([answer.status, answer.body.code]).toEqual([422, 'unsupported_character']);
    expect(answer.body.detail).toContain('quote.buyer.name');
    expect((await call(token.staff, 'GET', `/accounts/${accountId}/quotes`)).body.quotes).toEqual([]);
  });
});

describe('R126: a quote that is not wanted', () => {
  it('is rejected by the customer with a reason, once', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const reject = (reason: string) =>
      call(token.ownerOf(accountId), 'POST', `${path}/rejection`, { body: { reason } });
    expect((await reject('Too dear')).body).toMatchObject({
      outcome: 'done',
      quote: { status: 'rejected', decision: { reason: 'Too dear' } },
    });
    expect((await reject('Far too dear')).body).toMatchObject({
      outcome: 'repeated',
      quote: { decision: { reason: 'Too dear' } },
    });
    expect((await accept(accountId)).body.code).toBe('quote_rejected');
  });

  it('is withdrawn by staff, and cannot be accepted then', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const withdraw = (who: typeof token.staff | ReturnType<typeof token.ownerOf>) =>
      call(who, 'POST', `${path}/withdrawal`, { body: { reason: 'Wrong price' } });
    expect((await withdraw(token.ownerOf(accountId))).status).toBe(403);
    expect((await withdraw(token.staff)).body.quote.status).toBe('withdrawn');
    expect((await accept(accountId)).body.code).toBe('quote_withdrawn');
  });

  it('accepted and rejected at the same moment it is one of both, and the other is told so', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const owner = token.ownerOf(accountId);
    const [accepted, rejected] = await Promise.all([
      accept(accountId),
      call(owner, 'POST', `${path}/rejection`, { body: { reason: 'No' } }),
    ]);
    expect([accepted.status, rejected.status].sort()).toEqual([200, 409]);
    const { quote } = (await call(owner, 'GET', path)).body;
    const { subscriptions } = (await call(owner, 'GET', `/accounts/${accountId}`)).body;
    expect(subscriptions).toHaveLength(quote.status === 'accepted' ? 3 : 0);
  });

  it('C1: a billing admin that may see but not buy reads it with its PDF, and neither buys nor rejects it', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const viewer = { ...token.ownerOf(accountId), 'custom:grants': 'view pay' };
    for (const of of ['', '/pdf']) expect((await call(viewer, 'GET', `${path}${of}`)).status).toBe(200);
    const buys = await call(viewer, 'POST', `${path}/acceptance`, { body: acceptance, version: 1 });
    expect([buys.status, buys.body.code]).toEqual([403, 'forbidden']);
    const rejects = await call(viewer, 'POST', `${path}/rejection`, { body: { reason: 'No' } });
    expect([rejects.status, rejects.body.detail]).toEqual([403, 'You are not granted quote.decide.']);
    const buyer = { ...token.ownerOf(accountId), 'custom:grants': 'view quotes' };
    expect((await call(buyer, 'POST', `${path}/acceptance`, { body: acceptance, version: 1 })).status).toBe(200);
  });

  it('is not accepted by the telecom: only by the customer', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const answer = await call(token.staff, 'POST', `${path}/acceptance`, { body: acceptance, version: 1 });
    expect(answer.status).toBe(403);
  });
});
