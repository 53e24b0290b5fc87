import type { Account } from '../account.ts';
import type { PlainDate } from '../calendar.ts';
import type { Product } from '../catalog.ts';
import type { Currency } from '../money.ts';
import type { Moment, ProrationPolicy } from '../proration.ts';
import { type PaidPeriod, periodAt, type Scheduled } from '../schedule.ts';
import type { Subscription } from '../subscription.ts';
import { type ChargedProduct, type DraftLine, inPrintOrder, partLine, periodLine, productOf } from './lines.ts';
import { type Event, eventsOf, Quantities } from './timeline.ts';

export interface ChargeContext {
  readonly products: readonly Product[];
  readonly currency: Currency;
  readonly account: Scheduled & Pick<Account, 'billedThrough'>;
  readonly billingDate: PlainDate;
  readonly policy: ProrationPolicy;
}

/**
 * All recurring charges of an account up to the end of the period that contains the billing date, less what was billed
 * before. A period that was not billed yet is one line per product with the quantity on its first day; what changed within
 * it, or in a period that was billed already, is a part of its own (R96, R97, R145). Changes of one moment are one change,
 * so that neither their order nor how they are split matters. Throws `Unchargeable`.
 *
 * A period has one price for all of its parts: the one that holds on its first day, or where there is none yet on the day
 * of the part. Tiers look at the quantity of the line. Where they do, a change that is recorded late is priced as what it
 * adds to the quantity that was billed for its day.
 */
export function recurringCharges(subscriptions: readonly Subscription[], context: ChargeContext): DraftLine[] {
  const lines: DraftLine[] = [];
  for (const group of groupsOf(subscriptions)) addCharges(lines, group, context);
  return lines.sort(inPrintOrder);
}

/** Subscriptions that make one line: of one product, in one section of the invoice, with the same periods and prices. */
function groupsOf(subscriptions: readonly Subscription[]): Iterable<readonly Subscription[]> {
  const groups = new Map<string, Subscription[]>();
  for (const subscription of subscriptions) {
    const { subscriptionId, productId, billingGroup = '', intervals, agreedPrice } = subscription;
    const alone = intervals !== undefined || agreedPrice !== undefined;
    const key = `${productId} ${alone ? subscriptionId : ''} ${billingGroup}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [subscription]);
    else group.push(subscription);
  }
  return groups.values();
}

function addCharges(lines: DraftLine[], group: readonly Subscription[], context: ChargeContext): void {
  const first = group[0]!;
  const { account, billingDate, currency, products } = context;
  const charged: ChargedProduct = {
    product: productOf(first, products),
    currency,
    billingGroup: first.billingGroup,
    agreedPrice: first.agreedPrice,
  };
  const events = eventsOf(group, { ...account, billingDate });
  const start = startOf(first, events, context);
  if (start === undefined) return;
  let period = periodAt(account, first, start);
  while (period.from <= billingDate) {
    const opened = new Quantities(group);
    const rest = open(lines, opened, events, period, charged, context);
    addParts(lines, opened, rest, period, charged, context);
    period = periodAt(account, first, period.next);
  }
}

/** The first day for which something may have to be charged; none where nothing ever began. */
function startOf(first: Subscription, events: readonly Event[], { account }: ChargeContext): PlainDate | undefined {
  const open = events.find(({ kind, billed }) => kind !== 'end' && !billed)?.on;
  const through = account.billedThrough;
  if (through === undefined || events.length === 0) return open;
  const { next } = periodAt(account, first, through.date);
  return open !== undefined && open < next ? open : next;
}

const isBilled = (period: PaidPeriod, { account }: ChargeContext): boolean =>
  account.billedThrough !== undefined && period.from <= account.billedThrough.date;

/** Charges what there is on the first day of a period, and returns the events that come later. */
function open(
  lines: DraftLine[],
  quantities: Quantities,
  events: readonly Event[],
  period: PaidPeriod,
  charged: ChargedProduct,
  context: ChargeContext,
): readonly Event[] {
  const begun = ({ on, kind }: Event): boolean => (kind === 'change' ? on <= period.from : on < period.from);
  const late: Event[] = [];
  const rest: Event[] = [];
  const billed = isBilled(period, context);
  const ended = events.filter((event) => event.kind === 'end' && !event.billed && begun(event)).map(({ of }) => of);
  for (const event of events) {
    if (!begun(event)) rest.push(event);
    // An end that was taken back is over as soon as its period is.
    else if (event.kind !== 'change') continue;
    else if (ended.includes(event.of)) continue;
    else if (billed && !event.billed) late.push(event);
    else quantities.apply(event);
  }
  const before = quantities.billable;
  for (const event of late) quantities.apply(event);
  const after = quantities.billable;
  if (!billed) {
    if (after !== 0) lines.push(periodLine(charged, period, after));
  } else if (after !== before) {
    const moment = { on: period.from };
    const count = context.policy.count(moment, period);
    lines.push(partLine(charged, period, { moment, count, before, after }, context.policy));
  }
  return rest;
}

/** Charges or credits what changes within a period. A plan that ends in a period that was billed is not refunded (C11). */
function addParts(
  lines: DraftLine[],
  quantities: Quantities,
  events: readonly Event[],
  period: PaidPeriod,
  charged: ChargedProduct,
  context: ChargeContext,
): void {
  const { policy } = context;
  const billed = isBilled(period, context);
  for (let index = 0; index < events.length; ) {
    const { on, time, kind } = events[index]!;
    const moment = momentOf(events[index]!, policy);
    if (moment.on > period.to) return;
    let before = quantities.billable;
    for (; index < events.length && sameMoment(events[index]!, on, time, kind); index++) {
      const event = events[index]!;
      if (event.kind === 'end' && billed && !event.billed) quantities.endUnbilled(event);
      else quantities.apply(event);
      if (event.billed) before = quantities.billable;
    }
    const after = quantities.billable;
    const count = policy.count(moment, period);
    if (after !== before && count.days !== 0)
      lines.push(partLine(charged, period, { moment, count, before, after }, policy));
  }
}

function momentOf({ kind, on, time }: Event, policy: ProrationPolicy): Moment {
  if (kind !== 'change') return { on: policy.removalAfter(on), endsTerm: true };
  return time === '' ? { on } : { on, time };
}

const sameMoment = (event: Event, on: PlainDate, time: string, kind: Event['kind']): boolean =>
  event.on === on && event.time === time && event.kind === kind;
