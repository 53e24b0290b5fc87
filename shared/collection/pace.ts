/**
 * How fast payments are redriven, over everybody who presses the button: 20 in a second, and of one card network's 10,
 * which stay far below what the processor and the networks take. A budget is a line of slots: whoever comes gets the next
 * free ones.
 */
export const PAYMENTS_PER_SECOND = 20;
export const NETWORK_PER_SECOND = 10;
/** SQS delays a message by fifteen minutes at most: what would come later has to be redriven later. */
export const LONGEST_DELAY_SECONDS = 900;

/** The second, from now, at which each of `count` slots of a budget lies; `busyMs` is how long the budget is taken already. */
export const slotDelays = (busyMs: number, count: number, perSecond: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.floor((busyMs + (index * 1000) / perSecond) / 1000));
