import { describe, expect, it } from 'vitest';
import * as keys from '../../../shared/aws/keys.ts';
import { forCustomer } from '../../../shared/domain/audit/customer-view.ts';
import { type AuditEntry, entryOf, fitted, type ImagePair, OUTSIDE } from '../../../shared/domain/audit/entry.ts';
import { kindOf, NOT_LOGGED } from '../../../shared/domain/audit/kinds.ts';

const AT = '2026-12-01T09:00:00.000Z';
const stan = { by: 'stan', roles: ['staff'], from: '203.0.113.7', requestId: 'r-1', at: AT, write: 'w2' };
const collector = { by: 'collect-payment', at: AT, write: 'w3' };
const earlier = { by: 'import-accounts', at: '2026-11-01T00:00:00.000Z', write: 'w1' };

const pair = (sk: string, before: object | undefined, after: object | undefined, more: Partial<ImagePair> = {}) => ({
  id: 'e-1',
  writtenAt: '2026-12-01T09:00:01.000Z',
  key: { pk: 'ACCOUNT#acme', sk },
  ...(before && { before: { changedBy: earlier, ...before } }),
  ...(after && { after: { changedBy: stan, ...after } }),
  ...more,
});

const fields = (of: ImagePair) =>
  entryOf(of)?.entry.changes.map(({ field, before, after, withheld }) => [
    field,
    ...(withheld ? ['withheld'] : [before, after]),
  ]);

describe('an item before and after becomes what people call it, by field', () => {
  const cases: readonly (readonly [string, ImagePair, string, string, unknown[][]])[] = [
    [
      'a billing address',
      pair(
        'PROFILE',
        { billingAddress: { city: 'Dublin', line1: '1 Quay' } },
        { billingAddress: { city: 'Cork', line1: '1 Quay' } },
      ),
      'account',
      'changed',
      [['billingAddress.city', 'Dublin', 'Cork']],
    ],
    [
      'recipients',
      pair(
        'PROFILE',
        { recipients: [{ email: 'a@x.example', main: true }] },
        { recipients: [{ email: 'b@x.example', main: true }] },
      ),
      'account',
      'changed',
      [['recipients', [{ email: 'a@x.example', main: true }], [{ email: 'b@x.example', main: true }]]],
    ],
    [
      'a tax ID that is added',
      pair('PROFILE', { taxIds: [] }, { taxIds: [{ kind: 'eu-vat', value: 'IE1' }] }),
      'account',
      'changed',
      [['taxIds', [], [{ kind: 'eu-vat', value: 'IE1' }]]],
    ],
    [
      'how calls are listed',
      pair('PROFILE', { callDetails: 'full' }, { callDetails: 'none' }),
      'account',
      'changed',
      [['callDetails', 'full', 'none']],
    ],
    [
      'a suspension',
      pair('PROFILE', { services: { status: 'active', number: 0 } }, { services: { status: 'suspending', number: 1 } }),
      'account',
      'changed',
      [
        ['services.number', 0, 1],
        ['services.status', 'active', 'suspending'],
      ],
    ],
    [
      'a payment method, without the processor’s tokens',
      pair('PROFILE#METHOD#card-1', undefined, { methodId: 'card-1', last4: '4242', processorMethod: 'pm_1' }),
      'payment-method',
      'added',
      [
        ['last4', undefined, '4242'],
        ['methodId', undefined, 'card-1'],
        ['processorMethod', 'withheld'],
      ],
    ],
    [
      'an attempt’s outcome',
      pair(
        'ATTEMPT#2026-12#cycle#001',
        { amount: 4210 },
        { amount: 4210, outcome: { kind: 'declined', hard: false, code: 'do_not_honor' } },
      ),
      'payment-attempt',
      'changed',
      [
        ['outcome.code', undefined, 'do_not_honor'],
        ['outcome.hard', undefined, false],
        ['outcome.kind', undefined, 'declined'],
      ],
    ],
    [
      'an invoice that is paid',
      pair(
        'RECEIVABLE#2026-12#cycle',
        { due: 4210, status: 'unpaid', version: 2 },
        { due: 0, status: 'paid', version: 3 },
      ),
      'invoice',
      'changed',
      [
        ['due', 4210, 0],
        ['status', 'unpaid', 'paid'],
      ],
    ],
    [
      'a document that has gone to all its recipients',
      pair(
        'DELIVERY#2026-12#cycle#invoice#001',
        { document: 'invoice', recipients: { 'a@x.example': { status: 'sending' } } },
        { document: 'invoice', recipients: { 'a@x.example': { status: 'sent' } }, completedAt: AT },
      ),
      'delivery',
      'added',
      [
        ['completedAt', undefined, AT],
        ['document', undefined, 'invoice'],
        ['recipients', undefined, { 'a@x.example': { status: 'sent' } }],
      ],
    ],
    [
      'a document that somebody has sent again',
      pair(
        'DELIVERY#2026-12#cycle#invoice#001',
        { document: 'invoice', recipients: {}, completedAt: AT },
        {
          ...{ document: 'invoice', recipients: {}, completedAt: AT },
          again: [{ askedAt: AT, askedBy: 'telecom', requestId: 'r-1', to: ['a@x.example'], recipients: {} }],
        },
      ),
      'delivery',
      'changed',
      [
        [
          'again',
          undefined,
          [{ askedAt: AT, askedBy: 'telecom', requestId: 'r-1', to: ['a@x.example'], recipients: {} }],
        ],
      ],
    ],
    [
      'a dispute',
      pair(
        'DISPUTE#2026-12#cycle#d-1',
        { status: 'open', version: 1 },
        { status: 'rejected', decision: { by: 'finn' }, version: 2 },
      ),
      'dispute',
      'changed',
      [
        ['decision.by', undefined, 'finn'],
        ['status', 'open', 'rejected'],
      ],
    ],
    [
      'an access',
      pair('ACCESS#t#r', undefined, { request: 'GET /accounts/acme', status: 200 }),
      'access',
      'added',
      [
        ['request', undefined, 'GET /accounts/acme'],
        ['status', undefined, 200],
      ],
    ],
    [
      'money in the books',
      pair('LEDGER#payment#1', undefined, { entryId: 'payment#1', postings: [{ account: 'cash', amount: 1 }] }),
      'book-entry',
      'added',
      [
        ['entryId', undefined, 'payment#1'],
        ['postings', undefined, [{ account: 'cash', amount: 1 }]],
      ],
    ],
    [
      'an issued invoice that somebody rewrites',
      pair('INVOICE#2026-12#cycle', { total: 10 }, { total: 1 }),
      'invoice-document',
      'changed',
      [['total', 10, 1]],
    ],
  ];
  it.each(cases)('%s', (_name, of, what, action, changes) => {
    expect(entryOf(of)?.accountId).toBe('acme');
    expect(entryOf(of)?.entry).toMatchObject({ id: 'e-1', what, action });
    expect(fields(of)).toEqual(changes);
  });

  it('a redrive belongs to the log of the account whose work it is', () => {
    const letter = { accountId: 'acme', queue: 'invoices', jobKey: 'j', failures: 1 };
    const found = entryOf({
      ...pair('j', { ...letter, status: 'open' }, { ...letter, status: 'redriven' }),
      key: { pk: 'DEADLETTERS#invoices', sk: 'j' },
    });
    expect(found).toMatchObject({ accountId: 'acme', entry: { what: 'redrive', subject: 'j' } });
    expect(found?.entry.changes).toEqual([{ field: 'status', before: 'open', after: 'redriven' }]);
  });
});

describe('what follows from something else makes no entry', () => {
  const cases: readonly (readonly [string, ImagePair])[] = [
    [
      'an account that moves to its next billing date',
      pair(
        'PROFILE',
        { balance: 1, version: 1, nextBillingDate: 'a' },
        { balance: 2, version: 2, nextBillingDate: 'b' },
      ),
    ],
    [
      'a card that remembers its declines',
      pair('PROFILE#METHOD#c', { last4: '1' }, { last4: '1', declines: [{ at: AT, code: 'x' }] }),
    ],
    [
      'a request to pay that its attempt has taken up',
      pair('RECEIVABLE#i', { collection: { requested: { by: 'o', amount: 1 } } }, { collection: {} }),
    ],
    ['an item with nothing but another place in the indexes', pair('PROFILE', { workSk: 'a' }, { workSk: 'b' })],
    [
      'the book entry of an invoice, which is issued in the same moment',
      pair('LEDGER#invoice#2026-12#cycle', undefined, { entryId: 'invoice#2026-12#cycle' }),
    ],
    ['an item that is not for the log', pair('REQUEST#r', undefined, { key: 'r' })],
    ['an item of no account', { ...pair('x', undefined, { a: 1 }), key: { pk: 'RUNS#s', sk: 'x' } }],
  ];
  it.each(cases)('%s', (_name, of) => {
    expect(entryOf(of)).toBeUndefined();
  });
});

it('an entry that is too long for the log keeps its long values by hash and length, and the others as they are', () => {
  const long = { ...entryOf(pair('PROFILE', { name: 'a' }, { name: 'b' }))!.entry };
  const changes = [{ field: 'lines', before: 'x'.repeat(70_000), after: 'short' }];
  const digest = (text: string) => `hash of ${text.length}`;
  expect(fitted(long, digest)).toBe(long);
  expect(fitted({ ...long, changes }, digest).changes).toEqual([
    { field: 'lines', before: { sha256: 'hash of 70002', length: 70_002 }, after: 'short' },
  ]);
});

describe('who and when', () => {
  const by = (of: ImagePair) => [entryOf(of)?.entry.by, entryOf(of)?.entry.at];

  it('is what the write left on the item: a person with role, address and request', () => {
    expect(by(pair('PROFILE', { name: 'a' }, { name: 'b' }))).toEqual([
      { by: 'stan', roles: ['staff'], from: '203.0.113.7', requestId: 'r-1' },
      AT,
    ]);
  });

  it('is the function, where no person is behind it', () => {
    const paid = pair('RECEIVABLE#i', { due: 1 }, { due: 0, changedBy: collector });
    expect(by(paid)).toEqual([{ by: 'collect-payment' }, AT]);
  });

  it.each([
    ['without a stamp', undefined],
    ['under the stamp of the write before', earlier],
  ])('is nobody of the product when an item is written %s: somebody did it by hand', (_name, changedBy) => {
    const found = by(pair('PROFILE', { name: 'a' }, { name: 'b', changedBy }));
    expect(found).toEqual([OUTSIDE, '2026-12-01T09:00:01.000Z']);
  });

  it('of a removal is whoever left a trace of it, and nobody of the product without one', () => {
    const removed = pair('PROFILE#METHOD#card-1', { last4: '4242' }, undefined);
    expect(entryOf({ ...removed, removedBy: stan })?.entry).toMatchObject({
      action: 'removed',
      subject: 'card-1',
      by: { by: 'stan' },
      changes: [{ field: 'last4', before: '4242' }],
    });
    expect(by(removed)[0]).toEqual(OUTSIDE);
  });
});

describe('a customer that is given its log', () => {
  const entry = (of: ImagePair): AuditEntry => entryOf(of)!.entry;

  it('sees its own people by name and address', () => {
    const owner = { ...stan, by: 'owner', roles: ['billing-admin'] };
    const shown = forCustomer(entry(pair('PROFILE', { name: 'a' }, { name: 'b', changedBy: owner })));
    expect(shown).toMatchObject({ by: { by: 'owner', from: '203.0.113.7' }, changes: [{ field: 'name' }] });
  });

  it('sees of the telecom’s people the role only', () => {
    const shown = forCustomer(
      entry(pair('DISPUTE#i#d', { status: 'open' }, { status: 'rejected', decision: { by: 'finn', reason: 'x' } })),
    );
    expect(JSON.stringify(shown)).not.toMatch(/stan|finn|203\.0\.113/);
    expect(shown.by).toEqual({ by: 'telecom', roles: ['staff'] });
  });

  it('sees no internals of the processor, and no postings of the books', () => {
    const declined = pair(
      'ATTEMPT#i#001',
      {},
      { outcome: { kind: 'declined', hard: true, code: 'stolen_card' }, changedBy: collector },
    );
    expect(forCustomer(entry(declined))).toMatchObject({ by: { by: 'billing-system' } });
    expect(forCustomer(entry(declined)).changes.map(({ field }) => field)).toEqual(['outcome.hard', 'outcome.kind']);
    const booked = pair('LEDGER#e', undefined, { entryId: 'e', postings: [{ account: 'revenue', amount: 1 }] });
    expect(forCustomer(entry(booked)).changes.map(({ field }) => field)).toEqual(['entryId']);
  });
});

it('whatever is kept of an account is logged, or left out for a reason', () => {
  const sample = {
    accountId: 'acme',
    invoiceId: 'i',
    document: 'invoice',
    occurrence: 1,
    sellerId: 's',
    businessDate: 'd',
  };
  const makers = Object.entries(keys).filter(([name, value]) => /[a-z]Key$/.test(name) && typeof value === 'function');
  const places = makers
    .filter(([name]) => !['workKey', 'billKey'].includes(name))
    .map(([name, make]) => {
      const whole = ['deliveryKey', 'runKey', 'shardKey', 'entryKey'].includes(name);
      const key = (make as (...of: unknown[]) => keys.Key)(...(whole ? [sample, 1, 'acme'] : ['acme', 'x', 1]));
      return { name, ...key };
    })
    .filter(({ pk }) => pk === 'ACCOUNT#acme');
  expect(places.length).toBeGreaterThan(12);
  for (const place of places) {
    const left = Object.keys(NOT_LOGGED).some((prefix) => place.sk.startsWith(prefix));
    expect([place.name, kindOf(place) !== undefined || left]).toEqual([place.name, true]);
  }
});
