import { Cron } from 'croner';

/** When a schedule is due, by Scheduler's own expressions. */
export interface Timetable {
  /** Whether it repeats every so often, with no time of day: many missed ones are worth one. */
  readonly isRate: boolean;
  /** The first due instant after another, in milliseconds since 1970; undefined when there is none. */
  next(afterMs: number): number | undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)`, `at(2026-12-01T09:00:00)` or `cron(15 0 * * ? *)` in an IANA time zone. Rates count from
 * the minute of `startMs`. Throws on an expression that is read differently here and on AWS.
 */
export function timetable(expression: string, timeZone: string, startMs: number): Timetable {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rateTable(argument, startMs);
  if (kind === 'cron') return cronTable(cronPattern(argument), timeZone);
  if (kind === 'at') return cronTable(argument, timeZone);
  throw new Error(`The schedule expression "${expression}" is not honoured`);
}

function rateTable(argument: string, startMs: number): Timetable {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(argument) ?? [];
  const every = Number(count) * (UNIT_MS[unit ?? ''] ?? 0);
  if (!(every > 0)) throw new Error(`The schedule expression "rate(${argument})" is not honoured`);
  const start = startMs - (startMs % 60_000);
  return { isRate: true, next: (afterMs) => start + (Math.floor((afterMs - start) / every) + 1) * every };
}

function cronTable(pattern: string, timeZone: string): Timetable {
  const cron = new Cron(pattern, { timezone: timeZone, paused: true });
  return { isRate: false, next: (afterMs) => cron.nextRun(new Date(afterMs))?.getTime() };
}

/** AWS's minutes, hours, day of month, month, day of week and year; croner has seconds before, and counts Sunday as 0. */
function cronPattern(argument: string): string {
  const fields = argument.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || !dayOfWeek)
    throw new Error(`The schedule expression "cron(${argument})" has not six fields`);
  if (/\d/.test(dayOfWeek))
    throw new Error(`"cron(${argument})": days of the week by number are not honoured, only by name`);
  return `0 ${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} ${year}`.replaceAll('?', '*');
}
