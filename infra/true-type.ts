/** Bytes of the directory's head, and of each of its entries. */
const HEAD = 12;
const ENTRY = 16;
/** Where the table `head` has the sum of the whole file, and what that one and all other sums come to. */
const ADJUSTMENT = 8;
const WHOLE = 0xb1_b0_af_ba;

/**
 * A TrueType font as its specification has it: tables in the order of their names, each beginning at a multiple of four bytes,
 * and their sums. fontkit writes subsets without, which most readers forgive, and checkers of fonts do not.
 */
export function wellFormed(font: Buffer): Buffer {
  const count = font.readUInt16BE(4);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = HEAD + index * ENTRY;
    const offset = font.readUInt32BE(at + 8);
    const data = Buffer.from(font.subarray(offset, offset + font.readUInt32BE(at + 12)));
    return { name: font.toString('latin1', at, at + 4), data };
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const directory = Buffer.alloc(HEAD + count * ENTRY);
  font.copy(directory, 0, 0, HEAD);
  directory.writeUInt32BE(0x1_00_00, 0);
  let offset = directory.length;
  let head = 0;
  const written = tables.map(({ name, data }, index) => {
    if (name === 'head') {
      data.writeUInt32BE(0, ADJUSTMENT);
      head = offset;
    }
    const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
    const at = HEAD + index * ENTRY;
    directory.write(name, at, 'latin1');
    directory.writeUInt32BE(sumOf(padded), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(data.length, at + 12);
    offset += padded.length;
    return padded;
  });
  const file = Buffer.concat([directory, ...written]);
  file.writeUInt32BE((WHOLE - sumOf(file)) >>> 0, head + ADJUSTMENT);
  return file;
}

/** Of words of four bytes each, as far as it fits into one. */
function sumOf(words: Buffer): number {
  let sum = 0;
  for (let at = 0; at < words.length; at += 4) sum = (sum + words.readUInt32BE(at)) >>> 0;
  return sum;
}
