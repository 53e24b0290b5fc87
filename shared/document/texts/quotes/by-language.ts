import type { Language } from '../../../domain/account.ts';
import type { Currency } from '../../../domain/money.ts';
import type { QuoteTexts } from '../quote-texts.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';

/** English as it is written where one is billed in US dollars. */
const american: QuoteTexts = {
  ...en,
  next: { ...en.next, pay: { ...en.next.pay, cheque: 'You pay each invoice by check.' } },
};

export const QUOTE_TEXTS: Readonly<Record<Language, QuoteTexts>> = { en, fr, it, de, es, pt, nl };

export const quoteTextsFor = (language: Language, currency: Currency): QuoteTexts =>
  language === 'en' && currency === 'USD' ? american : QUOTE_TEXTS[language];
