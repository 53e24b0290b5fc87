import type { Language } from '../../../domain/account.ts';
import type { Currency } from '../../../domain/money.ts';
import type { PaperTexts } from '../paper-texts.ts';
import { papers as de } from './de.ts';
import { papers as en } from './en.ts';
import { papers as es } from './es.ts';
import { papers as fr } from './fr.ts';
import { papers as it } from './it.ts';
import { papers as nl } from './nl.ts';
import { papers as pt } from './pt.ts';

/** English as it is written where one is billed in US dollars. */
const american: PaperTexts = {
  ...en,
  receipt: { ...en.receipt, instruments: { ...en.receipt.instruments, cheque: 'Check' } },
  statement: {
    ...en.statement,
    next: { ...en.statement.next, cheque: 'Please mail a check for the open amounts by the due dates below.' },
  },
};

export const PAPERS: Readonly<Record<Language, PaperTexts>> = { en, fr, it, de, es, pt, nl };

export const papersFor = (language: Language, currency: Currency): PaperTexts =>
  language === 'en' && currency === 'USD' ? american : PAPERS[language];
