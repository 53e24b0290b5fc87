import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/aws/digest.ts';
import { canonicalJson } from '../../shared/domain/audit/canonical.ts';
import { type Anchor, type ChainedEntry, verifyChain } from '../../shared/domain/audit/chain.ts';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-ie';
const ACCOUNT = '/accounts/acme';
const DECLINING = {
  ...{ methodId: 'card-2', kind: 'card', brand: 'visa', last4: '0002', expires: '2030-08' },
  ...{ processorCustomer: 'cus_acme', processorMethod: 'pm_card_chargeDeclined__card-2' },
};

/** A month in which everything happens that the log must tell of, with every message and every change delivered twice. */
describe('the audit log of a month (R45, R152)', () => {
  let world: World;
  let log: readonly ChainedEntry[];

  beforeAll(async () => {
    world = await World.start('2026-10-30T06:00:00.000Z', {
      disturbance: { duplicate: true, shuffleSeed: 7, impatient: true },
    });
    await world.create(customer('acme', 'IE', { since: '2026-11-01', card: 'pm_card_visa' }));
    await changes(world);
    world.goTo('2026-11-01');
    await runAndRedrive(world);
    await dispute(world);
    world.goTo('2026-11-02');
    await world.stack.fire('anchor-audit-daily');
    world.goTo('2026-11-03');
    await world.pay('acme', 'card-2');
    for (const date of ['2026-11-17', '2026-11-23', '2026-11-26', '2026-12-01']) {
      world.goTo(date);
      await world.sweep();
    }
    await world.pay('acme', 'card-1');
    await change(world, 'DELETE', '/payment-methods/card-2');
    await world.stack.settle();
    log = await world.auditLog('acme');
    world.goTo('2026-12-02');
    await world.stack.fire('anchor-audit-daily');
  });
  afterAll(() => world?.stop());

  /** What the log tells of something, as `action by whom: field before → after, …`. */
  const told = (what: string, field: RegExp): string[] =>
    log
      .filter((entry) => entry.what === what)
      .flatMap(({ action, by, changes: all }) => {
        const shown = all.filter((each) => field.test(each.field));
        const value = (of: unknown) => (of === undefined ? '–' : typeof of === 'string' ? of : canonicalJson(of));
        const texts = shown.map(({ field: name, before, after }) => `${name} ${value(before)} → ${value(after)}`);
        return texts.length === 0 ? [] : [`${action} by ${by.by}: ${texts.join(', ')}`];
      });

  it('tells of an address, recipients and a tax ID: who changed them, from what to what', () => {
    expect(told('account', /city|recipients|taxIds/).slice(1)).toEqual([
      'changed by sample-staff: billingAddress.city Exampleton → Cork',
      'changed by sample-staff: recipients [{"email":"billing@acme.example","main":true}] → [{"email":"new@acme.example","main":true}]',
      'changed by sample-staff: taxIds [] → [{"kind":"eu-vat","label":"VAT","value":"IE1234567T"}]',
    ]);
  });

  it('tells of a payment method: added and removed, by its last four digits, without the processor’s tokens', () => {
    expect(told('payment-method', /last4/)).toEqual([
      'added by sample-staff: last4 – → 4242',
      'added by sample-staff: last4 – → 0002',
      'removed by sample-staff: last4 0002 → –',
    ]);
    expect(canonicalJson(log)).not.toMatch(/pm_card|cus_acme/);
  });

  it('tells of every attempt, its outcome, and the payment: what was due before and after', () => {
    expect(told('payment-attempt', /methodId|outcome\.kind/)).toEqual([
      'added by collect-payment: methodId – → card-2',
      'changed by collect-payment: outcome.kind – → declined',
      'added by collect-payment: methodId – → card-1',
      'changed by collect-payment: outcome.kind – → succeeded',
    ]);
    expect(told('invoice', /^due$|requested.by/)).toEqual([
      'added by issue-invoice: due – → 2823',
      'changed by sample-billing-admin: due 2823 → 2723',
      'changed by sample-billing-admin: collection.requested.by – → sample-billing-admin',
      'changed by sample-billing-admin: collection.requested.by – → sample-billing-admin',
      'changed by collect-payment: due 2723 → 0',
    ]);
    expect(told('book-entry', /entryId/)).toEqual([
      expect.stringMatching(/^added by sample-billing-admin: entryId – → dispute#/),
      'added by collect-payment: entryId – → payment#2026-11#cycle#002',
    ]);
  });

  it('tells of the dispute, and of the suspension and its end', () => {
    expect(told('dispute', /^(amount|status)$/)).toEqual([
      'added by sample-billing-admin: amount – → 100, status – → open',
    ]);
    expect(told('account', /services.status/).slice(1)).toEqual([
      'changed by advance-dunning: services.status active → suspending',
      'changed by change-services: services.status suspending → suspended',
      'changed by collect-payment: services.status suspended → reactivating',
      'changed by change-services: services.status reactivating → active',
    ]);
  });

  it('tells of every mail, of the redrive of one that gave up, and of who looked at what', () => {
    const mails = log.filter(({ what }) => what === 'delivery').map(({ subject }) => subject?.split('#')[2]);
    const first = ['invoice', 'payment-failed', 'reminder-1', 'reminder-2', 'final-notice', 'suspended'];
    expect(mails.toSorted()).toEqual([...first, 'payment-received', 'reactivated'].sort());
    expect(told('redrive', /status/)).toEqual(['changed by sample-ops: status open → redriven']);
    expect(told('access', /request/)).toContain(
      'added by sample-billing-admin: request – → GET /accounts/acme/invoices/2026-11-cycle/pdf',
    );
  });

  it('says when and from where, and each event once although each was delivered twice', () => {
    const address = log.find(({ changes: all }) => all.some(({ before }) => before === 'Exampleton'));
    expect(address).toMatchObject({
      at: expect.stringMatching(/^2026-10-30T06:00:/),
      by: { roles: ['staff'], from: '127.0.0.1' },
    });
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  });

  it('is a chain that meets its anchors, and the smallest change to it is found', async () => {
    const finance = await world.as('finance');
    const anchors: Anchor[] = [];
    for (const month of ['2026-10', '2026-11', '2026-12'])
      anchors.push(
        ...(await finance.get<{ anchors: Anchor[] }>(`${ACCOUNT}/audit-log/anchors?month=${month}`)).anchors,
      );
    expect(anchors.map(({ date }) => date)).toEqual(['2026-11-01', '2026-12-01']);
    const upTo = log.slice(0, anchors[1]!.sequence);
    expect(verifyChain('acme', upTo, anchors, sha256)).toMatchObject({ anchorsMet: 2 });
    expect(verifyChain('acme', upTo, anchors, sha256).break).toBeUndefined();
    const forged = upTo.with(4, { ...upTo[4]!, by: { by: 'somebody-else' } });
    expect(verifyChain('acme', forged, anchors, sha256).break?.sequence).toBe(5);
  });

  it('is given to the customer without names of the telecom’s people, their addresses or the processor’s words', async () => {
    const own = await world.auditLog('acme', 'billing-admin');
    expect(own.length).toBeGreaterThanOrEqual(log.length);
    const text = canonicalJson(own);
    expect(text).toContain('sample-billing-admin');
    expect(text).not.toMatch(/sample-(staff|ops|finance)|generic_decline|ch_local|"hash"|tax:VAT/);
    expect(own.find(({ by }) => by.roles?.includes('staff'))?.by).toEqual({ by: 'telecom', roles: ['staff'] });
  });
});

async function change(world: World, method: string, path: string, body?: unknown): Promise<void> {
  const { version } = await world.account('acme');
  await (await world.as('staff')).call(method, `${ACCOUNT}${path}`, body, { 'if-match': String(version) });
}

async function changes(world: World): Promise<void> {
  const address = { line1: '1 Quay', city: 'Cork', postalCode: 'T12 X', country: 'IE' };
  await change(world, 'PATCH', '', { billingAddress: address });
  await change(world, 'PUT', '/recipients', [{ email: 'new@acme.example', main: true }]);
  await change(world, 'PUT', '/tax-ids', [{ kind: 'eu-vat', label: 'VAT', value: 'IE1234567T' }]);
  await change(world, 'POST', '/payment-methods', DECLINING);
}

/** The night's run, in which no document can be stored until ops sends the work again. */
async function runAndRedrive(world: World): Promise<void> {
  const fault = world.stack.gateway.faults.add({
    match: ({ functionName, action }) => functionName === 'deliver-invoice' && action === 'PutObject',
    ...{ when: 'before', effect: 'error', times: 1_000 },
  });
  await world.run(SELLER);
  fault.remove();
  const ops = await world.as('ops');
  await ops.call('POST', '/dead-letters/redrive', { queue: 'deliveries', all: true, dryRun: false });
  await world.stack.settle();
}

async function dispute(world: World): Promise<void> {
  const admin = await world.as('billing-admin', 'acme');
  const invoice = `${ACCOUNT}/invoices/2026-11-cycle`;
  await admin.get(`${invoice}/pdf`);
  await admin.call('POST', `${invoice}/disputes`, { reason: 'Not ours', amount: 100 });
  await world.stack.settle();
}
