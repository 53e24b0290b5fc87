import type { Account } from '../../../shared/domain/account.ts';
import type { Instant } from '../../../shared/domain/calendar.ts';
import type { PaymentMethod } from '../../../shared/domain/payment-method.ts';
import type { Seller } from '../../../shared/domain/seller.ts';
import { DECLINE_CODES } from '../../../shared/payments/decline-codes.ts';
import { account, product, seller, subscription } from '../../support/accounts.ts';
import type { Random } from '../machine/random.ts';
import { drawSwarm, type Swarm } from './swarm.ts';

/** How much goes wrong, as probabilities. `calm()` takes all of it back. */
export interface Faults {
  /** Of a function, at each point at which it waits. */
  crash: number;
  /** Of a call to AWS that is not answered. */
  fail: number;
  /** Of a write that meets another one under way. */
  conflict: number;
  /** Of a write whose answer is lost, and which the client repeats. */
  repeat: number;
  /** Of a message that comes twice, and of one that comes minutes late. */
  duplicate: number;
  late: number;
  /** Of an eventually consistent read that sees the newest write at once: the rest. */
  lag: number;
  /** Of a request to the processor, and of news from it. */
  processor: number;
  webhook: number;
  mail: number;
  /** Of a person who got no answer and does not ask again. */
  impatience: number;
}

/** A time during which somebody does nothing at all. */
export interface Outage {
  readonly of: 'processor' | 'functions' | 'sweep' | 'mail';
  readonly from: number;
  readonly until: number;
}

export interface Scenario {
  readonly start: Instant;
  /** For how many days people act and things go wrong. */
  readonly days: number;
  readonly seller: Seller;
  readonly accounts: readonly { readonly account: Account; readonly methods: readonly PaymentMethod[] }[];
  readonly faults: Faults;
  readonly outages: Outage[];
  /** How many things people do. */
  readonly deeds: number;
  readonly swarm: Swarm;
  /** Whether SES tells what became of mails, and some come back. */
  readonly mailsComeBack: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PRODUCT = product('desk-phone', 10_00, 'GBP');
export const ITEM = product('headset', 0, 'GBP', {
  prices: [
    {
      version: 'v1',
      currency: 'GBP',
      interval: 'once',
      pricing: { model: 'flat', unitMicros: 25_000_000 },
      from: '2020-01-01',
    },
  ],
});
export const PRODUCTS = [PRODUCT, ITEM];
export const PHONES = (from: string) => subscription('desk-phone', [1, from, 4]);

/** Test methods of the local processor, by how often a customer has one. */
const METHODS = {
  pm_card_visa: 10,
  pm_sample_declines_then_pays: 5,
  pm_sample_declines_twice_then_pays: 3,
  pm_card_chargeDeclinedInsufficientFunds: 3,
  pm_card_chargeDeclinedProcessingError: 1,
  pm_card_chargeDeclinedStolenCard: 1,
  pm_card_threeDSecure2Required: 4,
  pm_sample_paypal: 1,
  decline: 4,
  advice: 2,
  pm_usBankAccount_success: 3,
  pm_usBankAccount_insufficientFunds: 1,
  pm_usBankAccount_accountClosed: 1,
  pm_sample_usBankAccount_returned: 3,
  pm_sample_sepaDebit_unauthorized: 1,
  pm_sample_sepaDebit_returned: 1,
} as const;
const ADVICE = ['01', '02', '03', '21', '24', '25', '26', '40'];
const CODES = Object.keys(DECLINE_CODES);

/** A method that behaves as chance says. */
export function anyMethod(random: Random, accountId: string, methodId: string): PaymentMethod {
  const drawn = random.weighted(METHODS);
  const token =
    drawn === 'decline'
      ? `pm_sample_decline_${random.pick(CODES)}`
      : drawn === 'advice'
        ? `pm_sample_advice_${random.pick(ADVICE)}`
        : drawn;
  return {
    methodId,
    kind:
      drawn.includes('Debit') || drawn.includes('Bank')
        ? 'bank-debit'
        : drawn.includes('paypal')
          ? 'connected'
          : 'card',
    brand: 'visa',
    last4: '4242',
    expires: '2031-08',
    processorCustomer: `cus_${accountId}`,
    processorMethod: `${token}__${accountId}_${methodId}`,
  };
}

/** Everything that a run is about, drawn from its seed. */
export function drawScenario(random: Random): Scenario {
  const start = random.pick(['2026-12-01T06:00:00.000Z', '2026-11-26T06:00:00.000Z']);
  const days = random.between(6, 24);
  const timeZone = random.pick(['Europe/London', 'America/New_York']);
  return {
    start,
    days,
    seller: seller('GB', 'GBP', {
      timeZone,
      shards: 1,
      numberSeries: 1,
      paymentTermDays: 3,
      dunning: { reminderDays: [1], finalNoticeDay: 2, suspensionDay: 4 },
    }),
    accounts: Array.from({ length: random.between(1, 2) }, (_, index) =>
      anyAccount(random, `acme-${index + 1}`, start),
    ),
    faults: anyFaults(random),
    outages: anyOutages(random, Date.parse(start), days),
    deeds: random.between(0, 10),
    swarm: drawSwarm(random),
    mailsComeBack: random.chance(0.6),
  };
}

function anyAccount(random: Random, accountId: string, start: Instant): Scenario['accounts'][number] {
  const methods = Array.from({ length: random.pick([0, 1, 1, 1, 2, 2, 3]) }, (_, index) =>
    anyMethod(random, accountId, `m${index + 1}`),
  );
  const wire = methods.length === 0 || random.chance(0.05);
  const fallbacks = random.chance(0.5) ? methods.slice(1).map(({ methodId }) => methodId) : [];
  return {
    account: account('GB', 'GBP', {
      accountId,
      billingStartDate: start.slice(0, 10),
      autopay: methods.length > 0 && random.chance(0.8),
      terms: wire && random.chance(0.5) ? 'wire' : 'card',
      recipients: Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (_, index) => ({
        email: `reader-${index + 1}@${accountId}.example`,
        main: index === 0,
      })),
      ...(methods[0] && { defaultMethodId: methods[0].methodId }),
      ...(fallbacks.length > 0 && { fallbackMethodIds: fallbacks }),
    }),
    methods,
  };
}

/** From a day without any fault to one on which nothing works at the first try. */
function anyFaults(random: Random): Faults {
  const severity = random.pick([0, 0.3, 1, 1, 2]);
  const of = (most: number): number => (random.chance(0.6) ? severity * most * random.fraction() : 0);
  return {
    crash: of(0.04),
    fail: of(0.04),
    conflict: of(0.08),
    repeat: of(0.04),
    duplicate: of(0.2),
    late: of(0.1),
    lag: of(0.3),
    processor: of(0.25),
    webhook: of(0.4),
    mail: of(0.1),
    impatience: of(1),
  };
}

function anyOutages(random: Random, start: number, days: number): Outage[] {
  const outages: Outage[] = [];
  const add = (of: Outage['of'], hours: number): void => {
    // Often over the first attempt, which is when most is under way.
    const from = start + (random.chance(0.5) ? random.between(0, 2 * MINUTE) : random.between(0, days * DAY));
    outages.push({ of, from, until: from + hours * HOUR });
  };
  if (random.chance(0.2)) add('processor', 1);
  if (random.chance(0.06)) add('processor', random.between(22, 30));
  if (random.chance(0.06)) add('functions', random.between(1, 30));
  if (random.chance(0.15)) add('sweep', random.between(1, 72));
  // Mails that wait for days are those that come before a suspension.
  const from = start + random.between(3 * DAY, 7 * DAY);
  if (random.chance(0.15)) outages.push({ of: 'mail', from, until: from + random.between(1, 144) * HOUR });
  return outages;
}

/** From now on nothing goes wrong any more. */
export function calm(faults: Faults): void {
  for (const name of Object.keys(faults) as (keyof Faults)[]) faults[name] = 0;
}
