import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type Entry, fromBufferPromise } from 'yauzl';

/** What a ZIP holds, read by its central directory as every unpacker does. A file is compared with its checksum. */
export interface Unzipped {
  readonly names: readonly string[];
  bytesOf(name: string): Promise<Buffer>;
  textOf(name: string): Promise<string>;
}

export async function unzip(bytes: Uint8Array): Promise<Unzipped> {
  const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.has(entry.fileName)) throw new Error(`The ZIP has ${entry.fileName} twice`);
    entries.set(entry.fileName, entry);
  }
  const bytesOf = async (name: string): Promise<Buffer> => {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error(`The ZIP has no file ${name}`);
    const content = await buffer(await zip.openReadStreamPromise(entry));
    if (crc32(content) !== entry.crc32) throw new Error(`${name} has another checksum`);
    return content;
  };
  return { names: [...entries.keys()], bytesOf, textOf: async (name) => (await bytesOf(name)).toString() };
}

/** The rows of an index by the names of its columns. */
export const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true });

/** A decimal amount of a row in minor units, without a float on the way. */
export const minor = (decimal: string): number => {
  if (!/^-?\d+\.\d\d$/.test(decimal)) throw new Error(`${decimal} is no amount`);
  return Number(decimal.replace('.', ''));
};
export const sumOf = (rows: readonly Record<string, string>[], column: string): number =>
  rows.reduce((sum, row) => sum + minor(row[column]!), 0);
