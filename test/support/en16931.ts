import { expect } from 'vitest';
import type { EInvoice } from '../../shared/document/e-invoice/model.ts';

/** Decimals as millionths, so that no rounding hides in floats. */
const micros = (text: string): bigint => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text)!;
  return BigInt(`${sign}${whole}${fraction.padEnd(6, '0')}`);
};
const cents = (amount: number): bigint => BigInt(amount) * 10_000n;
const sum = (of: readonly { readonly amount: number }[]): number => of.reduce((total, { amount }) => total + amount, 0);

/** Business rules of EN 16931-1, annex A, by their names. */
export function keepsRules({ lines, taxes, totals, seller, buyer, payment }: EInvoice): void {
  for (const { id, quantity, price, baseQuantity = '1', amount } of lines) {
    expect(micros(price), `BR-27, line ${id}`).toBeGreaterThanOrEqual(0n);
    const product = (micros(quantity) * micros(price)) / micros(baseQuantity);
    const off = product - cents(amount);
    expect(off < 0n ? -off : off, `BR-CO-04, line ${id}`).toBeLessThan(5_000n);
  }
  expect(sum(lines), 'BR-CO-10').toBe(totals.lines);
  expect(sum(taxes), 'BR-CO-14').toBe(totals.tax);
  expect(totals.lines + totals.tax, 'BR-CO-15').toBe(totals.withTax);
  expect(totals.withTax - totals.prepaid, 'BR-CO-16').toBe(totals.due);
  for (const { category, ratePpm, base, amount, reason } of taxes) {
    const own = lines.filter(({ tax }) => tax.category === category && tax.ratePpm === ratePpm);
    expect(sum(own), `BR-${category}-08`).toBe(base);
    expect(Math.abs(amount - (base * ratePpm) / 1_000_000), 'BR-CO-17').toBeLessThanOrEqual(0.5);
    expect(reason !== undefined, `BR-${category}-10`).toBe(['AE', 'E', 'O'].includes(category));
    if (category === 'AE') expect([seller.taxId, buyer.taxId], 'BR-AE-02').not.toContain(undefined);
    // Peppol's A-NZ takes an ABN, which has no country in front.
    if (category !== 'O')
      expect(seller.taxId, `BR-${category}-02`).toMatch(seller.address.country === 'AU' ? /^\d{11}$/ : /^[A-Z]{2}/);
  }
  expect(
    lines.filter(({ tax }) => taxes.every(({ category }) => category !== tax.category)),
    'BR-CO-18',
  ).toEqual([]);
  if (payment?.means === '58') expect(payment.account?.iban, 'BR-61').toMatch(/^[A-Z]{2}\d/);
}

/** Without what differs on purpose: which rules the receiver applies, notes as one text, trade names that repeat the name. */
export const comparableCii = (leaves: readonly string[]): string[] =>
  leaves.filter((leaf) => !/DocumentContext|IncludedNote|TradingBusinessName|ApplicableHeaderTradeDelivery/.test(leaf));
