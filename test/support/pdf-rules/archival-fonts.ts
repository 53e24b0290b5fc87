import { expect } from 'vitest';
import type { Rules } from './archival-file.ts';
import { nameIn } from './file.ts';
import { faultsIn, fontsOf, openProgram, sourceOf } from './fonts.ts';
import { dictionariesOf } from './model.ts';
import type { Dictionary, Text } from './syntax.ts';

/** ISO 19005-3, 6.2.11, as ISO 14289-1, 7.21 has it, too. */
export const FONT_RULES: Rules = {
  '6.2.11.2: fonts are composite, of one descendant, and have one name': (pdf) => {
    expect(fontsOf(pdf).length).toBeGreaterThan(0);
    for (const { font, descendant, descriptor } of fontsOf(pdf)) {
      const kinds = [font, descendant, descriptor].map((of) => [nameIn(of, 'Type'), nameIn(of, 'Subtype')]);
      expect(kinds).toEqual([
        ['Font', 'Type0'],
        ['Font', 'CIDFontType2'],
        ['FontDescriptor', undefined],
      ]);
      const names = [nameIn(font, 'BaseFont'), nameIn(descendant, 'BaseFont'), nameIn(descriptor, 'FontName')];
      expect(new Set(names).size).toBe(1);
      expect(names[0]).toMatch(/^[A-Z]{6}\+[\w-]+$/);
      expect(font.get('DescendantFonts')).toHaveLength(1);
    }
  },
  'ISO 32000-1, 9.8: a descriptor measures its program': (pdf) => {
    for (const { descriptor, program } of fontsOf(pdf)) {
      const { bbox, unitsPerEm, ascent, descent } = openProgram(program);
      const measured = [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((units) => (units * 1000) / unitsPerEm);
      expect(descriptor.get('FontBBox')).toEqual(measured);
      expect(descriptor.get('Ascent')).toBe((ascent * 1000) / unitsPerEm);
      expect(descriptor.get('Descent')).toBe((descent * 1000) / unitsPerEm);
      for (const key of ['ItalicAngle', 'StemV', 'CapHeight']) expect(descriptor.get(key)).toBeTypeOf('number');
      // Symbolic or not, but never both.
      expect([4, 32]).toContain((descriptor.get('Flags') as number) & 36);
    }
  },
  '6.2.11.3.1: an encoding is of the same collection as the font': (pdf) => {
    for (const { descendant, encoding } of fontsOf(pdf)) {
      const system = systemIn(descendant);
      if (encoding === undefined) continue;
      expect(systemIn(encoding.dictionary)).toEqual(system);
      const [registry, ordering, supplement] = system;
      const inside = `/Registry (${registry}) def\n/Ordering (${ordering}) def\n/Supplement ${supplement} def\n`;
      expect(encoding.content).toContain(inside);
    }
  },
  '6.2.11.3.2: a font says how its glyphs are found': (pdf) => {
    for (const { descendant } of fontsOf(pdf)) expect(nameIn(descendant, 'CIDToGIDMap')).toBe('Identity');
  },
  '6.2.11.3.3: an embedded encoding says of itself what its stream says, and uses no other': (pdf) => {
    for (const { encoding } of fontsOf(pdf)) {
      if (encoding === undefined) continue;
      expect(nameIn(encoding.dictionary, 'Type')).toBe('CMap');
      expect(encoding.content).toContain(`/WMode ${encoding.dictionary.get('WMode')} def\n`);
      expect(encoding.content).toContain(`/CMapName /${nameIn(encoding.dictionary, 'CMapName')} def\n`);
      expect(encoding.content.includes('usecmap') || encoding.dictionary.has('UseCMap')).toBe(false);
    }
  },
  '6.2.11.4.1: every font is embedded, with a sound program': (pdf) => {
    for (const { descriptor, program } of fontsOf(pdf)) {
      const stream = [...pdf.streams].find(([, content]) => content === program)![0];
      expect((pdf.objects.get(stream) as Dictionary).get('Length1')).toBe(program.length);
      expect(descriptor.has('FontFile') || descriptor.has('FontFile3')).toBe(false);
      expect(faultsIn(program)).toEqual([]);
    }
    const fonts = dictionariesOf(pdf).filter((dictionary) => nameIn(dictionary, 'Subtype') === 'Type0');
    expect(fonts).toHaveLength(fontsOf(pdf).length);
  },
  '6.2.11.4.1, 6.2.11.8: every glyph that is shown is in the program, and none stands for a missing one': (pdf) => {
    for (const { shown, glyphOf, program } of fontsOf(pdf)) {
      const { numGlyphs } = openProgram(program);
      for (const code of shown) expect(glyphOf(code) > 0 && glyphOf(code) < numGlyphs, `code ${code}`).toBe(true);
    }
  },
  '6.2.11.4.2: no list of glyphs that could be incomplete': (pdf) => {
    for (const { descriptor } of fontsOf(pdf)) expect(descriptor.has('CIDSet')).toBe(false);
  },
  '6.2.11.5: widths are those of the program': (pdf) => {
    for (const { shown, glyphOf, program, widths } of fontsOf(pdf)) {
      const font = openProgram(program);
      for (const code of shown) {
        const { advanceWidth } = font.getGlyph(glyphOf(code));
        expect(widths.get(glyphOf(code)), `code ${code}`).toBeCloseTo((advanceWidth * 1000) / font.unitsPerEm, 1);
      }
    }
  },
  '6.2.11.7.2: every code stands for a character, none of which is private or a byte order mark': (pdf) => {
    for (const { shown, characters } of fontsOf(pdf)) {
      for (const code of shown) expect(characters.has(code), `code ${code}`).toBe(true);
      for (const character of characters.values()) expect(character).not.toMatch(/[\0\ufeff\ufffe\p{Co}\p{Cs}]/u);
    }
  },
  '6.2.11.7.2: it is the character whose glyph is drawn': (pdf) => {
    for (const font of fontsOf(pdf)) {
      const [program, source] = [openProgram(font.program), sourceOf(font)];
      for (const code of font.shown) {
        const character = font.characters.get(code)!;
        const drawn = program.getGlyph(font.glyphOf(code)).path.toSVG();
        expect(drawn, character).toBe(source.glyphForCodePoint(character.codePointAt(0)!).path.toSVG());
      }
    }
  },
};

function systemIn(of: Dictionary): [registry: string, ordering: string, supplement: number] {
  const system = of.get('CIDSystemInfo') as Dictionary;
  const [registry, ordering] = [system.get('Registry'), system.get('Ordering')] as [Text, Text];
  return [registry.bytes, ordering.bytes, system.get('Supplement') as number];
}
