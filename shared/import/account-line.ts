import type { z } from 'zod';
import type { Account, BillingInput, Subscription } from '../domain/account.ts';
import { exceedsMethodLimits, firstNegativeDay, numberChanges, REFUSALS } from '../domain/account-changes.ts';
import { addMonths, firstOf, type Instant, monthOf, nextMonth, type PlainDate } from '../domain/calendar.ts';
import type { Product } from '../domain/catalog.ts';
import { firstBillingDate } from '../domain/compose-invoice.ts';
import type { OwnedNumber } from '../domain/number-owner.ts';
import type { Seller } from '../domain/seller.ts';
import { type AccountLine, accountSchema } from './account-schema.ts';

/** What is wrong with a line: the field as a path (`recipients.1.email`, empty for the line itself) and the reason. */
export interface LineProblem {
  readonly field: string;
  readonly reason: string;
}

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
  const problems = [...misfits(line, offering), ...inconsistencies(line)];
  if (problems.length > 0) return rejected(problems);
  const subscriptions: Subscription[] = [];
  for (const { changes, ...subscription } of line.subscriptions)
    subscriptions.push({ ...subscription, changes: numberChanges(subscriptions, changes) });
  return {
    kind: 'account',
    input: { account: profileOf(line, subscriptions, now), subscriptions, methods: line.paymentMethods },
    numbers: line.numbers.map(({ number, from, to }) => ({ number, from, ...(to && { to }) })),
  };
}

function profileOf(line: AccountLine, subscriptions: readonly Subscription[], now: Instant): Account {
  const { subscriptions: _s, paymentMethods: _p, numbers: _n, signedOn: _d, freeMonths: _m, ...rest } = line;
  const { billedThrough, hold, ...profile } = rest;
  const billingStartDate = startOf(line);
  const changes = subscriptions.flatMap((subscription) => subscription.changes);
  return {
    ...profile,
    billingStartDate,
    services: { status: 'active', number: 0 },
    balance: 0,
    version: 1,
    ...(hold === undefined ? {} : { hold: { reason: hold.reason, since: now } }),
    ...(billedThrough === undefined
      ? { nextBillingDate: firstBillingDate(billingStartDate) }
      : {
          nextBillingDate: firstOf(nextMonth(billedThrough)),
          billedThrough: { date: firstOf(billedThrough), month: billedThrough, change: changes.length },
        }),
  };
}

/** When charges begin: the schema has seen to it that a line says it in one of the two ways. */
const startOf = ({ billingStartDate, signedOn = '', freeMonths = 0 }: AccountLine): PlainDate =>
  billingStartDate ?? addMonths(signedOn, freeMonths);

/** What does not fit the stage's sellers and catalog. */
function misfits(line: AccountLine, { sellers, products }: Offering): LineProblem[] {
  const seller = sellers.find(({ sellerId }) => sellerId === line.sellerId);
  if (seller === undefined) return [{ field: 'sellerId', reason: `no seller has the id "${line.sellerId}"` }];
  const problems: LineProblem[] = [];
  if (seller.currency !== line.currency)
    problems.push({ field: 'currency', reason: `${seller.sellerId} bills in ${seller.currency}` });
  for (const [index, { productId }] of line.subscriptions.entries())
    if (!products.some((product) => product.productId === productId))
      problems.push({ field: `subscriptions.${index}.productId`, reason: `the catalog has no product "${productId}"` });
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
  if (line.autopay && defaultMethodId === undefined)
    problems.push({ field: 'autopay', reason: 'needs a defaultMethodId' });
  if (line.billedThrough !== undefined && line.billedThrough < monthOf(startOf(line)))
    problems.push({ field: 'billedThrough', reason: 'lies before billingStartDate' });
  return problems;
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
