import type { Instant } from './calendar.ts';
import type { MethodKind } from './retry-policy.ts';
import type { Address } from './seller.ts';

/** Only what the processor lets us keep: its token, brand, last four, expiry (R153). */
export interface PaymentMethod {
  readonly methodId: string;
  readonly kind: MethodKind;
  readonly brand: string;
  readonly last4: string;
  readonly expires?: string;
  /** The processor's ids; never a card number. */
  readonly processorCustomer: string;
  readonly processorMethod: string;
  /** The holder's permission for debits, as the processor keeps it; sent with every charge. */
  readonly mandate?: string;
  /** The address that its issuer knows (R22, R26). */
  readonly billingAddress?: Address;
  /** Its declines of the last thirty days, and a stop for as long as the method stays what it is (R148). */
  readonly declines?: readonly Decline[];
  /** When its card was replaced or its data changed under the same token: what was declined before does not count. */
  readonly changedAt?: Instant;
}

/** A decline as an instrument remembers it. */
export interface Decline {
  readonly at: Instant;
  readonly code: string;
  /** The key of the attempt that was declined, or whose payment came back. Absent where nothing was attempted. */
  readonly attempt?: string;
  /** The network or the bank forbids another attempt until the method changes. */
  readonly stop?: true;
  /** The issuer advises to wait this long (Mastercard's merchant advice codes 24 to 30). */
  readonly restHours?: number;
}

/** It counts once for each attempt. */
export type AttemptDecline = Decline & { readonly attempt: string };
