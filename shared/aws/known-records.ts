import { hash } from 'node:crypto';

/** Bytes by which a record is known again: of its id, and of everything the switch said. */
const ID_BYTES = 10;
const ENTRY_BYTES = 16;
const FEWEST_SLOTS = 16;

/** A record as 16 bytes: hashes of its id and of its content. Of a million ids in a month, two look alike once in a million million months. */
export function entryOf(recordId: string, content: string): Uint8Array {
  const entry = Buffer.allocUnsafe(ENTRY_BYTES);
  entry.set(hash('sha256', recordId, 'buffer').subarray(0, ID_BYTES));
  entry.set(hash('sha256', content, 'buffer').subarray(0, ENTRY_BYTES - ID_BYTES), ID_BYTES);
  return entry;
}

/**
 * A set of records by their entries, in 32 bytes each and outside of the heap: a month may have millions. Open addressing
 * with linear probing; a slot of zeros is free.
 */
export class KnownRecords {
  #slots = Buffer.alloc(FEWEST_SLOTS * ENTRY_BYTES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Whether a record of this id is known, with the same content or with another. */
  find(entry: Uint8Array): 'absent' | 'same' | 'other' {
    const at = this.#slotOf(entry, 0);
    if (this.#isFree(at)) return 'absent';
    for (let byte = ID_BYTES; byte < ENTRY_BYTES; byte++) if (this.#slots[at + byte] !== entry[byte]) return 'other';
    return 'same';
  }

  /** Adds entries that lie one behind the other; the first one of an id stays. */
  add(entries: Uint8Array): void {
    for (let from = 0; from < entries.length; from += ENTRY_BYTES) {
      const at = this.#slotOf(entries, from);
      if (!this.#isFree(at)) continue;
      this.#slots.set(entries.subarray(from, from + ENTRY_BYTES), at);
      this.#size += 1;
      if (this.#size * 2 * ENTRY_BYTES > this.#slots.length) this.#grow();
    }
  }

  /** The byte at which the record's slot begins, or the free one where it would lie. */
  #slotOf(bytes: Uint8Array, from: number): number {
    const slots = this.#slots;
    const wrap = slots.length - 1;
    const start = bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | (bytes[from + 3]! << 24);
    let at = (start * ENTRY_BYTES) & wrap;
    while (!this.#isFree(at) && !this.#sameId(at, bytes, from)) at = (at + ENTRY_BYTES) & wrap;
    return at;
  }

  #sameId(at: number, bytes: Uint8Array, from: number): boolean {
    for (let byte = 0; byte < ID_BYTES; byte++) if (this.#slots[at + byte] !== bytes[from + byte]) return false;
    return true;
  }

  #isFree(at: number): boolean {
    const slots = this.#slots;
    return slots.readUInt32LE(at) === 0 && slots.readUInt32LE(at + 4) === 0 && slots.readUInt32LE(at + 8) === 0;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = Buffer.alloc(before.length * 2);
    this.#size = 0;
    for (let at = 0; at < before.length; at += ENTRY_BYTES) {
      const entry = before.subarray(at, at + ENTRY_BYTES);
      if (entry.some((byte) => byte !== 0)) this.add(entry);
    }
  }
}
