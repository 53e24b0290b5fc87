import type { PlainDate } from '../calendar.ts';
import type { UsfFactor, UsfPolicy } from './fee-rates.ts';

const factor = (quarter: string, effectiveFrom: PlainDate, factorPpm: number, source: string): UsfFactor => ({
  quarter,
  factorPpm,
  effectiveFrom,
  source,
  status: 'final',
});

/** Interconnected VoIP may take this share of telecom revenue to be interstate or international. */
export const SAFE_HARBOUR = {
  interstatePpm: 649_000,
  source: 'safe harbour of interconnected VoIP, FCC 06-94',
} as const;

/** The FCC's factors that this version of the product knows; the stage's configuration goes on from here. */
export const USF_FACTORS: readonly UsfFactor[] = [
  factor('2025-Q1', '2025-01-01', 363_000, 'FCC Public Notice, contribution factor for the first quarter of 2025'),
  factor('2025-Q2', '2025-04-01', 366_000, 'FCC Public Notice, contribution factor for the second quarter of 2025'),
  factor('2025-Q3', '2025-07-01', 360_000, 'FCC Public Notice, contribution factor for the third quarter of 2025'),
  factor('2025-Q4', '2025-10-01', 381_000, 'FCC Public Notice, contribution factor for the fourth quarter of 2025'),
  factor('2026-Q1', '2026-01-01', 376_000, 'FCC DA 25-1026'),
  factor('2026-Q2', '2026-04-01', 370_000, 'FCC DA 26-218'),
];

export const quarterOf = (date: PlainDate): string => `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;

/**
 * The factor that may be invoiced with on a date: the quarter's own, final, or a sample where the seller takes samples.
 * Never an older quarter's, never a proposed one.
 */
export function usfFactorOn(
  date: PlainDate,
  { factors = [], acceptSampleFactors = false }: UsfPolicy,
): UsfFactor | undefined {
  const quarter = [...factors, ...USF_FACTORS].filter((candidate) => candidate.quarter === quarterOf(date));
  return (
    quarter.find(({ status }) => status === 'final') ??
    (acceptSampleFactors ? quarter.find(({ status }) => status === 'sample') : undefined)
  );
}
