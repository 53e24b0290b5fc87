import fc from 'fast-check';
import { fontOf } from '../../shared/document/pdf/fonts.ts';
import type { Currency } from '../../shared/domain/money.ts';

/** Names as nobody should have them, of letters that our fonts can draw. */
export const DRAWABLE: Readonly<Record<string, string>> = {
  'a word of 300 letters': 'Ü'.repeat(300),
  'a word of 300 wide and narrow letters': 'Wm'.repeat(150),
  '150 words of one letter': 'i '.repeat(150),
  'twelve words and a name': `${'Lang '.repeat(12)}Sàrl`,
  'three scripts': 'Βόρειος Северный Đức',
  'one letter': 'I',
  'a letter with 50 accents': `Z${'\u0301'.repeat(50)}algo`,
  'a mark that would turn what follows round, which is left out': 'Acme \u202Edtl',
};

/** And of signs that they cannot: in a mail, the reader's fonts show them; a document with them is refused. */
export const UNDRAWABLE: Readonly<Record<string, string>> = {
  'Arabic, from right to left': 'مؤسسة الشمال',
  'Hebrew, from right to left, beside Latin': 'צפון Ltd (רוח)',
  'a word of 300 Arabic letters': 'م'.repeat(300),
  Chinese: '北风',
  'an emoji': '🎉 Ltd',
  'an emoji of several signs': '👩‍👩‍👧 & 🇯🇵',
};

const DRAWN = Array.from(fontOf('regular').prepared.characters).slice(0, 517);

/** Names as customers have them and as nobody has them. */
export const words = fc.oneof(
  fc.string({ unit: fc.constantFrom(...DRAWN), minLength: 1, maxLength: 60 }),
  fc.constantFrom(...Object.values(DRAWABLE), ...Object.values(UNDRAWABLE)),
);

/** Nothing, the least there is, and twelve digits, to and fro. */
export const AMOUNTS = [0, 1, -1, 99, 123_456_789_012, -123_456_789_012] as const;

export const amounts = fc.oneof(fc.constantFrom(...AMOUNTS), fc.integer({ min: -1_000_000, max: 100_000_000 }));

/** The sample's own currency, or yen. */
export const currencies = fc.constantFrom<Currency | undefined>(undefined, 'JPY');
