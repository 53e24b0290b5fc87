import type { Language } from '../../domain/account.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';

import type { Texts } from './texts.ts';

/** Of documents alone: whoever draws them need not load what mails say. */
export const TEXTS: Readonly<Record<Language, Texts>> = { en, fr, it, de, es, pt, nl };
