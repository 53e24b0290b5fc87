import { once } from 'node:events';
import ZipStream from 'zip-stream';

/** A file to be packed; whole in memory, so that its size and checksum stand in front of it, where every unpacker finds them. */
export interface ZipEntry {
  readonly name: string;
  readonly date: Date;
  readonly bytes: Uint8Array;
}

/**
 * A ZIP of files that are taken one by one as fast as its bytes are; of any size and number (ZIP64). Nothing is compressed.
 * What the files throw, the reader of the ZIP is thrown.
 */
export function zipped(entries: AsyncIterable<ZipEntry>): AsyncIterable<Uint8Array> {
  const zip = new ZipStream({ store: true });
  feed(zip, entries).catch((error) => zip.destroy(error));
  return zip;
}

async function feed(zip: ZipStream, entries: AsyncIterable<ZipEntry>): Promise<void> {
  const closed = once(zip, 'close');
  // Whoever reads learns of an error; here it only means that nobody reads any more.
  closed.catch(() => {});
  for await (const { name, date, bytes } of entries) {
    await new Promise<void>((done, failed) => {
      zip.entry(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { name, date }, (error) =>
        error ? failed(error) : done(),
      );
    });
    if (zip.writableNeedDrain) await Promise.race([once(zip, 'drain'), closed]);
    if (zip.destroyed) return;
  }
  zip.finalize();
}
