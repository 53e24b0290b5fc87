import type { Language } from '../domain/account.ts';
import type { Instrument, Receipt } from '../domain/books/receipt.ts';
import type { BuyerSnapshot, SellerSnapshot } from '../domain/invoice.ts';
import { contactsHeight, drawContacts } from './contacts.ts';
import { type Formats, formatsFor } from './format.ts';
import { type Letter, openLetter } from './letter.ts';
import { methodName, unbroken } from './next-step.ts';
import { printableTexts } from './printed-invoice.ts';
import { drawTable } from './table.ts';
import type { TableRow } from './table-rows.ts';
import { textsFor } from './texts/by-language.ts';
import type { ReceiptTexts } from './texts/paper-texts.ts';
import { papersFor } from './texts/papers/by-language.ts';

/** Whom a paper is between, and how the customer reads. */
export interface PaperParties {
  readonly seller: SellerSnapshot;
  readonly buyer: BuyerSnapshot;
  readonly accountId: string;
  readonly language: Language;
}

/**
 * The PDF of a payment that is on record: the same receipt gives the same bytes. A payment that came back says so. Throws
 * `unsupported_character` before anything is drawn when a text of it cannot be shown.
 */
export function renderReceipt(of: Receipt, between: PaperParties): Uint8Array {
  const receipt = printableTexts('receipt', of);
  const { seller, buyer, accountId, language } = printableTexts('receipt', between);
  const texts = textsFor(language, receipt.currency).document;
  const { receipt: words, questions } = papersFor(language, receipt.currency);
  const formats = formatsFor(language, receipt.currency);
  const { number, recordedAt, settled, kept, currency, amount } = receipt;
  const sheet = openLetter({
    ...{ seller, buyer, accountId, number, texts, formats },
    title: words.title,
    issuedAt: recordedAt,
    parties: { buyer: words.paidBy, seller: words.paidTo },
    facts: [...factsOf(receipt, words, formats), [texts.account, accountId], [texts.currency, currency]],
    hero: heroOf(receipt, words, formats),
  });
  const rows = settled.map((part): TableRow => {
    const note = [words.of(formats.date(part.invoiceDate))];
    if (part.on !== receipt.date) note.push(words.later(formats.date(part.on)));
    const text = words.invoice(part.number);
    return { kind: 'line', text, note: note.join(' · '), figures: [formats.money(part.amount)] };
  });
  drawTable(sheet, {
    heading: words.settled,
    continued: texts.continued(words.settled),
    columns: [texts.column.description, texts.column.amount],
    rows: [
      ...rows,
      ...(kept === 0 ? [] : [{ kind: 'line', text: words.kept, figures: [formats.money(kept)] } as const]),
      { kind: 'sum', label: texts.total, figure: formats.money(amount) },
    ],
    beside: true,
    below: contactsHeight(sheet),
  });
  drawContacts(sheet, seller, texts, { heading: questions });
  return sheet.finish();
}

function factsOf(receipt: Receipt, words: ReceiptTexts, { date }: Formats): [string, string][] {
  const { valueDate, reference, instrument } = receipt;
  return [
    [words.date, date(receipt.date)],
    ...(valueDate === undefined ? [] : [[words.valueDate, date(valueDate)] as [string, string]]),
    [words.method, instrumentName(instrument, words)],
    ...(reference === undefined ? [] : [[words.reference, reference] as [string, string]]),
  ];
}

function heroOf(receipt: Receipt, words: ReceiptTexts, { money, date, labelled }: Formats): Letter['hero'] {
  const { returned, instrument, amount, balanceAfter } = receipt;
  const also = labelled(words.balanceAfter, money(balanceAfter));
  if (returned !== undefined) {
    const text = words.cameBack(money(returned.amount), unbroken(date(returned.on)));
    return { label: words.returned, amount: money(amount), text, also };
  }
  const say = instrument.kind === 'credit' ? words.fromCredit : words.thanks;
  return { label: words.received, amount: money(amount), text: say(unbroken(date(receipt.date))), also };
}

/** `Visa •••• 4242`, or what else it was paid with. */
export const instrumentName = (instrument: Instrument, { instruments }: ReceiptTexts): string =>
  'last4' in instrument ? methodName(instrument) : instruments[instrument.kind];
