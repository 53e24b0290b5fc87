import type { PlainDate } from '../calendar.ts';
import type { TaxCode } from '../catalog.ts';

/** How an exact amount becomes whole minor units. `half-up` is half away from zero; `down` never exceeds the exact amount. */
export interface Rounding {
  readonly method: 'half-up' | 'down';
  /** The law or the authority's notice that allows or demands it. */
  readonly source: string;
}

/**
 * Each jurisdiction's own rule. All of them are applied once, to the tax on the sum of the lines that it reaches (C12):
 * no jurisdiction here demands rounding by line, and half-up is allowed by all.
 */
export const ROUNDING = {
  /** The Union has no rule of its own, but nobody may round down as a matter of course. */
  europeanUnion: { method: 'half-up', source: 'CJEU C-484/06 Ahold; C-302/07 Wetherspoon' },
  /** An invoice trader may round the total down to a whole penny; half-up is open to everybody. */
  unitedKingdom: { method: 'half-up', source: 'HMRC VATREC12010, VATREC12030; VAT Notice 700 s.17.5' },
  /** A fraction below half a cent is ignored, from half a cent it counts as one; on the invoice's total. */
  canada: { method: 'half-up', source: 'Excise Tax Act s.165.2' },
  provincial: { method: 'half-up', source: 'Provincial sales tax acts; as Excise Tax Act s.165.2' },
  /** Of several items the tax may be computed on the total, before rounding. */
  quebec: { method: 'half-up', source: 'Revenu Québec, "Calculating the taxes"' },
  /** The GST of several supplies is added up unrounded and rounded once. */
  australia: { method: 'half-up', source: 'A New Tax System (GST) Act 1999 s.9-90' },
  unitedStates: { method: 'half-up', source: 'Streamlined Sales and Use Tax Agreement s.324' },
} as const satisfies Record<string, Rounding>;

/** `sample`: made up for the sample telecom; the law says something else. */
export type SourceStatus = 'final' | 'sample';

/** One dated row: the tax that holds in a jurisdiction from a date until the next row of the same tax there. */
export interface TaxRate {
  readonly tax: string;
  /** What the customer reads. */
  readonly label: string;
  /** Who levies it: `CA` for GST and HST, `CA-BC`, `DE`, `US-TX`. */
  readonly levy: string;
  /** A part of it with a tax of its own. */
  readonly locality?: string;
  readonly ratePpm: number;
  readonly from: PlainDate;
  /** The last day, where the tax ends. */
  readonly to?: PlainDate;
  /** Tax codes that this tax does not reach. */
  readonly exempt?: readonly TaxCode[];
  readonly rounding: Rounding;
  /** Where the rate is published. */
  readonly source: string;
  readonly status: SourceStatus;
}

/** The newest row of each tax that has begun by the date and not ended before it. */
export function inForce<Row extends { readonly from: PlainDate; readonly to?: PlainDate }>(
  rows: readonly Row[],
  date: PlainDate,
  identity: (row: Row) => string,
): Row[] {
  const latest = new Map<string, Row>();
  for (const row of rows) {
    if (row.from > date) continue;
    const key = identity(row);
    const known = latest.get(key);
    if (known === undefined || known.from < row.from) latest.set(key, row);
  }
  return [...latest.values()].filter(({ to }) => to === undefined || date <= to);
}
