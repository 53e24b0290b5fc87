import { firstOf, lastOf, type ServicePeriod } from '../../domain/calendar.ts';
import type { Invoice, InvoiceLine, TaxLine } from '../../domain/invoice.ts';
import { type Currency, decimalText, MINOR_UNITS } from '../../domain/money.ts';
import { taxesOn } from '../../domain/tax/taxes-on.ts';
import { noteOf } from '../line-words.ts';
import type { PrintedInvoice } from '../printed-invoice.ts';
import { breakdown, categoryOf } from './breakdown.ts';
import type { EInvoice, ELine, EPayment } from './model.ts';
import { buyerOf, sellerOf, sellerTaxId, taxSchemeOf } from './parties.ts';
import { scaled } from './xml.ts';

/**
 * Whether an invoice can be an e-invoice: all of its taxes are the one VAT of a country in Europe, or the GST of Australia, and
 * its seller is registered for it.
 */
export function isEInvoice({ seller, taxes }: Pick<Invoice, 'seller' | 'taxes'>): boolean {
  const scheme = taxSchemeOf(seller.address.country);
  const isOwn = ({ tax, jurisdiction }: TaxLine) => tax === scheme && taxSchemeOf(jurisdiction) === scheme;
  return taxes.length > 0 && taxes.every(isOwn) && sellerTaxId(seller) !== undefined;
}

/** An invoice for machines, with the numbers and words of the one for people. */
export function eInvoiceOf(printed: PrintedInvoice): EInvoice {
  const { invoice, mentions, nextStep, due, texts } = printed;
  const { number, invoiceDate, dueDate, currency, accountId, seller, buyer, cycle, month, subtotal, taxTotal, total } =
    invoice;
  const billed =
    cycle ??
    (invoice.kind === 'purchase'
      ? { from: invoiceDate, to: invoiceDate }
      : { from: firstOf(month), to: lastOf(month) });
  const lines = printed.groups.flatMap((group) => group.lines.map((line) => lineOf(line, group.label, printed)));
  return {
    number,
    type: 380,
    issueDate: invoiceDate,
    dueDate,
    currency,
    buyerReference: buyer.reference ?? accountId,
    notes: mentions.map(({ text }) => text),
    period: spanOf([billed, ...lines.map(({ period }) => period)]),
    seller: sellerOf(seller),
    buyer: buyerOf(buyer, invoice),
    payment: paymentOf(printed),
    paymentTerms: nextStep,
    lines,
    taxes: breakdown(invoice.taxes, lines, texts),
    totals: { lines: subtotal, tax: taxTotal, withTax: total, prepaid: total - due, due },
    taxScheme: taxSchemeOf(seller.address.country) ?? 'VAT',
  };
}

/** From the first day of all to the last: no line may be of a time outside of its document's (PEPPOL-EN16931-R110, R111). */
export function spanOf(periods: readonly ServicePeriod[]): ServicePeriod {
  const days = periods.flatMap(({ from, to }) => [from, to]).sort();
  return { from: days[0]!, to: days.at(-1)! };
}

/**
 * UNTDID 4461: 20 cheque, 30 transfer, 42 payment to a bank account, 48 card, 57 standing agreement, 58 SEPA credit transfer,
 * 68 online payment. Where nothing is to be paid, 97 says that it was cleared with the customer's credit, and 1 that nothing
 * was agreed on; Germany wants to hear of it all the same (BR-DE-1).
 */
function paymentOf({ invoice, due }: PrintedInvoice): EPayment {
  const { payment, seller, number: reference, total, currency } = invoice;
  if (due <= 0) return { means: due < total ? '97' : '1', reference };
  if (payment.kind === 'autopay')
    return payment.methodKind === 'card'
      ? { means: '48', reference, card: { last4: payment.last4, network: payment.brand } }
      : { means: '57', reference };
  if (payment.terms !== 'wire') return { means: payment.terms === 'cheque' ? '20' : '68', reference };
  const { iban, bic } = seller.bankAccount ?? {};
  if (iban === undefined) return { means: '42', reference };
  const account = { iban: iban.replace(/\s/g, ''), holder: seller.name, ...(bic === undefined ? {} : { bic }) };
  return { means: currency === 'EUR' ? '58' : '30', reference, account };
}

function lineOf(line: InvoiceLine, label: string, printed: PrintedInvoice): ELine {
  const [tax] = taxesOn(line, printed.invoice.taxes);
  return {
    id: String(line.line),
    name: line.description === '' ? label : line.description,
    description: `${label} · ${noteOf(line, printed)}`,
    ...pricedOf(line, printed.invoice.currency),
    amount: line.amount,
    period: line.servicePeriod,
    tax: categoryOf(tax),
  };
}

type Priced = Pick<ELine, 'quantity' | 'unit' | 'price' | 'baseQuantity'>;

/**
 * Quantity and price of a line such that their product is exactly its amount: the unit price where it is, and otherwise,
 * for parts of periods, tiers and metered usage, the amount as the price of the whole quantity.
 */
function pricedOf({ explanation, quantity, unitMicros, amount }: InvoiceLine, currency: Currency): Priced {
  if (
    explanation.kind === 'period' &&
    unitMicros !== undefined &&
    unitMicros >= 0 &&
    BigInt(quantity) * BigInt(unitMicros) === BigInt(amount) * MINOR_UNITS[currency].micros
  )
    return { quantity: String(quantity), unit: 'C62', price: scaled(unitMicros, 6) };
  const whole = metered(explanation) ?? {
    quantity: explanation.kind === 'fee' || quantity === 0 ? 1_000_000 : Math.abs(quantity) * 1_000_000,
    unit: 'C62',
  };
  const base = scaled(whole.quantity, 6);
  return {
    quantity: amount < 0 ? `-${base}` : base,
    unit: whole.unit,
    price: decimalText(Math.abs(amount), currency),
    ...(base === '1' ? {} : { baseQuantity: base }),
  };
}

/** Millionths of minutes or credits; undefined where nothing was metered, or nothing used. */
function metered(
  explanation: InvoiceLine['explanation'],
): { readonly quantity: number; readonly unit: string } | undefined {
  if (explanation.kind !== 'usage' && explanation.kind !== 'allowance') return undefined;
  const seconds =
    explanation.kind === 'usage' ? explanation.usage !== 'message' : explanation.allowance.unit === 'seconds';
  const used =
    explanation.kind === 'usage'
      ? explanation.rows.reduce((sum, row) => sum + row.quantity, 0)
      : explanation.allowance.after - explanation.allowance.before;
  if (used <= 0) return undefined;
  return seconds
    ? { quantity: Math.round((used * 1_000_000) / 60), unit: 'MIN' }
    : { quantity: used * 1_000_000, unit: 'C62' };
}
