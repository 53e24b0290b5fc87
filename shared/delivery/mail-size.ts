import type { Mail } from '../ports.ts';

/**
 * The largest mail that we send, as it travels. SES takes 10 MB; mail servers of customers that take less than that, with
 * what they add on the way, are not rare.
 */
export const LARGEST_MAIL_BYTES = 7_000_000;
/** Headers of the mail and of one of its parts; more than there ever are. */
const HEADERS_BYTES = 4_000;
const PART_HEADERS_BYTES = 400;

/** How many bytes a mail has as it travels, at most: every part of it is base64 in lines of 76 characters. */
export function mailBytes({ text, html, attachments }: Pick<Mail, 'text' | 'html' | 'attachments'>): number {
  const parts = [travelling(text), travelling(html), ...attachments.map(({ bytes }) => bytes.length)];
  return HEADERS_BYTES + parts.reduce((sum, bytes) => sum + PART_HEADERS_BYTES + inBase64(bytes), 0);
}

/** In mails a line ends in two characters. */
const travelling = (text: string): number => Buffer.byteLength(text) + text.split('\n').length;

function inBase64(bytes: number): number {
  const characters = 4 * Math.ceil(bytes / 3);
  return characters + 2 * Math.ceil(characters / 76);
}
