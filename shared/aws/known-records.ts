import { hash } from 'node:crypto';

/** Bytes by which a record is known again: of its id, and of everything the switch said. */
const ID_BYTES = 10;
const ENTRY_BYTES = 16;
/** Words of 32 bits in a slot: two of the id, one of the content, and the number of the month. */
const SLOT = 4;
/** Of the slots that are taken. Beyond, looking for a free one takes long. */
const FULLEST = 0.8;

/** A record as 16 bytes: hashes of its id and of its content. Of a million ids in a month, two look alike once in a million million months. */
export function entryOf(recordId: string, content: string): Uint8Array {
  const entry = Buffer.allocUnsafe(ENTRY_BYTES);
  entry.set(hash('sha256', recordId, 'buffer').subarray(0, ID_BYTES));
  entry.set(hash('sha256', content, 'buffer').subarray(0, ENTRY_BYTES - ID_BYTES), ID_BYTES);
  return entry;
}

/**
 * The records of many months by their entries, in one table that is there from the beginning and outside of the heap: what
 * it takes does not grow with what it knows. It has 20 bytes for each record; eight bytes of the id and four of the content
 * are compared. Open addressing with linear probing; a slot without a month is free.
 */
export class KnownRecords {
  #words: Uint32Array;
  #slots: number;
  #size = 0;

  /** `expected` records find room. More do, too, but then the table grows. */
  constructor(expected: number) {
    this.#slots = Math.ceil(expected / FULLEST) + 1;
    this.#words = new Uint32Array(this.#slots * SLOT);
  }

  get size(): number {
    return this.#size;
  }

  /** Whether a record of this id is known in a month (a number from 1 on), with the same content or with another. */
  find(month: number, entry: Uint8Array): 'absent' | 'same' | 'other' {
    const at = this.#slotOf(month, wordAt(entry, 0), wordAt(entry, 4));
    if (this.#words[at + 3] === 0) return 'absent';
    return this.#words[at + 2] === wordAt(entry, ID_BYTES) ? 'same' : 'other';
  }

  /** Adds entries that lie one behind the other; the first one of an id stays. */
  add(month: number, entries: Uint8Array): void {
    for (let from = 0; from < entries.length; from += ENTRY_BYTES) {
      this.#put(month, wordAt(entries, from), wordAt(entries, from + 4), wordAt(entries, from + ID_BYTES));
      if (this.#size > this.#slots * FULLEST) this.#grow();
    }
  }

  /** Forgets all records of some months. Takes as long as looking at the whole table does. */
  forget(months: ReadonlySet<number>): void {
    const words = this.#words;
    let start = 0;
    while (words[start + 3] !== 0) start += SLOT;
    // From a free slot on, every record is taken out and put in again: it finds its old place or a free one before it.
    for (let step = SLOT; step <= words.length; step += SLOT) {
      const at = (start + step) % words.length;
      const month = words[at + 3]!;
      if (month === 0) continue;
      words[at + 3] = 0;
      this.#size -= 1;
      if (!months.has(month)) this.#put(month, words[at]!, words[at + 1]!, words[at + 2]!);
    }
  }

  #put(month: number, id: number, more: number, content: number): void {
    const at = this.#slotOf(month, id, more);
    const words = this.#words;
    if (words[at + 3] !== 0) return;
    words[at] = id;
    words[at + 1] = more;
    words[at + 2] = content;
    words[at + 3] = month;
    this.#size += 1;
  }

  /** The word at which the record's slot begins, or the free one where it would lie. */
  #slotOf(month: number, id: number, more: number): number {
    const words = this.#words;
    let at = (id % this.#slots) * SLOT;
    while (words[at + 3] !== 0 && (words[at] !== id || words[at + 1] !== more || words[at + 3] !== month)) {
      at += SLOT;
      if (at === words.length) at = 0;
    }
    return at;
  }

  #grow(): void {
    const before = this.#words;
    this.#slots *= 2;
    this.#words = new Uint32Array(this.#slots * SLOT);
    this.#size = 0;
    for (let at = 0; at < before.length; at += SLOT)
      if (before[at + 3] !== 0) this.#put(before[at + 3]!, before[at]!, before[at + 1]!, before[at + 2]!);
  }
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
