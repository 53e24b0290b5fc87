import type { Instant, Month, PlainDate } from '../calendar.ts';

/**
 * What a call or message is, in the order in which the question is asked (R105–R111). Internal calls count as outbound
 * minutes (R106); emergency, plain inbound and outbound toll-free calls are free.
 */
export const USAGE_CLASSES = [
  'internal',
  'emergency',
  'toll-free-inbound',
  'inbound',
  'toll-free-outbound',
  'domestic-premium',
  'domestic',
  'international',
  'message',
] as const;
export type UsageClass = (typeof USAGE_CLASSES)[number];

/** Billable seconds: the first `initial`, then begun steps of `subsequent`. 60/60 is whole minutes, 6/6 tenths. */
export interface Increments {
  readonly initial: number;
  readonly subsequent: number;
}

/** The price of one kind of usage at one time: a row of a rate deck, or the catalog's price of a class. */
export interface RateRow {
  /** `international-2026`, or the product's id. */
  readonly deck: string;
  readonly version: string;
  /** Digits without `+`; empty where the class alone decides. */
  readonly prefix: string;
  /** ISO 3166-1 alpha-2 of the destination, or a description such as `Satellite`. */
  readonly destination: string;
  readonly increments: Increments;
  /** Millionths of the currency's major unit, per minute or per message credit. */
  readonly micros: number;
  readonly per: 'minute' | 'credit';
  readonly from: PlainDate;
  /** The last day it holds; absent: until further notice. */
  readonly to?: PlainDate;
}

/** A call or message as it was counted: identity, when, between whom, how much, at which price. */
export interface RatedRecord {
  /** From the switch, never from us: unique within the seller. */
  readonly recordId: string;
  readonly class: UsageClass;
  /** Of messages: received, not sent. */
  readonly inbound?: true;
  /** The rating instant: when the call was answered or the message sent. */
  readonly at: Instant;
  /** E.164 with `+`, or an extension. */
  readonly from: string;
  readonly to: string;
  /** Billed seconds by the row's increments (of free calls, their seconds), or message credits. */
  readonly quantity: number;
  /** Absent for free classes. */
  readonly rate?: RateRow;
}

/** An account's usage that was not invoiced yet, by the month of its answer times in the seller's time zone. */
export interface OpenUsage {
  readonly month: Month;
  /** Position in the month's sequence of batches up to which an invoice covered it; 0: none. */
  readonly covered: number;
  /** Up to which these records reach. */
  readonly last: number;
  /** Quantities of the month that invoices already covered, by class: what the late records come after. */
  readonly before: Readonly<Partial<Record<UsageClass, number>>>;
  readonly records: readonly RatedRecord[];
}
