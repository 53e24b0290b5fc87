import type { CreditNote } from '../../domain/books/credit-note.ts';
import type { Invoice, TaxLine } from '../../domain/invoice.ts';
import { decimalText } from '../../domain/money.ts';
import { taxesOn } from '../../domain/tax/taxes-on.ts';
import { formatsFor } from '../format.ts';
import { descriptionOf } from '../printed-groups.ts';
import { textsFor } from '../texts/by-language.ts';
import { breakdown, categoryOf } from './breakdown.ts';
import { spanOf } from './from-invoice.ts';
import type { EInvoice, ELine } from './model.ts';
import { buyerOf, sellerOf, taxSchemeOf } from './parties.ts';

/** A credit note for machines (UNTDID 1001: 381). Its amounts are positive; `taxes` are those of the invoice, as credited. */
export function creditNoteModel(note: CreditNote, invoice: Invoice, taxes: readonly TaxLine[]): EInvoice {
  const { number, date, currency, accountId, seller, buyer, subtotal, taxTotal, total, settles } = note;
  const { document: texts } = textsFor(note.language, currency);
  const formats = formatsFor(note.language, currency);
  const period = { from: note.invoiceDate, to: note.invoiceDate };
  const lines = note.lines.map(({ line, description, amount }): ELine => {
    const original = invoice.lines.find((each) => each.line === line);
    const [tax] = original === undefined ? [] : taxesOn(original, invoice.taxes);
    const reason = texts.creditNote.reasons[note.reason];
    return {
      id: String(line),
      name: (original === undefined ? description : descriptionOf(original, invoice.lines, texts, formats)) || reason,
      description: reason,
      quantity: amount < 0 ? '-1' : '1',
      unit: 'C62',
      price: decimalText(Math.abs(amount), currency),
      amount,
      period: original?.servicePeriod ?? period,
      tax: categoryOf(tax),
    };
  });
  return {
    number,
    type: 381,
    issueDate: date,
    currency,
    buyerReference: buyer.reference ?? accountId,
    notes: [note.explanation],
    period: spanOf(lines.map((line) => line.period)),
    corrects: { number: note.invoiceNumber, issueDate: note.invoiceDate },
    seller: sellerOf(seller),
    buyer: buyerOf(buyer, invoice),
    // Nothing is paid out (C11, C26): it lowers what is due, or waits for later invoices. 97: cleared between the two.
    payment: { means: '97', reference: note.invoiceNumber },
    paymentTerms: settles.credit === 0 ? texts.creditNote.settled.due : texts.creditNote.settled.credit,
    lines,
    taxes: breakdown(taxes, lines, texts),
    totals: { lines: subtotal, tax: taxTotal, withTax: total, prepaid: 0, due: total },
    taxScheme: taxSchemeOf(seller.address.country) ?? 'VAT',
  };
}
