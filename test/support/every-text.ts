import { expect } from 'vitest';
import { textsFor } from '../../shared/document/texts/by-language.ts';
import { COPY_MARKS } from '../../shared/document/texts/copy-marks.ts';
import { DETAILS_TEXTS } from '../../shared/document/texts/details/by-language.ts';
import { LINKED_INVOICE } from '../../shared/document/texts/linked-invoice.ts';
import { MAIL_TEXTS } from '../../shared/document/texts/mails/by-language.ts';
import { ONCE_TEXTS } from '../../shared/document/texts/once-bought.ts';
import { papersFor } from '../../shared/document/texts/papers/by-language.ts';
import { quoteTextsFor } from '../../shared/document/texts/quotes/by-language.ts';
import { SENT_AGAIN } from '../../shared/document/texts/sent-again.ts';
import { UNDONE_SUSPENSION } from '../../shared/document/texts/undone-suspension.ts';
import { WITHDRAWAL_TEXTS } from '../../shared/document/texts/withdrawals.ts';
import type { Language } from '../../shared/domain/account.ts';
import type { Currency } from '../../shared/domain/money.ts';

/** Where a text stands, and what it says with its blanks filled in. */
type PlacedText = readonly [place: string, text: string];

/** Stands for whatever is filled in, at any depth: it reads as `text` of where it was taken from. */
const filledWith = (text: (path: string) => string, path: string): unknown =>
  new Proxy(() => undefined, {
    get: (_, key) =>
      key === Symbol.toPrimitive || key === 'toString'
        ? () => text(path)
        : filledWith(text, path === '' ? String(key) : `${path}.${String(key)}`),
  });

/** Every text of a language, its blanks filled with `filling`, or with what it makes of their names: `0`, `1.number`. */
export function everyText(
  language: Language,
  filling: string | ((blank: string) => string),
  currency: Currency = 'EUR',
): PlacedText[] {
  const all = {
    ...{ document: textsFor(language, currency), details: DETAILS_TEXTS[language], mails: MAIL_TEXTS[language] },
    ...{ papers: papersFor(language, currency), quotes: quoteTextsFor(language, currency) },
    ...{ linked: LINKED_INVOICE[language], once: ONCE_TEXTS[language], withdrawals: WITHDRAWAL_TEXTS[language] },
    ...{ again: SENT_AGAIN[language], undone: UNDONE_SUSPENSION[language], copy: COPY_MARKS[language] },
  };
  const fill = typeof filling === 'string' ? () => filling : filling;
  const blanks = Array.from({ length: 5 }, (_, index) => filledWith(fill, String(index)));
  const found: PlacedText[] = [];
  const visit = (value: unknown, place: string): void => {
    if (typeof value === 'string') found.push([place, value]);
    else if (typeof value === 'function') visit(value(...blanks), place);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, `${place}.${key}`);
  };
  visit(all, language);
  expect(found.length).toBeGreaterThan(300);
  return found;
}

/** Those with a fault, by their places. */
export const having = (texts: readonly PlacedText[], fault: RegExp): string[] =>
  texts.filter(([, text]) => fault.test(text)).map(([place, text]) => `${place}: ${text}`);
