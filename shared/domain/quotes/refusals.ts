import { Refused } from '../refused.ts';

/** Why a quote cannot be made, accepted or closed as somebody asked: code → what it means to whoever asked. */
export const QUOTE_REFUSALS = {
  quote_exists: 'The account has another quote of this id',
  quote_open: 'The quote can still be accepted; withdraw it first',
  quote_expired: 'The quote was valid until a day that is over; ask sales for a new one',
  quote_accepted: 'The quote was accepted',
  quote_rejected: 'The quote was rejected',
  quote_withdrawn: 'The telecom has withdrawn the quote; ask sales for a new one',
  shipping_address_needed: 'Say where the hardware of this quote is to be sent',
  quote_not_billable: 'The account cannot be invoiced for this quote now',
  payment_method_needed: 'Add a payment method first: this account pays by card',
} as const;
export type QuoteRefusalCode = keyof typeof QUOTE_REFUSALS;

export class QuoteRefused extends Refused<QuoteRefusalCode> {
  override readonly name = 'QuoteRefused';
  constructor(code: QuoteRefusalCode, field: string, detail?: string) {
    super(code, QUOTE_REFUSALS[code], field, detail);
  }
}
