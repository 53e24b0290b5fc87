import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** One line a function wrote: parsed when it is JSON, which is what our functions write. */
export interface LogLine {
  readonly functionName: string;
  readonly text: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

/** The last lines of every function, in the place of CloudWatch Logs. */
export interface LogBook {
  write(functionName: string, text: string): void;
  /** Takes every line of a stream. */
  follow(functionName: string, stream: Readable): void;
  /** The lines still kept of one function, or of all, oldest first. */
  lines(functionName?: string): readonly LogLine[];
  /** Ends the files; what still comes is kept in memory only. */
  close(): void;
}

const KEPT_PER_FUNCTION = 1_000;

interface FunctionLog {
  readonly texts: string[];
  /** The file's descriptor. */
  readonly file?: number;
}

/** A log book in memory that also appends to `<directory>/<function>.log` when it is given a directory. */
export function createLogBook(directory?: string): LogBook {
  const logs = new Map<string, FunctionLog>();
  if (directory) mkdirSync(directory, { recursive: true });
  let closed = false;
  const logOf = (name: string): FunctionLog => {
    let log = logs.get(name);
    if (!log) {
      log = { texts: [], ...(directory && !closed && { file: openSync(join(directory, `${name}.log`), 'a') }) };
      logs.set(name, log);
    }
    return log;
  };
  const write = (functionName: string, text: string): void => {
    const { texts, file } = logOf(functionName);
    texts.push(text);
    if (texts.length > 2 * KEPT_PER_FUNCTION) texts.splice(0, texts.length - KEPT_PER_FUNCTION);
    if (file !== undefined && !closed) writeSync(file, `${text}\n`);
  };
  return {
    write,
    follow: (functionName, stream) => {
      createInterface({ input: stream }).on('line', (text) => write(functionName, text));
    },
    lines: (functionName) =>
      (functionName === undefined ? [...logs.keys()] : [functionName]).flatMap((name) =>
        (logs.get(name)?.texts.slice(-KEPT_PER_FUNCTION) ?? []).map((text) => ({
          functionName: name,
          text,
          json: parseLine(text),
        })),
      ),
    close: () => {
      if (closed) return;
      closed = true;
      for (const { file } of logs.values()) if (file !== undefined) closeSync(file);
    },
  };
}

function parseLine(text: string): LogLine['json'] {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as LogLine['json'];
  } catch {
    // A line that only looks like JSON is kept as text.
    return undefined;
  }
}
