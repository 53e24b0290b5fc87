import { randomUUID } from 'node:crypto';
import type { AsyncInvoker } from './async-invoke.ts';
import type { LocalClock } from './clock.ts';
import type { LocalFunction } from './lambda.ts';
import type { ScheduleModel } from './model.ts';
import { type Timetable, timetable } from './schedule-times.ts';

/** The template's schedules, by the local clock. */
export interface Schedules {
  readonly names: readonly string[];
  /**
   * Fires one schedule now; `input` replaces the template's. A schedule is found by its name or by how the name ends.
   * Resolves when the event was handled or given up. Throws when there is no such schedule, or several.
   */
  fire(name: string, input?: unknown): Promise<'handled' | 'given-up'>;
  /** Fires whatever falls due as time goes by, until `stop`. */
  run(): void;
  /**
   * Moves the clock to an instant. With `fire`, it halts at each instant at which a cron schedule is due, fires it and
   * waits for `settled`; a rate schedule that fell due since fires once at each halt, however often it was missed.
   */
  advanceTo(instant: string, options?: { fire?: boolean; settled?: () => Promise<unknown> }): Promise<void>;
  stop(): void;
}

export interface SchedulesOptions {
  readonly schedules: readonly ScheduleModel[];
  readonly functionOf: (arn: string) => LocalFunction;
  readonly invoker: AsyncInvoker;
  readonly clock: LocalClock;
}

interface Entry {
  readonly model: ScheduleModel;
  readonly times: Timetable;
  /** Up to when everything due has been fired. */
  doneUntil: number;
}

/** `setTimeout` counts in 32 bits; and a machine that slept should notice soon. */
const MAX_WAIT_MS = 60_000;

/** Prepares the schedules; nothing fires by itself before `run`. */
export function createSchedules({ schedules, functionOf, invoker, clock }: SchedulesOptions): Schedules {
  const entries: Entry[] = schedules
    .filter(({ enabled }) => enabled)
    .map((model) => ({
      model,
      times: timetable(model.expression, model.timeZone, clock.millis()),
      doneUntil: clock.millis(),
    }));
  let timer: NodeJS.Timeout | undefined;
  let live = false;
  let stopListening = (): void => {};

  const fireEntry = ({ model }: Entry, dueMs: number, input?: unknown): Promise<'handled' | 'given-up'> =>
    invoker.invoke(functionOf(model.functionArn), input ?? JSON.parse(withContext(model, dueMs)));

  const dueAt = (entry: Entry): number => entry.times.next(entry.doneUntil) ?? Number.POSITIVE_INFINITY;

  /** Fires once every schedule that fell due by now. */
  const fireDue = async (): Promise<void> => {
    const now = clock.millis();
    const due = entries.filter((entry) => dueAt(entry) <= now);
    const fired = due.map((entry) => {
      const at = dueAt(entry);
      entry.doneUntil = entry.times.isRate ? now : at;
      return fireEntry(entry, at);
    });
    await Promise.all(fired);
  };

  const skipTo = (ms: number): void => {
    for (const entry of entries) entry.doneUntil = ms;
  };

  const arm = (): void => {
    clearTimeout(timer);
    if (!live) return;
    const wait = Math.min(...entries.map(dueAt), Number.POSITIVE_INFINITY) - clock.millis();
    timer = setTimeout(tick, Math.max(0, Math.min(wait, MAX_WAIT_MS)));
    timer.unref();
  };

  const tick = (): void => {
    void fireDue();
    arm();
  };

  return {
    names: schedules.map(({ name }) => name),
    async fire(name, input) {
      const found = schedules.filter((model) => model.name === name || model.name.endsWith(`-${name}`));
      const [model] = found;
      if (!model || found.length > 1) {
        throw new Error(
          `${found.length === 0 ? 'No schedule is' : 'Several schedules are'} called "${name}": ${schedules.map((each) => each.name).join(', ')}`,
        );
      }
      return fireEntry(
        { model, times: timetable(model.expression, model.timeZone, 0), doneUntil: 0 },
        clock.millis(),
        input,
      );
    },
    run() {
      live = true;
      stopListening = clock.onMove(arm);
      arm();
    },
    async advanceTo(instant, { fire = false, settled = async () => {} } = {}) {
      const target = Date.parse(instant);
      const wasLive = live;
      live = false;
      try {
        while (fire) {
          const halt = Math.min(...entries.filter(({ times }) => !times.isRate).map(dueAt), Number.POSITIVE_INFINITY);
          if (halt > target) break;
          if (halt > clock.millis()) clock.moveTo(new Date(halt).toISOString());
          await fireDue();
          await settled();
        }
        if (target > clock.millis()) clock.moveTo(instant);
        if (fire) await fireDue();
        else skipTo(target);
        await settled();
      } finally {
        live = wasLive;
        arm();
      }
    },
    stop() {
      live = false;
      clearTimeout(timer);
      stopListening();
    },
  };
}

/** The input with Scheduler's context attributes put in. */
function withContext({ input, arn }: ScheduleModel, dueMs: number): string {
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', new Date(dueMs).toISOString().replace(/\.\d+Z$/, 'Z'))
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}
