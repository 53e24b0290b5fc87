import type { Line } from '../import/lines.ts';
import { type Fault, fault, type RawRecord } from './raw-record.ts';

/** Each line of a file that is not blank as a record. */
export async function* lineRecords(lines: AsyncIterable<Line>): AsyncGenerator<RawRecord> {
  for await (const line of lines) {
    const found = faultOf(line);
    const raw = rawOf(line);
    if (found || raw.trim() !== '')
      yield { line: line.line, end: line.end, nextLine: line.line + 1, raw, ...(found && { fault: found }) };
  }
}

export const rawOf = ({ text, raw }: Line): string => text ?? raw ?? '';

/** What is wrong with the bytes of a line. Another encoding is named, never guessed: it would turn names into others. */
export function faultOf({ problem }: Line): Fault | undefined {
  switch (problem) {
    case undefined:
      return undefined;
    case 'not valid UTF-8':
      return fault('encoding', '', 'is not valid UTF-8; it is shown as Latin-1');
    case 'cut off':
      return fault('cut_off', '', 'the packed file ends in the middle: transfer it again as a whole');
    default:
      return fault('unreadable', '', `is ${problem}`);
  }
}
