import { describe, expect, it } from 'vitest';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import { indexHead, indexRow } from '../../shared/export/index-csv.ts';
import { reportCsv } from '../../shared/reconciliation/report-csv.ts';
import { noteOn } from '../support/credit-notes.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { rowsOf } from '../support/zip.ts';

const packed = { state: 'not-made-yet' } as const;

describe('amounts in the index of a month’s documents have the decimals of their currency', () => {
  it.each([
    [undefined, ['EUR', '600.20', '114.04', '714.24'], ['EUR', '-344.25', '-65.41', '-409.66']],
    ['JPY', ['JPY', '60020', '11404', '71424'], ['JPY', '-34425', '-6541', '-40966']],
  ] as const)('in %s', (currency, ofInvoice, ofNote) => {
    const invoice = sampleInvoice('germany', currency === undefined ? {} : { currency });
    const receivable = openReceivable(invoice, '2026-12-01T05:00:00.000Z');
    const note = noteOn(invoice, { kind: 'lines', lines: [{ line: 1 }] });
    const rows = rowsOf(
      indexHead() +
        indexRow({ kind: 'invoice', receivable, invoice }, packed) +
        indexRow({ kind: 'credit-note', note, receivable, invoice } as Parameters<typeof indexRow>[0], packed),
    );
    expect(rows.map((row) => [row.currency, row.net, row.tax, row.total])).toEqual([ofInvoice, ofNote]);
    expect(rows[0]?.open).toBe(ofInvoice[3]);
  });
});

describe('amounts in the report of a reconciled day have the decimals of their currency', () => {
  it.each([
    ['USD', 4_210, '42.10'],
    ['USD', -5, '-0.05'],
    ['JPY', 4_210, '4210'],
    ['JPY', -5, '-5'],
    ['KWD', 4_210, '4210 minor units'],
  ])('%s %d', (currency, amount, written) => {
    const item = { itemId: 'txn_1', side: 'processor', date: '2026-12-01', payment: 'ch_1', amount, currency } as const;
    const [row] = rowsOf(reportCsv({ open: [{ ...item, status: 'missing' }], notes: [] }));
    expect([row?.amount, row?.currency]).toEqual([written, currency]);
  });
});
