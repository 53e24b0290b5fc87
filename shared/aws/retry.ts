import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_WAIT = 200;

/**
 * Attempts at something that meets others at the same item: yields whether this is the last one, and waits between them,
 * each time longer and never equally long, so that those who met do not meet again. Five times unless told.
 */
export async function* attempts(times = 5): AsyncGenerator<boolean> {
  for (let attempt = 1; attempt <= times; attempt++) {
    yield attempt === times;
    if (attempt < times) await sleep(Math.random() * Math.min(LONGEST_WAIT, 10 * 2 ** attempt));
  }
}
