import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STYLES } from '../../shared/document/styles.ts';
import { balancedWidth, proseWidth, textWidth, wrapped } from '../../shared/document/wrap.ts';

const style = STYLES.body;
const texts = fc
  .array(fc.string({ unit: fc.constantFrom(...'abcdefilmort'), minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((words) => words.join(' '));
const widths = fc.integer({ min: 80, max: 480 });

it.each([
  ['balanced', balancedWidth],
  ['without a word alone', proseWidth],
])('%s, a text takes no more lines and no more width than it may', (_how, narrower) => {
  fc.assert(
    fc.property(texts, widths, (text, width) => {
      const used = narrower(text, width, style);
      expect(used).toBeLessThanOrEqual(width);
      expect(wrapped(text, used, style)).toHaveLength(wrapped(text, width, style).length);
    }),
  );
});

describe('a sentence that would end in a word alone', () => {
  const SENTENCE = 'Please transfer the open amounts by the due dates below.';
  const width = textWidth(SENTENCE, style) - 5;

  it('beside the figure has lines of about one length', () => {
    expect(wrapped(SENTENCE, width, style)[1]).toBe('below.');
    const lines = wrapped(SENTENCE, balancedWidth(SENTENCE, width, style), style);
    expect(lines).toEqual(['Please transfer the open', 'amounts by the due dates below.']);
  });

  it('in prose gives its last line a second word, and no more than that takes', () => {
    expect(wrapped(SENTENCE, proseWidth(SENTENCE, width, style), style)[1]).toBe('dates below.');
  });

  it('stays as it is where it has one line', () => {
    expect([balancedWidth(SENTENCE, width + 10, style), proseWidth(SENTENCE, width + 10, style)]).toEqual([
      width + 10,
      width + 10,
    ]);
  });
});
