/**
 * What a document says by the terms of EN 16931-1, whatever its syntax: texts as they are written, undefined where the element
 * is missing, so that a rule can tell a missing one from an empty one.
 */
export interface Terms {
  readonly syntax: 'cii' | 'ubl';
  /** BT-24 */
  readonly specification: string | undefined;
  /** BT-1 */
  readonly number: string | undefined;
  /** BT-2, YYYY-MM-DD */
  readonly issueDate: string | undefined;
  /** BT-3 */
  readonly type: string | undefined;
  /** BT-5 */
  readonly currency: string | undefined;
  /** BT-9 */
  readonly dueDate: string | undefined;
  /** BT-10 */
  readonly buyerReference: string | undefined;
  /** BT-20 */
  readonly paymentTerms: string | undefined;
  /** BT-22 */
  readonly notes: readonly string[];
  /** BG-14 */
  readonly period: Period | undefined;
  /** BG-3 */
  readonly preceding: readonly { readonly number: string | undefined }[];
  readonly seller: Party;
  readonly buyer: Party;
  /** BG-16 */
  readonly payment: readonly Payment[];
  readonly totals: Totals;
  /** BG-23 */
  readonly taxes: readonly Tax[];
  /** BG-25 */
  readonly lines: readonly Line[];
}

export interface Period {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface Party {
  readonly name: string | undefined;
  readonly address: Address | undefined;
  /** BT-31, BT-48 */
  readonly vatId: string | undefined;
  /** BT-30, BT-47 */
  readonly legalId: Identifier | undefined;
  /** BT-34, BT-49 */
  readonly endpoint: Identifier | undefined;
  /** BG-6 */
  readonly contact: { readonly name?: string; readonly phone?: string; readonly email?: string } | undefined;
}

export interface Identifier {
  readonly id: string;
  readonly scheme: string | undefined;
}

export interface Address {
  readonly line: string | undefined;
  readonly city: string | undefined;
  readonly postalCode: string | undefined;
  readonly country: string | undefined;
}

export interface Payment {
  /** BT-81 */
  readonly means: string | undefined;
  /** BT-84; '' where there is an account without any. */
  readonly account: string | undefined;
  /** BT-87 */
  readonly card: string | undefined;
  readonly mandate: boolean;
}

/** BG-22, as decimals. */
export interface Totals {
  readonly lines: string | undefined;
  readonly withoutTax: string | undefined;
  readonly tax: string | undefined;
  readonly taxCurrency: string | undefined;
  readonly withTax: string | undefined;
  readonly prepaid: string | undefined;
  readonly due: string | undefined;
}

export interface Category {
  readonly scheme: string | undefined;
  readonly category: string | undefined;
  readonly rate: string | undefined;
}

export interface Tax extends Category {
  readonly base: string | undefined;
  readonly amount: string | undefined;
  readonly reason: string | undefined;
  readonly reasonCode: string | undefined;
}

export interface Line extends Category {
  readonly id: string | undefined;
  readonly quantity: string | undefined;
  readonly unit: string | undefined;
  readonly amount: string | undefined;
  readonly name: string | undefined;
  readonly price: string | undefined;
  readonly baseQuantity: string | undefined;
  readonly baseUnit: string | undefined;
  readonly period: Period | undefined;
}

/** A rule by its official name, and whether a document keeps it. */
export type Rules = Readonly<Record<string, (terms: Terms) => boolean>>;

export const filled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

/** Decimals as millionths, so that no rounding hides in floats; undefined where it is no number. */
export function micros(text: string | undefined): bigint | undefined {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text ?? '') ?? [];
  return whole === undefined ? undefined : BigInt(`${sign}${whole}${fraction.padEnd(6, '0')}`);
}
export const CENT = 10_000n;
export const UNIT = 1_000_000n;
export const amountOf = (text: string | undefined): bigint => micros(text) ?? 0n;
export const sumOf = (texts: readonly (string | undefined)[]): bigint =>
  texts.reduce((sum, text) => sum + amountOf(text), 0n);
export const distance = (one: bigint, other: bigint): bigint => (one < other ? other - one : one - other);
export const decimals = (text: string | undefined): number => text?.split('.')[1]?.length ?? 0;
