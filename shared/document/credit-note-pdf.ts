import type { CreditNote } from '../domain/books/credit-note.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Invoice, TaxLine } from '../domain/invoice.ts';
import { taxesOn } from '../domain/tax/taxes-on.ts';
import { drawContacts } from './contacts.ts';
import { copyTitle } from './copy-title.ts';
import { creditNoteTitle } from './credit-note-title.ts';
import { facturX } from './e-invoice/factur-x.ts';
import { creditNoteModel } from './e-invoice/from-credit-note.ts';
import { isEInvoice } from './e-invoice/from-invoice.ts';
import { formatsFor } from './format.ts';
import { openLetter } from './letter.ts';
import { drawMentions } from './notes.ts';
import { printableTexts } from './printed-invoice.ts';
import { mentionsOf, type PrintedTax, printedTax } from './printed-taxes.ts';
import type { Sheet } from './sheet.ts';
import { STYLES } from './styles.ts';
import { drawTable } from './table.ts';
import { TEXTS } from './texts/by-language.ts';
import { PAPERS } from './texts/papers/by-language.ts';

/**
 * The PDF of a credit note, from it and the invoice that it corrects, which both never change: the same bytes every time.
 * `copyOn` is the day on which it is made anew, to mark it as a copy. Throws `unsupported_character` before anything is drawn when a text of it cannot be shown.
 */
export async function renderCreditNote(issued: CreditNote, invoice: Invoice, copyOn?: PlainDate): Promise<Uint8Array> {
  const note = printableTexts('creditNote', issued);
  const texts = TEXTS[note.language].document;
  const formats = formatsFor(note.language, note.currency);
  const { money, date } = formats;
  const { creditNote: words, column } = texts;
  const credited = creditedTaxes(note, invoice);
  const taxes = credited.map((tax) => printedTax(tax, texts, formats));
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
      text: words.corrects(note.invoiceNumber, date(note.invoiceDate)),
      also: formats.labelled(words.reason, words.reasons[note.reason]),
    },
    ...{ texts, formats },
  });
  sheet.paragraph(note.explanation, sheet.left, sheet.width, STYLES.body);
  sheet.y += 14;
  drawTable(sheet, {
    heading: words.details,
    continued: texts.continued(words.details),
    columns: [column.description, column.amount],
    rows: note.lines.map(({ description, amount }) => ({ kind: 'line', text: description, figures: [money(amount)] })),
  });
  drawTotals(sheet, note, taxes, texts, money);
  drawMentions(sheet, mentionsOf({ taxes: credited, language: note.language }, texts));
  drawContacts(sheet, note.seller, texts, { heading: PAPERS[note.language].questions });
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

/** Taxes, the total, and what becomes of it. */
function drawTotals(
  sheet: Sheet,
  { subtotal, total, settles }: CreditNote,
  taxes: readonly PrintedTax[],
  texts: (typeof TEXTS)['en']['document'],
  money: (amount: number) => string,
): void {
  const { settled } = texts.creditNote;
  const line = (text: string, amount: number) => ({ kind: 'line', text, figures: [money(amount)] }) as const;
  const parts = (['due', 'disputed', 'writtenOff', 'credit'] as const).filter((part) => settles[part] !== 0);
  sheet.y += 18;
  drawTable(sheet, {
    heading: texts.total,
    continued: texts.continued(texts.total),
    columns: [texts.column.description, texts.column.amount],
    rows: [
      ...(taxes.length === 0 ? [] : [line(texts.subtotal, subtotal)]),
      ...taxes.map(({ label, rate, amount }) => line(`${label} ${rate}`, amount)),
      { kind: 'group', label: texts.total, figure: money(total) },
    ],
  });
  sheet.y += 18;
  drawTable(sheet, {
    heading: settled.heading,
    continued: texts.continued(settled.heading),
    columns: [texts.column.description, texts.column.amount],
    rows: parts.map((part) => line(settled[part], settles[part])),
  });
}
