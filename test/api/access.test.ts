import { describe, expect, it } from 'vitest';
import {
  accessToAccount,
  accessToSeller,
  PERMISSIONS,
  type Permission,
  type Principal,
  principalOf,
  ROLES,
  type Role,
} from '../../functions/api/access.ts';
import type { BillingAdmins, Grant } from '../../shared/domain/grants.ts';

const someone = (role: Role, more: Partial<Principal> = {}): Principal => ({
  subject: 'someone',
  roles: [role],
  sellers: role === 'billing-admin' ? [] : ['northwind-ie'],
  ...more,
});
const ours = { accountId: 'acme', sellerId: 'northwind-ie' };

/** Who may do what: the table of the code, written out a second time by hand. */
const TABLE: Readonly<Record<Permission, string>> = {
  'invoice.read': 'finance staff billing-admin',
  'invoice.export': 'finance',
  'document.reissue': 'finance',
  'document.resend': 'finance ops staff billing-admin',
  'run.read': 'finance ops',
  'account.read': 'finance ops staff billing-admin',
  'account.list': 'finance ops staff',
  'account.write': 'staff',
  'account.erase': 'staff',
  'profile.write': 'staff billing-admin',
  'subscription.write': 'staff billing-admin',
  'quote.read': 'finance staff billing-admin',
  'quote.write': 'staff',
  'quote.decide': 'billing-admin',
  'account.hold': 'finance staff',
  'billing-admin.manage': 'staff billing-admin',
  'exemption.request': 'staff billing-admin',
  'exemption.decide': 'staff',
  'payment.read': 'finance ops staff billing-admin',
  'method.write': 'staff billing-admin',
  'balance.pay': 'staff billing-admin',
  'ledger.read': 'finance',
  'audit-log.read': 'finance ops billing-admin',
  'audit-log.verify': 'finance ops',
  'books.adjust': 'finance',
  'dispute.open': 'finance billing-admin',
  'services.confirm': 'provisioning ops',
  'dead-letter.read': 'ops',
  'dead-letter.redrive': 'ops',
  'accounts.import': 'ops staff',
  'usage.import': 'ops',
  'usage-exception.read': 'finance ops',
  'usage-exception.resolve': 'finance ops',
};
const permissions = Object.keys(PERMISSIONS) as Permission[];

/** What each word of a billing admin's token opens, written out a second time by hand (C1). */
const GRANTED: Readonly<Record<Grant, string>> = {
  view: 'account.read invoice.read payment.read quote.read audit-log.read document.resend',
  pay: 'balance.pay dispute.open',
  methods: 'method.write',
  addresses: 'profile.write',
  subscriptions: 'subscription.write',
  quotes: 'quote.read quote.decide',
  exemption: 'exemption.request',
};
const admin = (words?: string): Principal =>
  principalOf({
    ...{ sub: 'ada', 'cognito:groups': '[billing-admin]', 'custom:accountId': 'acme' },
    ...(words === undefined ? {} : { 'custom:grants': words }),
  })!;
const opened = (principal: Principal): string[] =>
  permissions.filter((permission) => accessToAccount(principal, permission, ours) === 'granted').sort();
const customers = permissions.filter((permission) => TABLE[permission].split(' ').includes('billing-admin'));
/** What can be granted: all but saying what others may do, which is the master account holder's. */
const grantable = customers.filter((permission) => permission !== 'billing-admin.manage');

describe('C1, R9: what a billing admin is granted of its account', () => {
  it.each(Object.keys(GRANTED) as Grant[])('"%s" opens what it names, and nothing else', (grant) => {
    const alone = opened(admin(grant === 'pay' ? 'view pay' : grant));
    const viewed = grant === 'pay' ? GRANTED.view.split(' ') : [];
    expect(alone).toEqual([...GRANTED[grant].split(' '), ...viewed].sort());
  });

  it.each<[string, string | undefined, readonly string[]]>([
    ['the master account holder, whose token names nothing: everything', undefined, [...customers].sort()],
    ['every word: everything, but what others may do', Object.keys(GRANTED).join(' '), [...grantable].sort()],
    ['pay without view: nothing', 'pay', []],
    ['words that nobody knows: nothing', 'admin *', []],
    ['an empty list: nothing', '', []],
    ['commas between the words', 'methods,quotes', ['method.write', 'quote.decide', 'quote.read']],
  ])('%s', (_name, words, expected) => {
    expect(opened(admin(words))).toEqual(expected);
  });

  it('covers all that a billing admin may be let do', () => {
    expect([...new Set(Object.values(GRANTED).join(' ').split(' '))].sort()).toEqual([...grantable].sort());
  });

  it.each([
    ['view', 'granted', 'forbidden', 'forbidden'],
    ['view quotes', 'granted', 'granted', 'forbidden'],
    ['quotes', 'granted', 'granted', 'forbidden'],
    ['pay methods', 'forbidden', 'forbidden', 'forbidden'],
    ['view subscriptions', 'granted', 'forbidden', 'forbidden'],
    [undefined, 'granted', 'granted', 'forbidden'],
  ])(
    'of a quote, "%s": to see it is %s, to buy or reject it %s, to make or withdraw it %s',
    (words, see, decide, make) => {
      const access = (['quote.read', 'quote.decide', 'quote.write'] as const).map((permission) =>
        accessToAccount(admin(words), permission, ours),
      );
      expect(access).toEqual([see, decide, make]);
    },
  );

  it.each<[string, string | undefined, BillingAdmins, readonly string[]]>([
    ['everything, whatever the token says', 'view', { ada: 'everything' }, [...customers].sort()],
    ['what it names, though the token names nothing', undefined, { ada: ['methods'] }, ['method.write']],
    ['nothing', undefined, { ada: [] }, []],
    ['nothing, where somebody may pay and not view', undefined, { ada: ['pay'] }, []],
    ['what the token says, where only others are on record', 'methods', { max: 'everything' }, ['method.write']],
  ])('what the account has on record holds instead of the token: %s', (_what, words, billingAdmins, expected) => {
    const may = permissions.filter(
      (permission) => accessToAccount(admin(words), permission, { ...ours, billingAdmins }) === 'granted',
    );
    expect(may.sort()).toEqual(expected);
  });

  it('the telecom’s people are not bound by them', () => {
    const principal = { ...admin('view'), roles: ['billing-admin', 'staff'] as const, sellers: '*' as const };
    expect(accessToAccount(principal, 'subscription.write', ours)).toBe('granted');
    expect(accessToAccount(principal, 'quote.decide', ours)).toBe('forbidden');
  });
});

describe('what a role may do', () => {
  it.each(permissions.flatMap((permission) => ROLES.map((role) => [role, permission] as const)))(
    '%s, %s: as in the table, to an account it may see',
    (role, permission) => {
      const principal = someone(role, role === 'billing-admin' ? { accountId: 'acme' } : {});
      const may = TABLE[permission].split(' ').includes(role);
      expect(accessToAccount(principal, permission, ours)).toBe(may ? 'granted' : 'forbidden');
    },
  );

  it.each(permissions)('a billing admin sees no other account: %s', (permission) => {
    const principal = someone('billing-admin', { accountId: 'another' });
    expect(accessToAccount(principal, permission, ours)).toBe('hidden');
    expect(accessToSeller(principal, permission, 'northwind-ie')).toBe('forbidden');
  });

  it.each(permissions)('the answer about a foreign account is that about none: %s', (permission) => {
    const principals = [
      ...ROLES.map((role) => someone(role, { sellers: ['northwind-uk'] })),
      someone('billing-admin', { accountId: 'another' }),
    ];
    for (const principal of principals)
      expect(accessToAccount(principal, permission, ours)).toBe(
        accessToAccount(principal, permission, { accountId: 'acme', sellerId: undefined }),
      );
  });

  it('a billing admin whose sellers claim was forged still sees its own account only', () => {
    const principal = someone('billing-admin', { accountId: 'another', sellers: '*' });
    expect(accessToAccount(principal, 'account.read', ours)).toBe('hidden');
    expect(accessToSeller(principal, 'invoice.read', 'northwind-ie')).toBe('forbidden');
  });

  it('whoever has two roles has what either has', () => {
    const principal = someone('finance', { roles: ['finance', 'billing-admin'], accountId: 'acme', sellers: [] });
    expect(accessToAccount(principal, 'balance.pay', ours)).toBe('granted');
    expect(accessToAccount(principal, 'account.hold', ours)).toBe('hidden');
  });
});

describe('the claims of a token', () => {
  it.each([
    ['a list in brackets', '[finance ops]', ['finance', 'ops']],
    ['a list', ['finance', 'ops'], ['finance', 'ops']],
    ['one name', 'billing-admin', ['billing-admin']],
    ['commas', '[finance, staff]', ['finance', 'staff']],
    ['unknown groups', '[admins root]', []],
    ['nothing', undefined, []],
  ])('groups as %s', (_form, groups, roles) => {
    expect(principalOf({ sub: 'x', 'cognito:groups': groups })?.roles).toEqual(roles);
  });

  it.each([
    ['*', '*'],
    ['northwind-ie,northwind-uk', ['northwind-ie', 'northwind-uk']],
    [undefined, []],
    ['', []],
  ])('sellers %o', (claim, sellers) => {
    expect(principalOf({ sub: 'x', 'custom:sellers': claim })?.sellers).toEqual(sellers);
  });

  it.each([undefined, null, {}, { sub: '' }, 'token'])('%o name nobody', (claims) => {
    expect(principalOf(claims)).toBeUndefined();
  });
});
