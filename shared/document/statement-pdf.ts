import { AGES, type OpenItem } from '../domain/books/account-statement.ts';
import { contactsHeight, drawContacts } from './contacts.ts';
import { formatsFor } from './format.ts';
import { openLetter } from './letter.ts';
import { type PaymentPart, slipPart } from './payment-part.ts';
import { printableTexts } from './printed-invoice.ts';
import { movementRow, nextOf, type StatementToPrint, sumsOf, type Wording } from './printed-statement.ts';
import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import { drawSums, heightOfSums, type SumRow, sumRow } from './sums.ts';
import { drawTable } from './table.ts';
import { textsFor } from './texts/by-language.ts';
import { papersFor } from './texts/papers/by-language.ts';

/**
 * The PDF of an account statement: the same statement gives the same bytes. Where a transfer is expected it ends with the
 * slip to pay what is open now. Throws `unsupported_character` before anything is drawn when a text of it cannot be shown.
 */
export function renderStatement(given: StatementToPrint): Uint8Array {
  const of = printableTexts('statement', given);
  const { seller, buyer, accountId, language, currency, statement, madeOn, madeAt } = of;
  const { document: texts } = textsFor(language, currency);
  const papers = papersFor(language, currency);
  const formats = formatsFor(language, currency);
  const wording: Wording = { texts, papers, formats };
  const { statement: words } = papers;
  const period = formats.period(statement.period);
  const { text, also } = nextOf(of, wording);
  const sheet = openLetter({
    ...{ seller, buyer, accountId, texts, formats },
    title: words.title,
    number: period,
    issuedAt: madeAt,
    parties: papers.parties,
    facts: [
      [words.period, period],
      [words.madeOn, formats.date(madeOn)],
      [texts.account, accountId],
      ...(buyer.reference === undefined ? [] : [[texts.reference, buyer.reference] as const]),
      [texts.currency, currency],
    ],
    hero: {
      label: words.balanceOn(formats.date(statement.period.to)),
      amount: formats.money(statement.closing),
      text,
      ...(also === '' ? {} : { also }),
    },
  });
  drawAtAGlance(sheet, of, wording);
  const slip = slipOf(sheet, of, wording);
  const below = slip === undefined ? 0 : slip.height + SPACE;
  const end = contactsHeight(sheet) + below;
  drawMovements(sheet, of, wording, statement.items.length === 0 ? end : undefined);
  drawOpenItems(sheet, statement.items, wording, end);
  drawContacts(sheet, seller, texts, { heading: papers.questions, below });
  if (slip !== undefined) {
    sheet.y += SPACE;
    slip.draw();
  }
  return sheet.finish();
}

const GUTTER = 36;
/** Above the slip, which stands on a ground of its own. */
const SPACE = 8;

/** How the balance came about, and how old what is open is: side by side. */
function drawAtAGlance(sheet: Sheet, of: StatementToPrint, wording: Wording): void {
  const { statement } = of;
  const { papers, texts, formats } = wording;
  const { statement: words } = papers;
  const width = (sheet.width - GUTTER) / 2;
  const row = (label: string, total: number, sum = false) => sumRow(label, formats.money(total), sum);
  const summary: SumRow[] = [
    row(words.opening, statement.opening),
    ...sumsOf(of, wording).map(({ label, total }) => row(label, total)),
    row(words.closing, statement.closing, true),
  ];
  const ages: SumRow[] = [
    ...AGES.map((age) => row(words.ages[age], statement.ages[age])),
    row(texts.total, statement.closing, true),
  ];
  const tables = [
    { heading: words.summary, rows: summary },
    { heading: words.byAge, rows: ages },
  ];
  sheet.room(leading(STYLES.heading) + 7 + Math.max(...tables.map(({ rows }) => heightOfSums(rows, width))));
  const top = sheet.y;
  const ends = tables.map(({ heading, rows }, index) => {
    const x = sheet.left + index * (width + GUTTER);
    sheet.y = top;
    sheet.heading('H2', heading, x, width);
    sheet.y += 7;
    drawSums(sheet, rows, x, width);
    return sheet.y;
  });
  sheet.y = Math.max(...ends) + 20;
}

/** `below`: how high what ends the statement is, where nothing else follows. */
function drawMovements(sheet: Sheet, of: StatementToPrint, wording: Wording, below: number | undefined): void {
  const { papers, texts, formats } = wording;
  const { statement: words } = papers;
  const { opening, closing, movements } = of.statement;
  const { column } = words;
  const none = { kind: 'line', text: words.none, figures: ['', ''] } as const;
  drawTable(sheet, {
    heading: words.movements,
    continued: texts.continued(words.movements),
    lead: column.date,
    columns: [column.movement, column.amount, column.balance],
    rows: [
      { kind: 'group', label: words.opening, figure: formats.money(opening) },
      ...(movements.length === 0 ? [none] : movements.map((movement) => movementRow(of, movement, wording))),
      { kind: 'sum', label: words.closing, figure: formats.money(closing) },
    ],
    ...(below === undefined ? {} : { below }),
  });
}

function drawOpenItems(sheet: Sheet, items: readonly OpenItem[], wording: Wording, below: number): void {
  if (items.length === 0) return;
  const { papers, texts, formats } = wording;
  const { openItems, column, days } = papers.statement;
  sheet.y += 18;
  drawTable(sheet, {
    heading: openItems,
    continued: texts.continued(openItems),
    columns: [column.invoice, texts.invoiceDate, texts.dueDate, column.overdue, column.open],
    rows: items.map(({ number, invoiceDate, dueDate, daysOverdue, open }) => ({
      kind: 'line',
      text: number,
      figures: [
        formats.date(invoiceDate),
        formats.date(dueDate),
        daysOverdue === 0 ? '–' : days(formats.count(daysOverdue), formats.isOne(daysOverdue)),
        formats.money(open),
      ],
    })),
    below,
  });
}

/**
 * What is open today, for whoever transfers it: never what was open at the end of the period, lest somebody pays twice. It
 * quotes the invoice where there is one, and the account where there are several.
 */
function slipOf(sheet: Sheet, of: StatementToPrint, { papers, texts, formats }: Wording): PaymentPart | undefined {
  const { seller, buyer, currency, accountId, statement, autopay, terms } = of;
  const { bankAccount } = seller;
  const { balanceNow, closing, items } = statement;
  if (autopay || terms !== 'wire' || bankAccount === undefined || balanceNow <= 0) return undefined;
  const [only, ...others] = balanceNow === closing ? items : [];
  const single = only !== undefined && others.length === 0;
  const reference = single ? only.number : accountId;
  const payable = {
    seller,
    buyer,
    currency,
    label: papers.statement.toPay,
    amount: balanceNow,
    reference,
    texts,
    formats,
  };
  return slipPart(sheet, single ? { ...payable, dueDate: only.dueDate } : payable, bankAccount);
}
