import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { create, type Font } from 'fontkit';
import { describe, expect, it } from 'vitest';
import { kerningOf } from '../../infra/font-kerning.ts';
import { FONTS, LEAST_KERNING, prepareFont, rangesOf } from '../../infra/prepare-fonts.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { fontOf, isDrawable, printable, type Weight } from '../../shared/document/pdf/fonts.ts';
import type { PreparedFont } from '../../shared/document/pdf/prepared-font.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import { unprintableIn } from '../../shared/domain/printable.ts';
import { PRINTABLE } from '../../shared/domain/printable-characters.ts';
import { sampleInvoice } from '../support/invoices.ts';

const source = (weight: Weight): Font =>
  create(readFileSync(new URL(`../../infra/fonts/${FONTS[weight]}.ttf`, import.meta.url)));

const printableOrNot = (text: string): string | undefined => {
  try {
    return printable(text);
  } catch {
    return undefined;
  }
};

/** Two versions of zlib make different bytes of one content. */
const unpacked = ({ subsets, ...font }: PreparedFont) => ({
  ...font,
  subsets: subsets.map(({ deflated, ...subset }) => ({
    ...subset,
    sha256: createHash('sha256')
      .update(inflateSync(Buffer.from(deflated, 'base64')))
      .digest('hex'),
  })),
});

describe.each(['regular', 'semibold'] as const)('the prepared font, %s', (weight) => {
  const font = source(weight);
  const { prepared, shape, has } = fontOf(weight);
  const characters = Array.from(prepared.characters);

  it('is what `npm run fonts` makes of its source', () => {
    expect(unpacked(prepareFont(FONTS[weight]))).toEqual(unpacked(prepared));
  });

  it('kerns two characters as shaping does that draws their own glyphs', () => {
    const kerning = kerningOf(font);
    const character = fc.oneof(fc.constantFrom(...characters), fc.constantFrom(...characters.slice(0, 130)));
    fc.assert(
      fc.property(character, character, (left, right) => {
        const { glyphs, positions } = font.layout(left + right);
        const own = [left, right].map((each) => font.glyphForCodePoint(each.codePointAt(0)!));
        fc.pre(glyphs.map(({ id }) => id).join() === own.map(({ id }) => id).join());
        expect(kerning(own[0]!.id)(own[1]!.id)).toBe(positions[0]!.xAdvance - own[0]!.advanceWidth);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has every character of its source that can be seen, each with its width', () => {
    const all = font.characterSet.map((code) => String.fromCodePoint(code));
    expect(all.filter((each) => !has(each))).toEqual(all.filter((each) => /\p{C}/u.test(each)));
    characters.forEach((character, index) => {
      expect(prepared.widths[index]).toBe(font.glyphForCodePoint(character.codePointAt(0)!).advanceWidth);
    });
  });

  it.each(['AVATAR Ty. “Łukasz” 1,747.10 £', 'Tél. à l’Épée, Übergröße', 'Άνεμος Βόρειος', 'Товар'])(
    'places %s as the source does, but for what nobody sees',
    (text) => {
      const { glyphs, positions } = font.layout(text);
      const width = positions.reduce((sum, { xAdvance }, index) => {
        const { advanceWidth } = glyphs[index]!;
        const seen = (Math.abs(xAdvance - advanceWidth) * 1000) / font.unitsPerEm >= LEAST_KERNING;
        return sum + (seen ? xAdvance : advanceWidth);
      }, 0);
      expect(shape(text).width * prepared.unitsPerEm).toBeCloseTo(width);
    },
  );

  it('keeps digits apart from the slash of a fraction, whose small digits it does not draw', () => {
    expect(shape('1⁄2').width).toBeCloseTo(shape('1').width + shape('⁄').width + shape('2').width);
  });

  it('embeds subsets that begin alike: a glyph has one number in all of them', () => {
    const opened = prepared.subsets.map(({ deflated, bytes }) => {
      const file = inflateSync(Buffer.from(deflated, 'base64'));
      expect(file.length).toBe(bytes);
      return file;
    });
    expect(prepared.subsets.map(({ glyphs }) => glyphs)).toEqual(
      prepared.subsets.map(({ glyphs }) => glyphs).sort((a, b) => a - b),
    );
    expect(prepared.subsets.at(-1)?.glyphs).toBe(characters.length);
    expect(opened[0]!.length).toBeLessThan(10_000);
  });
});

it('a glance finds only such texts drawable as are drawn just as they are', () => {
  for (let code = 0; code <= 0xff_ff; code++) {
    const text = String.fromCharCode(code);
    if (!isDrawable(JSON.stringify({ name: text }))) continue;
    expect(printable(text)).toBe(text);
    expect(fontOf('semibold').has(text)).toBe(true);
  }
});

it.each(['Café Nord', 'Two  spaces', ' before', 'after ', 'a\tab', 'a\u200bmark', '北风', 'Cafe\u0301'])(
  'and looks closer at %j where it must',
  (text) => {
    const clean = printableOrNot(text) === text;
    expect(isDrawable(JSON.stringify({ name: text, more: ['x'] }))).toBe(clean);
  },
);

it.each(LANGUAGES)('keeps an invoice in %s smaller than 40 kB, with the e-invoice in it', async (language) => {
  expect((await renderInvoice(sampleInvoice('ireland', { language }))).length).toBeLessThan(40_000);
});

describe('what documents can show', () => {
  it('is known without the font, exactly', () => {
    expect(PRINTABLE).toBe(rangesOf(fontOf('regular').prepared));
    expect(PRINTABLE).toBe(rangesOf(fontOf('semibold').prepared));
  });

  it.each([
    ['Nguyễn Văn Đức', []],
    ['Łódź ® ™ ℠ № → €₹₩₫₱₽', []],
    ['Βόρειος Άνεμος · Северный ветер', []],
    ['e\u0301 joined, a\u200bb without its mark', []],
    ['北风 and 北', ['北', '风']],
    ['Հայ ქარ שלום ไทย 🎉', [...'Հայქარשלוםไทย🎉']],
  ])('%s: all but %j', (text, missing) => {
    expect(unprintableIn(text)).toEqual(missing);
  });
});
