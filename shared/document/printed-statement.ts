import { type PaymentTerms, sendsMoney } from '../domain/account.ts';
import { type AccountStatement, AGES, type StatedMovement } from '../domain/books/account-statement.ts';
import type { Instrument } from '../domain/books/receipt.ts';
import { receiptIdOf } from '../domain/books/receipt.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Currency } from '../domain/money.ts';
import { creditNotesName, creditNoteTitle } from './credit-note-title.ts';
import type { Formats } from './format.ts';
import { unbroken } from './next-step.ts';
import { instrumentName, type PaperParties } from './receipt-pdf.ts';
import type { TableRow } from './table-rows.ts';
import type { PaperTexts, StatementSum } from './texts/paper-texts.ts';
import type { DocumentTexts } from './texts/texts.ts';

/** A statement with what its movements refer to by id. */
export interface StatementToPrint extends PaperParties {
  readonly statement: AccountStatement;
  readonly currency: Currency;
  /** The seller's date on which it is made, and the instant. */
  readonly madeOn: PlainDate;
  readonly madeAt: string;
  /** How the account's invoices are paid. */
  readonly autopay: boolean;
  readonly terms: PaymentTerms;
  /** Printed numbers of invoices by their ids, and of credit notes by their names. */
  readonly invoiceNumbers: Readonly<Record<string, string>>;
  readonly creditNoteNumbers: Readonly<Record<string, string>>;
  /** Of payments, by the ids of their receipts. */
  readonly payments: Readonly<Record<string, { readonly instrument: Instrument; readonly reference?: string }>>;
}

export interface Wording {
  readonly texts: DocumentTexts;
  readonly papers: PaperTexts;
  readonly formats: Formats;
}

/** What the reader is to do about the closing balance, and what else there is beside it. */
export function nextOf(of: StatementToPrint, { papers, formats }: Wording): { text: string; also: string } {
  const { statement, autopay, terms, madeOn } = of;
  const { closing, contested, credit, balanceNow, ages } = statement;
  const { next, ...words } = papers.statement;
  const how = autopay ? 'automatic' : sendsMoney(terms) ? terms : 'card';
  const changed = balanceNow !== closing;
  const overdue = AGES.reduce((sum, age) => (age === 'current' ? sum : sum + ages[age]), 0);
  const also = [
    ...(overdue > 0 && balanceNow > 0 ? [words.overdue(formats.money(overdue))] : []),
    ...(changed ? [words.today(unbroken(formats.date(madeOn)), formats.money(balanceNow))] : []),
    ...(contested === 0 ? [] : [words.contested(formats.money(contested))]),
    ...(credit === 0 ? [] : [words.credit(formats.money(credit))]),
  ];
  return { text: next[balanceNow > 0 ? how : 'nothing'], also: also.join(' ') };
}

const SUMS: Readonly<Record<StatementSum, readonly StatedMovement['kind'][]>> = {
  invoices: ['invoice'],
  payments: ['charge', 'payment', 'credit-use'],
  returns: ['return', 'reversal'],
  creditNotes: ['credit-note'],
  disputes: ['dispute', 'dispute-ended'],
  writeOffs: ['write-off', 'write-off-reversal'],
};

/** What moved, summed up by kind; what did not move at all is left out, but for invoices and payments. */
export function sumsOf(
  { statement: { sums }, ...between }: StatementToPrint,
  { papers }: Wording,
): { label: string; total: number }[] {
  return (Object.keys(SUMS) as StatementSum[]).flatMap((sum) => {
    const kinds = SUMS[sum].filter((kind) => sums[kind] !== undefined);
    const total = kinds.reduce((all, kind) => all + sums[kind]!, 0);
    const always = sum === 'invoices' || sum === 'payments';
    const name = papers.statement.sums[sum];
    const label = sum === 'creditNotes' ? creditNotesName(between, name) : name;
    return kinds.length === 0 && !always ? [] : [{ label, total }];
  });
}

/** Every movement as a row: date, what it was and of what, amount, and the balance after it. */
export function movementRow(of: StatementToPrint, movement: StatedMovement, wording: Wording): TableRow {
  const { formats } = wording;
  const { entry, amount, balance } = movement;
  const [text, ...notes] = wordsOf(of, movement, wording);
  const note = notes.filter((each) => each !== '').join(' · ');
  return {
    kind: 'line',
    lead: formats.date(entry.date),
    text: text ?? '',
    ...(note === '' ? {} : { note }),
    figures: [formats.money(amount), formats.money(balance)],
  };
}

function wordsOf(of: StatementToPrint, movement: StatedMovement, wording: Wording): string[] {
  const { entry, kind, parts, credit, contested } = movement;
  const { statement: words, receipt } = wording.papers;
  const { money } = wording.formats;
  const numbers = parts.map(({ invoiceId }) => of.invoiceNumbers[invoiceId] ?? '').join(', ');
  const about = numbers === '' ? '' : words.for(numbers);
  const kept = credit > 0 ? words.kept(money(credit)) : '';
  switch (kind) {
    case 'invoice':
      return [receipt.invoice(numbersOf(of, entry.entryId))];
    case 'charge':
    case 'payment': {
      const payment = of.payments[receiptIdOf(entry.entryId)];
      const instrument = payment === undefined ? '' : instrumentName(payment.instrument, receipt);
      return [words.payment(instrument), payment?.reference ?? '', about, kept];
    }
    case 'credit-note': {
      const freed = contested < 0 ? words.noLongerContested(money(-contested)) : '';
      const number = of.creditNoteNumbers[entry.entryId.slice('credit-note#'.length)] ?? '';
      return [`${creditNoteTitle(of, wording.texts.creditNote)} ${number}`, about, freed, kept];
    }
    default:
      return [words.kinds[kind], about];
  }
}

const numbersOf = ({ invoiceNumbers }: StatementToPrint, entryId: string): string =>
  invoiceNumbers[entryId.slice('invoice#'.length)] ?? '';
