import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smsSegments } from '../../../shared/domain/usage/segments.ts';

const EMOJI = '\u{1F600}';

describe('§2.7, R110: a segment of the GSM alphabet has 160 septets, a part of a longer text 153', () => {
  it.each([
    ['nothing', '', 1],
    ['1 A', 'A', 1],
    ['160 A', 'A'.repeat(160), 1],
    ['161 A', 'A'.repeat(161), 2],
    ['306 A', 'A'.repeat(306), 2],
    ['307 A', 'A'.repeat(307), 3],
    ['459 A', 'A'.repeat(459), 3],
    ['460 A', 'A'.repeat(460), 4],
    ['158 A and €, 160 septets', `${'A'.repeat(158)}€`, 1],
    ['159 A and €, 161 septets', `${'A'.repeat(159)}€`, 2],
    ['80 €', '€'.repeat(80), 1],
    ['81 €: 76 fit into a part', '€'.repeat(81), 2],
    ['152 €', '€'.repeat(152), 2],
    ['153 €, 306 septets that two parts cannot hold', '€'.repeat(153), 3],
    ['152 A, € and 152 B: the escape does not straddle', `${'A'.repeat(152)}€${'B'.repeat(152)}`, 3],
    ['151 A, € and 153 B: the escape ends a part', `${'A'.repeat(151)}€${'B'.repeat(153)}`, 2],
    ['152 A, € and 151 B: one septet is left unused', `${'A'.repeat(152)}€${'B'.repeat(151)}`, 2],
  ])('%s', (_, text, segments) => {
    expect(smsSegments(text)).toBe(segments);
  });

  it.each([...'^{}\\[~]|€\f'])('%j costs two septets', (character) => {
    expect(smsSegments(character + 'A'.repeat(158))).toBe(1);
    expect(smsSegments(character + 'A'.repeat(159))).toBe(2);
  });

  it.each([...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà'])(
    '%j costs one septet',
    (character) => {
      expect(smsSegments(character + 'A'.repeat(159))).toBe(1);
      expect(smsSegments(character + 'A'.repeat(160))).toBe(2);
    },
  );
});

describe('§2.7: one character outside the GSM alphabet makes the text UCS-2, 70 units or 67 per part', () => {
  it.each([
    ['70 ç', 'ç'.repeat(70), 1],
    ['71 ç', 'ç'.repeat(71), 2],
    ['69 A and ç', `${'A'.repeat(69)}ç`, 1],
    ['70 A and ç', `${'A'.repeat(70)}ç`, 2],
    ['134 ç', 'ç'.repeat(134), 2],
    ['135 ç', 'ç'.repeat(135), 3],
    ['35 emoji', EMOJI.repeat(35), 1],
    ['36 emoji: 33 fit into a part', EMOJI.repeat(36), 2],
    ['66 emoji', EMOJI.repeat(66), 2],
    ['67 emoji, 134 units that two parts cannot hold', EMOJI.repeat(67), 3],
    ['66 ê, emoji and 66 ê: the pair does not straddle', `${'ê'.repeat(66)}${EMOJI}${'ê'.repeat(66)}`, 3],
    ['65 ê, emoji and 67 ê: the pair ends a part', `${'ê'.repeat(65)}${EMOJI}${'ê'.repeat(67)}`, 2],
    ['69 A and emoji, 71 units', `${'A'.repeat(69)}${EMOJI}`, 2],
    ['68 A and emoji, 70 units', `${'A'.repeat(68)}${EMOJI}`, 1],
    ['70 units with €, which is one unit here', `${'€'.repeat(69)}ç`, 1],
  ])('%s', (_, text, segments) => {
    expect(smsSegments(text)).toBe(segments);
  });

  it('capital Ç is in the GSM alphabet and small ç is not', () => {
    expect(smsSegments('Ç'.repeat(160))).toBe(1);
    expect(smsSegments('ç'.repeat(160))).toBe(3);
  });
});

describe('properties of segments', () => {
  const text = fc
    .array(fc.constantFrom('A', 'é', '€', '[', 'ç', EMOJI), { maxLength: 400, size: 'max' })
    .map((all) => all.join(''));

  it('a longer text never has fewer segments, and an appended character adds one at most to a text in parts', () => {
    fc.assert(
      fc.property(text, (of) => {
        expect(smsSegments(`${of}ç`)).toBeGreaterThanOrEqual(smsSegments(of));
        if (of.includes('ç')) expect(smsSegments(`${of}ç`)).toBeLessThanOrEqual(smsSegments(of) + 1);
      }),
    );
  });

  it('no segmentation beats the units themselves', () => {
    fc.assert(
      fc.property(text, (of) => {
        const long = of + 'ç'.repeat(71);
        expect(smsSegments(long)).toBeGreaterThanOrEqual(Math.ceil(long.length / 67));
      }),
    );
  });
});
