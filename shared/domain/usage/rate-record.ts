import type { Instant, PlainDate } from '../calendar.ts';
import type { Currency } from '../money.ts';
import { classifyCall } from './classify.ts';
import { problem, type RecordProblem } from './exceptions.ts';
import { billedSeconds } from './increments.ts';
import { instantMillis, type LocalDate, localDate } from './local-date.ts';
import { rateOn } from './rate-deck.ts';
import type { CallRecord, MessageRecord, UsageRecord } from './records.ts';
import type { UsageTariff } from './tariff.ts';
import type { RatedRecord, RateRow, UsageClass } from './usage.ts';
import { recordProblem } from './validate-record.ts';

export interface RatingContext {
  readonly account: {
    /** Of the billing address. */
    readonly billingCountry: string;
    readonly billingStartDate: PlainDate;
    readonly currency: Currency;
  };
  /** The seller's, IANA. */
  readonly timeZone: string;
  readonly now: Instant;
  readonly tariff: UsageTariff;
}

/** What becomes of a record. Each of the four is counted; none is silent. */
export type Rating =
  | { readonly kind: 'rated'; readonly record: RatedRecord }
  | { readonly kind: 'not-billable'; readonly reason: 'unanswered' | 'no_billable_seconds' }
  | { readonly kind: 'dropped'; readonly reason: 'before_billing_start' }
  | ({ readonly kind: 'exception' } & RecordProblem);

const MESSAGE_COUNTRIES = ['US', 'CA'];

/**
 * Rates one record of an account that is already found. The instant that counts is the answer of a call or the sending of
 * a message: its date in the seller's time zone picks the rate row, and before the billing start date the record is
 * dropped, not rated at zero (R93, R146).
 */
export function rateRecord(record: UsageRecord, context: RatingContext): Rating {
  const { account, now, tariff, timeZone } = context;
  const found = recordProblem(record, now, account.billingCountry);
  if (found !== undefined) return { kind: 'exception', ...found };
  const at = record.kind === 'message' ? record.at : record.answeredAt;
  if (at === undefined || (record.kind === 'call' && record.disposition === 'unanswered'))
    return { kind: 'not-billable', reason: 'unanswered' };
  if (account.currency !== tariff.currency) {
    const detail = `${tariff.currency} instead of ${account.currency}`;
    return exception(problem('currency_mismatch', 'account.currency', detail));
  }
  const local = localDate(instantMillis(at), timeZone);
  if (local.date < account.billingStartDate) return { kind: 'dropped', reason: 'before_billing_start' };
  return record.kind === 'message' ? rateMessage(record, context, local) : rateCall(record, at, context, local);
}

function rateMessage(message: MessageRecord, { account, tariff }: RatingContext, local: LocalDate): Rating {
  if (!MESSAGE_COUNTRIES.includes(account.billingCountry)) {
    const detail = `billing address in ${account.billingCountry}`;
    return exception(problem('messages_not_offered', 'account.billingCountry', detail));
  }
  const { recordId, at, from, to, direction } = message;
  const received = direction === 'inbound' ? ({ inbound: true } as const) : {};
  const rate = rateOn(tariff.classes.message, to, local.day);
  if (rate === undefined) return noRate('tariff.message', 'message', local);
  const quantity = message.media ? tariff.mmsCredits : message.segments;
  return { kind: 'rated', record: { recordId, class: 'message', ...received, at, from, to, quantity, rate } };
}

function rateCall(call: CallRecord, at: Instant, { account, tariff }: RatingContext, local: LocalDate): Rating {
  const { recordId, caller: from, called: to, billableSeconds } = call;
  if (billableSeconds === 0) return { kind: 'not-billable', reason: 'no_billable_seconds' };
  const of = classifyCall(call, account.billingCountry, tariff.premium, local.day);
  const rate = callRate(of, to, tariff, local.day);
  if (rate === undefined) return noRate(to, of, local);
  if (rate === 'free')
    return { kind: 'rated', record: { recordId, class: of, at, from, to, quantity: billableSeconds } };
  const quantity = billedSeconds(billableSeconds, rate.increments);
  return { kind: 'rated', record: { recordId, class: of, at, from, to, quantity, rate } };
}

/** `free` by class; undefined: to be charged, but nothing says how much. */
function callRate(
  of: Exclude<UsageClass, 'message'>,
  called: string,
  tariff: UsageTariff,
  day: number,
): RateRow | 'free' | undefined {
  switch (of) {
    case 'internal':
    case 'domestic':
      return rateOn(tariff.classes.domestic, called, day);
    case 'toll-free-inbound':
      return rateOn(tariff.classes['toll-free-inbound'], called, day);
    case 'domestic-premium':
      return rateOn(tariff.premium, called, day);
    case 'international':
      return rateOn(tariff.international, called, day);
    default:
      return 'free';
  }
}

const noRate = (detail: string, of: UsageClass, { date }: LocalDate): Rating =>
  exception(problem('no_rate', of === 'message' ? 'to' : 'called', `${of}, ${detail}, ${date}`));

const exception = (found: RecordProblem): Rating => ({ kind: 'exception', ...found });
