import type { AllowanceUsed } from '../explanation.ts';
import type { RatedRecord, UsageClass } from './usage.ts';

/** What a plan includes in one month. Nothing of it rolls over. */
export interface UsageAllowance {
  /** Outbound minutes, shared by domestic and internal calls (R104, R106, C21). */
  readonly minutes: number;
  /** Inbound minutes to the customer's toll-free numbers (R107). */
  readonly tollFreeMinutes?: number;
  /** Message credits, sent and received (R109, R110). */
  readonly credits: number;
}

/** All or part of a record: billed seconds or credits. */
export interface Share {
  readonly record: RatedRecord;
  readonly quantity: number;
}

export interface Drawn {
  readonly allowance: AllowanceUsed;
  readonly covered: readonly Share[];
  readonly charged: readonly Share[];
}

/**
 * The order in which an allowance is used up: by answer time, then record id, whatever the order of arrival. A record that
 * arrived twice counts once.
 */
export function inAnswerOrder(records: readonly RatedRecord[]): RatedRecord[] {
  const sorted = records.toSorted((a, b) => compare(a.at, b.at) || compare(a.recordId, b.recordId));
  const seen = new Set<string>();
  return sorted.filter(({ recordId }) => seen.size < seen.add(recordId).size);
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * Draws records, which are in answer order, from an allowance of which invoices have used `used` before. The record that
 * meets the end of the allowance is split: a call is covered up to there and charged from there on.
 */
export function draw(
  records: readonly RatedRecord[],
  unit: AllowanceUsed['unit'],
  included: number,
  used: number,
): Drawn {
  const before = Math.min(included, used);
  let left = included - before;
  const covered: Share[] = [];
  const charged: Share[] = [];
  for (const record of records) {
    const free = Math.min(left, record.quantity);
    left -= free;
    if (free > 0) covered.push({ record, quantity: free });
    if (free < record.quantity) charged.push({ record, quantity: record.quantity - free });
  }
  return { allowance: { unit, included, before, after: included - left }, covered, charged };
}

/**
 * Adds records to the quantities per class that a month's invoices covered (`OpenUsage.before`): what late records of that
 * month come after. Billed seconds and credits; a record counts once.
 */
export function addUsed(
  before: Readonly<Partial<Record<UsageClass, number>>>,
  records: readonly RatedRecord[],
): Partial<Record<UsageClass, number>> {
  const sums = { ...before };
  for (const record of inAnswerOrder(records)) sums[record.class] = (sums[record.class] ?? 0) + record.quantity;
  return sums;
}
