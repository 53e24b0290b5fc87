import type { ChargeGroup } from '../../domain/catalog.ts';
import type { UsageClass } from '../../domain/usage/usage.ts';

/** Groups whose label alone could be misunderstood: truth in billing wants a sentence (C20, R112–R114, R121). */
export type DescribedGroup = Exclude<
  ChargeGroup,
  'service-charge' | 'standard-phone-numbers' | 'contact-center' | 'rentals' | 'purchases'
>;

/** The words for what is charged. */
export interface ChargeTexts {
  /** The labels of the guide (R101–R122); parts of periods stand under one of their own (R103). */
  readonly group: Readonly<Record<ChargeGroup | 'prorated', string>>;
  /** What a charge is and, for fees, what it is not. */
  readonly about: Readonly<Record<DescribedGroup, string>>;
  /** Singular and plural of the units we know; others print as the catalog names them. */
  readonly units: Readonly<Record<Unit, readonly [one: string, many: string]>>;
  /** What a line of usage is; whether the plan includes it says its group. Quantities come with their unit: `1,240 minutes`. */
  readonly usage: {
    readonly names: Readonly<Record<MeteredClass, string>>;
    readonly used: (used: string, included: string) => string;
    readonly beyond: (included: string) => string;
    readonly late: (month: string) => string;
  };
}

/** The classes that name a line; internal calls are on the line of domestic ones (R106), and the others are free. */
type MeteredClass = Extract<
  UsageClass,
  'domestic' | 'toll-free-inbound' | 'domestic-premium' | 'international' | 'message'
>;

type Unit =
  | 'device'
  | 'extension'
  | 'number'
  | 'licence'
  | 'user'
  | 'location'
  | 'item'
  | 'circuit'
  | 'minute'
  | 'credit'
  | 'month';
