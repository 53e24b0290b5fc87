import { standingOf } from './attempt-policy.ts';
import type { Instant } from './calendar.ts';
import { LEAST_CHARGE, moved } from './collection.ts';
import type { PaymentMethod } from './payment-method.ts';
import { byAge, isUnderWay, type Receivable } from './receivable.ts';

export type RequestRefusal =
  | 'method_resting'
  | 'method_stopped'
  | 'too_many_attempts'
  | 'amount_exceeds_balance'
  | 'amount_too_small';

/** `attempt`: `amount` is to be charged now. `under-way`: its outcome is awaited. */
type RequestedInvoice =
  | { readonly action: 'attempt'; readonly receivable: Receivable; readonly amount: number }
  | { readonly action: 'under-way'; readonly receivable: Receivable };

export type PaymentRequest =
  | { readonly kind: 'refused'; readonly code: RequestRefusal; readonly until?: Instant; readonly limit?: number }
  | { readonly kind: 'accepted'; readonly invoices: readonly RequestedInvoice[] };

interface Wish {
  readonly by: string;
  readonly now: Instant;
  /** Minor units over all invoices, oldest first; absent: everything that is due. */
  readonly amount?: number;
  /** Names the request, so that it causes one attempt per invoice however often it is repeated. */
  readonly requestId?: string;
}

/**
 * Someone asks to pay invoices with one method now, in full or a part. The method rests for an hour after a decline on any
 * invoice (R38), is not tried again after a hard one, and the daily caps hold (R40). What is under way already is left
 * out of the amount: its outcome is awaited.
 */
export function requestPayment(
  invoices: readonly Receivable[],
  method: PaymentMethod,
  methods: readonly PaymentMethod[],
  wish: Wish,
): PaymentRequest {
  const standing = standingOf(method, methods, wish.now);
  if (standing.kind === 'stopped') return refused('method_stopped');
  if (standing.kind === 'capped') return { ...refused('too_many_attempts'), until: standing.until };
  if (standing.kind === 'resting') return { ...refused('method_resting'), until: standing.until };
  const owed = invoices.filter(({ due }) => due > 0).sort(byAge);
  const payable = owed.filter((receivable) => !isUnderWay(receivable));
  const limit = payable.reduce((sum, { due }) => sum + due, 0);
  const { amount: wanted = limit } = wish;
  if (wanted > limit) return { ...refused('amount_exceeds_balance'), limit };
  const shares = sharesOf(payable, wanted);
  const tooSmall = [...shares].find(([{ currency }, share]) => share < LEAST_CHARGE[currency])?.[0];
  if (tooSmall) return { ...refused('amount_too_small'), limit: LEAST_CHARGE[tooSmall.currency] };
  return {
    kind: 'accepted',
    invoices: owed.flatMap((receivable): RequestedInvoice[] => {
      if (isUnderWay(receivable)) return [{ action: 'under-way', receivable }];
      const amount = shares.get(receivable);
      return amount === undefined ? [] : [{ action: 'attempt', receivable, amount }];
    }),
  };
}

const refused = (code: RequestRefusal) => ({ kind: 'refused', code }) as const;

/** An amount laid out over invoices, the oldest first. */
function sharesOf(invoices: readonly Receivable[], amount: number): ReadonlyMap<Receivable, number> {
  const shares = new Map<Receivable, number>();
  let left = amount;
  for (const receivable of invoices) {
    const share = Math.min(left, receivable.due);
    if (share > 0) shares.set(receivable, share);
    left -= share;
  }
  return shares;
}

/** A receivable with the request on record; undefined when the same request stands there, or an attempt is under way. */
export function asked(
  receivable: Receivable,
  methodId: string,
  amount: number,
  { by, now, requestId }: Wish,
): Receivable | undefined {
  const { requested: already, nextAt } = receivable.collection;
  // Whoever pays all that is due has agreed to that, and not to what becomes due before the charge.
  const accepted = Math.min(amount, receivable.due);
  const same = already?.methodId === methodId && Math.min(already.amount, receivable.due) === accepted;
  if (receivable.due <= 0 || isUnderWay(receivable) || same) return undefined;
  const planned = already ? already.planned : nextAt;
  const requested = {
    ...{ methodId, at: now, by, amount: accepted },
    ...(requestId !== undefined && { requestId }),
    ...(planned !== undefined && { planned }),
  };
  return moved(receivable, { requested, nextAt: now });
}

/** Of an account's invoices, the oldest that somebody asked to pay: one after the other, so that a bad card is tried once. */
export function nextRequested(invoices: readonly Receivable[]): Receivable | undefined {
  return invoices
    .filter((receivable) => receivable.due > 0 && receivable.collection.requested && !isUnderWay(receivable))
    .sort(byAge)[0];
}

/**
 * An unpaid invoice whose collection had come to an end with the old payment method, or of which a part was paid and the rest
 * is planned for no day, due to be looked at now: the new method is tried at once, or after what somebody asked to pay.
 * Undefined for all others.
 */
export function awakened(receivable: Receivable, now: Instant): Receivable | undefined {
  const { state, nextAt, requested } = receivable.collection;
  const planned = requested ? requested.planned : nextAt;
  const ended = state === 'stopped' || state === 'needs-authentication';
  const waits = ended || (state === 'idle' && planned === undefined);
  if (receivable.due <= 0 || !waits) return undefined;
  return moved(receivable, { nextAt: now, ...(requested && { requested: { ...requested, planned: now } }) });
}
