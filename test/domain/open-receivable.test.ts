import { describe, expect, it } from 'vitest';
import type { Invoice, InvoiceLine } from '../../shared/domain/invoice.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import { sampleInvoice } from '../support/invoices.ts';

const NOW = '2026-12-01T05:00:00.000Z';
const INVOICE = sampleInvoice('us');
const byWire = { kind: 'customer-pays', terms: 'wire' } as const;
const byCard = { kind: 'autopay', methodKind: 'card', brand: 'visa', last4: '4242', on: '2026-12-01' } as const;
const opened = (more: Partial<Invoice>) => {
  const { credit: _none, ...invoice } = INVOICE;
  return openReceivable({ ...invoice, ...more }, NOW);
};
const lines = (...taxCodes: InvoiceLine['taxCode'][]) => taxCodes.map((taxCode) => ({ ...INVOICE.lines[0]!, taxCode }));

describe('an invoice as it is issued', () => {
  it('is owed in full, and dunned from the day after it is due on, in the seller’s time zone', () => {
    expect(
      opened({ dueDate: '2026-12-16', seller: { ...INVOICE.seller, timeZone: 'America/New_York' } }),
    ).toMatchObject({
      ...{ due: INVOICE.total, total: INVOICE.total, status: 'unpaid', version: 1 },
      dunning: { step: 0, nextAt: '2026-12-17T05:00:00.000Z' },
    });
  });

  it.each([
    ['at once by autopay', { payment: byCard }, NOW],
    ['at once from the customer’s credit', { payment: byWire, credit: 1 }, NOW],
    ['by nobody where the customer pays', { payment: byWire }, undefined],
    ['by nobody where its credit is used up', { payment: byWire, credit: 0 }, undefined],
  ])('is collected %s', (_name, more, nextAt) => {
    expect(opened(more).collection).toStrictEqual({ state: 'idle', attempts: 0, ...(nextAt && { nextAt }) });
  });

  it.each([
    ['of devices that were bought', { kind: 'purchase', lines: lines('equipment') }, true],
    ['of devices and something else', { kind: 'purchase', lines: lines('telecom', 'equipment') }, true],
    ['of services rendered once', { kind: 'purchase', lines: lines('telecom') }, undefined],
    ['of the month, with rented devices (R122)', { kind: 'cycle', lines: lines('telecom', 'equipment') }, undefined],
  ] as const)('R50: %s is a hardware order: %s', (_name, more, hardware) => {
    const receivable = opened(more);
    expect(receivable.hardware).toBe(hardware);
    expect('hardware' in receivable).toBe(hardware === true);
  });
});
