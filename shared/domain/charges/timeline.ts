import type { BilledThrough } from '../account.ts';
import { firstNegativeDay } from '../account-changes.ts';
import type { PlainDate } from '../calendar.ts';
import type { Subscription } from '../subscription.ts';
import { Unchargeable } from './unchargeable.ts';

/** Something that moves the quantity of one subscription of a line. */
export interface Event {
  /** Position of its subscription in the group. */
  readonly of: number;
  readonly kind: 'change' | 'end' | 'resume';
  readonly on: PlainDate;
  readonly time: string;
  readonly delta: number;
  /** Part of what the last run billed. */
  readonly billed: boolean;
}

export interface Until {
  readonly billingStartDate: PlainDate;
  readonly billingDate: PlainDate;
  readonly billedThrough?: BilledThrough;
}

/**
 * Everything that moves the quantities of a group of subscriptions until the billing date, in order of time. Nothing is
 * charged before the billing start (R92), before a circuit is activated (R95), nor ever for a trial (R58).
 * Throws `Unchargeable` when more was removed than there was.
 */
export function eventsOf(group: readonly Subscription[], until: Until): Event[] {
  const events: Event[] = [];
  for (const [of, subscription] of group.entries()) {
    checkQuantity(subscription);
    const { activation, cancellation, resumptions = [], trial } = subscription;
    if (activation === 'pending' || trial !== undefined) continue;
    const start = later(until.billingStartDate, activation?.on ?? '');
    for (const { change, effectiveOn, time, delta } of subscription.changes) {
      const on = later(effectiveOn, start);
      if (on > until.billingDate) continue;
      const billed = isBilled(until.billedThrough, on, Math.max(change, activation?.change ?? 0));
      events.push({ of, kind: 'change', on, time: on === effectiveOn ? (time ?? '') : '', delta, billed });
    }
    const atEndOf = (on: PlainDate) => ({ of, on: later(on, start), time: END_OF_DAY, delta: 0 });
    for (const { endsOn, change } of resumptions) {
      // Charged by the first run that knows of it, however far ahead the end is.
      const billed = change <= (until.billedThrough?.change ?? 0);
      events.push({ ...atEndOf(endsOn), kind: 'end', billed: true }, { ...atEndOf(endsOn), kind: 'resume', billed });
    }
    if (cancellation !== undefined) events.push({ ...atEndOf(cancellation.endsOn), kind: 'end', billed: false });
  }
  return events.length < 2 ? events : events.sort(inTime);
}

const END_OF_DAY = '24:00:00';

/** A change that the last run saw, and that had begun by then. */
const isBilled = (through: BilledThrough | undefined, on: PlainDate, change: number): boolean =>
  through !== undefined && change <= through.change && on <= through.date;

const later = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);

const inTime = (a: Event, b: Event): number => compare(a.on, b.on) || compare(a.time, b.time) || rank(a) - rank(b);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** What is billed stands before what comes to it on the same moment. */
const rank = ({ kind, billed }: Event): number => (kind === 'resume' ? 3 : kind === 'end' ? 2 : billed ? 0 : 1);

function checkQuantity({ subscriptionId, changes }: Subscription): void {
  const day = changes.some(({ delta }) => delta < 0) ? firstNegativeDay(changes) : undefined;
  if (day !== undefined) throw new Unchargeable('quantity_negative', `subscription ${subscriptionId} on ${day}`);
}

/** The quantities of a group of subscriptions as events move them. */
export class Quantities {
  readonly #group: readonly Subscription[];
  readonly #there: (number | undefined)[];
  /** Of what is there, what the last run billed. */
  readonly #billed: (number | undefined)[];
  /** What there was when its term ended. */
  readonly #ended: (number | undefined)[];
  #billable = 0;

  constructor(group: readonly Subscription[]) {
    this.#group = group;
    this.#there = group.map(() => undefined);
    this.#billed = group.map(() => undefined);
    this.#ended = group.map(() => undefined);
  }

  /** What is paid for: the sum over the subscriptions that have begun, of each at least its contracted minimum (C11). */
  get billable(): number {
    return this.#billable;
  }

  apply({ of, kind, delta, billed }: Event): void {
    if (kind === 'resume') this.#become(of, this.#ended[of]);
    else if (kind === 'end') {
      this.#ended[of] = this.#there[of];
      this.#become(of, undefined);
    } else {
      if (billed) this.#billed[of] = (this.#billed[of] ?? 0) + delta;
      this.#become(of, (this.#there[of] ?? 0) + delta);
    }
  }

  /** A term ends in a period that was billed: what was billed is settled (C11), only what came to it since then goes. */
  endUnbilled({ of }: Event): void {
    this.#become(of, this.#billed[of]);
  }

  #become(of: number, quantity: number | undefined): void {
    this.#billable += this.#paid(of, quantity) - this.#paid(of, this.#there[of]);
    this.#there[of] = quantity;
  }

  #paid(of: number, quantity: number | undefined): number {
    return quantity === undefined ? 0 : Math.max(quantity, this.#group[of]?.minimum ?? 0);
  }
}
