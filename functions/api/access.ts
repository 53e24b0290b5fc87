import { z } from 'zod';
import { type BillingAdmins, type Grant, recordedGrants } from '../../shared/domain/grants.ts';
import { grantsOf, isGranted } from './grants.ts';

/** Groups of the user pool. A billing admin belongs to one customer; the others work for the telecom, `provisioning` is its machine. */
export const ROLES = ['finance', 'ops', 'staff', 'provisioning', 'billing-admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who may do what. A billing admin's permissions reach its own account only, and of them what it was granted; the others'
 * reach the sellers in their token.
 */
export const PERMISSIONS = {
  'invoice.read': ['finance', 'staff', 'billing-admin'],
  'invoice.export': ['finance'],
  'document.reissue': ['finance'],
  'document.resend': ['finance', 'ops', 'staff', 'billing-admin'],
  'run.read': ['finance', 'ops'],
  'account.read': ['finance', 'ops', 'staff', 'billing-admin'],
  'account.list': ['finance', 'ops', 'staff'],
  'account.write': ['staff'],
  'account.erase': ['staff'],
  'profile.write': ['staff', 'billing-admin'],
  'subscription.write': ['staff', 'billing-admin'],
  'quote.read': ['finance', 'staff', 'billing-admin'],
  'quote.write': ['staff'],
  'quote.decide': ['billing-admin'],
  'account.hold': ['finance', 'staff'],
  'billing-admin.manage': ['staff', 'billing-admin'],
  'exemption.request': ['staff', 'billing-admin'],
  'exemption.decide': ['staff'],
  'payment.read': ['finance', 'ops', 'staff', 'billing-admin'],
  'method.write': ['staff', 'billing-admin'],
  'balance.pay': ['staff', 'billing-admin'],
  'ledger.read': ['finance'],
  'audit-log.read': ['finance', 'ops', 'billing-admin'],
  'audit-log.verify': ['finance', 'ops'],
  'books.adjust': ['finance'],
  'dispute.open': ['finance', 'billing-admin'],
  'services.confirm': ['provisioning', 'ops'],
  'dead-letter.read': ['ops'],
  'dead-letter.redrive': ['ops'],
  'accounts.import': ['ops', 'staff'],
  'usage.import': ['ops'],
  'usage-exception.read': ['finance', 'ops'],
  'usage-exception.resolve': ['finance', 'ops'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Whoever holds the token. */
export interface Principal {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** Sellers a person of the telecom works for; `*` is all. */
  readonly sellers: '*' | readonly string[];
  /** The customer a billing admin belongs to. */
  readonly accountId?: string;
  /** What a billing admin may do of all that its role may, unless the account has it otherwise. Absent: everything. */
  readonly grants?: readonly Grant[];
}

/** `hidden` is answered as if the thing did not exist. */
export type Access = 'granted' | 'forbidden' | 'hidden';

const claimsSchema = z.looseObject({
  sub: z.string().min(1),
  'cognito:groups': z.union([z.string(), z.array(z.string())]).optional(),
  'custom:accountId': z.string().optional(),
  'custom:sellers': z.string().optional(),
  'custom:grants': z.string().optional(),
});

/** Reads the claims of a verified token; undefined when they name nobody. */
export function principalOf(claims: unknown): Principal | undefined {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, 'cognito:groups': groups = [], 'custom:accountId': accountId, 'custom:sellers': sellers } = parsed.data;
  const { 'custom:grants': granted } = parsed.data;
  const grants = grantsOf(granted === undefined ? undefined : words(granted));
  const names = groupNames(groups);
  return {
    subject: sub,
    roles: ROLES.filter((role) => names.includes(role)),
    sellers: sellers?.trim() === '*' ? '*' : words(sellers ?? ''),
    ...(accountId ? { accountId } : {}),
    ...(grants ? { grants } : {}),
  };
}

/** API Gateway hands a list claim on as one string: `[finance ops]`. */
function groupNames(groups: string | readonly string[]): readonly string[] {
  return typeof groups === 'string' ? words(groups.replace(/^\[|\]$/g, '')) : groups;
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

export const sees = ({ sellers }: Principal, sellerId: string): boolean =>
  sellers === '*' || sellers.includes(sellerId);

const isStaffRole = (role: Role): boolean => role !== 'billing-admin';

/** Whether a person of the telecom has a permission at all, for any seller. */
function mayAsStaff(principal: Principal, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return principal.roles.some((role) => isStaffRole(role) && roles.includes(role));
}

/** Access to something that belongs to no single account: `sellerId` is undefined for what belongs to no single seller. */
export function accessToSeller(principal: Principal, permission: Permission, sellerId?: string): Access {
  if (!mayAsStaff(principal, permission)) return 'forbidden';
  return sellerId === undefined || sees(principal, sellerId) ? 'granted' : 'hidden';
}

/** Whether a permission for an account comes from being its billing admin alone: then the rules of self-service hold. */
export const actsAsCustomer = (principal: Principal, permission: Permission, sellerId: string): boolean =>
  !(mayAsStaff(principal, permission) && sees(principal, sellerId));

/** What a billing admin may do: what the account has on record, or else its token. Undefined: everything. */
function grantedBy(admins: BillingAdmins | undefined, { subject, grants }: Principal): readonly Grant[] | undefined {
  const recorded = recordedGrants(admins, subject);
  if (recorded === undefined) return grants;
  return recorded === 'everything' ? undefined : grantsOf(recorded);
}

/**
 * Access to an account or to something of it. `sellerId` is undefined when there is no such account. The answer tells
 * whoever may not see an account nothing about whether it exists.
 */
export function accessToAccount(
  principal: Principal,
  permission: Permission,
  account: {
    readonly accountId: string;
    readonly sellerId: string | undefined;
    readonly billingAdmins?: BillingAdmins | undefined;
  },
): Access {
  const owns = principal.roles.includes('billing-admin') && principal.accountId === account.accountId;
  const roles: readonly Role[] = PERMISSIONS[permission];
  if (owns && roles.includes('billing-admin') && isGranted(grantedBy(account.billingAdmins, principal), permission))
    return account.sellerId === undefined ? 'hidden' : 'granted';
  if (mayAsStaff(principal, permission))
    return account.sellerId !== undefined && sees(principal, account.sellerId) ? 'granted' : 'hidden';
  return owns || principal.roles.some(isStaffRole) ? 'forbidden' : 'hidden';
}
