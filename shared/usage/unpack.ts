import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes of a file as they were before it was packed, and whether the packed file ended too early. */
export interface Unpacked {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Known once the bytes have ended. */
  cutOff(): boolean;
}

/**
 * Unpacks gzip as it comes, from an offset in the unpacked bytes on. There is no way into the middle of a gzip file: what
 * lies before is unpacked again and skipped, which takes seconds per gigabyte. Damage ends the bytes like a missing end
 * does: everything before it is good.
 */
export function gunzipped(packed: AsyncIterable<Uint8Array>, offset: number): Unpacked {
  let broken = false;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const source = Readable.from(packed, { objectMode: false });
    const gunzip = createGunzip();
    // A fault of the source is a fault of the connection, not of the file.
    source.on('error', (error) => gunzip.destroy(error));
    let skip = offset;
    try {
      for await (const chunk of source.pipe(gunzip) as AsyncIterable<Uint8Array>) {
        if (chunk.length > skip) yield skip === 0 ? chunk : chunk.subarray(skip);
        skip = Math.max(0, skip - chunk.length);
      }
    } catch (error) {
      if (!isDamage(error)) throw error;
      broken = true;
    } finally {
      source.destroy();
    }
  }
  return { bytes: bytes(), cutOff: () => broken };
}

/** zlib's own faults have codes such as Z_BUF_ERROR and Z_DATA_ERROR. */
const isDamage = (error: unknown): boolean =>
  error instanceof Error && /^Z_(BUF|DATA)_ERROR$/.test(String((error as NodeJS.ErrnoException).code));
