import type { PlainDate } from '../calendar.ts';
import type { SourceStatus } from '../tax/rate.ts';
import type { SoldTaxCode } from '../tax/sales-tax-row.ts';

/**
 * The surcharges of a seller (R112–R114, R121). They are the telecom's own charges, none is imposed on the customer by a
 * government, and no text may say so (47 CFR 64.2401).
 */
export interface SellerFees {
  /** State and Local Regulatory Fees: United States. */
  readonly stateLocal?: readonly FeeRate[];
  /** Regulatory Recovery Fee: United States. */
  readonly regulatoryRecovery?: readonly FeeRate[];
  /** Federal and Province Regulatory Fees: Canada. */
  readonly canadianRegulatory?: readonly FeeRate[];
  /** Universal Service Fee: United States. Absent: charged with the factors that the product brings. */
  readonly usf?: UsfPolicy;
}

/** One dated row: a surcharge from a date until the next row of the same `fee`. A share of what is sold, an amount per unit, or both. */
export interface FeeRate {
  /** Stable id, the `productId` of its lines: lower-case letters, digits and hyphens. */
  readonly fee: string;
  /** What the customer reads: plain words that say what it pays for. */
  readonly label: string;
  /** States or provinces; absent: all of the country. */
  readonly regions?: readonly string[];
  /** Whose lines are its base. */
  readonly taxCodes: readonly SoldTaxCode[];
  /** Only these products, where the rate varies with the service (R114); absent: all. */
  readonly productIds?: readonly string[];
  readonly ratePpm: number;
  /** Micros of the seller's currency per unit and month; `units` as the catalog names them: `device`, `number`. */
  readonly perUnit?: { readonly units: readonly string[]; readonly micros: number };
  readonly from: PlainDate;
  readonly to?: PlainDate;
  readonly source: string;
  readonly status: SourceStatus;
}

export interface UsfPolicy {
  /** Why this seller collects none, e.g. `de minimis, 47 CFR 54.708`; absent: it contributes. */
  readonly notContributing?: string;
  /** For demonstrations: factors of the status `sample` count, too. */
  readonly acceptSampleFactors?: boolean;
  /** Beside those that the product brings, and instead of them for the same quarter. */
  readonly factors?: readonly UsfFactor[];
}

/** The share of interstate and international revenue that the FCC announces for a quarter. */
export interface UsfFactor {
  /** `2026-Q1`. */
  readonly quarter: string;
  readonly factorPpm: number;
  /** The first day of the quarter. */
  readonly effectiveFrom: PlainDate;
  readonly source: string;
  /** A proposed factor becomes final when the FCC does not act for 14 days. Until then nothing is invoiced with it. */
  readonly status: 'proposed' | 'final' | 'sample';
}

/** What a traffic study found of one customer, instead of the safe harbour. */
export interface TrafficStudy {
  /** Interstate and international telecom revenue, parts per million. */
  readonly interstatePpm: number;
  readonly from: PlainDate;
  readonly source: string;
}
