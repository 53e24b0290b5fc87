/**
 * Every permanent error of the product: code → what it means to the person who must act. A message that fails with one
 * of these goes to its dead-letter queue at once, with the code; any other error is retried by the queue.
 */
export const ERRORS = {
  amount_not_integer: 'An amount is not a whole number of minor units.',
  currency_mismatch: 'Amounts of two currencies were mixed.',
  invalid_message: 'A queue message does not have the form its function expects.',
  invalid_cursor: 'The cursor of a page is not one that was given out.',
  invalid_configuration: 'The stage configuration is incomplete or contradicts itself.',
  account_not_found: 'There is no such account.',
  account_exists: 'An account with this id exists already.',
  account_changed: 'The account was changed by someone else in the meantime; read it again and repeat the change.',
  order_not_found: 'The account has no such order.',
  order_exists: 'The account has another order of this id.',
  order_not_billable: 'The account cannot be invoiced for this order now.',
  invoice_not_found: 'There is no such invoice.',
  quote_not_found: 'The account has no such quote.',
  credit_note_not_found: 'The account has no such credit note.',
  cancellation_not_found: 'No cancellation of this subscription was confirmed.',
  line_not_found: 'The invoice has no line or tax with this number.',
  seller_not_found: 'No seller of this stage has this id.',
  payment_method_not_found: 'The account has no such payment method.',
  document_not_found: 'The PDF of this document does not exist yet.',
  document_mismatch:
    'The stored PDF is not the one on record, or is lost and cannot be made again as it was; regenerate it, then redrive.',
  file_not_found: 'The file is not in the bucket.',
  file_misplaced: 'The file lies in a folder that does not say what it is.',
  file_unreadable: 'Nothing in the file can be read as the format that its folder says.',
  deck_missing: 'A rate deck that the seller’s usage is rated by was never loaded.',
  usage_not_configured: 'The stage configuration does not say how this seller’s usage is rated.',
  number_owned: 'Another account has this number at that time.',
  number_not_found: 'The account does not have this number.',
  usage_exception_not_found: 'There is no such usage exception.',
  usage_exception_closed: 'The usage exception was replayed or discarded already.',
  reconciliation_not_found: 'This day of the seller was not reconciled.',
  reconciliation_superseded: 'A later day was reconciled meanwhile; what this one left open may be explained by now.',
  difference_not_found: 'The report does not leave such a difference open.',
  difference_not_bookable: 'There are no books in the currency of this difference.',
  run_not_found: 'No billing run took place on this date.',
  export_not_found: 'There is no such export, or it is so old that its files are deleted.',
  dead_letter_not_found: 'There is no such dead letter.',
  idempotency_conflict: 'The payment processor saw this idempotency key before with other parameters.',
  unbalanced_entry: 'The debits and credits of a journal entry differ.',
  unknown_entry: 'Nobody can say which invoices a journal entry is about.',
  processor_rejected: 'The payment processor rejected the request itself, not the payment.',
  unsupported_character: 'A text contains a character that no embedded font can show.',
  invalid_rate_deck: 'A rate deck overlaps, leaves a gap or has a row that cannot be right.',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** A permanent error: repeating the work cannot help before a person has changed something. */
export class BillingError extends Error {
  override readonly name = 'BillingError';
  readonly code: ErrorCode;

  /** `detail` names the field or object and the reason; no personal data beyond ids, for it is logged. */
  constructor(code: ErrorCode, detail: string) {
    super(`${ERRORS[code]} ${detail}`);
    this.code = code;
  }
}

/**
 * The payment processor had no time for a request and carried nothing of it out: the very same request may be made again
 * later. Nothing is said of requests made before it.
 */
export class ProcessorBusy extends Error {
  override readonly name = 'ProcessorBusy';
}
