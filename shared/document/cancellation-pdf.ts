import type { CancellationConfirmation } from '../domain/cancellation.ts';
import { contactsHeight, drawContacts } from './contacts.ts';
import { type Formats, formatsFor } from './format.ts';
import { openLetter } from './letter.ts';
import { unitName } from './line-words.ts';
import { unbroken } from './next-step.ts';
import { drawProse } from './notes.ts';
import { printableTexts } from './printed-invoice.ts';
import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import { drawTable } from './table.ts';
import { textsFor } from './texts/by-language.ts';
import type { CancellationTexts } from './texts/paper-texts.ts';
import { papersFor } from './texts/papers/by-language.ts';
import type { DocumentTexts } from './texts/texts.ts';
import { wrapped } from './wrap.ts';

/**
 * The PDF that confirms the end of a subscription: the same confirmation gives the same bytes. Throws
 * `unsupported_character` before anything is drawn when a text of it cannot be shown.
 */
export function renderCancellation(given: CancellationConfirmation): Uint8Array {
  const of = printableTexts('cancellation', given);
  const { seller, buyer, accountId, subscriptionId, language, currency, endsOn } = of;
  const { document: texts } = textsFor(language, currency);
  const { cancellation: words, questions, parties } = papersFor(language, currency);
  const formats = formatsFor(language, currency);
  const sheet = openLetter({
    ...{ seller, buyer, accountId, texts, formats, parties },
    title: words.title,
    number: subscriptionId,
    issuedAt: of.requestedAt,
    facts: [
      [words.product, of.product.name],
      [words.quantity, quantityOf(of, formats, texts)],
      [words.requestedOn, formats.date(of.requestedOn)],
      [words.requestedBy, words.by[of.by]],
      [texts.account, accountId],
      [words.subscription, subscriptionId],
    ],
    hero: {
      label: words.inServiceUntil,
      amount: formats.date(endsOn),
      text: words.untilThen,
      also: words.noRefund,
    },
  });
  drawCharges(sheet, of, { words, texts, formats });
  drawSentences(sheet, words.data, dataSentences(of, words, formats));
  drawSentences(sheet, words.back, [words.reactivate(unbroken(formats.date(endsOn)))], {
    below: contactsHeight(sheet),
  });
  drawContacts(sheet, seller, texts, { heading: questions });
  return sheet.finish();
}

/** `15 devices`. */
const quantityOf = ({ product, quantity }: CancellationConfirmation, formats: Formats, texts: DocumentTexts): string =>
  `${formats.count(quantity)} ${unitName(product.unit, quantity, texts, formats)}`.trim();

/** Until when what can be had, and when it is gone: the same in the document and in its mail. */
export const dataSentences = (
  { endsOn, purgeOn }: CancellationConfirmation,
  words: CancellationTexts,
  { date }: Formats,
): string[] => [words.export(unbroken(date(endsOn))), words.purge(unbroken(date(purgeOn))), words.kept];

interface Wording {
  readonly words: CancellationTexts;
  readonly texts: DocumentTexts;
  readonly formats: Formats;
}

/** What is still to come, period by period; or that nothing is. */
function drawCharges(sheet: Sheet, of: CancellationConfirmation, { words, texts, formats }: Wording): void {
  const late = of.renewal === undefined ? [] : [words.tooLate(unbroken(formats.date(of.renewal)))];
  if (of.charges.length === 0) {
    drawSentences(sheet, words.charges, [...late, words.noCharges], { above: 0 });
    return;
  }
  drawTable(sheet, {
    heading: words.charges,
    continued: texts.continued(words.charges),
    columns: [words.period, texts.column.amount],
    rows: of.charges.map(({ period, amount }) => ({
      kind: 'line',
      text: formats.period(period),
      figures: [amount === undefined ? '–' : formats.money(amount)],
    })),
  });
  drawParagraphs(sheet, [words.withoutTax, ...late]);
}

/** `below`: how high what must stand on the page of the first sentence is. */
function drawSentences(
  sheet: Sheet,
  heading: string,
  sentences: readonly string[],
  { above = 14, below = 0 }: { readonly above?: number; readonly below?: number } = {},
): void {
  sheet.y += above;
  sheet.room(leading(STYLES.heading) + 8 + heightOf(sheet, sentences[0] ?? '') + below);
  sheet.heading('H2', heading);
  drawParagraphs(sheet, sentences);
}

function drawParagraphs(sheet: Sheet, sentences: readonly string[]): void {
  for (const sentence of sentences) {
    sheet.room(heightOf(sheet, sentence) + 4);
    sheet.y += 4;
    drawProse(sheet, sentence);
  }
}

const heightOf = (sheet: Sheet, sentence: string): number =>
  wrapped(sentence, sheet.width, STYLES.body).length * leading(STYLES.body);
