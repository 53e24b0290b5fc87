import type { MailAmounts, MailContent, MailFact } from './mail-content.ts';
import { mailHtml } from './mail-html.ts';

/** A mail without its addresses. */
export interface MailMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The same content as plain text and as HTML that needs neither images nor a network, in a light and a dark dress. */
export function layOutMail(content: MailContent): MailMessage {
  const subject = oneLine(content.subject);
  return { subject, text: asText(content), html: mailHtml({ ...content, subject }, previewOf(content)) };
}

/** Text for a header or a name: without line breaks and other controls, so that no header can be slipped in. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/**
 * What a mail program shows beside the subject, which has amount and due date already: what happens, or is asked for. A note that
 * is no sentence would run into the one after it.
 */
const previewOf = ({ figure, paragraphs }: MailContent): string =>
  [figure?.note ?? '', ...paragraphs].filter((text) => /[.?!]$/.test(text)).join(' ');

function asText({ figure, steps, action, amounts = [], ...content }: MailContent): string {
  const colon = colonIn(content.language);
  const table = (facts: readonly MailFact[]) => aligned(facts, colon);
  const block = ({ heading, sentence = '', rows }: MailAmounts) =>
    lines([underlined(heading), sentence, ...table(rows)]);
  const blocks = [
    content.sender,
    underlined(content.heading),
    content.greeting,
    ...(figure === undefined ? [] : [lines([`${figure.label}${colon} ${figure.value}`, figure.note ?? ''])]),
    ...content.paragraphs,
    ...(steps === undefined ? [] : [lines([`${steps.heading}${colon}`, ...steps.items.map(numbered)])]),
    lines([`${action.label}${colon}`, action.url]),
    ...amounts.map(block),
    lines(table(content.facts)),
    `-- \n${content.small.join('\n')}`,
  ];
  return `${blocks.filter((each) => each !== '').join('\n\n')}\n`;
}

/** French keeps a space before it. */
const colonIn = (language: string): string => (language.startsWith('fr') ? '\u00a0:' : ':');
const lines = (each: readonly string[]): string => each.filter((line) => line !== '').join('\n');
const underlined = (text: string): string => `${text}\n${'-'.repeat(text.length)}`;
const numbered = (item: string, index: number): string => `${index + 1}. ${item}`;

/** Labels as wide as the widest, but for those that would push the values off a narrow screen. */
const WIDEST_LABEL = 34;

function aligned(facts: readonly MailFact[], colon: string): string[] {
  const width = Math.max(0, ...facts.map(([{ length }]) => (length > WIDEST_LABEL ? 0 : length))) + colon.length;
  return facts.map(([label, value]) => `${`${label}${colon}`.padEnd(width)} ${value}`);
}
