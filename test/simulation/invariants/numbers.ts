import type { World } from '../world/world.ts';
import { must } from './violation.ts';

/** Numbers of invoices and credit notes are unique and without gaps within their series. */
export function checkNumbers({ memory }: World): void {
  const series = new Map<string, number[]>();
  for (const { sk, number } of memory.items()) {
    if (!/^(INVOICE|CREDITNOTE)#/.test(String(sk)) || typeof number !== 'string') continue;
    const at = number.lastIndexOf('-');
    series.set(number.slice(0, at), [...(series.get(number.slice(0, at)) ?? []), Number(number.slice(at + 1))]);
  }
  for (const [name, numbers] of series) {
    const sorted = numbers.toSorted((a, b) => a - b);
    must(
      sorted.every((number, index) => number === index + 1),
      'numbers are unique and without gaps',
      () => `${name}: ${sorted.join(', ')}`,
    );
  }
}
