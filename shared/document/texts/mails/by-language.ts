import type { Language } from '../../../domain/account.ts';
import type { MailTexts } from '../mail-texts.ts';
import { mail as de } from './de.ts';
import { mail as en } from './en.ts';
import { mail as es } from './es.ts';
import { mail as fr } from './fr.ts';
import { mail as it } from './it.ts';
import { mail as nl } from './nl.ts';
import { mail as pt } from './pt.ts';

/** Apart from the words of documents: whoever draws a PDF and mails nothing does not load them. */
export const MAIL_TEXTS: Readonly<Record<Language, MailTexts>> = { en, fr, it, de, es, pt, nl };
