/** Bytes of an entry: its kind, a place, and an index. */
const ENTRY = 7;

/**
 * Where the objects of a file are (ISO 32000-1, 7.5.8), by number: kind 1, a byte of the file and 0, or 2, an object stream and
 * the place in it. The first one is that of no object.
 */
export class CrossReferences {
  #bytes = Buffer.alloc(512 * ENTRY);
  count = 1;

  constructor() {
    this.set(0, 0, 0, 65_535);
  }

  /** The number of a new object. */
  add(): number {
    if ((this.count + 1) * ENTRY > this.#bytes.length) {
      const larger = Buffer.alloc(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.count++;
  }

  set(number: number, kind: 0 | 1 | 2, place: number, index: number): void {
    const bytes = this.#bytes;
    const at = number * ENTRY;
    bytes[at] = kind;
    bytes[at + 1] = place >>> 24;
    bytes[at + 2] = place >>> 16;
    bytes[at + 3] = place >>> 8;
    bytes[at + 4] = place;
    bytes[at + 5] = index >>> 8;
    bytes[at + 6] = index;
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.count * ENTRY);
  }
}
