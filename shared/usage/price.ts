const DECIMAL = /^(\d{1,4})(?:\.(\d{1,6}))?$/;

/** A price of at most six decimals as integer micros, millionths of the major unit: `0.0055` → 5 500. Undefined when it is none. */
export function microsOf(decimal: string): number | undefined {
  const [, whole, fraction = ''] = DECIMAL.exec(decimal) ?? [];
  return whole === undefined ? undefined : Number(`${whole}${fraction.padEnd(6, '0')}`);
}
