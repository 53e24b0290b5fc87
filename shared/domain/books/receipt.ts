import type { PlainDate } from '../calendar.ts';
import { dateIn } from '../calendar.ts';
import type { InvoiceId } from '../invoice.ts';
import { type Currency, sumOf } from '../money.ts';
import type { PaymentAttempt, Receivable } from '../receivable.ts';
import type { MethodKind } from '../retry-policy.ts';
import type { Credit, PaymentKind } from './credit.ts';
import type { Movement } from './movements.ts';

/** How it was paid: with a method at the processor, of which only brand and last digits are known, or otherwise. */
export type Instrument =
  | { readonly kind: MethodKind; readonly brand: string; readonly last4: string }
  | { readonly kind: PaymentKind | 'credit' };

/** Minor units of a payment that went to an invoice, on that day. */
export interface Settled extends Pick<Receivable, 'invoiceId' | 'number' | 'invoiceDate'> {
  readonly amount: number;
  readonly on: PlainDate;
}

/** A payment as it is on record: what came in, how, and what it settled. Amounts are minor units, positive. */
export interface Receipt {
  /** Of the entry in the books, for ever; safe in a URL. */
  readonly receiptId: string;
  /** As it is printed: `NTIE-202612A-000042-P1`. */
  readonly number: string;
  readonly instrument: Instrument;
  /** The day in the books; and the bank's, where a person booked it. */
  readonly date: PlainDate;
  readonly valueDate?: PlainDate;
  readonly recordedAt: string;
  /** The bank's or the payer's; the processor's own id of a charge stays inside. */
  readonly reference?: string;
  readonly currency: Currency;
  readonly amount: number;
  readonly settled: readonly Settled[];
  /** What is not used yet, and pays later invoices. */
  readonly kept: number;
  /** What the customer had to pay after it. */
  readonly balanceAfter: number;
  /** It came back, or was taken back, and what it had settled is due again. */
  readonly returned?: { readonly on: PlainDate; readonly amount: number };
}

export interface ReceiptRecords {
  readonly receivables: readonly Pick<Receivable, 'invoiceId' | 'number' | 'invoiceDate'>[];
  readonly attempts: readonly Pick<PaymentAttempt, 'invoiceId' | 'attempt' | 'method' | 'returned'>[];
  readonly credits: readonly Credit[];
  readonly timeZone: string;
}

/** The id of an entry as a URL has it: `#` would begin a fragment. */
export const receiptIdOf = (entryId: string): string => entryId.replaceAll('#', '-');

/** Every payment of an account, oldest first, from all its movements: charges, wires, cheques, and credit that was used. */
export function receiptsOf(movements: readonly Movement[], records: ReceiptRecords): Receipt[] {
  let balanceAfter = 0;
  return movements.flatMap((movement) => {
    balanceAfter += movement.amount;
    const of = particularsOf(movement, movements, records);
    if (of === undefined) return [];
    const { entryId, date, recordedAt, currency } = movement.entry;
    return [{ receiptId: receiptIdOf(entryId), date, recordedAt, currency, balanceAfter, ...of }];
  });
}

type Particulars = Omit<Receipt, 'receiptId' | 'date' | 'recordedAt' | 'currency' | 'balanceAfter'>;

function particularsOf(movement: Movement, all: readonly Movement[], records: ReceiptRecords): Particulars | undefined {
  switch (movement.kind) {
    case 'charge':
      return charged(movement, records);
    case 'payment':
      return sent(movement, all, records);
    case 'credit-use':
      return usedCredit(movement, records);
    default:
      return undefined;
  }
}

const settledBy = ({ parts, entry }: Movement, { receivables }: ReceiptRecords): Settled[] =>
  parts.map(({ invoiceId, amount }) => ({ ...invoiceOf(invoiceId, receivables), amount: -amount, on: entry.date }));

/** A receivable is never removed: what an entry refers to is there. */
const invoiceOf = (invoiceId: InvoiceId, receivables: ReceiptRecords['receivables']) => {
  const { number, invoiceDate } = receivables.find((of) => of.invoiceId === invoiceId)!;
  return { invoiceId, number, invoiceDate };
};

/** The processor took it; what was not due any more is kept. */
function charged(movement: Movement, records: ReceiptRecords): Particulars | undefined {
  const segments = movement.entry.entryId.split('#');
  const [invoiceId, number] = [segments.slice(1, -1).join('#'), Number(segments.at(-1))];
  const attempt = records.attempts.find((of) => of.invoiceId === invoiceId && of.attempt === number);
  if (attempt === undefined) return undefined;
  const { method, returned } = attempt;
  const uses = usesOf(
    records,
    records.credits.find(
      ({ source }) => source.kind === 'overcollected' && source.invoiceId === invoiceId && source.attempt === number,
    ),
  );
  return {
    number: `${invoiceOf(invoiceId, records.receivables).number}-P${number}`,
    instrument: { kind: method.kind, brand: method.brand, last4: method.last4 },
    amount: movement.credit - movement.amount,
    settled: [...settledBy(movement, records), ...uses],
    kept: movement.credit - sumOf(uses),
    ...(returned && { returned: { on: dateIn(returned.at, records.timeZone), amount: returned.amount } }),
  };
}

/** A wire or cheque: what it paid when it was booked, and what its rest has paid since. */
function sent(movement: Movement, all: readonly Movement[], records: ReceiptRecords): Particulars | undefined {
  const { entryId } = movement.entry;
  const credit = records.credits.find(({ creditId }) => entryId === `credit#${creditId}`);
  if (credit === undefined || (credit.source.kind !== 'wire' && credit.source.kind !== 'cheque')) return undefined;
  const { source, amount, creditId } = credit;
  const settled = usesOf(records, credit);
  const reversal = all.find(({ entry }) => entry.reverses === entryId);
  return {
    number: `${source.valueDate.replaceAll('-', '')}-${creditId.replace(/^payment-/, '').slice(0, SHOWN)}`,
    instrument: { kind: source.kind },
    valueDate: source.valueDate,
    reference: source.reference,
    amount,
    settled,
    kept: reversal ? 0 : amount - sumOf(settled),
    ...(reversal && { returned: { on: reversal.entry.date, amount } }),
  };
}

/** So many characters of a payment's id are printed after its date. */
const SHOWN = 12;

function usedCredit(movement: Movement, records: ReceiptRecords): Particulars {
  const settled = settledBy(movement, records);
  const version = movement.entry.entryId.split('#').at(-1);
  return {
    number: `${settled[0]!.number}-C${version}`,
    instrument: { kind: 'credit' },
    amount: -movement.amount,
    settled,
    kept: 0,
  };
}

const usesOf = ({ receivables, timeZone }: ReceiptRecords, credit: Credit | undefined): Settled[] =>
  (credit?.uses ?? []).map(({ invoiceId, amount, at }) => ({
    ...invoiceOf(invoiceId, receivables),
    amount,
    on: dateIn(at, timeZone),
  }));
