import type { CreditReason } from '../../domain/books/credit-note.ts';
import type { ChargeTexts } from './charge-texts.ts';

/**
 * Every word on documents, by language; those of mails are apart, in `mails/`, so that whoever draws a document need not load
 * them. A language that lacks one does not compile (R141, R155).
 */
export interface Texts {
  readonly document: DocumentTexts;
}

/** Arguments are formatted already; only words and their order are decided here. */
export interface DocumentTexts extends ChargeTexts {
  readonly title: { readonly invoice: string; readonly taxInvoice: string; readonly vatInvoice: string };
  readonly from: string;
  readonly billedTo: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly billingPeriod: string;
  readonly account: string;
  readonly reference: string;
  readonly currency: string;
  readonly amountDue: string;
  readonly nextStep: NextStepTexts;
  readonly thisInvoice: string;
  readonly subtotal: string;
  readonly total: string;
  readonly totalWithTax: string;
  readonly yourAccount: string;
  readonly previousBalance: string;
  readonly accountBalance: string;
  /** What the balance became less by since the last invoice, which the previous balance is of. */
  readonly received: string;
  readonly fromCredit: string;
  readonly summary: string;
  readonly otherCharges: string;
  readonly chart: { readonly heading: string; readonly alternative: (months: string) => string };
  readonly change: ChangeTexts;
  readonly payment: PaymentTexts;
  readonly charges: string;
  readonly continued: (heading: string) => string;
  readonly column: Readonly<
    Record<'description' | 'quantity' | 'unitPrice' | 'tax' | 'amount' | 'rate' | 'base', string>
  >;
  /** `16 of 31 days`. */
  readonly days: (days: string, of: string) => string;
  readonly added: string;
  readonly removed: string;
  readonly taxSummary: string;
  /** The names of the taxes; jurisdictions are appended as they stand on the invoice. */
  readonly taxes: Readonly<Record<'VAT' | 'GST' | 'HST' | 'PST' | 'RST' | 'QST', string>>;
  readonly exempt: string;
  readonly zeroRated: string;
  /** By a certificate: from which tax, its number, and the country, state or province that gave it. */
  readonly exempted: (tax: string, certificate: string, authority: string) => string;
  readonly reverseCharge: { readonly short: string; readonly sentence: string };
  readonly creditNote: CreditNoteTexts;
  readonly questions: string;
  readonly dispute: { readonly heading: string; readonly sentence: (until: string) => string };
  readonly accountsReceivable: string;
  readonly support: string;
  readonly page: (page: number, pages: number) => string;
}

export interface CreditNoteTexts {
  readonly title: string;
  readonly date: string;
  readonly invoice: string;
  readonly credited: string;
  readonly corrects: (number: string, date: string) => string;
  readonly reason: string;
  readonly reasons: Readonly<Record<CreditReason, string>>;
  readonly details: string;
  /** What became of it. */
  readonly settled: {
    readonly heading: string;
    readonly due: string;
    readonly disputed: string;
    readonly writtenOff: string;
    readonly credit: string;
  };
}

export interface NextStepTexts {
  readonly willCharge: (method: string, on: string) => string;
  readonly willDebit: (method: string, on: string) => string;
  readonly payInPortal: (by: string) => string;
  readonly payByWire: (by: string) => string;
  readonly payByCheque: (by: string) => string;
  readonly alsoUnpaid: (amount: string) => string;
  /** Instead of all others, where nothing is left to pay. */
  readonly paidFromCredit: string;
  readonly nothingToPay: string;
}

/** Why this invoice is not the last one again. Amounts have no sign, and months are named. */
export interface ChangeTexts {
  readonly heading: string;
  readonly more: (amount: string, month: string) => string;
  readonly less: (amount: string, month: string) => string;
  readonly same: (month: string) => string;
  readonly price: string;
  readonly new: string;
  readonly gone: string;
  readonly others: string;
}

export interface PaymentTexts {
  readonly heading: string;
  readonly automatic: string;
  readonly method: string;
  readonly iban: string;
  readonly bic: string;
  readonly transferReference: string;
  readonly payee: string;
  /** What the remittance slip asks for. */
  readonly slip: string;
  /** Under the code of the portal: where nothing is to be paid there, and where something may be. */
  readonly scanView: string;
  readonly scanPortal: string;
  readonly scanTransfer: string;
  /** What the codes say, for whoever does not see them. */
  readonly portalCode: (url: string) => string;
  readonly transferCode: (payee: string, amount: string, reference: string) => string;
}
