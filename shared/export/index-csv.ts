import { stringify } from 'csv-stringify/sync';
import { standingOf } from '../domain/invoice-export.ts';
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

/**
 * Amounts are bigints until here, so that a negative one is not taken for a formula. Every currency that we bill in has two
 * decimals; a text that a spreadsheet would compute gets a quote in front.
 */
const csv = (rows: readonly (readonly unknown[])[], bom = false): string =>
  stringify(rows as unknown[][], { bom, escape_formulas: true, record_delimiter: '\r\n', cast: { bigint: decimal } });

function decimal(minor: bigint): string {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The headings, behind the mark by which Excel knows that the file is UTF-8. */
export const indexHead = (): string => csv([COLUMNS], true);

/** Where a document lies in the ZIP. */
export interface PackedFiles {
  readonly state: Packed;
  /** Absent unless packed. */
  readonly pdf?: { readonly name: string; readonly sha256: string };
  readonly eInvoice?: string;
}

/** One line of the index. Amounts in major units with a point; a credit note's are negative. */
export function indexRow(document: ListedDocument, { state, pdf, eInvoice = '' }: PackedFiles): string {
  const files = [pdf?.name ?? '', state, pdf?.sha256 ?? '', eInvoice];
  if (document.kind === 'credit-note') {
    const { note } = document;
    const { number, date, invoiceNumber, accountId, buyer, currency, subtotal, taxTotal, total } = note;
    return csv([
      [
        ...['credit note', number, date, '', invoiceNumber, accountId, buyer.name, buyer.address.country, currency],
        ...[subtotal, taxTotal, total].map((amount) => BigInt(-amount)),
        ...['', 'issued', '', ...files],
      ],
    ]);
  }
  const { receivable, invoice } = document;
  const { number, invoiceDate, dueDate, accountId, buyer, currency, subtotal, taxTotal, total } = invoice;
  return csv([
    [
      ...['invoice', number, invoiceDate, dueDate, '', accountId, buyer.name, buyer.address.country, currency],
      ...[subtotal, taxTotal, total, receivable.due + (receivable.disputed ?? 0)].map(BigInt),
      ...[standingOf(receivable), receivable.paidAt ?? '', ...files],
    ],
  ]);
}
