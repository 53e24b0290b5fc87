import * as z from 'zod';
import { DOCUMENT_KINDS, NOTICES } from './domain/delivery.ts';
import { BillingError } from './domain/errors.ts';
import { FEEDBACK_KINDS } from './domain/mail-feedback.ts';

/**
 * What travels in the queues: ids, never money and never a document. Whoever receives a message reads the truth from
 * the table.
 */
const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'letters, digits, dot, hyphen and underscore only');
const date = z.iso.date();
const invoiceId = z
  .string()
  .max(100)
  .regex(
    /^\d{4}-\d{2}(-\d{2})?#(cycle|purchase-[A-Za-z0-9][A-Za-z0-9_.-]*)$/,
    'a month or date, "#" and the kind of invoice',
  );

/** Of what a mail is about: an invoice's id, or parts of that form. */
const subjectId = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*(#[A-Za-z0-9][A-Za-z0-9_.-]*)*$/, 'ids, with "#" between them');

/** Of an object at the payment processor, such as `pi_…`. */
const processorId = z
  .string()
  .max(255)
  .regex(/^[a-z]{2,8}_[A-Za-z0-9_]+$/, 'the processor’s id of an object');

const ofAccount = { sellerId: id, accountId: id };
const ofFile = { key: z.string().min(1).max(1024), line: z.int().min(1), upload: z.string().min(1).max(128) };
const ofInvoice = { ...ofAccount, invoiceId };

export const MESSAGES = {
  /** Fan one shard of a run out into invoice jobs. */
  runs: z.object({ sellerId: id, businessDate: date, shard: z.int().min(0).max(255) }),
  /**
   * Issue the invoice of one account that was due on `billingDate`, found by the run of `businessDate`; or that of an order,
   * which no run has found.
   */
  invoices: z.object({ ...ofAccount, billingDate: date, businessDate: date, orderId: id.optional() }),
  /** Render, store and mail an issued invoice. */
  deliveries: z.object(ofInvoice),
  /**
   * Attempt to collect an invoice, or ask about the attempt that is open. `look`: the processor has news of this intent,
   * which may be of a payment that nobody here waits for.
   */
  collections: z.object({ ...ofInvoice, look: processorId.optional() }),
  /** Find out whose an object of the processor is, and have the news of it looked at. */
  lookups: z.object({ kind: z.enum(['intent', 'method', 'setup']), id: processorId }),
  /** Take the next dunning step of an unpaid invoice, if it is due. */
  dunning: z.object(ofInvoice),
  /** Mail a notice about an invoice, or about what else the document is about (`DOCUMENTS`). */
  notices: z.object({ ...ofAccount, about: subjectId, document: z.enum(NOTICES), occurrence: z.int().min(1) }),
  /**
   * Note what became of a mail: the one case in which the message is all that is known, for SES cannot be asked. It is made
   * of SES's event (see `feedbackJobs`).
   */
  feedback: z.object({
    ...ofAccount,
    about: subjectId,
    document: z.enum(DOCUMENT_KINDS),
    occurrence: z.int().min(1),
    /** Of the delivery; absent: the first. */
    sending: z.int().min(2).optional(),
    kind: z.enum(FEEDBACK_KINDS),
    recipient: z.string().min(3).max(400),
    at: z.iso.datetime(),
    sentAt: z.iso.datetime(),
    messageId: z.string().min(1).max(256),
    detail: z.string().max(500).optional(),
  }),
  /** Carry out the suspension or reactivation that the account's state asks for. */
  services: z.object({ ...ofAccount, number: z.int().min(1), action: z.enum(['suspend', 'reactivate']) }),
  /** Load a JSON-lines file of accounts from the imports bucket, from `line` on; `upload` tells one upload of a key from the next. */
  imports: z.object(ofFile),
  /**
   * Count the records of a file of usage, load a rate deck, or try exceptions again: `key` begins with `usage/`, `decks/` or
   * `replay/` (see `usageWork`). For a replay `upload` is when it was asked for.
   */
  usage: z.object(ofFile),
  /** Delete an erased account's customer at the payment processor; `erasureId` names which. */
  erasures: z.object({ ...ofAccount, erasureId: id }),
  /** Take the next step of an export of invoices; `volume` is the one that was next when the message was sent. */
  exports: z.object({ sellerId: id, exportId: id, volume: z.int().min(1) }),
} as const;

export type QueueName = keyof typeof MESSAGES;
export const QUEUES = Object.keys(MESSAGES) as QueueName[];
export type Message<Q extends QueueName> = z.infer<(typeof MESSAGES)[Q]>;

/** Parses a message body. Throws `invalid_message` naming the queue, the field and the reason. */
export function parseMessage<Q extends QueueName>(queue: Q, body: string): Message<Q> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new BillingError('invalid_message', `${queue}: the body is not JSON`);
  }
  const parsed = MESSAGES[queue].safeParse(value);
  if (parsed.success) return parsed.data as Message<Q>;
  const issue = parsed.error.issues[0];
  throw new BillingError('invalid_message', `${queue}: ${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}

/**
 * The identity of the work a message asks for: the same job sent twice, or redriven, has the same key. Dead letters are
 * kept under it.
 */
export function jobKey(queue: QueueName, message: Message<QueueName>): string {
  const values = Object.keys(MESSAGES[queue].shape).map((field) => message[field as keyof typeof message]);
  return values.filter((value) => value !== undefined).join('|');
}
