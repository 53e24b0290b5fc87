import { beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../functions/api/app.ts';
import { type Answer, apiWorld, type Claims, card, customer, token } from './world.ts';

const world = apiWorld();

/** The account everybody below must not see. */
const TARGET = 'acme';
const bodies: Readonly<Record<string, unknown>> = {
  'PATCH /accounts/{accountId}': { name: 'Taken Over Ltd' },
  'PUT /accounts/{accountId}/recipients': [{ email: 'thief@elsewhere.example', main: true }],
  'POST /accounts/{accountId}/reached-otherwise': { document: 'invoice', about: '2026-12#cycle', how: 'by post' },
  'POST /accounts/{accountId}/sendings': { document: 'invoice', about: '2026-12#cycle' },
  'PUT /accounts/{accountId}/hold': { reason: 'because' },
  'PUT /accounts/{accountId}/billing-admins/{subject}': { grants: 'everything' },
  'POST /accounts/{accountId}/subscriptions': {
    subscriptionId: 'more',
    productId: 'desk-phone',
    changes: [{ effectiveOn: '2026-12-01', delta: 1 }],
  },
  'POST /accounts/{accountId}/subscriptions/{subscriptionId}/changes': { effectiveOn: '2026-12-01', delta: 1 },
  'PUT /accounts/{accountId}/subscriptions/{subscriptionId}/activation': { on: '2026-12-01' },
  'PUT /accounts/{accountId}/subscriptions/{subscriptionId}/cancellation': { requestedOn: '2026-12-01' },
  'PUT /accounts/{accountId}/schedule': { schedule: 'annual', from: '2027-01-01' },
  'PUT /accounts/{accountId}/subscriptions/{subscriptionId}/interval': { interval: 'year', from: '2027-01-01' },
  'POST /accounts/{accountId}/purchases': { orderId: 'o-1', items: [{ productId: 'number-purchase', quantity: 1 }] },
  'POST /accounts/{accountId}/quotes': {
    quoteId: 'q-1',
    lines: [{ productId: 'desk-phone', quantity: 1 }],
    contractMonths: 12,
    billingStartDate: '2027-01-01',
    validUntil: '2026-12-31',
  },
  'POST /accounts/{accountId}/quotes/{quoteId}/acceptance': {
    adminContact: { name: 'A Thief', email: 'thief@elsewhere.example' },
    contactVerified: true,
    termsAccepted: true,
  },
  'POST /accounts/{accountId}/quotes/{quoteId}/rejection': { reason: 'x' },
  'POST /accounts/{accountId}/quotes/{quoteId}/withdrawal': { reason: 'x' },
  'POST /accounts/{accountId}/payment-methods': card('card-9'),
  'PUT /accounts/{accountId}/default-payment-method': { methodId: 'card-1' },
  'POST /accounts/{accountId}/payments': {},
  'POST /accounts/{accountId}/manual-payments': {
    kind: 'wire',
    reference: 'R-1',
    valueDate: '2026-12-01',
    amount: 100,
    currency: 'EUR',
  },
  'POST /accounts/{accountId}/manual-payments/{paymentId}/reversal': { reason: 'because' },
  'POST /accounts/{accountId}/invoices/{invoiceId}/credit-notes': { reason: 'error-correction', explanation: 'x' },
  'POST /accounts/{accountId}/invoices/{invoiceId}/disputes': { reason: 'x' },
  'POST /accounts/{accountId}/invoices/{invoiceId}/disputes/{disputeId}/decision': {
    decision: 'rejected',
    reason: 'x',
  },
  'POST /accounts/{accountId}/invoices/{invoiceId}/disputes/{disputeId}/withdrawal': { reason: 'x' },
  'POST /sellers/{sellerId}/reconciliations/{date}/differences/{itemId}/acceptance': { reason: 'x' },
  'POST /sellers/{sellerId}/bank-statements': { format: 'csv', content: 'x' },
  'POST /accounts/{accountId}/invoices/{invoiceId}/write-off': { reason: 'x' },
  'POST /accounts/{accountId}/invoices/{invoiceId}/write-off/reversal': { reason: 'x' },
  'PUT /accounts/{accountId}/tax-ids': [],
  'POST /accounts/{accountId}/tax-ids/validate': { value: 'DE999000009' },
  'POST /accounts/{accountId}/exemptions': {
    exemptionId: 'ny-1',
    jurisdiction: 'US-NY',
    number: 'ST-119-4711',
    validFrom: '2026-01-01',
  },
  'POST /accounts/{accountId}/exemptions/{exemptionId}/decision': { status: 'in-review' },
};

const QUERIES: Readonly<Record<string, string>> = {
  '/sellers/{sellerId}/invoices': '?month=2026-12',
  '/sellers/{sellerId}/trial-balance': '?from=2026-12-01&to=2026-12-31',
  '/sellers/{sellerId}/credit-notes': '?month=2026-12',
  '/sellers/{sellerId}/preview': '?date=2026-12-01',
  '/accounts/{accountId}/audit-log/anchors': '?month=2026-12',
  '/accounts/{accountId}/statement': '?from=2026-12',
  '/accounts/{accountId}/statement/pdf': '?from=2026-12',
};

interface Route {
  readonly method: string;
  readonly path: string;
}
const routesUnder = (prefix: string): Route[] => {
  const api = createApi(() => {
    throw new Error('not asked for by the description');
  });
  const { paths = {} } = api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } });
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(prefix))
    .flatMap(([path, operations]) =>
      Object.keys(operations!).map((method) => ({ method: method.toUpperCase(), path })),
    );
};

const onAccounts = routesUnder('/accounts/{accountId}');
const onSellers = routesUnder('/sellers/{sellerId}');
const called = ({ method, path }: Route) => `${method} ${path}`;

let number = '';
beforeAll(async () => {
  await world.load(customer(TARGET));
  await world.load(customer('other'));
  number = (await world.invoiced(TARGET)).number;
});

async function ask(claims: Claims, route: Route, accountId: string, sellerId = 'northwind-ie'): Promise<Answer> {
  const path = route.path
    .replace('{accountId}', accountId)
    .replace('{sellerId}', sellerId)
    .replace('{invoiceId}', '2026-12-cycle')
    .replace('{number}', number)
    .replace('{subscriptionId}', 'phones')
    .replace('{methodId}', 'card-1')
    .replace('{line}', '1')
    .replace('{tax}', '1')
    .replace('{exemptionId}', 'ny-1')
    .replace('{quoteId}', 'q-1')
    .replace('{paymentId}', 'payment-1')
    .replace('{receiptId}', 'credit-payment-1')
    .replace('{disputeId}', 'd-1')
    .replace('{itemId}', 'txn_1')
    .replace('{date}', '2026-12-01');
  const query = QUERIES[route.path] ?? '';
  return await world.call(claims, route.method, `${path}${query}`, { body: bodies[called(route)], version: 1 });
}

/** Nobody of the telecom may do it, for whichever account: that is said of all alike. */
const CUSTOMERS_ALONE = ['acceptance', 'rejection'].map(
  (decision) => `POST /accounts/{accountId}/quotes/{quoteId}/${decision}`,
);

const strangers: readonly (readonly [string, Claims])[] = [
  ['the billing admin of another account', token.ownerOf('other')],
  ['a person of another seller', token.otherSeller],
  ['a person of no seller', token.noSeller],
  ['a token without any role', { sub: 'nobody' }],
];

describe.each(strangers)('%s', (_who, claims) => {
  it.each(onAccounts.map((route) => [called(route), route] as const))('finds no account: %s', async (_name, route) => {
    const answer = await ask(claims, route, TARGET);
    const ofTheTelecom = claims === token.otherSeller || claims === token.noSeller;
    expect(answer.status).toBe(ofTheTelecom && CUSTOMERS_ALONE.includes(called(route)) ? 403 : 404);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toEqual((await ask(claims, route, 'does-not-exist')).body);
  });

  it('has changed nothing by all that', async () => {
    const { account, methods } = (await world.store().loadForBilling(TARGET))!;
    expect([account.version, account.name, methods.length]).toEqual([2, 'Liffeyside Analytics Ltd', 1]);
    expect(await world.taken('collections')).toEqual([]);
  });
});

describe('a seller', () => {
  it.each(onSellers.map((route) => [called(route), route] as const))(
    'does not exist for whoever does not work for it: %s',
    async (_name, route) => {
      for (const claims of [token.otherSeller, token.noSeller]) {
        const answer = await ask(claims, route, TARGET);
        expect(answer.status).toBe(404);
        expect(answer.body).toEqual((await ask(claims, route, TARGET, 'no-such-seller')).body);
      }
    },
  );

  it.each(onSellers.map((route) => [called(route), route] as const))(
    'is nothing for a billing admin, whatever its id: %s',
    async (_name, route) => {
      const answer = await ask(token.ownerOf(TARGET), route, TARGET);
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual((await ask(token.ownerOf(TARGET), route, TARGET, 'no-such-seller')).body);
    },
  );
});

describe('without a token', () => {
  it.each(
    [...onAccounts, ...onSellers, { method: 'GET', path: '/dead-letters' }].map((route) => [called(route), route]),
  )('nothing is answered: %s', async (_name, route) => {
    const { method, path } = route as Route;
    expect((await world.call(undefined, method, path)).status).toBe(401);
  });

  it.each(['/health', '/openapi.json'])('%s is public', async (path) => {
    expect((await world.call(undefined, 'GET', path)).status).toBe(200);
  });
});

it('the description names every route, its problems and the token', async () => {
  const { body } = await world.call(undefined, 'GET', '/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  expect(body.security).toEqual([{ token: [] }]);
  for (const operations of Object.values<Record<string, { responses: object }>>(body.paths))
    for (const { responses } of Object.values(operations)) expect(Object.keys(responses)).toContain('403');
});

it('an owner without permission is told so about its own account only', async () => {
  const route = { method: 'PUT', path: '/accounts/{accountId}/hold' };
  expect((await ask(token.ownerOf(TARGET), route, TARGET)).status).toBe(403);
  expect((await ask(token.ownerOf(TARGET), route, 'other')).status).toBe(404);
});
