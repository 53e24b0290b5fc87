import type { Instant } from '../calendar.ts';
import { smsSegments } from './segments.ts';

/** What every adapter makes of a switch's call record. Durations are whole seconds, numbers E.164 with `+` or extensions. */
export interface CallRecord {
  /** The switch's id of this leg: whoever sends it twice means the same call. */
  readonly recordId: string;
  readonly kind: 'call';
  readonly direction: 'inbound' | 'outbound' | 'internal';
  /** A caller from outside may withhold the number; it decides nothing. */
  readonly caller: string;
  /** E.164 where a country can be told; what is dialled as a service stays as it was dialled: `911`, an extension. */
  readonly called: string;
  readonly startedAt: Instant;
  /** Present when the call was answered: the instant that counts for the rate, the month and the billing start (R93). */
  readonly answeredAt?: Instant;
  readonly endedAt: Instant;
  /** From setup to end. */
  readonly durationSeconds: number;
  /** From answer to end. */
  readonly billableSeconds: number;
  readonly disposition: 'answered' | 'unanswered';
}

/** An SMS or MMS. It has no place for a text: what people write to each other is counted and forgotten. */
export interface MessageRecord {
  readonly recordId: string;
  readonly kind: 'message';
  readonly direction: 'inbound' | 'outbound';
  /** E.164, a short code, or for inbound messages a name. */
  readonly from: string;
  readonly to: string;
  readonly at: Instant;
  readonly segments: number;
  /** MMS. */
  readonly media: boolean;
}

export type UsageRecord = CallRecord | MessageRecord;

/** Counts the segments of a message and drops its text (R110), before anything stores or reports the record. */
export function withoutText({
  text,
  ...message
}: Omit<MessageRecord, 'segments'> & { readonly text: string }): MessageRecord {
  return { ...message, segments: smsSegments(text) };
}
