import type { Rules } from './archival-file.ts';
import type { Pdf } from './file.ts';

/** The rules that a file breaks, and how. */
export const brokenRules = (rules: Rules, pdf: Pdf): string[] =>
  Object.entries(rules).flatMap(([rule, holds]) => {
    try {
      holds(pdf);
      return [];
    } catch (error) {
      return [`${rule} — ${(error as Error).message}`];
    }
  });
