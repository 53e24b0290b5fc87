import type { z } from 'zod';
import type { Account, BillingInput } from '../domain/account.ts';
import { exceedsMethodLimits, firstNegativeDay, REFUSALS } from '../domain/account-changes.ts';
import { isAlwaysAutomatic } from '../domain/autopay.ts';
import { addMonths, dateIn, type Instant, lastOf, monthOf, type PlainDate } from '../domain/calendar.ts';
import type { Product } from '../domain/catalog.ts';
import { faultOf } from '../domain/method-rules.ts';
import { type Due, nextDueAfter } from '../domain/next-due.ts';
import type { OwnedNumber } from '../domain/number-owner.ts';
import { cycleAt, firstBillingDate, onCalendar } from '../domain/schedule.ts';
import type { Seller } from '../domain/seller.ts';
import { highestChange, type Subscription } from '../domain/subscription.ts';
import { newSubscription } from '../domain/subscription-terms.ts';
import type { TaxExemption } from '../domain/tax/exemption.ts';
import { type AccountLine, accountSchema } from './account-schema.ts';
import { type LineProblem, subscriptionMisfits } from './subscription-fit.ts';

export type ParsedLine =
  | { readonly kind: 'account'; readonly input: BillingInput; readonly numbers: readonly OwnedNumber[] }
  | { readonly kind: 'rejected'; readonly problems: readonly LineProblem[] };

/** What an account must fit into. */
export interface Offering {
  readonly sellers: readonly Seller[];
  readonly products: readonly Product[];
}

/** One line of an import file → a new account, or every reason why not. `now` dates a hold. */
export function parseAccountLine(line: string, offering: Offering, now: Instant): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return rejected([{ field: '', reason: 'is not valid JSON' }]);
  }
  const parsed = accountSchema.safeParse(value);
  return parsed.success ? newAccount(parsed.data, offering, now) : rejected(problemsOf(parsed.error));
}

/** A new account from its outside form, with its changes numbered and its first billing date set (C7). */
export function newAccount(line: AccountLine, offering: Offering, now: Instant): ParsedLine {
  const problems = [...misfits(line, offering, now), ...inconsistencies(line)];
  if (problems.length > 0) return rejected(problems);
  const subscriptions: Subscription[] = [];
  const of = { ...(line.schedule && { schedule: line.schedule }), billingStartDate: startOf(line) };
  for (const agreed of line.subscriptions) subscriptions.push(newSubscription(of, subscriptions, agreed));
  return {
    kind: 'account',
    input: { account: profileOf(line, subscriptions, offering, now), subscriptions, methods: line.paymentMethods },
    numbers: line.numbers.map(({ number, from, to }) => ({ number, from, ...(to && { to }) })),
  };
}

function profileOf(
  line: AccountLine,
  subscriptions: readonly Subscription[],
  { products }: Offering,
  now: Instant,
): Account {
  const { subscriptions: _s, paymentMethods: _p, numbers: _n, signedOn: _d, freeMonths: _m, ...given } = line;
  const { billedThrough, hold, exemptions, ...profile } = given;
  const autopay = line.autopay ?? (line.defaultMethodId !== undefined && isAlwaysAutomatic(line));
  const language = line.language ?? ('fr' as const);
  const of = { ...profile, language, autopay, billingStartDate: startOf(line) };
  return {
    ...of,
    services: { status: 'active', number: 0 },
    balance: 0,
    version: 1,
    ...(hold === undefined ? {} : { hold: { reason: hold.reason, since: now } }),
    ...(exemptions === undefined ? {} : { exemptions: exemptions.map((each) => exemptionOf(each, now)) }),
    ...(billedThrough === undefined
      ? { nextBillingDate: firstBillingDate(of) }
      : billedElsewhere({ account: of, subscriptions }, products, billedThrough, now)),
  };
}

/** Where an account stands whose cycles until `through`, a month or the last day of a cycle, another system invoiced. */
function billedElsewhere(
  of: Due,
  products: readonly Product[],
  through: string,
  now: Instant,
): Pick<Account, 'nextBillingDate' | 'billedThrough'> {
  const { from, to } = cycleAt(of.account, lastDayOf(through));
  // Of a cycle that is running, no day that is over is due.
  const [, since] = [from, now.slice(0, 'YYYY-MM-DD'.length), to].sort();
  return {
    nextBillingDate: nextDueAfter(of, products, since!),
    billedThrough: { date: from, month: monthOf(from), change: highestChange(of.subscriptions) },
  };
}

const lastDayOf = (through: string): PlainDate => (through.length === MONTH_LENGTH ? lastOf(through) : through);
const MONTH_LENGTH = 'YYYY-MM'.length;

const exemptionOf = (
  { approvedOn, ...certificate }: NonNullable<AccountLine['exemptions']>[number],
  now: Instant,
): TaxExemption => ({
  ...certificate,
  requestedAt: now,
  requestedBy: 'account file',
  ...(approvedOn === undefined
    ? { status: 'pending' }
    : { status: 'approved', decidedOn: approvedOn, decidedBy: 'account file' }),
});

/** When charges begin: the schema has seen to it that a line says it in one of the two ways. */
const startOf = ({ billingStartDate, signedOn = '', freeMonths = 0 }: AccountLine): PlainDate =>
  billingStartDate ?? addMonths(signedOn, freeMonths);

/** What does not fit the stage's sellers and catalog. */
function misfits(line: AccountLine, { sellers, products }: Offering, now: Instant): LineProblem[] {
  const seller = sellers.find(({ sellerId }) => sellerId === line.sellerId);
  if (seller === undefined) return [{ field: 'sellerId', reason: `no seller has the id "${line.sellerId}"` }];
  const problems: LineProblem[] = [];
  if (seller.currency !== line.currency)
    problems.push({ field: 'currency', reason: `${seller.sellerId} bills in ${seller.currency}` });
  const today = dateIn(now, seller.timeZone);
  for (const [index, method] of line.paymentMethods.entries()) {
    const fault = faultOf(method, line.currency, today);
    const field = fault === 'method_expired' ? 'expires' : 'brand';
    if (fault) problems.push({ field: `paymentMethods.${index}.${field}`, reason: REFUSALS[fault] });
  }
  for (const [index, agreed] of line.subscriptions.entries())
    for (const { field, reason } of subscriptionMisfits(agreed, line, products))
      problems.push({ field: `subscriptions.${index}.${field}`, reason });
  return problems;
}

function inconsistencies(line: AccountLine): LineProblem[] {
  const problems: LineProblem[] = [];
  for (const [index, { changes }] of line.subscriptions.entries()) {
    const day = firstNegativeDay(changes);
    if (day !== undefined)
      problems.push({ field: `subscriptions.${index}.changes`, reason: `leave a negative quantity on ${day}` });
  }
  const { defaultMethodId } = line;
  if (defaultMethodId !== undefined && !line.paymentMethods.some(({ methodId }) => methodId === defaultMethodId))
    problems.push({ field: 'defaultMethodId', reason: 'is not among paymentMethods' });
  if (exceedsMethodLimits(line.paymentMethods))
    problems.push({ field: 'paymentMethods', reason: REFUSALS.method_limit });
  if (line.autopay === false && defaultMethodId !== undefined && isAlwaysAutomatic(line))
    problems.push({ field: 'autopay', reason: `must be true on schedule ${line.schedule}, unless it pays by wire` });
  if (line.autopay && defaultMethodId === undefined)
    problems.push({ field: 'autopay', reason: 'needs a defaultMethodId' });
  if (line.schedule === 'quarterly' && line.quote === undefined)
    problems.push({ field: 'schedule', reason: 'quarterly billing needs a quote' });
  const fault = line.billedThrough === undefined ? undefined : billedThroughFault(line, line.billedThrough);
  if (fault !== undefined) problems.push({ field: 'billedThrough', reason: fault });
  return problems;
}

function billedThroughFault({ schedule, ...line }: AccountLine, through: string): string | undefined {
  const of = { ...(schedule && { schedule }), billingStartDate: startOf(line) };
  if (lastDayOf(through) < of.billingStartDate) return 'lies before billingStartDate';
  if (onCalendar(of) !== (through.length === MONTH_LENGTH))
    return onCalendar(of) ? 'must be a month, YYYY-MM' : `must be a date on schedule ${schedule}`;
  const { to } = cycleAt(of, lastDayOf(through));
  return to === lastDayOf(through) ? undefined : `is not the last day of a cycle; the one it lies in ends on ${to}`;
}

const rejected = (problems: readonly LineProblem[]): ParsedLine => ({ kind: 'rejected', problems });

/** Validation errors as field and reason, in words for whoever wrote the file. */
export function problemsOf(error: z.ZodError): LineProblem[] {
  return error.issues.flatMap((issue): LineProblem[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ field: [...path, key].join('.'), reason: 'is not a known field' }));
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return [{ field: path.join('.'), reason: missing ? 'is missing' : issue.message }];
  });
}
