import type { PlainDate } from './calendar.ts';
import type { Pricing } from './catalog.ts';
import type { RateRow, UsageClass } from './usage/usage.ts';

/**
 * How the amount of a line came about, as data: whoever has only this can compute the amount again. Amounts are integer
 * minor units of the invoice's currency, micros integer millionths of its major unit.
 */
export type Explanation =
  | PeriodExplanation
  | ProrationExplanation
  | PurchaseExplanation
  | UsageExplanation
  | AllowanceExplanation
  | FeeExplanation;

/** The version of a price that a line was made with, kept whole: the catalog moves on, the invoice does not. */
export interface PriceUsed {
  readonly productId: string;
  readonly version: string;
  readonly from: PlainDate;
  readonly pricing: Pricing;
}

/** A whole billing period in advance: the price of `quantity` units, times `periods`. */
export interface PeriodExplanation {
  readonly kind: 'period';
  readonly quantity: number;
  readonly periods: number;
  readonly price: PriceUsed;
}

/** Part of a period: what the price of `after` units exceeds that of `before` units by, times `days ÷ of` (R97, R98, C19). */
export interface ProrationExplanation {
  readonly kind: 'proration';
  readonly policy: string;
  readonly effectiveOn: PlainDate;
  readonly before: number;
  readonly after: number;
  /** Days, or seconds where the policy counts them. */
  readonly days: number;
  readonly of: number;
  readonly price: PriceUsed;
}

/** Bought once: the price of `quantity` units. */
export interface PurchaseExplanation {
  readonly kind: 'purchase';
  readonly quantity: number;
  readonly price: PriceUsed;
}

/** Metered usage that is paid for, by rate row; summed exactly and rounded once, half-up. */
export interface UsageExplanation {
  readonly kind: 'usage';
  readonly usage: UsageClass;
  /** The month whose usage this is; with `late`, one that was invoiced before these records arrived. */
  readonly month: string;
  readonly late: boolean;
  readonly allowance?: AllowanceUsed;
  readonly rows: readonly UsageRow[];
}

/** Usage inside the plan: shown, no charge (R104, R109). */
export interface AllowanceExplanation {
  readonly kind: 'allowance';
  readonly usage: UsageClass;
  readonly month: string;
  readonly late: boolean;
  readonly allowance: AllowanceUsed;
}

/** In seconds of billed time, or in message credits. `before` and `after` are what was used of it, before and after these records. */
export interface AllowanceUsed {
  readonly unit: 'seconds' | 'credits';
  readonly included: number;
  readonly before: number;
  readonly after: number;
}

/** `quantity` billed seconds beyond the allowance at a price per minute, or message credits at a price per credit. */
export interface UsageRow {
  readonly rate: RateRow;
  readonly events: number;
  readonly quantity: number;
}

/** A surcharge: `base × sharePpm × ratePpm` plus `count × perUnitMicros`, rounded once as `rounding` says. */
export interface FeeExplanation {
  readonly kind: 'fee';
  readonly fee: string;
  /** The lines (by number) whose amounts are the base, or whose quantities are counted. */
  readonly lines: readonly number[];
  readonly base: number;
  readonly sharePpm: number;
  readonly ratePpm: number;
  readonly count: number;
  readonly perUnitMicros: number;
  readonly rounding: 'half-up' | 'down';
  readonly from: PlainDate;
  readonly source: string;
  readonly status: 'final' | 'sample';
}
