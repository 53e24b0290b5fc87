import { hash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { ByteWriter } from './byte-writer.ts';
import { CrossReferences } from './cross-references.ts';

/** Objects per object stream: so many that they deflate well, so few that a reader need not inflate a whole document. */
const MOST_PER_STREAM = 1_000;
/** So few bytes take longer to deflate than they are worth. */
const SMALL = 1_024;
/** Close to what higher levels gain, in half of their time. */
const DEFLATING = { level: 1 };

export const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, DEFLATING);

/** As one object refers to another. */
export const to = (object: number): string => `${object} 0 R`;

/** What PDFDocEncoding has from byte 128 on where Latin-1 has controls, and the sign in the place of its no-break space. */
const OTHERS = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž';
const EURO = '€';
/**
 * What PDFDocEncoding says with a byte for each character (ISO 32000-1, D.2). A text that begins as a byte order mark does is
 * read in another encoding.
 */
const ONE_BYTE_EACH = new RegExp(`^(?!þÿ|ÿþ|ï»¿)[ -~\u00a1-\u00ac\u00ae-\u00ff${OTHERS}${EURO}]*$`);
const TO_ENCODE = new RegExp(`[${OTHERS}${EURO}\\\\()]`, 'g');

function encoded(sign: string): string {
  const index = OTHERS.indexOf(sign);
  if (index >= 0) return String.fromCharCode(128 + index);
  return sign === EURO ? '\u00a0' : `\\${sign}`;
}

/** A text as an object writes it (ISO 32000-1, 7.9.2.2): a byte for each character, or UTF-16 in hexadecimal. */
export const textString = (text: string): string =>
  ONE_BYTE_EACH.test(text)
    ? `(${text.replace(TO_ENCODE, encoded)})`
    : `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

/** A rectangle as an object writes it (7.9.5), to hundredths of points. */
export const rectangle = (sides: readonly [left: number, bottom: number, right: number, top: number]): string =>
  `[${sides.map((side) => Math.round(side * 100) / 100).join(' ')}]`;

/** An instant as an object writes it (7.9.4), in UTC. */
export const dateString = (date: Date): string => `(D:${date.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z)`;

/**
 * Writes the objects of a PDF file (ISO 32000-1, 7.5): those without a stream of their own go into object streams, which is
 * what keeps a tagged document small. An object is what it says in the file; the bytes depend on nothing else. What was
 * written is deflated as soon as it is enough for a stream: memory holds the file and little more.
 */
export class PdfFile {
  readonly #written = new ByteWriter(65_536);
  readonly #references = new CrossReferences();
  /** What no other document says: all but fonts and colours. */
  readonly #own: Uint8Array[] = [];
  /** Objects on their way into an object stream: what they say, their numbers, and where each begins. */
  readonly #waiting = new ByteWriter(32_768);
  #numbers: number[] = [];
  #offsets: number[] = [];

  constructor() {
    // Four bytes above 127 tell transfer programs that the file is binary.
    this.#written.text('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');
  }

  /** The number of an object that is written later. */
  reserve(): number {
    return this.#references.add();
  }

  /** Adds an object and gives its number. */
  object(body: string, number = this.reserve()): number {
    this.open(number).text(body);
    return number;
  }

  /** For an object that is written in parts, and wholly before the next one is opened. */
  open(number: number): ByteWriter {
    if (this.#numbers.length === MOST_PER_STREAM) this.#writeWaiting();
    const waiting = this.#waiting;
    if (this.#numbers.length > 0) waiting.text('\n');
    this.#numbers.push(number);
    this.#offsets.push(waiting.length);
    return waiting;
  }

  /** Adds a stream of bytes that many documents share; `dictionary` says what they are, without its brackets and length. */
  shared(dictionary: string, bytes: Uint8Array): number {
    return this.#stream(dictionary, bytes, this.reserve());
  }

  /** Adds a stream of the document's own. */
  stream(dictionary: string, bytes: Uint8Array, number = this.reserve()): number {
    this.#own.push(bytes);
    return this.#stream(dictionary, bytes, number);
  }

  deflated(dictionary: string, bytes: Uint8Array, number?: number): number {
    const space = dictionary === '' ? '' : ' ';
    return this.stream(`${dictionary}${space}/Filter /FlateDecode`, deflate(bytes), number);
  }

  /** Ends the file with its cross-reference stream. Its identity is a hash of what is its own. */
  finish(catalog: number, info: number): Uint8Array {
    this.#writeWaiting();
    const start = this.#written.length;
    const number = this.reserve();
    this.#references.set(number, 1, start, 0);
    const id = hash('sha256', Buffer.concat(this.#own), 'hex').slice(0, 32).toUpperCase();
    const size = this.#references.count;
    const { widths, bytes } = this.#references.packed();
    const trailer = `/Type /XRef /Size ${size} /W [${widths.join(' ')}] /Root ${to(catalog)} /Info ${to(info)} /ID [<${id}> <${id}>]`;
    if (bytes.length > SMALL) this.deflated(trailer, bytes, number);
    else this.#stream(trailer, bytes, number);
    return this.#written.text('startxref\n').integer(start).text('\n%%EOF\n').written();
  }

  #stream(dictionary: string, bytes: Uint8Array, number: number): number {
    const written = this.#written;
    this.#references.set(number, 1, written.length, 0);
    written
      .integer(number)
      .text(' 0 obj\n<< ')
      .text(dictionary)
      .text(dictionary === '' ? '/Length ' : ' /Length ');
    written.integer(bytes.length).text(' >>\nstream\n').bytes(bytes).text('\nendstream\nendobj\n');
    return number;
  }

  #writeWaiting(): void {
    const numbers = this.#numbers;
    if (numbers.length === 0) return;
    const stream = this.reserve();
    const head = new ByteWriter(numbers.length * 16);
    numbers.forEach((number, index) => {
      head.integer(number).text(' ').integer(this.#offsets[index]!).text(' ');
      this.#references.set(number, 2, stream, index);
    });
    const dictionary = `/Type /ObjStm /N ${numbers.length} /First ${head.length}`;
    this.deflated(dictionary, Buffer.concat([head.written(), this.#waiting.written()]), stream);
    this.#waiting.clear();
    this.#numbers = [];
    this.#offsets = [];
  }
}
