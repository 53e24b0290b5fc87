import { Refused } from '../refused.ts';

/** Why the books are not changed as somebody asked: code → what it means to whoever asked. Nothing was changed. */
export const ADJUSTMENT_REFUSALS = {
  currency_mismatch: 'The account is billed in another currency',
  invoice_not_found: 'The account has no such invoice',
  invoice_repeated: 'The same invoice is named twice',
  amount_exceeds_due: 'The amount is more than is due for the invoice',
  amounts_exceed_payment: 'More is laid out over invoices than was paid',
  value_date_in_future: 'The value date has not come yet',
  payment_under_way: 'A payment of this invoice is under way; wait for its outcome',
  idempotency_key_reused: 'This Idempotency-Key was used before with other content',
  credit_not_found: 'The account has no such payment or credit',
  not_a_payment: 'Only a payment by wire or cheque can be reversed',
  line_not_found: 'The invoice has no such line, or it is named twice',
  amount_exceeds_line: 'The amount is more than is left of the line',
  amount_exceeds_invoice: 'The amount is more than is left of the invoice',
  nothing_to_credit: 'Nothing of the invoice is left to be credited',
  contested: 'Part of it is contested: decide the dispute first, which credits it',
  bank_entry_booked: 'This entry of the bank statement was booked before',
  nothing_due: 'Nothing is due for the invoice',
  nothing_written_off: 'Nothing of the invoice was written off',
  date_in_future: 'The day has not come yet',
  date_before_invoice: 'Nobody can have contested the invoice before its date',
  dispute_too_late: 'An invoice can be disputed only within 15 days of its date (R133)',
  disputed_already: 'More would be contested than is left of the invoice',
  dispute_not_found: 'The account has no such dispute',
  dispute_closed: 'The dispute has been decided or withdrawn',
  amount_exceeds_dispute: 'The amount is more than is contested',
  already_reversed: 'It was reversed before',
} as const;
export type AdjustmentRefusalCode = keyof typeof ADJUSTMENT_REFUSALS;

export class AdjustmentRefused extends Refused<AdjustmentRefusalCode> {
  override readonly name = 'AdjustmentRefused';
  constructor(code: AdjustmentRefusalCode, field: string, detail?: string) {
    super(code, ADJUSTMENT_REFUSALS[code], field, detail);
  }
}
