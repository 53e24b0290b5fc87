import type { ChargeGroup, TaxCode } from '../catalog.ts';
import type { UsageAllowance } from './allowance.ts';
import type { UsageClass } from './usage.ts';

/** What is metered together: which classes, from which allowance, under which labels. */
export interface Meter {
  /** The class that names it; the first of `classes`. */
  readonly usage: UsageClass;
  readonly classes: readonly UsageClass[];
  readonly unit: 'seconds' | 'credits';
  readonly taxCode: TaxCode;
  readonly included?: { readonly group: ChargeGroup; readonly description: string; of(plan: UsageAllowance): number };
  readonly group: ChargeGroup;
  readonly description: string;
  /** One line per destination instead of one for all. */
  readonly perDestination?: true;
}

export const METERS: readonly Meter[] = [
  {
    usage: 'domestic',
    classes: ['domestic', 'internal'],
    unit: 'seconds',
    taxCode: 'telecom',
    included: {
      group: 'included-minutes',
      description: 'Outbound minutes within the plan',
      of: ({ minutes }) => minutes * 60,
    },
    group: 'outbound-overage',
    description: 'Outbound minutes beyond the plan',
  },
  {
    usage: 'toll-free-inbound',
    classes: ['toll-free-inbound'],
    unit: 'seconds',
    taxCode: 'toll-free',
    included: {
      group: 'included-minutes',
      description: 'Toll-free minutes within the plan',
      of: ({ tollFreeMinutes = 0 }) => tollFreeMinutes * 60,
    },
    group: 'toll-free-inbound',
    description: 'Inbound minutes to toll-free numbers',
  },
  {
    usage: 'domestic-premium',
    classes: ['domestic-premium'],
    unit: 'seconds',
    taxCode: 'telecom',
    group: 'domestic-premium',
    description: 'Minutes to premium numbers',
  },
  {
    usage: 'international',
    classes: ['international'],
    unit: 'seconds',
    taxCode: 'telecom',
    group: 'international',
    description: 'International minutes',
    perDestination: true,
  },
  {
    usage: 'message',
    classes: ['message'],
    unit: 'credits',
    taxCode: 'messaging',
    included: {
      group: 'sms-included',
      description: 'Message credits within the plan',
      of: ({ credits }) => credits,
    },
    group: 'sms-overage',
    description: 'Message credits beyond the plan',
  },
];

const METER_OF = new Map(METERS.flatMap((meter) => meter.classes.map((of) => [of, meter])));

/** The meter of a class; undefined for those that are free. */
export const meterOf = (of: UsageClass): Meter | undefined => METER_OF.get(of);
