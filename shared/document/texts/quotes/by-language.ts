import type { Language } from '../../../domain/account.ts';
import type { QuoteTexts } from '../quote-texts.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';

export const QUOTE_TEXTS: Readonly<Record<Language, QuoteTexts>> = { en, fr, it, de, es, pt, nl };
