import type { CreditNote } from '../../domain/books/credit-note.ts';
import type { Invoice, TaxLine } from '../../domain/invoice.ts';
import { taxesOn } from '../../domain/tax/taxes-on.ts';
import { TEXTS } from '../texts/by-language.ts';
import { buyerOf, categoryOf, sellerOf, taxOf } from './from-invoice.ts';
import type { EInvoice } from './model.ts';
import { decimal } from './xml.ts';

/** A credit note for machines (UNTDID 1001: 381). Its amounts are positive; `taxes` are those of the invoice, as credited. */
export function creditNoteModel(note: CreditNote, invoice: Invoice, taxes: readonly TaxLine[]): EInvoice {
  const { number, date, currency, accountId, seller, buyer, subtotal, taxTotal, total, settles } = note;
  const texts = TEXTS[note.language].document;
  const period = { from: note.invoiceDate, to: note.invoiceDate };
  return {
    number,
    type: 381,
    issueDate: date,
    currency,
    buyerReference: buyer.reference ?? accountId,
    notes: [note.explanation],
    period,
    corrects: { number: note.invoiceNumber, issueDate: note.invoiceDate },
    seller: sellerOf(seller),
    buyer: buyerOf(buyer, invoice),
    // Nothing is paid out (C11, C26): it lowers what is due, or waits for later invoices.
    paymentTerms: settles.credit === 0 ? texts.creditNote.settled.due : texts.creditNote.settled.credit,
    lines: note.lines.map(({ line, description, amount }) => {
      const original = invoice.lines.find((each) => each.line === line);
      const [tax] = original === undefined ? [] : taxesOn(original, invoice.taxes);
      return {
        id: String(line),
        name: description,
        description: texts.creditNote.reasons[note.reason],
        quantity: amount < 0 ? '-1' : '1',
        unit: 'C62',
        price: decimal(Math.abs(amount)),
        amount,
        period: original?.servicePeriod ?? period,
        tax: categoryOf(tax),
      };
    }),
    taxes: taxes.map((tax) => taxOf(tax, texts)),
    totals: { lines: subtotal, tax: taxTotal, withTax: total, prepaid: 0, due: total },
    taxScheme: seller.address.country === 'AU' ? 'GST' : 'VAT',
  };
}
