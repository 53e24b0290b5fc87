import type { UsageClass } from '../../domain/usage/usage.ts';

/** The words around calls and messages that an invoice lists one by one. Numbers come formatted. */
export interface DetailsTexts {
  readonly heading: string;
  readonly column: Readonly<Record<'when' | 'number' | 'kind' | 'amount', string>>;
  /** Of the currency: `Price (EUR)`. */
  readonly price: (currency: string) => string;
  /** What a call is; an international one is named by its country instead. */
  readonly kinds: Readonly<Record<Exclude<ItemisedClass, 'international' | 'message'>, string>>;
  readonly sent: string;
  readonly received: string;
  /** Instead of a price: the plan has it. */
  readonly included: string;
  /** Where the plan ends within a call: `2:00 included`. */
  readonly partly: (amount: string) => string;
  /** The caller's number is not known. */
  readonly withheld: string;
  readonly extension: (number: string) => string;
  readonly subtotal: string;
  readonly total: string;
  readonly calls: readonly [one: string, many: string];
  readonly messages: readonly [one: string, many: string];
  readonly notes: {
    readonly times: (timeZone: string) => string;
    readonly free: string;
    readonly exact: string;
    /** Of how many digits, in figures. */
    readonly masked: (digits: string) => string;
    readonly tooMany: (most: string) => string;
  };
}

export type ItemisedClass = Exclude<UsageClass, 'emergency' | 'inbound' | 'toll-free-outbound'>;
