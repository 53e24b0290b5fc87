import { firstOf, lastOf } from '../../domain/calendar.ts';
import type { Invoice, InvoiceLine, TaxLine } from '../../domain/invoice.ts';
import { EUROPEAN_UNION, vatPrefix } from '../../domain/tax/national.ts';
import { compactTaxId } from '../../domain/tax/tax-id.ts';
import { taxesOn } from '../../domain/tax/taxes-on.ts';
import { noteOf } from '../line-words.ts';
import type { PrintedInvoice } from '../printed-invoice.ts';
import type { EInvoice, ELine, EParty, EPayment, ETax, ETaxCategory } from './model.ts';
import { decimal, scaled } from './xml.ts';

/** Whether an invoice can be one of EN 16931: its seller's country has one VAT, or one GST, and nothing beside it. */
export const isEInvoice = ({ seller: { address } }: Pick<Invoice, 'seller'>): boolean =>
  isEuropean(address.country) || address.country === 'AU';

/** Of the European Union, or the United Kingdom. */
export const isEuropean = (country: string): boolean => country === 'GB' || Object.hasOwn(EUROPEAN_UNION, country);

/** An invoice for machines, with the numbers and words of the one for people. */
export function eInvoiceOf(printed: PrintedInvoice): EInvoice {
  const { invoice, mentions, nextStep, due } = printed;
  const { number, invoiceDate, dueDate, currency, accountId, seller, buyer, cycle, month, subtotal, taxTotal, total } =
    invoice;
  const payment = paymentOf(printed);
  return {
    number,
    type: 380,
    issueDate: invoiceDate,
    dueDate,
    currency,
    buyerReference: buyer.reference ?? accountId,
    notes: mentions.map(({ text }) => text),
    period:
      cycle ??
      (invoice.kind === 'purchase'
        ? { from: invoiceDate, to: invoiceDate }
        : { from: firstOf(month), to: lastOf(month) }),
    seller: sellerOf(seller),
    buyer: buyerOf(buyer, invoice),
    ...(payment === undefined ? {} : { payment }),
    paymentTerms: nextStep,
    lines: printed.groups.flatMap(({ label, lines }) => lines.map((line) => lineOf(line, label, printed))),
    taxes: invoice.taxes.map((tax) => taxOf(tax, printed.texts)),
    totals: { lines: subtotal, tax: taxTotal, withTax: total, prepaid: total - due, due },
    taxScheme: seller.address.country === 'AU' ? 'GST' : 'VAT',
  };
}

export function sellerOf({ name, address, taxIds, accountsReceivable }: Invoice['seller']): EParty {
  const ids = taxIds.map(({ value }) => compactTaxId(value));
  const taxId =
    address.country === 'AU'
      ? ids.find((id) => /^\d{11}$/.test(id))
      : ids.find((id) => new RegExp(`^${vatPrefix(address.country)}[0-9A-Z+*]{2,12}$`).test(id));
  return {
    name,
    address,
    ...(taxId === undefined ? {} : { taxId }),
    endpoint: endpointOf(taxId, address.country) ?? { scheme: 'EM', id: accountsReceivable.email },
    contact: { name, ...accountsReceivable },
  };
}

export function buyerOf({ name, address, taxIds, email }: Invoice['buyer'], { taxes }: Invoice): EParty {
  // The ID that the tax relies on, where it does.
  const relied = taxes.find(({ evidence }) => evidence?.kind === 'vat-id')?.evidence?.id;
  const own = taxIds.find(({ kind }) => kind === 'eu-vat' || kind === 'gb-vat' || kind === 'abn')?.value;
  const taxId = relied ?? (own === undefined ? undefined : compactTaxId(own));
  const endpoint =
    endpointOf(taxId, address.country) ?? (email === undefined ? undefined : { scheme: 'EM', id: email });
  return {
    name,
    address,
    ...(taxId === undefined ? {} : { taxId }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

/** Electronic address schemes (EAS) of tax IDs in Peppol's network. */
const SCHEMES: Readonly<Record<string, string>> = {
  AT: '9914',
  AU: '0151',
  BE: '9925',
  DE: '9930',
  ES: '9920',
  FR: '9957',
  GB: '9932',
  IE: '9935',
  IT: '0211',
  LU: '9938',
  NL: '9944',
  PT: '9946',
};

function endpointOf(taxId: string | undefined, country: string): EParty['endpoint'] {
  const scheme = SCHEMES[country];
  return taxId === undefined || scheme === undefined ? undefined : { scheme, id: taxId };
}

/** UNTDID 4461: 20 cheque, 58 SEPA credit transfer, 30 another transfer, 48 card, 57 standing agreement, 68 online payment. */
function paymentOf({ invoice, due }: PrintedInvoice): EPayment | undefined {
  const { payment, seller, number, currency } = invoice;
  if (due <= 0) return undefined;
  const reference = number;
  if (payment.kind === 'autopay')
    return payment.methodKind === 'card'
      ? { means: '48', reference, card: { last4: payment.last4, network: payment.brand } }
      : { means: '57', reference };
  if (payment.terms === 'cheque') return { means: '20', reference };
  const { iban, bic } = seller.bankAccount ?? {};
  if (payment.terms === 'card' || iban === undefined) return { means: '68', reference };
  const account = { iban: iban.replace(/\s/g, ''), holder: seller.name, ...(bic === undefined ? {} : { bic }) };
  return { means: currency === 'EUR' ? '58' : '30', reference, account };
}

function lineOf(line: InvoiceLine, label: string, printed: PrintedInvoice): ELine {
  const [tax] = taxesOn(line, printed.invoice.taxes);
  return {
    id: String(line.line),
    name: line.description === '' ? label : line.description,
    description: `${label} · ${noteOf(line, printed)}`,
    ...pricedOf(line),
    amount: line.amount,
    period: line.servicePeriod,
    tax: categoryOf(tax),
  };
}

/** The category of a line; without any tax it is outside of their scope. */
export const categoryOf = (tax: TaxLine | undefined): ETaxCategory =>
  tax === undefined ? { category: 'O', ratePpm: 0 } : { category: tax.category, ratePpm: tax.ratePpm };

type Priced = Pick<ELine, 'quantity' | 'unit' | 'price' | 'baseQuantity'>;

/**
 * Quantity and price of a line such that their product is its amount to the cent: the unit price where it is, and otherwise,
 * for parts of periods, tiers and metered usage, the amount as the price of the whole quantity.
 */
function pricedOf({ explanation, quantity, unitMicros, amount }: InvoiceLine): Priced {
  if (
    explanation.kind === 'period' &&
    unitMicros !== undefined &&
    unitMicros >= 0 &&
    quantity * unitMicros === amount * 10_000
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
    price: decimal(Math.abs(amount)),
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

/** VATEX codes of the reasons for which nothing is charged. */
export function taxOf({ category, ratePpm, base, amount, mention }: TaxLine, texts: PrintedInvoice['texts']): ETax {
  const tax = { category, ratePpm, base, amount };
  switch (category) {
    case 'AE':
      return { ...tax, reason: { code: 'VATEX-EU-AE', text: mention ?? texts.reverseCharge.sentence } };
    case 'O':
      return { ...tax, reason: { code: 'VATEX-EU-O', text: texts.exempt } };
    case 'E':
      return { ...tax, reason: { text: mention ?? texts.exempt } };
    case 'S':
    case 'Z':
      return tax;
  }
}
