import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import { textWidth, wrapped } from './wrap.ts';

/** Label on the left, value on the right; a pair that does not fit on a line takes two. */
export function drawFacts(
  sheet: Sheet,
  left: number,
  right: number,
  facts: readonly (readonly [label: string, value: string])[],
): void {
  sheet.element('L', () => {
    for (const [label, value] of facts) {
      sheet.element('LI', () => {
        sheet.y += leading(STYLES.label);
        sheet.element('Lbl', () => sheet.text(label, left, sheet.y, STYLES.label));
        const room = right - left - textWidth(label, STYLES.label) - 8;
        const fits = textWidth(value, STYLES.strong) <= room;
        sheet.element('LBody', () => {
          const lines = fits ? [value] : wrapped(value, right - left, STYLES.strong);
          lines.forEach((line, index) => {
            if (!fits) sheet.y += leading(STYLES.strong);
            const start = right - textWidth(line, STYLES.strong);
            sheet.text(index === lines.length - 1 ? line : `${line} `, start, sheet.y, STYLES.strong);
          });
        });
      });
    }
  });
}
