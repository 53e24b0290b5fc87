import type { UsageAllowance } from '../../../shared/domain/usage/allowance.ts';
import type { OpenUsage, RatedRecord } from '../../../shared/domain/usage/usage.ts';
import { type UsageLine, usageLines } from '../../../shared/domain/usage/usage-lines.ts';
import { rateRow } from '../../support/usage.ts';

export const sms = rateRow({ deck: 'sms', increments: { initial: 1, subsequent: 1 }, micros: 5_500, per: 'credit' });

export const open = (records: readonly RatedRecord[], overrides: Partial<OpenUsage> = {}): OpenUsage => ({
  month: '2026-11',
  covered: 0,
  last: 1,
  before: {},
  records,
  ...overrides,
});

export const plan = (overrides: Partial<UsageAllowance> = {}) => ({ minutes: 0, credits: 0, ...overrides });

export const lines = (
  records: readonly RatedRecord[],
  of: UsageAllowance = plan(),
  overrides: Partial<OpenUsage> = {},
) => usageLines([open(records, overrides)], () => of, 'USD');

/** `group quantity unit amount`. */
export const told = (all: readonly UsageLine[]) =>
  all.map((it) => `${it.group} ${it.quantity} ${it.unit} ${it.amount}`);
