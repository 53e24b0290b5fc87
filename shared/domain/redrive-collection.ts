import type { Account } from './account.ts';
import { lowered } from './books/adjustment.ts';
import type { Instant } from './calendar.ts';
import { type CollectionPlan, type NothingBecause, planAttempt } from './collection.ts';
import { moneyText } from './explain/figures.ts';
import type { PaymentMethod } from './payment-method.ts';
import { isUnderWay, type PaymentAttempt, type Receivable } from './receivable.ts';
import type { RetryPolicyId } from './retry-policy.ts';

/** What the processor says of an invoice's intent when it is asked; `no-answer`: it gave none; absent: there is nothing to ask. */
export type AskedProcessor =
  | { readonly kind: 'nothing' | 'no-answer' }
  | { readonly kind: 'succeeded' | 'processing' | 'returned'; readonly amount: number };

/** Everything that decides what a redriven collection does. */
export interface CollectionFacts {
  readonly receivable: Receivable;
  readonly account: Account;
  readonly methods: readonly PaymentMethod[];
  readonly attempts: readonly PaymentAttempt[];
  /** The seller's; absent: the default one. */
  readonly policy?: RetryPolicyId | undefined;
  readonly now: Instant;
  readonly processor?: AskedProcessor;
}

/** `charges`: minor units that redriving charges now, by which method. Absent: nobody is charged. */
export interface CollectionEffect {
  readonly words: string;
  readonly charges?: number;
  readonly method?: PaymentMethod;
}

/**
 * What redriving does now, decided by the same plan that the collector follows. What the customer has to its credit pays before
 * anybody plans a charge, so that the plan is for what is left.
 */
export function collectionEffect(facts: CollectionFacts): CollectionEffect {
  const { receivable, account, now } = facts;
  const { credit = 0 } = account;
  const used = isUnderWay(receivable) ? 0 : Math.min(credit, Math.max(0, receivable.due));
  if (used === 0) return plannedEffect(facts);
  const { currency, due } = receivable;
  if (used === due)
    return {
      words: `Charges nobody: pays ${nameOf(receivable)} from the account’s credit of ${moneyText(credit, currency)}.`,
    };
  const rest = plannedEffect({ ...facts, receivable: lowered(receivable, used, now) });
  const pays = `Pays ${moneyText(used, currency)} of ${nameOf(receivable)} from the account’s credit.`;
  return { ...rest, words: `${pays} ${rest.words}` };
}

function plannedEffect(facts: CollectionFacts): CollectionEffect {
  const { receivable, account, methods, attempts, now, policy } = facts;
  const plan = planAttempt(receivable, account, methods, attempts, now, policy);
  switch (plan.do) {
    case 'ask':
      return { words: askedWords(facts, plan.attempt) };
    case 'attempt':
      return chargeOf(facts, plan);
    case 'wait':
      return { words: `Charges nobody now: the next attempt on ${nameOf(receivable)} may begin at ${plan.until}.` };
    case 'nothing':
      return { words: `Charges nobody: ${becauseWords(plan.because, facts)}.` };
  }
}

function chargeOf(
  { receivable, attempts }: CollectionFacts,
  { attempt }: Extract<CollectionPlan, { do: 'attempt' }>,
): CollectionEffect {
  const { amount: charges, currency, method } = attempt;
  const of = `for ${nameOf(receivable)} (attempt ${attempts.length + 1})`;
  return { words: `Charges ${moneyText(charges, currency)} to ${instrument(method)} ${of}.`, charges, method };
}

function askedWords({ receivable, processor }: CollectionFacts, attempt: PaymentAttempt): string {
  const of = `attempt ${attempt.attempt} on ${nameOf(receivable)}, begun at ${attempt.startedAt}`;
  const amount = processor && 'amount' in processor ? moneyText(processor.amount, receivable.currency) : '';
  switch (processor?.kind) {
    case 'succeeded':
      return `Charges nobody: the processor has ${amount} from ${of}, and it is booked.`;
    case 'processing':
      return `Charges nobody: the bank still works on ${of}.`;
    case 'returned':
      return `Charges nobody: ${amount} of ${of} came back, and that is booked.`;
    case 'no-answer':
      return `Charges nobody: the outcome of ${of} is unknown, and the processor gives no answer now either. It is asked again.`;
    case 'nothing':
    case undefined:
      return `The outcome of ${of} is unknown: asks the processor under the same key, so that it is carried out once at most.`;
  }
}

function becauseWords(because: NothingBecause, { receivable, attempts, methods, account }: CollectionFacts): string {
  const invoice = nameOf(receivable);
  const last = receivable.collection.lastDecline;
  const declined = last ? ` (declined with ${last.code} at ${last.at})` : '';
  switch (because) {
    case 'paid':
      return `${invoice} is paid`;
    case 'too-small':
      return `the ${moneyText(receivable.due, receivable.currency)} due on ${invoice} are less than can be charged`;
    case 'customer-pays':
      return `autopay is off, and the customer pays ${invoice} itself`;
    case 'not-planned':
      return `no attempt on ${invoice} is planned`;
    case 'method-missing':
      return methods.length === 0 || account.defaultMethodId === undefined
        ? `the account has no payment method for ${invoice}`
        : `the method that was to pay ${invoice} is gone`;
    case 'method-stopped':
      return `a hard decline, or the last retry, ended the attempts on ${invoice}${declined}: it needs another payment method`;
    case 'needs-authentication':
      return `${invoice} waits for the customer’s authentication since ${attempts.at(-1)?.finishedAt ?? 'its last attempt'}`;
  }
}

const nameOf = ({ number }: Receivable): string => `invoice ${number}`;

/** `visa •••• 4242`. */
const instrument = ({ brand, last4 }: PaymentMethod): string => `${brand} •••• ${last4}`;
