/**
 * How many messages this process is at work on. Those of one batch are worked on side by side and end apart: whoever
 * gathers what they send knows by this for how many to wait.
 */
let atWork = 0;
const whenOneLeaves = new Set<() => void>();

export const company = {
  size: (): number => atWork,

  /** Does one message's work in the company of the others. */
  async with<T>(work: () => Promise<T>): Promise<T> {
    atWork += 1;
    try {
      return await work();
    } finally {
      atWork -= 1;
      for (const notice of whenOneLeaves) notice();
    }
  },

  /** Calls back whenever the work on a message has ended. */
  onLeave: (notice: () => void): void => void whenOneLeaves.add(notice),
} as const;
