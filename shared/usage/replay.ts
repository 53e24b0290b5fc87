import { inParallel } from '../aws/concurrency.ts';
import type { Instant } from '../domain/calendar.ts';
import type { UsageException } from '../domain/usage-exception.ts';
import type { Message } from '../messages.ts';
import { afterReplay, needsCorrection } from './exceptions.ts';
import { type IngestDeps, RESERVE_MS } from './ingest-file.ts';
import type { UsageWork } from './usage-jobs.ts';

type ReplayWork = Extract<UsageWork, { kind: 'replay' }>;

const PAGE = 100;
const AT_ONCE = 16;

/**
 * Tries exceptions again, on the very path that records of files take: one by its id, or all of a code that were not tried
 * since the replay was asked for. What cannot be counted still stays open with what is wrong now.
 */
export async function replayExceptions(
  deps: IngestDeps,
  work: ReplayWork,
  message: Message<'usage'>,
  now: Instant,
  remainingMs: () => number,
): Promise<void> {
  const { sellerId, code, exceptionId } = work;
  if (exceptionId !== undefined) {
    const exception = await deps.store.usageException(sellerId, exceptionId);
    if (exception?.status === 'open') await replay(deps, [exception], now);
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await deps.store.openExceptions(sellerId, code, PAGE, cursor);
    const waiting = page.items.filter((each) => each.triedAt < message.upload && !needsCorrection(each));
    await replay(deps, waiting, now);
    cursor = page.cursor;
    // The successor begins anew and passes over those that were tried.
    if (cursor !== undefined && remainingMs() < RESERVE_MS) return await deps.queues.send('usage', [message]);
  } while (cursor !== undefined);
}

async function replay(deps: IngestDeps, exceptions: readonly UsageException[], now: Instant): Promise<void> {
  for (const [format, some] of Map.groupBy(exceptions, (exception) => exception.format)) {
    const count = await deps.countingOf(some[0]!.sellerId, format, now);
    const outcomes = await count(some.map(({ line, raw }) => ({ line, raw, end: 0, nextLine: line + 1 })));
    const replayed = some.map((exception, index) => ({ exception, outcome: outcomes[index]! }));
    // Where it was changed meanwhile, whoever changed it has it tried again.
    await inParallel(replayed, AT_ONCE, async ({ exception, outcome }) => {
      await deps.store.changeException(exception, afterReplay(exception, outcome, now));
    });
    deps.told(outcomes, 0);
  }
}
