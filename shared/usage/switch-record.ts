import type { Instant } from '../domain/calendar.ts';
import type { CallRecord, MessageRecord } from '../domain/usage/records.ts';
import type { TimeReader } from './local-time.ts';
import type { NumberReader } from './phone-number.ts';
import type { Fault, RawRecord } from './raw-record.ts';

/** What a switch says beside the record itself: whose it is, by account id, and which way it went, as far as it says so. */
interface Said {
  readonly accountCode?: string;
  readonly direction?: 'inbound' | 'outbound';
}

/** A call or message in our terms, every value checked; whose it is, and so its direction, is not decided yet. */
export type SwitchCall = Omit<CallRecord, 'direction'> & Said;
export type SwitchMessage = Omit<MessageRecord, 'direction'> & Said;
export type SwitchRecord = SwitchCall | SwitchMessage;

/** What became of a raw record: calls nobody answered, or of no length, are nothing to count; a heading is no record. */
export type Adapted =
  | { readonly kind: 'record'; readonly record: SwitchRecord }
  | { readonly kind: 'not-billable' | 'heading' }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly recordId?: string };

export interface AdapterContext {
  readonly numbers: NumberReader;
  readonly time: TimeReader;
  readonly now: Instant;
}

/** One format. */
export interface Adapter {
  /** Raw records to records in our terms: one answer for each, in their order. */
  adapt(records: readonly RawRecord[], context: AdapterContext): readonly Adapted[];
  /** What the format calls the fields of our records, so that an error names what is in the file. */
  readonly names: Readonly<Record<string, string>>;
}

export const isFault = (value: object | string | number | undefined): value is Fault =>
  typeof value === 'object' && 'reason' in value;
