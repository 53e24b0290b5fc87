/** A line of a file: its number from 1, the offset of the byte after it, and its text or what is wrong with its bytes. */
export interface Line {
  readonly line: number;
  readonly end: number;
  readonly text?: string;
  readonly problem?: 'longer than 256 KB' | 'not valid UTF-8' | 'cut off';
  /** With a problem: the bytes one by one as Latin-1, which loses none of them; of a line that is too long its beginning. */
  readonly raw?: string;
}

/** Where a stream begins, and whether it was found to end before it should (asked once it has ended). */
export interface LineOptions {
  readonly line?: number;
  readonly offset?: number;
  readonly cutOff?: () => boolean;
}

/** How much of a line that is too long is kept. */
const KEPT_OF_LONG = 4096;

/** A longer line cannot be one account (an item in the table holds 400 KB), and would have to be held in memory. */
export const MAX_LINE_BYTES = 256 * 1024;

const LINE_FEED = 0x0a;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Splits a stream of bytes into lines with memory for one line only. Takes LF and CRLF and a byte order mark at the
 * beginning of the file; `line` and `offset` are those at which the stream begins. What a stream that was cut off ends with
 * is no line, even where it looks like one.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, from: LineOptions = {}): AsyncGenerator<Line> {
  let { line = 1, offset = 0 } = from;
  let pending: Uint8Array[] = [];
  let length = 0;
  const take = (part: Uint8Array): void => {
    length += part.length;
    // What exceeds the limit is counted but not kept.
    if (length <= MAX_LINE_BYTES) pending.push(part);
  };
  const finish = (terminator: number): Line => {
    offset += length + terminator;
    const finished = decode(pending, length, line, offset);
    line += 1;
    pending = [];
    length = 0;
    return finished;
  };
  for await (const chunk of bytes) {
    let start = 0;
    for (let feed = chunk.indexOf(LINE_FEED); feed !== -1; feed = chunk.indexOf(LINE_FEED, start)) {
      take(chunk.subarray(start, feed));
      yield finish(1);
      start = feed + 1;
    }
    take(chunk.subarray(start));
  }
  if (from.cutOff?.()) yield { line, end: offset + length, problem: 'cut off', raw: rawOf(Buffer.concat(pending)) };
  else if (length > 0) yield finish(0);
}

function decode(parts: readonly Uint8Array[], length: number, line: number, end: number): Line {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  if (length > MAX_LINE_BYTES) return { line, end, problem: 'longer than 256 KB', raw: rawOf(bytes) };
  try {
    // TextDecoder drops a byte order mark.
    const text = utf8.decode(bytes);
    return { line, end, text: text.endsWith('\r') ? text.slice(0, -1) : text };
  } catch {
    return { line, end, problem: 'not valid UTF-8', raw: rawOf(bytes) };
  }
}

const rawOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, KEPT_OF_LONG)).toString('latin1');
