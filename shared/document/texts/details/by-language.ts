import type { Language } from '../../../domain/account.ts';
import type { DetailsTexts } from '../details-texts.ts';
import { details as de } from './de.ts';
import { details as en } from './en.ts';
import { details as es } from './es.ts';
import { details as fr } from './fr.ts';
import { details as it } from './it.ts';
import { details as nl } from './nl.ts';
import { details as pt } from './pt.ts';

export const DETAILS_TEXTS: Readonly<Record<Language, DetailsTexts>> = { en, fr, it, de, es, pt, nl };
