const [SPACE, MINUS, POINT, ZERO] = [32, 45, 46, 48];
/** Longer texts are copied by the runtime, which takes a moment to be called. */
const SHORT = 64;

/** A text in UTF-8, as a character for each byte: what is ASCII but for a few words is put together and copied so. */
export const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

/** Bytes that grow at the end. PDF is written with it: no text is put together that is only copied again. */
export class ByteWriter {
  #bytes: Buffer;
  length = 0;

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  /** What was written, until more is. */
  written(from = 0): Buffer {
    return this.#bytes.subarray(from, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** Characters of Latin-1. */
  text(text: string): this {
    const { length } = text;
    this.#room(length);
    if (length > SHORT) {
      this.length += this.#bytes.write(text, this.length, 'latin1');
      return this;
    }
    const bytes = this.#bytes;
    let at = this.length;
    for (let index = 0; index < length; index++) bytes[at++] = text.charCodeAt(index);
    this.length = at;
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  /** A whole number in decimal digits; below zero with a minus. */
  integer(value: number): this {
    this.#room(24);
    if (value < 0) {
      this.#bytes[this.length++] = MINUS;
      return this.#digits(-value);
    }
    return this.#digits(value);
  }

  /** Whole numbers that are not below zero, a space behind each. */
  integers(...values: readonly number[]): this {
    this.#room(24 * values.length);
    for (const value of values) {
      this.#digits(value);
      this.#bytes[this.length++] = SPACE;
    }
    return this;
  }

  /** Hundredths as a decimal without needless digits: 1250 → `12.5`. */
  hundredths(value: number): this {
    this.#room(24);
    const bytes = this.#bytes;
    const positive = Math.abs(value);
    if (value < 0) bytes[this.length++] = MINUS;
    const rest = positive % 100;
    this.#digits((positive - rest) / 100);
    if (rest === 0) return this;
    bytes[this.length++] = POINT;
    bytes[this.length++] = ZERO + Math.floor(rest / 10);
    if (rest % 10 !== 0) bytes[this.length++] = ZERO + (rest % 10);
    return this;
  }

  #digits(value: number): this {
    const bytes = this.#bytes;
    // Most numbers of a page are that short.
    if (value < 10) {
      bytes[this.length++] = ZERO + value;
      return this;
    }
    if (value < 100) {
      const tens = (value / 10) | 0;
      bytes[this.length] = ZERO + tens;
      bytes[this.length + 1] = ZERO + value - tens * 10;
      this.length += 2;
      return this;
    }
    let digits = 3;
    for (let limit = 1_000; limit <= value; limit *= 10) digits++;
    let left = value;
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      const next = Math.floor(left / 10);
      bytes[at] = ZERO + left - next * 10;
      left = next;
    }
    this.length += digits;
    return this;
  }

  #room(needed: number): void {
    if (this.length + needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.length + needed));
    larger.set(this.written());
    this.#bytes = larger;
  }
}
