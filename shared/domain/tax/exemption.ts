import type { Instant, PlainDate } from '../calendar.ts';
import type { TaxCode } from '../catalog.ts';

/** A customer's tax exemption certificate (R136, R137, C28). */
export interface TaxExemption {
  readonly exemptionId: string;
  /** `US-NY`, `CA-BC` for the taxes of a state or province, `CA` for GST and HST. */
  readonly jurisdiction: string;
  /** As on the certificate; printed on every invoice that it applies to. */
  readonly number: string;
  /** What the certificate says itself; both ends belong to it. */
  readonly validFrom: PlainDate;
  readonly validTo?: PlainDate;
  /** What is exempt; absent: everything. */
  readonly taxCodes?: readonly TaxCode[];
  readonly status: ExemptionStatus;
  readonly requestedAt: Instant;
  readonly requestedBy: string;
  /** The day of the decision in the seller's time zone: an approval applies to invoices dated from then on. */
  readonly decidedOn?: PlainDate;
  readonly decidedBy?: string;
  /** Why it was rejected, for the customer to read. */
  readonly reason?: string;
}

export const EXEMPTION_STATUSES = ['pending', 'in-review', 'approved', 'rejected'] as const;
export type ExemptionStatus = (typeof EXEMPTION_STATUSES)[number];

/** What may follow on what. A decision stands: whoever has a better certificate requests anew. */
const NEXT: Readonly<Record<ExemptionStatus, readonly ExemptionStatus[]>> = {
  pending: ['in-review'],
  'in-review': ['approved', 'rejected'],
  approved: [],
  rejected: [],
};

export const mayFollow = (before: ExemptionStatus, after: ExemptionStatus): boolean => NEXT[before].includes(after);

/**
 * Whether a certificate holds on an invoice of this date: approved by then (never retroactively, C28), and within its
 * own dates.
 */
export const appliesOn = ({ status, decidedOn, validFrom, validTo }: TaxExemption, date: PlainDate): boolean =>
  status === 'approved' &&
  decidedOn !== undefined &&
  decidedOn <= date &&
  validFrom <= date &&
  (validTo === undefined || date <= validTo);

/**
 * Whether a certificate frees from what `levy` collects at `place`. A province's certificate covers the HST that stands
 * for its own tax there, but never the federal GST.
 */
export const coversLevy = (
  { jurisdiction }: Pick<TaxExemption, 'jurisdiction'>,
  rate: { readonly levy: string; readonly tax: string },
  place: string,
): boolean => jurisdiction === rate.levy || (rate.tax === 'HST' && jurisdiction === place);
