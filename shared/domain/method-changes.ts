import type { Account, BillingInput } from './account.ts';
import { addMethod, exceedsMethodLimits, raised } from './account-changes.ts';
import type { Instant, PlainDate } from './calendar.ts';
import type { Currency } from './money.ts';
import type { PaymentMethod } from './payment-method.ts';
import { METHOD_KINDS, type MethodKind } from './retry-policy.ts';

/** A payment method as the processor describes it, who keeps everything else about it (R153). */
export type MethodAtProcessor = Pick<
  PaymentMethod,
  'kind' | 'brand' | 'last4' | 'expires' | 'processorCustomer' | 'processorMethod' | 'mandate' | 'billingAddress'
>;

/** Which debit there is in a currency; none: bank accounts cannot be charged in it (R31). */
const DEBIT_CURRENCIES: readonly Currency[] = ['EUR', 'USD'];

/** Which kinds an account can still be given: those with room (C3) that can be charged in its currency. */
export const kindsWithRoom = ({ account, methods }: Pick<BillingInput, 'account' | 'methods'>): MethodKind[] =>
  METHOD_KINDS.filter(
    (kind) =>
      !exceedsMethodLimits([...methods, { kind }]) &&
      (kind !== 'bank-debit' || DEBIT_CURRENCIES.includes(account.currency)),
  );

/**
 * Adds what a customer entered on the processor's page. Its id is the processor's, so that told twice it is added once:
 * undefined when the account has it. Throws what `addMethod` throws.
 */
export function takeIn(
  input: BillingInput,
  described: MethodAtProcessor,
  today: PlainDate,
): { readonly account: Account; readonly method: PaymentMethod } | undefined {
  const known = input.methods.some(({ processorMethod }) => processorMethod === described.processorMethod);
  if (known) return undefined;
  const method: PaymentMethod = { methodId: described.processorMethod, ...described };
  return { account: addMethod(input, method, today), method };
}

/**
 * A card that its issuer replaced, or whose expiry moved, under the same token: what was declined before does not count any
 * more, and a stop is over, for the method is another one. Undefined when nothing that matters is different.
 */
export function renewed(
  input: BillingInput,
  described: MethodAtProcessor,
  now: Instant,
): { readonly account: Account; readonly method: PaymentMethod } | undefined {
  const known = input.methods.find(({ processorMethod }) => processorMethod === described.processorMethod);
  if (known === undefined) return undefined;
  const { brand, last4, expires } = described;
  if (known.brand === brand && known.last4 === last4 && known.expires === expires) return undefined;
  const { declines: _of_the_old_one, expires: _old, ...kept } = known;
  const method: PaymentMethod = { ...kept, brand, last4, ...(expires && { expires }), changedAt: now };
  return { account: raised(input.account), method };
}

/** The processor will not charge it any more: its holder withdrew it there. A stop, until the customer adds another. */
export function withdrawn(
  input: BillingInput,
  processorMethod: string,
  now: Instant,
): { readonly account: Account; readonly method: PaymentMethod } | undefined {
  const known = input.methods.find((method) => method.processorMethod === processorMethod);
  if (known === undefined || known.declines?.some(({ code }) => code === WITHDRAWN)) return undefined;
  const stop = { at: now, code: WITHDRAWN, stop: true } as const;
  return {
    account: raised(input.account),
    method: { ...known, declines: [...(known.declines ?? []), stop] },
  };
}
const WITHDRAWN = 'payment_method_detached';
