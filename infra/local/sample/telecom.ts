import type { WrittenAccount } from '../../../shared/import/account-schema.ts';
import { buildAccount, type Member, type ProductId, type Since } from './build-account.ts';
import { CAST } from './cast.ts';
import { companyName } from './names.ts';
import type { Pays } from './payments.ts';
import { numberPlan } from './phone-numbers.ts';
import { type Country, PLACES } from './places.ts';
import { type Random, randomFrom } from './random.ts';

export interface SampleOptions {
  /** How many accounts; the first ones are always the cast. */
  readonly accounts: number;
  /** The same seed gives the same accounts. */
  readonly seed: number;
  /** The month to be billed, `YYYY-MM`. */
  readonly month: string;
}

/**
 * The first accounts have telephone numbers, and so calls and messages: enough to see every kind of usage, and few enough
 * that a large sample, which is there to measure a run, does not wait for them.
 */
const WITH_NUMBERS = 500;
const MOST_NUMBERS = 3;

/**
 * A telecom's customers, as lines of an import file: first the cast, one for each thing that can happen, then as many
 * others as asked for. Every account is drawn from its own stream, so that a larger sample begins with a smaller one.
 */
export function* sampleTelecom({ accounts, seed, month }: SampleOptions): Generator<WrittenAccount> {
  const plan = numberPlan();
  for (let index = 0; index < accounts; index++) {
    const random = randomFrom(seed, index);
    const member = CAST[index] ?? extra(index, random);
    yield buildAccount(member, index < WITH_NUMBERS ? numbersFor(member, plan) : [], month, random);
  }
}

/** As many as it pays for, up to a few. */
function numbersFor({ has, place: { country } }: Member, plan: ReturnType<typeof numberPlan>): string[] {
  const most = (product: ProductId) => Math.min(has[product] ?? 0, MOST_NUMBERS);
  return [...plan.geographic(country, most('standard-number')), ...plan.tollFree(country, most('toll-free-number'))];
}

/** The account ids of the cast by role, e.g. `suspended-pays`. */
export const sampleCast = (): Readonly<Record<string, string>> =>
  Object.fromEntries(CAST.flatMap(({ role, accountId }) => (role === undefined ? [] : [[role, accountId]])));

/** Weights are shares in a hundred. */
const COUNTRIES: readonly (readonly [Country, number])[] = [
  ['US', 38],
  ['CA', 22],
  ['GB', 14],
  ['AU', 10],
  ['DE', 9],
  ['IE', 7],
];
const PAYING: readonly (readonly [Pays, number])[] = [
  ['visa', 46],
  ['mastercard', 20],
  ['amex', 6],
  ['card-on-request', 8],
  ['wire', 8],
  ['declines-once', 6],
  ['never-has-funds', 2],
  ['asks-to-authenticate', 2],
  ['lost', 1],
  ['second-card', 1],
];

function extra(index: number, random: Random): Member {
  const country = weighted(COUNTRIES, random);
  const place = random.pick(PLACES[country]);
  const hasBank = country === 'US' || country === 'DE' || country === 'IE';
  const phones = random.chance(0.1) ? random.int(30, 250) : random.int(1, 30);
  const changes = changesOf(random, phones);
  return {
    accountId: `${country.toLowerCase()}-${String(index + 1).padStart(7, '0')}`,
    name: companyName(place, random),
    place,
    has: quantities(random, phones),
    pays: hasBank && random.chance(0.08) ? 'bank-debit' : weighted(PAYING, random),
    since: sinceOf(random, changes.length > 0),
    changes,
    recipients: random.pick([1, 1, 1, 2, 2, 3, 4, 5]),
    ...(random.chance(0.01) && { lastRecipient: 'bounces' as const }),
    taxId: random.pick(['validated', 'unchecked', 'none'] as const),
  };
}

function quantities(random: Random, phones: number): Member['has'] {
  return {
    'desk-phone': phones,
    'standard-number': random.int(1, Math.max(1, Math.floor(phones * 0.8))),
    ...(random.chance(0.3) ? { softphone: random.int(1, 12) } : {}),
    ...(random.chance(0.15) ? { 'conference-phone': random.int(1, 3) } : {}),
    ...(random.chance(0.15) ? { 'toll-free-number': random.int(1, 3) } : {}),
    ...(random.chance(0.05) ? { 'international-number': random.int(1, 4) } : {}),
  };
}

/** A customer with changes in the month before was one before. */
function sinceOf(random: Random, changed: boolean): Since {
  if (changed || random.chance(0.92)) return { kind: 'established' };
  const day = random.int(6, 28);
  return random.chance(0.5) ? { kind: 'started', day } : { kind: 'free', months: random.int(1, 6), day };
}

function changesOf(random: Random, phones: number): (readonly [ProductId, number, number])[] {
  if (!random.chance(0.2)) return [];
  const day = random.int(2, 28);
  const removed = random.chance(0.3) && phones > 2;
  return [['desk-phone', day, removed ? -random.int(1, Math.floor(phones / 2)) : random.int(1, 6)]];
}

function weighted<T>(choices: readonly (readonly [T, number])[], random: Random): T {
  let left = random.int(1, 100);
  for (const [choice, share] of choices) {
    left -= share;
    if (left <= 0) return choice;
  }
  return choices[0]![0];
}
