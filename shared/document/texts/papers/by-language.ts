import type { Language } from '../../../domain/account.ts';
import type { PaperTexts } from '../paper-texts.ts';
import { papers as de } from './de.ts';
import { papers as en } from './en.ts';
import { papers as es } from './es.ts';
import { papers as fr } from './fr.ts';
import { papers as it } from './it.ts';
import { papers as nl } from './nl.ts';
import { papers as pt } from './pt.ts';

export const PAPERS: Readonly<Record<Language, PaperTexts>> = { en, fr, it, de, es, pt, nl };
