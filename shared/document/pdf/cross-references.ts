/** Of an object: its kind, a place, and an index. */
const FIELDS = 3;

/** Bytes that hold a number, at least one. */
const bytesFor = (highest: number): number =>
  highest < 1 << 8 ? 1 : highest < 1 << 16 ? 2 : highest < 1 << 24 ? 3 : 4;

/**
 * Where the objects of a file are (ISO 32000-1, 7.5.8), by number: kind 1, a byte of the file and 0, or 2, an object stream and
 * the place in it. The first one is that of no object.
 */
export class CrossReferences {
  #fields = new Uint32Array(512 * FIELDS);
  count = 1;

  /** The number of a new object. */
  add(): number {
    if ((this.count + 1) * FIELDS > this.#fields.length) {
      const larger = new Uint32Array(this.#fields.length * 2);
      larger.set(this.#fields);
      this.#fields = larger;
    }
    return this.count++;
  }

  set(number: number, kind: 1 | 2, place: number, index: number): void {
    const at = number * FIELDS;
    this.#fields[at] = kind;
    this.#fields[at + 1] = place;
    this.#fields[at + 2] = index;
  }

  /** As many bytes for each field as the highest one takes, and then all entries. */
  packed(): { readonly widths: readonly number[]; readonly bytes: Uint8Array } {
    const fields = this.#fields.subarray(0, this.count * FIELDS);
    const highest = [0, 0, 0];
    for (let field = 0; field < FIELDS; field++)
      for (let at = field; at < fields.length; at += FIELDS) highest[field] = Math.max(highest[field]!, fields[at]!);
    const widths = highest.map(bytesFor);
    const entry = widths.reduce((sum, width) => sum + width);
    const bytes = Buffer.allocUnsafe(this.count * entry);
    let before = 0;
    widths.forEach((width, field) => {
      for (let number = 0, at = before; number < this.count; number++, at += entry)
        bytes.writeUIntBE(fields[number * FIELDS + field]!, at, width);
      before += width;
    });
    return { widths, bytes };
  }
}
