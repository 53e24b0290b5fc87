import type { CreditNote } from '../domain/books/credit-note.ts';
import type { CreditedLine } from '../domain/books/credit-note-parts.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Invoice, TaxLine } from '../domain/invoice.ts';
import { taxesOn } from '../domain/tax/taxes-on.ts';
import { sumRows } from './charge-rows.ts';
import { contactsHeight, drawContacts } from './contacts.ts';
import { copyTitle } from './copy-title.ts';
import { creditNoteTitle } from './credit-note-title.ts';
import { facturX } from './e-invoice/factur-x.ts';
import { creditNoteModel } from './e-invoice/from-credit-note.ts';
import { isEInvoice } from './e-invoice/from-invoice.ts';
import { type Formats, formatsFor } from './format.ts';
import { openLetter } from './letter.ts';
import { noteOf } from './line-words.ts';
import { unbroken } from './next-step.ts';
import { drawMentions, mentionsHeight } from './notes.ts';
import { descriptionOf } from './printed-groups.ts';
import { printableLines, printableTexts } from './printed-invoice.ts';
import { mentionsOf } from './printed-taxes.ts';
import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import { drawSums, heightOfSums, sumRow } from './sums.ts';
import { drawTable } from './table.ts';
import type { TableRow } from './table-rows.ts';
import { textsFor } from './texts/by-language.ts';
import { papersFor } from './texts/papers/by-language.ts';
import type { CreditNoteTexts, DocumentTexts } from './texts/texts.ts';
import { wrapped } from './wrap.ts';

interface RowWords {
  readonly texts: DocumentTexts;
  readonly formats: Formats;
}

/**
 * The PDF of a credit note, from it and the invoice that it corrects, which both never change: the same bytes every time.
 * `copyOn` is the day on which it is made anew, to mark it as a copy. Throws `unsupported_character` before anything is drawn when a text of it cannot be shown.
 */
export async function renderCreditNote(issued: CreditNote, invoice: Invoice, copyOn?: PlainDate): Promise<Uint8Array> {
  const note = printableTexts('creditNote', issued);
  const { document: texts } = textsFor(note.language, note.currency);
  const formats = formatsFor(note.language, note.currency);
  const { money, date } = formats;
  const { creditNote: words, column } = texts;
  const credited = creditedTaxes(note, invoice);
  const sheet = openLetter({
    ...{
      seller: note.seller,
      buyer: note.buyer,
      accountId: note.accountId,
      number: note.number,
      issuedAt: note.issuedAt,
    },
    title: copyTitle(creditNoteTitle(note, words), note, copyOn),
    facts: [
      [words.date, date(note.date)],
      [words.invoice, note.invoiceNumber],
      [texts.invoiceDate, date(note.invoiceDate)],
      [texts.account, note.accountId],
      [texts.currency, note.currency],
    ],
    hero: {
      label: words.credited,
      amount: money(note.total),
      text: words.corrects(note.invoiceNumber, unbroken(date(note.invoiceDate))),
    },
    ...{ texts, formats },
  });
  const mentions = mentionsOf({ taxes: credited, language: note.language }, texts);
  drawReasonAndUse(sheet, note, words, money);
  drawTable(sheet, {
    heading: words.details,
    continued: texts.continued(words.details),
    columns: [column.description, column.amount],
    rows: [
      ...note.lines.map((line) => rowOf(line, invoice, { texts, formats })),
      ...sumRows({ ...note, taxes: credited }, { texts, formats }, { columns: 1, rates: false }),
    ],
    beside: true,
    below: mentionsHeight(sheet, mentions) + contactsHeight(sheet),
  });
  drawMentions(sheet, mentions);
  drawContacts(sheet, note.seller, texts, { heading: papersFor(note.language, note.currency).questions });
  const model = isEInvoice(invoice) ? creditNoteModel(note, invoice, credited) : undefined;
  return sheet.finish(model && facturX(model));
}

/** The taxes of the invoice with what of each is credited. */
export function creditedTaxes(note: CreditNote, invoice: Invoice): TaxLine[] {
  const baseOf = (tax: TaxLine): number =>
    note.lines.reduce((sum, { line, amount }) => {
      const original = invoice.lines.find((each) => each.line === line);
      return original !== undefined && taxesOn(original, invoice.taxes).includes(tax) ? sum + amount : sum;
    }, 0);
  return invoice.taxes
    .map((tax, index) => {
      const amount = note.taxes.find((credited) => credited.index === index + 1)?.amount ?? 0;
      return { ...tax, base: baseOf(tax), amount };
    })
    .filter(({ base, amount }) => base !== 0 || amount !== 0);
}

const GUTTER = 36;

/** Why something is credited, and what becomes of it: side by side. */
function drawReasonAndUse(
  sheet: Sheet,
  { reason, explanation, settles }: CreditNote,
  words: CreditNoteTexts,
  money: (amount: number) => string,
): void {
  const width = (sheet.width - GUTTER) / 2;
  const parts = (['due', 'disputed', 'writtenOff', 'credit'] as const).filter((part) => settles[part] !== 0);
  const rows = parts.map((part) => sumRow(words.settled[part], money(settles[part])));
  const because = words.reasons[reason];
  const text = (1 + wrapped(explanation, width, STYLES.body).length) * leading(STYLES.body);
  sheet.room(leading(STYLES.heading) + 7 + Math.max(text, heightOfSums(rows, width)));
  const top = sheet.y;
  sheet.heading('H2', words.reason, sheet.left, width);
  sheet.y += 3;
  sheet.paragraph(`${because.charAt(0).toUpperCase()}${because.slice(1)}`, sheet.left, width, STYLES.strong);
  sheet.paragraph(explanation, sheet.left, width, STYLES.body);
  const end = sheet.y;
  sheet.y = top;
  const right = sheet.left + width + GUTTER;
  sheet.heading('H2', words.settled.heading, right, width);
  sheet.y += 7;
  drawSums(sheet, rows, right, width);
  sheet.y = Math.max(end, sheet.y) + 20;
}

/** What of a line of the invoice is credited, in the words that the invoice has for it. */
function rowOf({ line, description, amount }: CreditedLine, { lines }: Invoice, words: RowWords): TableRow {
  const { texts, formats } = words;
  const [original] = printableLines(lines.filter((each) => each.line === line));
  return {
    kind: 'line',
    text: original === undefined ? description : descriptionOf(original, lines, texts, formats),
    ...(original && { note: noteOf(original, words) }),
    figures: [formats.money(amount)],
  };
}
