import { stringify } from 'csv-stringify/sync';
import { standingOf } from '../domain/invoice-export.ts';
import { CURRENCIES, type Currency, decimalText } from '../domain/money.ts';
import type { ListedDocument } from '../ports.ts';

/** How a document's PDF came along: only `packed` is in the ZIP. */
export type Packed = 'packed' | 'not-made-yet' | 'missing' | 'not-the-one-sent';

const COLUMNS = [
  'kind',
  'number',
  'date',
  'due date',
  'corrects',
  'account',
  'buyer',
  'country',
  'currency',
  'net',
  'tax',
  'total',
  'open',
  'state',
  'paid at',
  'file',
  'file state',
  'sha256',
  'e-invoice',
] as const;

/** A text that a spreadsheet would compute gets a quote in front. */
const FORMAT = { escape_formulas: true, record_delimiter: '\r\n' } as const;

/** Amounts are bigints until here, so that a negative one is not taken for a formula; they have their currency's decimals. */
const CASTS = Object.fromEntries(
  CURRENCIES.map((currency) => [currency, { bigint: (minor: bigint) => decimalText(minor, currency) }]),
) as Readonly<Record<Currency, { bigint(minor: bigint): string }>>;

const csv = (row: readonly unknown[], currency: Currency): string =>
  stringify([[...row]], { ...FORMAT, cast: CASTS[currency] });

/** The headings, behind the mark by which Excel knows that the file is UTF-8. */
export const indexHead = (): string => stringify([[...COLUMNS]], { ...FORMAT, bom: true });

/** Where a document lies in the ZIP. */
export interface PackedFiles {
  readonly state: Packed;
  /** Absent unless packed. */
  readonly pdf?: { readonly name: string; readonly sha256: string };
  readonly eInvoice?: string;
}

/** One line of the index. Amounts in major units with a point and the currency's decimals; a credit note's are negative. */
export function indexRow(document: ListedDocument, { state, pdf, eInvoice = '' }: PackedFiles): string {
  const files = [pdf?.name ?? '', state, pdf?.sha256 ?? '', eInvoice];
  if (document.kind === 'credit-note') {
    const { note } = document;
    const { number, date, invoiceNumber, accountId, buyer, currency, subtotal, taxTotal, total } = note;
    return csv(
      [
        ...['credit note', number, date, '', invoiceNumber, accountId, buyer.name, buyer.address.country, currency],
        ...[subtotal, taxTotal, total].map((amount) => BigInt(-amount)),
        ...['', 'issued', '', ...files],
      ],
      currency,
    );
  }
  const { receivable, invoice } = document;
  const { number, invoiceDate, dueDate, accountId, buyer, currency, subtotal, taxTotal, total } = invoice;
  return csv(
    [
      ...['invoice', number, invoiceDate, dueDate, '', accountId, buyer.name, buyer.address.country, currency],
      ...[subtotal, taxTotal, total, receivable.due + (receivable.disputed ?? 0)].map(BigInt),
      ...[standingOf(receivable), receivable.paidAt ?? '', ...files],
    ],
    currency,
  );
}
