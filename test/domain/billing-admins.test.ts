import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../shared/domain/audit/diff.ts';
import { LOGGED } from '../../shared/domain/audit/kinds.ts';
import { grantBillingAdmin } from '../../shared/domain/billing-admins.ts';
import { type BillingAdmins, type Grants, recordedGrants } from '../../shared/domain/grants.ts';
import { account } from '../support/accounts.ts';

const having = (billingAdmins?: BillingAdmins) =>
  account('IE', 'EUR', { version: 4, ...(billingAdmins && { billingAdmins }) });

describe('R10, R12, C2: what a billing admin may do', () => {
  it.each<[string, BillingAdmins | undefined, Grants, string | undefined, BillingAdmins]>([
    ['is set by support', undefined, ['view', 'pay'], undefined, { ada: ['view', 'pay'] }],
    ['stands in one order', undefined, ['quotes', 'view', 'quotes'], undefined, { ada: ['view', 'quotes'] }],
    ['is set anew', { ada: ['view'], max: ['pay'] }, ['methods'], undefined, { ada: ['methods'], max: ['pay'] }],
    ['is taken away', { ada: ['view'] }, [], undefined, { ada: [] }],
    ['becomes everything', { ada: [] }, 'everything', undefined, { ada: 'everything' }],
    ['is set by another one, who is on record then, too', undefined, [], 'max', { max: 'everything', ada: [] }],
    [
      'is restricted while another one may do everything',
      { ada: 'everything', max: 'everything' },
      [],
      undefined,
      { max: 'everything', ada: [] },
    ],
  ])('%s', (_what, before, grants, by, after) => {
    const next = grantBillingAdmin(having(before), 'ada', grants, by);
    expect(next.billingAdmins).toEqual(after);
    expect(next.version).toBe(5);
  });

  it.each<[string, BillingAdmins | undefined, Grants, string | undefined, string, string]>([
    ['by themselves', { ada: 'everything', max: 'everything' }, ['view'], 'ada', 'own_grants', 'subject'],
    [
      'of the last one who may do everything',
      { ada: 'everything', max: ['view'] },
      ['view'],
      undefined,
      'last_billing_admin',
      'grants',
    ],
    [
      'of one more than fifty',
      Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`u${n}`, ['view'] as const])),
      ['view'],
      undefined,
      'billing_admin_limit',
      'subject',
    ],
  ])('is not set %s', (_how, before, grants, by, code, field) => {
    expect(() => grantBillingAdmin(having(before), 'ada', grants, by)).toThrow(
      expect.objectContaining({ code, field }),
    );
  });

  it.each<Grants>(['everything', [], ['pay', 'view']])('told again, nothing changes: %j', (grants) => {
    const once = grantBillingAdmin(having({ max: 'everything' }), 'ada', grants);
    expect(grantBillingAdmin(once, 'ada', grants)).toBe(once);
  });

  it('is not on record of somebody who is called like a property of all objects', () => {
    expect(recordedGrants({}, 'constructor')).toBeUndefined();
    expect(recordedGrants(undefined, 'ada')).toBeUndefined();
    expect(recordedGrants({ ada: [] }, 'ada')).toEqual([]);
  });

  it('R45: is in the audit log by whom it is about, before and after', () => {
    const before = having({ ada: ['view'] });
    const images = [before, grantBillingAdmin(before, 'ada', ['view', 'pay'])].map((of) =>
      JSON.parse(JSON.stringify(of)),
    );
    expect(changesBetween(images[0], images[1], LOGGED.PROFILE!)).toEqual([
      { field: 'billingAdmins.ada', before: ['view'], after: ['view', 'pay'] },
    ]);
  });
});
