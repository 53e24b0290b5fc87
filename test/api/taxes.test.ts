import { describe, expect, it } from 'vitest';
import type { TaxExemption } from '../../shared/domain/tax/exemption.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const { staff } = token;

let made = 0;
async function fresh(overrides = {}): Promise<string> {
  const accountId = `taxed-${++made}`;
  await world.load(customer(accountId, overrides));
  return accountId;
}
const german = {
  billingAddress: { line1: 'Gerberweg 3', city: 'Köln', postalCode: '50667', country: 'DE' },
  taxIds: [{ kind: 'eu-vat' as const, label: 'USt-IdNr.', value: 'DE 999 000 009' }],
};
const validate = (accountId: string, version: number, value = 'DE999000009') =>
  call(staff, 'POST', `/accounts/${accountId}/tax-ids/validate`, { version, body: { value } });

describe('VAT IDs (C14, R138)', () => {
  it('a valid answer is kept as evidence, and the next invoice is a reverse charge that shows it', async () => {
    const accountId = await fresh(german);
    const { status, body } = await validate(accountId, 1);
    expect([status, body.version]).toEqual([200, 2]);
    expect(body.taxIds[0].evidence).toEqual([
      { authority: 'VIES', valid: true, at: NOW, on: '2026-12-01', reference: expect.stringMatching(/^WAPI/) },
    ]);
    const { number, taxes, buyer } = await world.invoiced(accountId);
    expect(taxes).toMatchObject([{ category: 'AE', amount: 0, evidence: { id: 'DE999000009', on: '2026-12-01' } }]);
    expect(buyer.taxIds[0]?.evidence).toHaveLength(1);
    const shown = await call(staff, 'GET', `/accounts/${accountId}/invoices/2026-12-cycle`);
    expect(shown.body).toMatchObject({ number, taxes: [{ evidence: { kind: 'vat-id', authority: 'VIES' } }] });
  });

  it('an invalid answer is evidence, too, and the customer pays VAT', async () => {
    world.vies().behaviours.set('DE999000009', { kind: 'invalid' });
    const accountId = await fresh(german);
    const { body } = await validate(accountId, 1);
    expect(body.taxIds[0].evidence).toMatchObject([{ valid: false }]);
    expect((await world.invoiced(accountId)).taxes).toMatchObject([{ category: 'S', ratePpm: 190_000 }]);
    world.vies().behaviours.clear();
  });

  it('no answer is no evidence: 503 with when to ask again, and nothing changed', async () => {
    world.vies().behaviours.set('DE999000009', { kind: 'fault', error: 'MS_UNAVAILABLE' });
    const accountId = await fresh(german);
    const { status, body } = await validate(accountId, 1);
    expect([status, body.code, body.retryAt]).toEqual([503, 'tax_authority_unavailable', '2026-12-01T12:15:00.000Z']);
    expect((await call(staff, 'GET', `/accounts/${accountId}`)).body.version).toBe(1);
    world.vies().behaviours.clear();
  });

  it.each([
    ['an ID that the account does not have', 'DE123456788', 'tax_id_not_found'],
    ['an ID of another kind', '91999000111', 'tax_id_without_authority'],
  ])('nobody is asked about %s', async (_name, value, code) => {
    const accountId = await fresh({ taxIds: [{ kind: 'abn', label: 'ABN', value: '91 999 000 111' }] });
    const { status, body } = await validate(accountId, 1, value);
    expect([status, body.code]).toEqual([422, code]);
  });

  it('replaced, an ID that stays keeps its evidence, a new one has none', async () => {
    const accountId = await fresh(german);
    await validate(accountId, 1);
    const taxIds = [
      { kind: 'eu-vat', label: 'VAT', value: 'DE999000009' },
      { kind: 'eu-vat', label: 'VAT', value: 'FR00990000135' },
    ];
    const { body } = await call(staff, 'PUT', `/accounts/${accountId}/tax-ids`, { version: 2, body: taxIds });
    expect(body.taxIds.map(({ evidence = [] }: { evidence?: unknown[] }) => evidence.length)).toEqual([1, 0]);
    const patched = await call(staff, 'PATCH', `/accounts/${accountId}`, { version: 3, body: { taxIds } });
    expect(patched.body.taxIds[0].evidence).toHaveLength(1);
  });

  it.each([
    ['eu-vat', 'DE999000008', 'is no VAT ID of DE'],
    ['eu-vat', 'GB307566607', 'must begin with the prefix of a member state of the EU, such as DE or EL'],
    ['eu-vat', 'GR999000006', 'must begin with the prefix of a member state of the EU, such as DE or EL'],
    ['gb-vat', 'GB307566608', 'is no VAT number of the United Kingdom'],
    ['abn', '91999000112', 'is no ABN'],
  ])('%s %s is refused by its form: %s', async (kind, value, reason) => {
    const accountId = await fresh();
    const body = [{ kind, label: 'Tax ID', value }];
    const answer = await call(staff, 'PUT', `/accounts/${accountId}/tax-ids`, { version: 1, body });
    expect([answer.status, answer.body.errors]).toEqual([400, [{ field: '0.value', reason }]]);
  });

  it.each(
    'ATU99000008 BE0990000014 BG999000009 CY99900000B CZ89900006 DE999000009 DK99900008 EE199900008 ESJ99000002 FI99900008 FR00990000135 EL999000006 HR99900000003 HU99900009 IE9990000E IT99900000102 LT999000113 LU99900064 LV99900000009 MT99900031 NL999000001B01 PL9990000008 PT599000007 RO999000009 SE559900000601 SI99900009 SK9990000009'.split(
      ' ',
    ),
  )('%s has the form of a VAT ID', async (value) => {
    const accountId = await fresh();
    const body = [{ kind: 'eu-vat', label: 'VAT ID', value }];
    expect((await call(staff, 'PUT', `/accounts/${accountId}/tax-ids`, { version: 1, body })).status).toBe(200);
  });
});

describe('exemption certificates (R136, R137, C28)', () => {
  const american = {
    sellerId: 'northwind-us',
    currency: 'USD' as const,
    billingAddress: { line1: '1 Old Mill Drive', city: 'Albany', region: 'NY', postalCode: '12207', country: 'US' },
  };
  const certificate = { exemptionId: 'ny-1', jurisdiction: 'US-NY', number: 'ST-119-4711', validFrom: '2026-01-01' };
  const path = (accountId: string) => `/accounts/${accountId}/exemptions`;
  const decide = (accountId: string, version: number, body: object, by = staff as never) =>
    call(by, 'POST', `${path(accountId)}/ny-1/decision`, { version, body });

  it('the customer asks, staff review and approve, and the invoice of that day is without the state’s tax', async () => {
    const accountId = await fresh(american);
    const owner = token.ownerOf(accountId);
    const asked = await call(owner, 'POST', path(accountId), { version: 1, body: certificate });
    expect([asked.status, asked.body.exemptions[0].status]).toEqual([200, 'pending']);
    expect((await decide(accountId, 2, { status: 'in-review' })).body.exemptions[0].status).toBe('in-review');
    await decide(accountId, 3, { status: 'approved' });
    const { body } = await call(owner, 'GET', path(accountId));
    expect(body.exemptions).toEqual([
      {
        ...certificate,
        status: 'approved',
        requestedAt: NOW,
        requestedBy: `owner-of-${accountId}`,
        decidedOn: '2026-12-01',
        decidedBy: 'stan',
      },
    ]);
    const { taxes, lines, taxTotal } = await world.invoiced(accountId);
    expect(taxTotal).toBe(0);
    expect(taxes).toMatchObject([
      { category: 'E', mention: expect.stringContaining('ST-119-4711') },
      { category: 'E' },
    ]);
    // R139: the Universal Service Fee and the other fees are still there.
    expect(lines.filter(({ charge }) => charge === 'fee').map(({ group }) => group)).toEqual([
      'state-local-fees',
      'regulatory-recovery',
      'universal-service',
    ]);
  });

  it('C28: pending or rejected, the customer pays tax', async () => {
    const accountId = await fresh(american);
    await call(staff, 'POST', path(accountId), { version: 1, body: certificate });
    await decide(accountId, 2, { status: 'in-review' });
    const rejected = await decide(accountId, 3, { status: 'rejected', reason: 'The name is another one' });
    expect(rejected.body.exemptions[0]).toMatchObject({ status: 'rejected', reason: 'The name is another one' });
    expect((await world.invoiced(accountId)).taxTotal).toBeGreaterThan(0);
  });

  it.each([
    ['straight to approved', { status: 'approved' }, 422, 'exemption_decided'],
    ['rejected without a reason', { status: 'rejected' }, 400, 'invalid_request'],
    ['back to pending', { status: 'pending' }, 400, 'invalid_request'],
  ])('does not go %s', async (_name, body, status, code) => {
    const accountId = await fresh(american);
    await call(staff, 'POST', path(accountId), { version: 1, body: certificate });
    const answer = await decide(accountId, 2, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is asked for once per id, decided by staff only, and not by whoever has not seen the last change', async () => {
    const accountId = await fresh(american);
    const owner = token.ownerOf(accountId);
    const ask = (version: number) => call(owner, 'POST', path(accountId), { version, body: certificate });
    expect((await ask(1)).status).toBe(200);
    expect((await ask(1)).body.code).toBe('account_changed');
    expect((await ask(2)).body.code).toBe('exemption_exists');
    expect((await decide(accountId, 2, { status: 'in-review' }, owner as never)).status).toBe(403);
    const unknown = await call(staff, 'POST', `${path(accountId)}/ny-2/decision`, {
      version: 2,
      body: { status: 'in-review' },
    });
    expect(unknown.body.code).toBe('exemption_not_found');
  });

  it.each([
    ['jurisdiction', { jurisdiction: 'NY' }],
    ['validTo', { validTo: '2025-12-31' }],
    ['taxCodes.0', { taxCodes: ['everything'] }],
    ['number', { number: '' }],
  ])('a request with a wrong %s is refused by that name', async (field, wrong) => {
    const accountId = await fresh(american);
    const answer = await call(staff, 'POST', path(accountId), { version: 1, body: { ...certificate, ...wrong } });
    expect([answer.status, answer.body.field]).toEqual([400, field]);
  });

  it('of an account file: approved since the day that it names, pending without one', async () => {
    const accountId = await fresh({
      ...american,
      exemptions: [
        { ...certificate, approvedOn: '2026-03-01' },
        { ...certificate, exemptionId: 'ny-2' },
      ],
    });
    const { body } = await call(staff, 'GET', path(accountId));
    expect(body.exemptions.map(({ status, decidedOn }: TaxExemption) => [status, decidedOn])).toEqual([
      ['approved', '2026-03-01'],
      ['pending', undefined],
    ]);
  });
});

describe('a traffic study', () => {
  it('takes the place of the safe harbour and goes again', async () => {
    const accountId = await fresh();
    const trafficStudy = { interstatePpm: 200_000, from: '2026-10-01', source: 'Study of October 2026' };
    const put = await call(staff, 'PATCH', `/accounts/${accountId}`, { version: 1, body: { trafficStudy } });
    expect(put.body.trafficStudy).toEqual(trafficStudy);
    const gone = await call(staff, 'PATCH', `/accounts/${accountId}`, { version: 2, body: { trafficStudy: null } });
    expect(Object.keys(gone.body)).not.toContain('trafficStudy');
  });
});
