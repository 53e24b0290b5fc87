import type { Random } from './random.ts';

/**
 * Tax numbers that pass every format check and are in ranges that the authorities have not reached yet, so that none is
 * a real company's.
 */

const digitsOf = (text: string): number[] => [...text].map(Number);
const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  digits.reduce((sum, digit, index) => sum + digit * weights[index]!, 0);

/** `DE` and nine digits, the last a check digit (ISO 7064, mod 11,10). */
export function germanVatId(random: Random): string {
  const digits = random.fill('9#######');
  let product = 10;
  for (const digit of digitsOf(digits)) {
    const sum = (digit + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return `DE${digits}${(11 - product) % 10}`;
}

/** `IE`, seven digits and a check letter (mod 23). */
export function irishVatId(random: Random): string {
  const digits = random.fill('5######');
  const remainder = weighted(digitsOf(digits), [8, 7, 6, 5, 4, 3, 2]) % 23;
  return `IE${digits}${'WABCDEFGHIJKLMNOPQRSTUV'[remainder]}`;
}

/** `GB` and nine digits, the last two a checksum (mod 97, 55). */
export function britishVatId(random: Random): string {
  const digits = random.fill('59#####');
  const sum = weighted(digitsOf(digits), [8, 7, 6, 5, 4, 3, 2]) + 55;
  return `GB${digits}${String(97 - (sum % 97)).padStart(2, '0')}`;
}

/** Eleven digits, the first two a checksum (mod 89). */
export function australianBusinessNumber(random: Random): string {
  const digits = random.fill('999######');
  const sum = weighted(digitsOf(digits), [3, 5, 7, 9, 11, 13, 15, 17, 19]);
  // The first digit counts one less than it is: (first − 1) × 10 + second ≡ −sum (mod 89).
  const check = 11 + ((88 + 89 - (sum % 89)) % 89);
  return `${check}${digits}`;
}

/** A Canadian business number with its GST/HST account: nine digits, the last by Luhn. */
export function canadianGstNumber(random: Random): string {
  const digits = random.fill('99######');
  const sum = digitsOf(digits).reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10} RT0001`;
}
