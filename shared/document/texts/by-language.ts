import type { Language } from '../../domain/account.ts';
import type { Currency } from '../../domain/money.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';

import type { Texts } from './texts.ts';

/** English as it is written where one is billed in US dollars. */
const american: Texts = {
  document: {
    ...en.document,
    nextStep: {
      ...en.document.nextStep,
      payByCheque: (by) => `Please mail a check for this amount to our address by ${by}.`,
    },
    units: { ...en.document.units, licence: ['license', 'licenses'] },
  },
};

/** Of documents alone: whoever draws them need not load what mails say. */
export const TEXTS: Readonly<Record<Language, Texts>> = { en, fr, it, de, es, pt, nl };

export const textsFor = (language: Language, currency: Currency): Texts =>
  language === 'en' && currency === 'USD' ? american : TEXTS[language];
