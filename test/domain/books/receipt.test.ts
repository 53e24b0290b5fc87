import { describe, expect, it } from 'vitest';
import { AccountStory, eventfulStory } from '../../support/account-story.ts';

const story = eventfulStory('ireland');
const total = story.receivables[0]!.total;
const receipt = (receiptId: string) => story.receipts.find((each) => each.receiptId === receiptId)!;

describe('the receipts of an account', () => {
  it('are one for each charge, wire, cheque and use of credit, in the order of the books', () => {
    expect(story.receipts.map(({ receiptId, number }) => [receiptId, number])).toEqual([
      ['credit-payment-814', '20260813-814'],
      ['credit-payment-916', '20260915-916'],
      ['payment-2026-10-cycle-001', 'NTIE-202610A-000042-P1'],
      ['credit-payment-1028', '20261027-1028'],
      ['credit-use-2026-11-cycle-1', 'NTIE-202611A-000042-C1'],
      ['payment-2026-11-cycle-001', 'NTIE-202611A-000042-P1'],
      ['credit-payment-1120', '20261119-1120'],
    ]);
  });

  it('a wire: its reference and value date, what it settled and what was owed after it', () => {
    expect(receipt('credit-payment-814')).toMatchObject({
      instrument: { kind: 'wire' },
      reference: 'STMT-814',
      valueDate: '2026-08-13',
      date: '2026-08-14',
      amount: total,
      settled: [{ number: 'NTIE-202608A-000042', amount: total, on: '2026-08-14' }],
      kept: 0,
      balanceAfter: 0,
    });
  });

  it('a card: brand and last four digits and nothing else of it', () => {
    const { instrument, reference, settled, balanceAfter } = receipt('payment-2026-11-cycle-001');
    expect(instrument).toEqual({ kind: 'card', brand: 'visa', last4: '4242' });
    expect(reference).toBeUndefined();
    expect(settled).toMatchObject([{ number: 'NTIE-202611A-000042', amount: 100_00 }]);
    expect(balanceAfter).toBe(total - 125_00);
  });

  it('what a wire paid beyond what was due settles later invoices, on their own days', () => {
    const { settled, kept } = receipt('credit-payment-1028');
    expect(settled.map(({ number, amount, on }) => [number, amount, on])).toEqual([
      ['NTIE-202609A-000042', 20_00, '2026-10-28'],
      ['NTIE-202610A-000042', total, '2026-10-28'],
      ['NTIE-202611A-000042', 25_00, '2026-11-01'],
    ]);
    expect(kept).toBe(0);
  });

  it('credit that was used is a payment of its own', () => {
    expect(receipt('credit-use-2026-11-cycle-1')).toMatchObject({
      instrument: { kind: 'credit' },
      amount: 25_00,
      settled: [{ number: 'NTIE-202611A-000042', amount: 25_00 }],
    });
  });

  it('a debit that came back and a cheque that bounced say so', () => {
    expect(receipt('payment-2026-10-cycle-001').returned).toEqual({ on: '2026-10-19', amount: total });
    expect(receipt('credit-payment-1120')).toMatchObject({ returned: { on: '2026-11-24', amount: 10_00 }, kept: 0 });
  });

  it('what a charge took beyond what was due is kept, until an invoice comes', () => {
    const more = new AccountStory('ireland').invoice('2026-11').charge('2026-11-02', '2026-11', total + 7_00);
    expect(more.receipts[0]).toMatchObject({ amount: total + 7_00, kept: 7_00, balanceAfter: 0 });
    expect(more.invoice('2026-12').receipts[0]).toMatchObject({
      kept: 0,
      settled: [{ amount: total }, { number: 'NTIE-202612A-000042', amount: 7_00, on: '2026-12-01' }],
    });
  });
});
