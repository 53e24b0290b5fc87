import { addMinutes, type Instant } from '../domain/calendar.ts';

/**
 * Work that a message was sent for is taken for forgotten, and sent again by the sweep, when it is not done after this
 * long: enough for a large run's queues to drain and for every retry of a message.
 */
export const FORGOTTEN_AFTER_MINUTES = 30;

export const forgottenAt = (since: Instant): Instant => addMinutes(since, FORGOTTEN_AFTER_MINUTES);
