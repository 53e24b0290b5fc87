import type { Age } from '../../domain/books/account-statement.ts';
import type { MovementKind } from '../../domain/books/movements.ts';

/** The words of the papers around invoices. Arguments are formatted already. */
export interface PaperTexts {
  readonly questions: string;
  /** Where nobody bills anybody. */
  readonly parties: { readonly buyer: string; readonly seller: string };
  readonly receipt: ReceiptTexts;
  readonly statement: StatementTexts;
  readonly cancellation: CancellationTexts;
}

export interface ReceiptTexts {
  readonly title: string;
  readonly paidBy: string;
  readonly paidTo: string;
  readonly date: string;
  readonly valueDate: string;
  readonly method: string;
  readonly reference: string;
  readonly received: string;
  readonly returned: string;
  readonly instruments: Readonly<Record<'wire' | 'cheque' | 'credit', string>>;
  readonly thanks: (date: string) => string;
  readonly fromCredit: (date: string) => string;
  readonly cameBack: (amount: string, date: string) => string;
  readonly settled: string;
  readonly invoice: (number: string) => string;
  /** Of an invoice. */
  readonly of: (date: string) => string;
  /** When kept credit paid it. */
  readonly later: (date: string) => string;
  readonly kept: string;
  readonly balanceAfter: string;
}

export interface StatementTexts {
  readonly title: string;
  readonly period: string;
  readonly madeOn: string;
  readonly balanceOn: (date: string) => string;
  readonly next: Readonly<Record<'nothing' | 'automatic' | 'wire' | 'cheque' | 'card', string>>;
  /** Of the closing balance, at the end of the period. */
  readonly overdue: (amount: string) => string;
  readonly contested: (amount: string) => string;
  readonly credit: (amount: string) => string;
  /** All that happened after the period is in it. */
  readonly today: (date: string, amount: string) => string;
  readonly toPay: string;
  readonly summary: string;
  readonly opening: string;
  readonly closing: string;
  readonly sums: Readonly<Record<StatementSum, string>>;
  readonly movements: string;
  readonly none: string;
  readonly column: Readonly<
    Record<'date' | 'movement' | 'amount' | 'balance' | 'invoice' | 'overdue' | 'open', string>
  >;
  readonly kinds: Readonly<Record<Exclude<MovementKind, 'invoice' | 'charge' | 'payment' | 'credit-note'>, string>>;
  readonly payment: (instrument: string) => string;
  readonly due: (date: string) => string;
  /** Of a payment: which invoices. */
  readonly for: (numbers: string) => string;
  readonly kept: (amount: string) => string;
  readonly noLongerContested: (amount: string) => string;
  readonly openItems: string;
  readonly byAge: string;
  readonly ages: Readonly<Record<Age, string>>;
  readonly days: (count: string, one: boolean) => string;
}

/** What the movements of a period are summed up as. */
export type StatementSum = 'invoices' | 'payments' | 'returns' | 'creditNotes' | 'disputes' | 'writeOffs';

/** The same sentences in the document and in its mail. */
export interface CancellationTexts {
  readonly title: string;
  readonly subject: (product: string, endsOn: string) => string;
  readonly heading: string;
  readonly requestedOn: string;
  readonly requestedBy: string;
  readonly by: Readonly<Record<'customer' | 'support', string>>;
  readonly subscription: string;
  readonly product: string;
  readonly quantity: string;
  readonly inServiceUntil: string;
  readonly untilThen: string;
  readonly noRefund: string;
  /** R64. */
  readonly tooLate: (renewal: string) => string;
  readonly charges: string;
  readonly period: string;
  readonly withoutTax: string;
  readonly noCharges: string;
  readonly data: string;
  readonly export: (endsOn: string) => string;
  readonly purge: (purgeOn: string) => string;
  readonly kept: string;
  readonly back: string;
  readonly reactivate: (endsOn: string) => string;
  readonly portal: string;
}
