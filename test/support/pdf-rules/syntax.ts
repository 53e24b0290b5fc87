/** What the objects of a PDF file consist of (ISO 32000-1, 7.3). */
export type Value = null | boolean | number | Name | Text | Reference | Value[] | Dictionary;
export interface Dictionary extends Map<string, Value> {}

export class Name {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A string, a byte for each character. */
export class Text {
  readonly bytes: string;
  constructor(bytes: string) {
    this.bytes = bytes;
  }
}

export class Reference {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

/** An operator, or another word that is no object. */
export class Keyword {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}

const SPACE = /(?:[\0\t\n\f\r ]|%[^\r\n]*)*/y;
const SYMBOL = /<<|>>|\[|\]|<|\(|\//y;
const REGULAR = /[^\0\t\n\f\r ()<>[\]{}/%]+/y;
const GENERATION = /[\0\t\n\f\r ]+0[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/y;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const WORDS: Readonly<Record<string, Value>> = { true: true, false: false, null: null };
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' },
  ...{ '(': '(', ')': ')', '\\': '\\' },
};

/** Reads objects from Latin-1, and takes nothing that the standard does not allow. */
export class Reader {
  readonly #source: string;
  at: number;

  constructor(source: string, at = 0) {
    this.#source = source;
    this.at = at;
  }

  get ended(): boolean {
    this.#take(SPACE);
    return this.at >= this.#source.length;
  }

  value(): Value {
    const value = this.next();
    if (value instanceof Keyword) throw new SyntaxError(`7.3: ${value.word} is no object`);
    return value;
  }

  next(): Value | Keyword {
    this.#take(SPACE);
    switch (this.#take(SYMBOL)) {
      case '<<':
        return this.#dictionary();
      case '[':
        return this.#items(']');
      case '<':
        return this.#hexadecimal();
      case '(':
        return this.#literal();
      case '/':
        return new Name(this.#name());
      case undefined:
        return this.#word();
      default:
        throw new SyntaxError('7.3: a bracket is closed that was not opened');
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [taken] = pattern.exec(this.#source) ?? [];
    this.at += taken?.length ?? 0;
    return taken;
  }

  #items(end: ']' | '>>'): Value[] {
    const items: Value[] = [];
    for (;;) {
      this.#take(SPACE);
      if (this.#source.startsWith(end, this.at)) break;
      items.push(this.value());
    }
    this.at += end.length;
    return items;
  }

  #dictionary(): Dictionary {
    const items = this.#items('>>');
    const dictionary: Dictionary = new Map();
    for (let index = 0; index < items.length; index += 2) {
      const [key, value] = [items[index], items[index + 1]];
      if (!(key instanceof Name) || value === undefined) throw new SyntaxError('7.3.7: keys are names, with values');
      if (dictionary.has(key.name)) throw new SyntaxError(`7.3.7: two entries have the key ${key.name}`);
      dictionary.set(key.name, value);
    }
    return dictionary;
  }

  #hexadecimal(): Text {
    const digits = /[^>]*/y;
    const taken = this.#take(digits)!;
    if (this.#source[this.at++] !== '>' || !/^(?:[\da-fA-F]{2})*$/.test(taken))
      throw new SyntaxError('7.3.4.3, and ISO 19005-3, 6.1.6: a hexadecimal string has pairs of digits');
    return new Text(Buffer.from(taken, 'hex').toString('latin1'));
  }

  #literal(): Text {
    let bytes = '';
    for (let depth = 1; ; this.at++) {
      const character = this.#source[this.at];
      if (character === undefined) throw new SyntaxError('7.3.4.2: a string is not closed');
      if (character === '(') depth++;
      else if (character === ')' && --depth === 0) break;
      else if (character === '\\') {
        const escaped = ESCAPES[this.#source[++this.at] ?? ''];
        if (escaped === undefined) throw new SyntaxError('7.3.4.2: nothing to escape');
        bytes += escaped;
        continue;
      }
      bytes += character;
    }
    this.at++;
    return new Text(bytes);
  }

  #name(): string {
    const written = this.#take(REGULAR) ?? '';
    return written.replace(/#(..)?/g, (_, code: string | undefined) => {
      if (!/^[\da-fA-F]{2}$/.test(code ?? '')) throw new SyntaxError('7.3.5: a # is followed by two digits');
      return String.fromCharCode(Number.parseInt(code!, 16));
    });
  }

  #word(): Value | Keyword {
    const word = this.#take(REGULAR);
    if (word === undefined) throw new SyntaxError('7.3: nothing where an object must be');
    if (word in WORDS) return WORDS[word]!;
    if (NUMBER.test(word))
      return /^\d+$/.test(word) && this.#take(GENERATION) !== undefined ? new Reference(Number(word)) : Number(word);
    if (!/^[A-Za-z'"][A-Za-z0-9*]*$/.test(word)) throw new SyntaxError(`7.3.3: ${word} is no number`);
    return new Keyword(word);
  }
}

/** Every object inside of one, itself included. */
export function* everythingIn(value: Value): Generator<Value> {
  yield value;
  if (Array.isArray(value)) for (const item of value) yield* everythingIn(item);
  else if (value instanceof Map) for (const item of value.values()) yield* everythingIn(item);
}

/** What PDFDocEncoding says with the bytes from 128 on (D.2). */
const FROM_128 = [
  ...[
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x192, 0x2044, 0x2039, 0x203a, 0x2212, 0x2030, 0x201e, 0x201c,
    0x201d,
  ],
  ...[
    0x2018, 0x2019, 0x201a, 0x2122, 0xfb01, 0xfb02, 0x141, 0x152, 0x160, 0x178, 0x17d, 0x131, 0x142, 0x153, 0x161,
    0x17e,
  ],
];

/** A text string (7.9.2.2): UTF-16 behind a byte order mark, else PDFDocEncoding. */
export function textOf(value: Value | undefined): string {
  if (!(value instanceof Text)) throw new Error('There is no text');
  const { bytes } = value;
  if (bytes.startsWith('\xfe\xff')) return Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le');
  if (/^(?:\xff\xfe|\xef\xbb\xbf)/.test(bytes)) throw new SyntaxError('7.9.2.2: the text is read in another encoding');
  if (!/^[ -~\x80-\x9e\xa0-\xac\xae-\xff]*$/.test(bytes))
    throw new SyntaxError('7.9.2.2: PDFDocEncoding has another character');
  return bytes.replace(/[\x80-\xa0]/g, (byte) => {
    const code = byte.charCodeAt(0);
    return code === 0xa0 ? '€' : String.fromCharCode(FROM_128[code - 128]!);
  });
}
