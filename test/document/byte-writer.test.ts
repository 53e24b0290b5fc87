import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../shared/document/pdf/byte-writer.ts';

const written = (write: (to: ByteWriter) => unknown): string => {
  const writer = new ByteWriter(4);
  write(writer);
  return writer.written().toString('latin1');
};

describe('the bytes of a PDF', () => {
  it('have whole numbers as JavaScript writes them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (value) => {
        expect(written((to) => to.integer(value))).toBe(String(value));
      }),
    );
  });

  it('have hundredths as JavaScript writes them, to the last digit that is not 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (value) => {
        expect(written((to) => to.hundredths(value))).toBe(String(value / 100));
      }),
    );
  });

  it('have all of what was written, in its order, however long', () => {
    const text = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        expect(written((to) => texts.reduce((writer, each) => writer.text(each), to))).toBe(texts.join(''));
      }),
    );
  });
});
