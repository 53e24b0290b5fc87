import type { ProcessorTransaction } from '../domain/books/processor-transaction.ts';
import type { Instant } from '../domain/calendar.ts';
import type { MethodAtProcessor } from '../domain/method-changes.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { PaymentOutcome, PaymentReturn } from '../domain/receivable.ts';
import type { MethodKind } from '../domain/retry-policy.ts';
import type { Message } from '../messages.ts';
import type { Page } from './common.ts';

/** What a charge needs. `key` is the attempt's; `intentKey` the invoice's, for ever. */
export interface ChargeRequest {
  readonly intentKey: string;
  readonly intentId?: string;
  readonly key: string;
  /** The invoice's total: the parameter that goes with `intentKey` for ever. */
  readonly invoiceTotal: number;
  readonly amount: number;
  readonly currency: string;
  readonly method: PaymentMethod;
  readonly offSession: boolean;
  readonly startedAt: Instant;
  /** The customer began it at the processor: it is only looked at. */
  readonly observed?: true;
  /** Ids for the processor's records: seller, account, invoice, number. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Whatever moves money throws `ProcessorBusy` where the processor had no time for it: it is to be asked again, later. */
export interface PaymentProcessor {
  /** Finds or creates the invoice's one intent. Safe to repeat. Throws when the processor does not answer. */
  ensureIntent(request: ChargeRequest): Promise<string>;
  /** Charges once under `key`. Never throws for anything that may have been carried out: that is `unknown`. */
  charge(request: ChargeRequest & { readonly intentId: string }): Promise<PaymentOutcome>;
  /** What became of an attempt, by asking; replays the key only where the processor guarantees that this cannot charge again. */
  inquire(request: ChargeRequest & { readonly intentId: string }, now: Instant): Promise<PaymentOutcome>;
  /** Where an intent stands, whoever brought it there; undefined when there is no such intent. Throws when nobody answers. */
  lookAt(intentId: string): Promise<IntentStanding | undefined>;
}

/** What became of an intent, as the processor tells when it is looked at without being asked about an attempt. */
export type IntentStanding =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'succeeded' | 'processing';
      readonly chargeId: string;
      readonly amount: number;
      /** `methodId` is the processor's where the account has no such method. */
      readonly method: PaymentMethod;
    }
  | ({ readonly kind: 'returned'; readonly chargeId: string } & Pick<PaymentReturn, 'code' | 'amount' | 'hard'>);

/** What a webhook is about, as the processor tells: nobody's word is taken for it. */
export interface ProcessorLookups {
  /**
   * Whose an intent is, by the ids in its records, and where it stands; undefined when there is no such intent, or it has
   * none of ours.
   */
  told(intentId: string): Promise<{ invoice: Message<'collections'>; standing: IntentStanding } | undefined>;
  /** What the customer's browser confirms an intent with; undefined when it does not wait for the customer. */
  confirmationOf(intentId: string): Promise<string | undefined>;
}

/** A customer's visit to the processor's page, where it enters a card or account and its bank authenticates it. */
export interface MethodSetup {
  readonly sellerId: string;
  readonly accountId: string;
  /** `open`: it may still be completed. */
  readonly status: 'open' | 'completed' | 'expired';
  /** What was entered, once completed. */
  readonly method?: MethodAtProcessor;
}

/** Payment methods at the processor: card numbers are entered there and never here (R44, R153). All throw when it does not answer. */
export interface ProcessorMethods {
  /** A customer of the processor's for an account that has none. */
  createCustomer(of: { readonly sellerId: string; readonly accountId: string }): Promise<string>;
  /** Opens the page, for a day. The browser comes back to `returnTo`, which gets the setup's id as `setup`. */
  beginSetup(setup: {
    readonly sellerId: string;
    readonly accountId: string;
    readonly currency: string;
    readonly customer: string;
    readonly kinds: readonly MethodKind[];
    readonly returnTo: string;
  }): Promise<{ readonly setupId: string; readonly url: string }>;
  /** Undefined when there is no such setup, or none of ours. */
  setup(setupId: string): Promise<MethodSetup | undefined>;
  /** A method as it is now; `withdrawn` when it cannot be charged any more; undefined when the processor never had it. */
  method(processorMethod: string): Promise<MethodAtProcessor | 'withdrawn' | undefined>;
  /** Gives a method up at the processor. Safe to repeat. */
  detach(processorMethod: string): Promise<void>;
}

/** Who pays, as the processor knows them by name and address. All throw when it does not answer. */
export interface ProcessorCustomers {
  /** The ids of the methods that can be charged; none for a customer that the processor does not know. */
  methodsOf(customer: string): Promise<readonly string[]>;
  /** Deletes a customer with its methods, for ever. One that is not there is deleted. */
  deleteCustomer(customer: string): Promise<void>;
}

/** The money that the processor holds for the telecom. */
export interface ProcessorBalance {
  /** What moved from an instant on until before another, newest first. Throws when the processor does not answer. */
  transactions(from: Instant, until: Instant, cursor?: string): Promise<Page<ProcessorTransaction>>;
}
