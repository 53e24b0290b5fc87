import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../domain/calendar.ts';
import { type Fault, fault } from './raw-record.ts';

const STAMP = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2}):(\d{2})(\.\d{1,6})?$/;
const MOST_REMEMBERED = 5_000;

/**
 * Times as switches write them, `2026-11-03 09:15:04`, to instants. `timeZone` is the zone of the switch's clock. The hour
 * that comes twice when summer time ends is taken as the first, and the one that does not exist as if clocks had not moved;
 * only a switch that writes UTC has neither. One per file: it remembers each hour's distance from UTC.
 */
export function timeReader(timeZone: string) {
  const offsets = new Map<string, number>();
  const offsetOf = (hour: string): number => {
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    if (offsets.size >= MOST_REMEMBERED) offsets.clear();
    const local = Temporal.PlainDateTime.from(`${hour}:00`);
    const offset = Date.parse(`${hour}:00Z`) - local.toZonedDateTime(timeZone).epochMilliseconds;
    offsets.set(hour, offset);
    return offset;
  };
  return (field: string, written: string): Instant | Fault => {
    const match = STAMP.exec(written);
    const utc = match && Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`);
    // Date.parse takes 31 February for a day in March.
    if (
      !match ||
      utc === null ||
      Number.isNaN(utc) ||
      !new Date(utc).toISOString().startsWith(`${match[1]}T${match[2]}`)
    )
      return fault('field_malformed', field, `"${written.slice(0, 40)}" is not a time such as 2026-11-03 09:15:04`);
    return new Date(utc - offsetOf(`${match[1]}T${match[2]}`)).toISOString();
  };
}
export type TimeReader = ReturnType<typeof timeReader>;
