import type { PlainDate } from '../calendar.ts';
import type { TaxCode } from '../catalog.ts';
import type { SourceStatus } from './rate.ts';

/**
 * A row of a seller's table of the sales taxes of states and localities of the United States. The table takes the place
 * of a tax engine; whatever engine comes instead of it answers with `TaxRate`s.
 */
export interface SalesTaxRow {
  /** Two letters: `NY`. */
  readonly state: string;
  /** Absent: the whole state. */
  readonly locality?: Locality;
  /** What the customer reads: `Sales tax`. */
  readonly tax: string;
  /** What it reaches: of what is sold. Fees of our own follow `includesSurcharges` and `includesUsf`. */
  readonly taxCodes: readonly SoldTaxCode[];
  /** 0 where a state is known not to tax these. */
  readonly ratePpm: number;
  readonly from: PlainDate;
  readonly to?: PlainDate;
  readonly includesUsf: boolean;
  readonly includesSurcharges: boolean;
  readonly source: string;
  readonly status: SourceStatus;
}

/** A place within a state, by city or by the beginning of its ZIP codes. */
export interface Locality {
  readonly name: string;
  readonly city?: string;
  readonly zipPrefixes?: readonly string[];
}

export type SoldTaxCode = Exclude<TaxCode, 'surcharge' | 'usf'>;
