import { Temporal } from 'temporal-polyfill';
import type { WrittenAccount } from '../../../shared/import/account-schema.ts';
import { CAST } from './cast.ts';
import { isTollFree, numberAbroad, numberIn, tollFreeIn } from './phone-numbers.ts';
import { type Random, randomFrom } from './random.ts';

/** A call as a switch saw it. */
export interface SampleCall {
  readonly kind: 'call';
  readonly id: string;
  readonly accountId: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly caller: string;
  readonly called: string;
  readonly start: Temporal.ZonedDateTime;
  /** Seconds until it was answered; absent when nobody did. */
  readonly ringing?: number;
  readonly talked: number;
}

export interface SampleMessage {
  readonly kind: 'message';
  readonly id: string;
  readonly accountId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly at: Temporal.ZonedDateTime;
  readonly text: string;
}

export type SampleTraffic = SampleCall | SampleMessage;

type Caller = Pick<WrittenAccount, 'accountId' | 'billingAddress' | 'numbers'>;

/** Streams of random numbers for traffic, apart from those that draw the accounts. */
const TRAFFIC_STREAM = 0x10_0000;
const TEXTS = [
  'Your order is ready for collection.',
  'Reminder: your appointment is tomorrow at 10:30. Reply C to confirm, or call us to find another time.',
  'Danke, wir melden uns bis morgen früh! ☎',
  'See you at the café 🙂',
  'Delivery between 8 and 12. '.repeat(8),
];
const WITH_MESSAGES = ['US', 'CA'];
const HABITS = new Map(CAST.map(({ accountId, traffic }) => [accountId, traffic]));
const MESSAGES = 0.3;

/**
 * What an account's numbers saw in a month (`YYYY-MM`) of the time zone, which is the seller's, in the order of time: mostly domestic calls of some minutes,
 * some from abroad and to it, unanswered ones, and in North America text messages. Nothing for an account without numbers.
 */
export function trafficOf(
  account: Caller,
  options: { readonly index: number; readonly seed: number; readonly month: string; readonly timeZone: string },
): SampleTraffic[] {
  const numbers = (account.numbers ?? []).map(({ number }) => number);
  const country = account.billingAddress?.country;
  const own = numbers.filter((number) => !isTollFree(number));
  if (country === undefined || own.length === 0) return [];
  const random = randomFrom(options.seed, TRAFFIC_STREAM + options.index);
  const { records = random.int(12, 60), messages = MESSAGES } = HABITS.get(account.accountId) ?? {};
  const context: Context = {
    accountId: account.accountId,
    country,
    own,
    tollFree: numbers.filter(isTollFree),
    random,
    times: timesIn(options.month, options.timeZone, records, random),
  };
  return context.times.map((at, position) => {
    const id = `${account.accountId}-${options.month}-${String(position + 1).padStart(4, '0')}`;
    return WITH_MESSAGES.includes(country) && random.chance(messages)
      ? message(context, id, at)
      : call(context, id, at);
  });
}

interface Context {
  readonly accountId: string;
  readonly country: string;
  readonly own: readonly string[];
  readonly tollFree: readonly string[];
  readonly random: Random;
  readonly times: readonly Temporal.ZonedDateTime[];
}

/** Office hours of random days, sorted: a switch writes records in the order in which calls end. */
function timesIn(month: string, timeZone: string, count: number, random: Random): Temporal.ZonedDateTime[] {
  const days = Temporal.PlainYearMonth.from(month).daysInMonth;
  return Array.from({ length: count }, () =>
    Temporal.PlainYearMonth.from(month)
      .toPlainDate({ day: random.int(1, days) })
      .toZonedDateTime({
        timeZone,
        plainTime: { hour: random.int(7, 18), minute: random.int(0, 59), second: random.int(0, 59) },
      }),
  ).sort(Temporal.ZonedDateTime.compare);
}

function call(context: Context, id: string, start: Temporal.ZonedDateTime): SampleCall {
  const { random, accountId } = context;
  const answered = random.chance(0.9);
  return {
    kind: 'call',
    id,
    accountId,
    ...parties(context),
    start,
    ...(answered ? { ringing: random.int(2, 25) } : {}),
    talked: answered ? (random.chance(0.1) ? random.int(900, 3600) : random.int(4, 600)) : 0,
  };
}

function parties(context: Context): Pick<SampleCall, 'direction' | 'caller' | 'called'> {
  const { random, own, tollFree, country } = context;
  const mine = random.pick(own);
  const dice = random.int(1, 100);
  if (dice <= 8)
    return { direction: 'internal', caller: String(random.int(100, 149)), called: String(random.int(150, 199)) };
  if (dice <= 20 && tollFree.length > 0)
    return { direction: 'inbound', caller: numberIn(country, random), called: random.pick(tollFree) };
  if (dice <= 32) return { direction: 'inbound', caller: numberIn(country, random), called: mine };
  if (dice <= 36) return { direction: 'outbound', caller: mine, called: tollFreeIn(country, random) };
  if (dice <= 46) return { direction: 'outbound', caller: mine, called: numberAbroad(country, random) };
  if (dice <= 48 && country === 'US')
    return { direction: 'outbound', caller: mine, called: random.fill('+178755501##') };
  return { direction: 'outbound', caller: mine, called: numberIn(country, random) };
}

function message(context: Context, id: string, at: Temporal.ZonedDateTime): SampleMessage {
  const { random, own, country, accountId } = context;
  const [mine, other] = [random.pick(own), numberIn(country, random)];
  const direction = random.chance(0.6) ? 'outbound' : 'inbound';
  const [from, to] = direction === 'outbound' ? [mine, other] : [other, mine];
  return { kind: 'message', id, accountId, direction, from, to, at, text: random.pick(TEXTS) };
}
