/**
 * Shares an amount out in proportion to parts, to the cent: the shares sum to the amount, and none exceeds its part
 * (largest remainder). `amount` is from 0 to the sum of the parts, all in minor units; parts may be negative.
 */
export function apportion(amount: number, parts: readonly number[]): number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => BigInt(part) * BigInt(amount));
  const whole = BigInt(total);
  const shares = exact.map((product) => Number(floored(product, whole)));
  const missing = amount - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product - floored(product, whole) * whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, missing)) shares[index] = shares[index]! + 1;
  return shares;
}

const floored = (product: bigint, whole: bigint): bigint =>
  product >= 0n ? product / whole : (product - whole + 1n) / whole;
