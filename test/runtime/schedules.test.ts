import { describe, expect, it } from 'vitest';
import { createClock } from '../../infra/local/clock.ts';
import type { LocalFunction } from '../../infra/local/lambda.ts';
import { timetable } from '../../infra/local/schedule-times.ts';
import { createSchedules } from '../../infra/local/schedules.ts';

describe('the due times of a schedule', () => {
  it.each([
    ['daily in winter', 'cron(15 0 * * ? *)', 'America/New_York', '2026-12-01T00:00:00Z', '2026-12-01T05:15:00.000Z'],
    ['daily in summer', 'cron(15 0 * * ? *)', 'America/New_York', '2026-07-01T05:00:00Z', '2026-07-02T04:15:00.000Z'],
    ['east of Greenwich', 'cron(15 0 * * ? *)', 'Australia/Sydney', '2026-12-01T00:00:00Z', '2026-12-01T13:15:00.000Z'],
    ['by weekday', 'cron(0 9 ? * MON *)', 'UTC', '2026-12-01T00:00:00Z', '2026-12-07T09:00:00.000Z'],
    ['on the last of the month', 'cron(0 9 L * ? *)', 'UTC', '2026-12-01T00:00:00Z', '2026-12-31T09:00:00.000Z'],
    ['in one year', 'cron(0 9 1 1 ? 2028)', 'UTC', '2026-12-01T00:00:00Z', '2028-01-01T09:00:00.000Z'],
    ['every five minutes', 'rate(5 minutes)', 'UTC', '2026-12-01T00:07:00Z', '2026-12-01T00:10:00.000Z'],
    ['every day, not at once', 'rate(1 day)', 'UTC', '2026-12-01T00:00:00Z', '2026-12-02T00:00:00.000Z'],
    ['once', 'at(2026-12-24T18:00:00)', 'Europe/London', '2026-12-01T00:00:00Z', '2026-12-24T18:00:00.000Z'],
  ])('are read as Scheduler reads them: %s', (_name, expression, timeZone, after, expected) => {
    const start = Date.parse('2026-12-01T00:00:00Z');
    const next = timetable(expression, timeZone, start).next(Date.parse(after));
    expect(new Date(next!).toISOString()).toBe(expected);
  });

  it('end when a schedule was for once', () => {
    const once = timetable('at(2026-12-24T18:00:00)', 'UTC', 0);
    expect(once.next(Date.parse('2026-12-25T00:00:00Z'))).toBeUndefined();
  });

  it.each(['rate(0 minutes)', 'rate(5 fortnights)', 'cron(15 0 * * ?)', 'cron(0 9 ? * 2 *)', 'every day'])(
    'are refused when they may be read differently: %s',
    (expression) => {
      expect(() => timetable(expression, 'UTC', 0)).toThrow(expression);
    },
  );
});

function setUp(now = '2026-12-01T00:00:00.000Z') {
  const clock = createClock(now);
  const fired: string[] = [];
  const target = { spec: { name: 'target' } } as LocalFunction;
  const model = (name: string, expression: string, timeZone = 'UTC', input = `{"name":"${name}"}`) => ({
    name: `stack-${name}`,
    arn: `arn:aws:scheduler:eu-west-1:000000000000:schedule/default/stack-${name}`,
    expression,
    timeZone,
    enabled: true,
    functionArn: 'arn',
    input,
  });
  const schedules = createSchedules({
    schedules: [
      model('york', 'cron(15 0 * * ? *)', 'America/New_York', '{"at":"<aws.scheduler.scheduled-time>"}'),
      model('sydney', 'cron(15 0 * * ? *)', 'Australia/Sydney'),
      model('sweep', 'rate(5 minutes)'),
    ],
    functionOf: () => target,
    clock,
    invoker: {
      pending: () => 0,
      stop: () => {},
      invoke: async (_target, event) => {
        fired.push(`${clock.now().slice(0, 16)} ${JSON.stringify(event)}`);
        return 'handled';
      },
    },
  });
  return { clock, schedules, fired };
}

describe('the schedules', () => {
  it('fire by hand, by the end of their name, with the template’s input or another', async () => {
    const { schedules, fired } = setUp();
    await schedules.fire('sweep');
    await schedules.fire('stack-sydney', { sellerId: 'x' });
    expect(fired).toEqual(['2026-12-01T00:00 {"name":"sweep"}', '2026-12-01T00:00 {"sellerId":"x"}']);
    await expect(schedules.fire('paris')).rejects.toThrow('No schedule is called "paris"');
  });

  it('fire everything due on the way in order, each once, and missed sweeps once at each halt', async () => {
    const { schedules, fired, clock } = setUp();
    let settles = 0;
    await schedules.advanceTo('2026-12-02T06:00:00.000Z', {
      fire: true,
      settled: async () => {
        settles += 1;
      },
    });
    expect(fired).toEqual([
      '2026-12-01T05:15 {"at":"2026-12-01T05:15:00Z"}',
      '2026-12-01T05:15 {"name":"sweep"}',
      '2026-12-01T13:15 {"name":"sydney"}',
      '2026-12-01T13:15 {"name":"sweep"}',
      '2026-12-02T05:15 {"at":"2026-12-02T05:15:00Z"}',
      '2026-12-02T05:15 {"name":"sweep"}',
      '2026-12-02T06:00 {"name":"sweep"}',
    ]);
    expect(settles).toBe(4);
    expect(clock.now()).toMatch(/^2026-12-02T06:00/);
  });

  it('fire nothing that was passed over, when the clock only moves', async () => {
    const { schedules, fired } = setUp();
    await schedules.advanceTo('2026-12-05T00:00:00.000Z');
    await schedules.advanceTo('2026-12-05T00:01:00.000Z', { fire: true });
    expect(fired).toEqual([]);
  });

  it('fire by themselves when time reaches them', async () => {
    const { schedules, fired } = setUp('2026-12-01T00:04:59.900Z');
    schedules.run();
    await new Promise((resolve) => setTimeout(resolve, 300));
    schedules.stop();
    expect(fired).toEqual([]);
    const other = setUp('2026-12-01T13:14:59.900Z');
    other.schedules.run();
    await new Promise((resolve) => setTimeout(resolve, 400));
    other.schedules.stop();
    expect(other.fired).toEqual(['2026-12-01T13:15 {"name":"sydney"}']);
  });
});
