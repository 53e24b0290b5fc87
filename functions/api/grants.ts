import type { Grant } from '../../shared/domain/grants.ts';

/**
 * What the master account holder lets a billing admin do, word by word in its token or on record of the account (R9, C1).
 * Together the words cover all that a billing admin may do at all, but for saying what the others may: whoever may do
 * everything does.
 */
export const GRANTS = {
  /** Sees the account with its invoices, payments and open quotes, and the log of what happened; has its mails sent again. */
  view: ['account.read', 'invoice.read', 'payment.read', 'quote.read', 'audit-log.read', 'document.resend'],
  /** Pays, and contests what is not owed. */
  pay: ['balance.pay', 'dispute.open'],
  methods: ['method.write'],
  /** Billing and shipping address, language, recipients, tax IDs. */
  addresses: ['profile.write'],
  /** Orders, changes and cancels, and takes that back. */
  subscriptions: ['subscription.write'],
  /** Buys or rejects what sales offers, and sees it without seeing the rest. */
  quotes: ['quote.read', 'quote.decide'],
  exemption: ['exemption.request'],
} as const satisfies Record<Grant, readonly string[]>;

const isGrant = (word: string): word is Grant => Object.hasOwn(GRANTS, word);

/**
 * The grants that a token names. Undefined: all of them, as the master account holder has. Whoever may not see what is to be
 * paid does not pay it (C1); a word that nobody knows grants nothing.
 */
export function grantsOf(words: readonly string[] | undefined): readonly Grant[] | undefined {
  const grants = words?.filter(isGrant);
  return grants?.includes('view') ? grants : grants?.filter((grant) => grant !== 'pay');
}

export const isGranted = (grants: readonly Grant[] | undefined, permission: string): boolean =>
  grants === undefined || grants.some((grant) => (GRANTS[grant] as readonly string[]).includes(permission));
