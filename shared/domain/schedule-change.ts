import type { Account, ScheduleChange } from './account.ts';
import { ChangeRefused, raised, withoutFields } from './account-changes.ts';
import { cycleAt, onCalendar, scheduleOn } from './schedule.ts';

/**
 * Has an account billed by the year instead of every 30 days, or back, from the first cycle on that begins on or after
 * `from` and was not billed: what is paid for is used up first, and no part of a year is given back (R70, R88). Told again,
 * nothing changes. Throws `schedule_fixed`.
 */
export function changeSchedule(account: Account, { schedule, from }: ScheduleChange): Account {
  if (onCalendar(account) || account.schedule === 'quarterly')
    throw new ChangeRefused('schedule_fixed', 'schedule', account.schedule);
  const { scheduleChanges = [], billedThrough, billingStartDate } = account;
  const billed = billedThrough?.date ?? '';
  const cycle = cycleAt(account, [from, billed, billingStartDate].sort().at(-1)!);
  const begins = cycle.from >= from && cycle.from > billed ? cycle.from : cycle.next;
  const kept = scheduleChanges.filter((change) => change.from < begins);
  const same = scheduleOn({ ...account, scheduleChanges: kept }, begins).schedule === schedule;
  const later = scheduleChanges.slice(kept.length);
  if (same ? later.length === 0 : later.length === 1 && later[0]!.from === begins) return account;
  const changes = same ? kept : [...kept, { from: begins, schedule }];
  return changes.length === 0
    ? withoutFields(raised(account), ['scheduleChanges'])
    : raised(account, { scheduleChanges: changes });
}
