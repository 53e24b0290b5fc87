/** A line of a file: its number from 1, the offset of the byte after it, and its text or what is wrong with its bytes. */
export interface Line {
  readonly line: number;
  readonly end: number;
  readonly text?: string;
  readonly problem?: 'longer than 256 KB' | 'not valid UTF-8';
}

/** A longer line cannot be one account (an item in the table holds 400 KB), and would have to be held in memory. */
export const MAX_LINE_BYTES = 256 * 1024;

const LINE_FEED = 0x0a;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Splits a stream of bytes into lines with memory for one line only. Takes LF and CRLF and a byte order mark at the
 * beginning of the file; `from` is the line and byte offset at which the stream begins.
 */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  from: { readonly line: number; readonly offset: number } = { line: 1, offset: 0 },
): AsyncGenerator<Line> {
  let { line, offset } = from;
  let pending: Uint8Array[] = [];
  let length = 0;
  const take = (part: Uint8Array): void => {
    length += part.length;
    // What exceeds the limit is counted but not kept.
    if (length <= MAX_LINE_BYTES) pending.push(part);
  };
  const finish = (terminator: number): Line => {
    offset += length + terminator;
    const finished = decode(Buffer.concat(pending), length, line, offset);
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
  if (length > 0) yield finish(0);
}

function decode(bytes: Uint8Array, length: number, line: number, end: number): Line {
  if (length > MAX_LINE_BYTES) return { line, end, problem: 'longer than 256 KB' };
  try {
    // TextDecoder drops a byte order mark.
    return { line, end, text: utf8.decode(bytes).replace(/\r$/, '') };
  } catch {
    return { line, end, problem: 'not valid UTF-8' };
  }
}
