import * as z from 'zod';
import { BillingError } from '../domain/errors.ts';
import type { MailFeedback } from '../domain/mail-feedback.ts';
import { type Message, parseMessage } from '../messages.ts';
import { deliveryIn } from './mail-tags.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const said = z.looseObject({
  action: z.string().optional(),
  status: z.string().optional(),
  diagnosticCode: z.string().optional(),
});
const happened = z.looseObject({ timestamp: instant });

/**
 * What SES tells of a mail, as EventBridge brings it (SES developer guide, "Contents of event data"). Every mail of ours has
 * one destination, so the event is about that one: the addresses beside a bounce are the mail server's own writing of it.
 */
const sesEvent = z.looseObject({
  source: z.literal('aws.ses'),
  time: instant,
  detail: z.looseObject({
    eventType: z.string(),
    mail: z.looseObject({
      timestamp: instant,
      messageId: z.string(),
      destination: z.array(z.string()).min(1),
      tags: z.record(z.string(), z.array(z.string())).optional(),
    }),
    bounce: happened
      .extend({ bounceType: z.string(), bounceSubType: z.string(), bouncedRecipients: z.array(said).optional() })
      .optional(),
    complaint: happened
      .extend({ complaintSubType: z.string().nullish(), complaintFeedbackType: z.string().nullish() })
      .optional(),
    delivery: happened.optional(),
    deliveryDelay: happened.extend({ delayType: z.string() }).optional(),
    reject: z.looseObject({ reason: z.string() }).optional(),
  }),
});
type Detail = z.infer<typeof sesEvent>['detail'];

/**
 * What a body of the feedback queue asks for: SES's event, or our own message of a redrive. Nothing for an event of a mail
 * that is no delivery of this product, or of a kind that says nothing. Throws `invalid_message`.
 */
export function feedbackJobs(body: string): Message<'feedback'>[] {
  const value = json(body);
  if (!z.object({ source: z.literal('aws.ses') }).safeParse(value).success) return [parseMessage('feedback', body)];
  const event = sesEvent.safeParse(value);
  if (!event.success) {
    const issue = event.error.issues[0];
    throw new BillingError('invalid_message', `feedback: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { detail, time } = event.data;
  const { mail } = detail;
  const of = deliveryIn(mail.tags ?? {});
  const news = newsIn(detail);
  if (of === undefined || news === undefined) return [];
  const job = {
    ...of,
    kind: news.kind,
    recipient: mail.destination[0]!,
    at: news.at ?? time,
    sentAt: mail.timestamp,
    messageId: mail.messageId,
    ...(news.detail && { detail: news.detail.slice(0, 500) }),
  };
  return [parseMessage('feedback', JSON.stringify(job))];
}

/** Said in place of an address that an earlier bounce or complaint put on SES's list: it was not even tried. */
const SUPPRESSED = ['OnAccountSuppressionList', 'Suppressed'];

type News = Pick<MailFeedback, 'kind'> & { readonly at?: string; readonly detail?: string };

function newsIn({ bounce, complaint, delivery, deliveryDelay, reject }: Detail): News | undefined {
  if (bounce) {
    const { bounceType, bounceSubType, timestamp: at } = bounce;
    const detail = [`${bounceType}/${bounceSubType}`, bounce.bouncedRecipients?.[0]?.diagnosticCode];
    const why = { at, detail: detail.filter((part) => part !== undefined).join(': ') };
    if (SUPPRESSED.includes(bounceSubType)) return { kind: 'suppressed', ...why };
    // `Undetermined` stops nobody: it counts as one that came back for the time being.
    return { kind: bounceType === 'Permanent' ? 'bounced-permanently' : 'bounced-transiently', ...why };
  }
  if (complaint) {
    const { timestamp: at, complaintSubType, complaintFeedbackType } = complaint;
    if (complaintSubType && SUPPRESSED.includes(complaintSubType))
      return { kind: 'suppressed', at, detail: `Complaint/${complaintSubType}` };
    // Somebody took it out of the spam folder.
    if (complaintFeedbackType === 'not-spam') return { kind: 'arrived', at };
    return { kind: 'complained', at, ...(complaintFeedbackType && { detail: complaintFeedbackType }) };
  }
  if (delivery) return { kind: 'arrived', at: delivery.timestamp };
  if (deliveryDelay) return { kind: 'delayed', at: deliveryDelay.timestamp, detail: deliveryDelay.delayType };
  return reject && { kind: 'rejected', detail: reject.reason };
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BillingError('invalid_message', 'feedback: the body is not JSON');
  }
}
