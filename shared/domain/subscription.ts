import type { PlainDate } from './calendar.ts';
import type { AgreedPrice, RecurringInterval } from './catalog.ts';

/** A product the account has, as the history of its quantity. The quantity on a day is the sum of the deltas till then. */
export interface Subscription {
  readonly subscriptionId: string;
  readonly productId: string;
  readonly changes: readonly QuantityChange[];
  /** The section of the invoice it stands in (R123). */
  readonly billingGroup?: string;
  /** Contracted: paid for even when less is there, so that a removal is credited above it only (C11). */
  readonly minimum?: number;
  /** What a quote agreed on instead of the catalog's price (R127). Absent, or paid for by another interval: the catalog's. */
  readonly agreedPrice?: AgreedPrice;
  /** By the quarter or year on the calendar schedule, in order of `from`; before and without: by the month. */
  readonly intervals?: readonly IntervalChange[];
  /** A trial is never charged: when it ends it turns into free, and nothing is converted by itself (R58, C30). */
  readonly trial?: { readonly until: PlainDate };
  /** A circuit is charged from the day its provider confirmed it (R95). The confirmation is a numbered change, too. */
  readonly activation?: 'pending' | { readonly on: PlainDate; readonly change: number };
  /** A fixed term; it renews by `renewalMonths` unless it is cancelled 30 days before (R64, C10). */
  readonly contract?: {
    /** Every renewal has its day of the month. Absent: that of the first renewal. */
    readonly startsOn?: PlainDate | undefined;
    /** Of the first term; the day after is the first renewal. */
    readonly endsOn: PlainDate;
    readonly renewalMonths: number;
  };
  /** In service, and charged in full, through `endsOn` (R67–R70, C11). */
  readonly cancellation?: {
    readonly requestedOn: PlainDate;
    readonly endsOn: PlainDate;
    /** The period that it ends in was charged in full before. Absent: it is charged to the end. */
    readonly billedInFull?: true;
  };
  /** Ends that an invoice took into account before they were taken back: what it left out after them is still charged. */
  readonly resumptions?: readonly Resumption[];
}

/** In service again, without a gap, after the day on which it was to end. A numbered change, too. */
export interface Resumption {
  readonly endsOn: PlainDate;
  readonly change: number;
}

/** `change` numbers run through the whole account, in the order in which changes were recorded, without regard to dates. */
export interface QuantityChange {
  readonly change: number;
  readonly effectiveOn: PlainDate;
  /** `HH:MM:SS` in the seller's time zone, for sellers who charge to the second. */
  readonly time?: string;
  /** Positive: added; negative: removed. */
  readonly delta: number;
}

/** From which day on a subscription is paid for by another interval: always the first of a period not yet billed. */
export interface IntervalChange {
  readonly from: PlainDate;
  readonly interval: RecurringInterval;
}

/** The highest number of a change that these subscriptions know; 0 where there is none. */
export function highestChange(subscriptions: readonly Subscription[]): number {
  let highest = 0;
  for (const { changes, activation, resumptions = [] } of subscriptions) {
    for (const { change } of changes) highest = Math.max(highest, change);
    for (const { change } of resumptions) highest = Math.max(highest, change);
    if (typeof activation === 'object') highest = Math.max(highest, activation.change);
  }
  return highest;
}
