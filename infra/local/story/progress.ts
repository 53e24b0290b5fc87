import { SingleBar } from 'cli-progress';
import type { LocalStack } from '../stack-options.ts';

/**
 * Waits until every queue is still, with a bar that shows how many of the `expected` accounts were decided on. Where
 * nobody watches (no terminal) it only waits.
 */
export async function settleWithBar(stack: LocalStack, title: string, expected: number): Promise<void> {
  if (!process.stderr.isTTY || expected === 0) return stack.settle();
  const bar = new SingleBar({
    format: `${title} {bar} {value}/{total} accounts · {waiting} messages waiting · {mails} mails`,
    stream: process.stderr,
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
  });
  const before = decided(stack);
  const mailsBefore = stack.gateway.mails().length;
  bar.start(expected, 0, { waiting: 0, mails: 0 });
  try {
    await stack.settle({
      onProgress: ({ queues }) => {
        const waiting = queues.reduce((total, queue) => total + queue.visible + queue.inFlight + queue.delayed, 0);
        const value = Math.min(expected, decided(stack) - before);
        bar.update(value, { waiting, mails: stack.gateway.mails().length - mailsBefore });
      },
    });
  } finally {
    bar.stop();
  }
}

/** Every account that is invoiced, zero or held ends in one transaction of issue-invoice. */
const decided = (stack: LocalStack): number =>
  stack.gateway.meter
    .snapshot()
    .filter(({ functionName, action }) => functionName === 'issue-invoice' && action === 'TransactWriteItems')
    .reduce((total, { calls, errors }) => total + calls - errors, 0);
