import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** Objects per object stream: so many that they deflate well, so few that a reader need not inflate a whole document. */
const MOST_PER_STREAM = 1_000;
/** Close to what the highest level gains, at a third of its time. */
const LEVEL = 2;

export const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: LEVEL });

/** As one object refers to another. */
export const to = (object: number): string => `${object} 0 R`;

/** A text as an object writes it (ISO 32000-1, 7.9.2.2): UTF-16 in hexadecimal, so that nothing needs escaping. */
export const textString = (text: string): string =>
  `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

/** An instant as an object writes it (7.9.4), in UTC. */
export const dateString = (date: Date): string => `(D:${date.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z)`;

/**
 * Writes the objects of a PDF file (ISO 32000-1, 7.5): those without a stream of their own go into object streams, which is
 * what keeps a tagged document small. An object is what it says in the file; the bytes depend on nothing else.
 */
export class PdfFile {
  readonly #chunks: Uint8Array[] = [];
  /** By number, where an object is: 1, a byte of the file and 0, or 2, an object stream and the place in it. */
  readonly #kinds = [0];
  readonly #places = [0];
  readonly #indexes = [65_535];
  #length = 0;
  #waiting: { readonly number: number; readonly body: string }[] = [];

  constructor() {
    // Four bytes above 127 tell transfer programs that the file is binary.
    this.#append(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'));
  }

  /** The number of an object that is written later. */
  reserve(): number {
    this.#places.push(0);
    this.#indexes.push(0);
    return this.#kinds.push(0) - 1;
  }

  /** Adds an object and gives its number. */
  object(body: string, number = this.reserve()): number {
    this.#waiting.push({ number, body });
    if (this.#waiting.length === MOST_PER_STREAM) this.#writeWaiting();
    return number;
  }

  /** Adds a stream whose bytes are as `dictionary` says, which is given without its brackets and length. */
  stream(dictionary: string, bytes: Uint8Array, number = this.reserve()): number {
    this.#kinds[number] = 1;
    this.#places[number] = this.#length;
    this.#append(
      `${number} 0 obj\n<< ${dictionary} /Length ${bytes.length} >>\nstream\n`,
      bytes,
      '\nendstream\nendobj\n',
    );
    return number;
  }

  deflated(dictionary: string, bytes: Uint8Array, number?: number): number {
    return this.stream(`${dictionary} /Filter /FlateDecode`, deflate(bytes), number);
  }

  /** Ends the file with its cross-reference stream. Its identity is a hash of its content. */
  finish(catalog: number, info: number): Uint8Array {
    this.#writeWaiting();
    const start = this.#length;
    const number = this.reserve();
    this.#kinds[number] = 1;
    this.#places[number] = start;
    const hash = createHash('sha256');
    for (const chunk of this.#chunks) hash.update(chunk);
    const id = hash.digest('hex').slice(0, 32).toUpperCase();
    const trailer = `/Type /XRef /Size ${this.#kinds.length} /W [1 4 2] /Root ${to(catalog)} /Info ${to(info)} /ID [<${id}> <${id}>]`;
    this.deflated(trailer, this.#crossReferences(), number);
    this.#append(`startxref\n${start}\n%%EOF\n`);
    return Buffer.concat(this.#chunks, this.#length);
  }

  #writeWaiting(): void {
    const objects = this.#waiting;
    if (objects.length === 0) return;
    this.#waiting = [];
    const stream = this.reserve();
    let offset = 0;
    let head = '';
    objects.forEach(({ number, body }, index) => {
      this.#kinds[number] = 2;
      this.#places[number] = stream;
      this.#indexes[number] = index;
      head += `${number} ${offset} `;
      offset += body.length + 1;
    });
    const content = head + objects.map(({ body }) => body).join('\n');
    const dictionary = `/Type /ObjStm /N ${objects.length} /First ${head.length}`;
    this.deflated(dictionary, Buffer.from(content, 'latin1'), stream);
  }

  #append(...chunks: readonly (string | Uint8Array)[]): void {
    for (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk;
      this.#chunks.push(bytes);
      this.#length += bytes.length;
    }
  }

  /** Seven bytes for each object: kind, place, and index within a stream. */
  #crossReferences(): Uint8Array {
    const table = Buffer.alloc(this.#kinds.length * 7);
    this.#kinds.forEach((kind, number) => {
      table.writeUInt8(kind, number * 7);
      table.writeUInt32BE(this.#places[number]!, number * 7 + 1);
      table.writeUInt16BE(this.#indexes[number]!, number * 7 + 5);
    });
    return table;
  }
}
