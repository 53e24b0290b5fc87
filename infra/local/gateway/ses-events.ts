import { randomUUID } from 'node:crypto';
import type { Fate } from './mail-fate.ts';

/** An event as EventBridge hands it on. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Where a configuration set publishes what, and which addresses it has SES remember. */
export interface ConfigurationSetModel {
  readonly name: string;
  readonly suppressedReasons: readonly string[];
  /** Names of events as CloudFormation writes them: `bounce`, `deliveryDelay`. */
  readonly publishes: readonly { readonly busArn: string; readonly events: readonly string[] }[];
}

/** A mail that SES accepted. */
export interface SentMail {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly configurationSet: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly at: Date;
}

export interface Place {
  /** `arn:aws:ses:<region>:<account>`. */
  readonly arn: string;
}

type EventName = 'delivery' | 'bounce' | 'complaint';
const TYPES: Readonly<Record<EventName, readonly [detailType: string, eventType: string]>> = {
  delivery: ['Email Delivered', 'Delivery'],
  bounce: ['Email Bounced', 'Bounce'],
  complaint: ['Email Complaint Received', 'Complaint'],
};

/** What SES tells of a mail at one of its addresses, in the words of its developer guide. */
export function eventsOf(
  mail: SentMail,
  recipient: string,
  fate: Fate,
  place: Place,
): { readonly name: EventName; readonly event: BusEvent }[] {
  const event = (name: EventName, told: object) => ({ name, event: busEvent(mail, name, told, place) });
  const timestamp = mail.at.toISOString();
  const arrival = () =>
    event('delivery', {
      timestamp,
      processingTimeMillis: 1,
      recipients: [recipient],
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: 'local.smtp-out.amazonses.com',
    });
  const bounce = (bounceType: string, bounceSubType: string, status: string, said: string) =>
    event('bounce', {
      feedbackId: randomUUID(),
      bounceType,
      bounceSubType,
      bouncedRecipients: [{ emailAddress: recipient, action: 'failed', status, diagnosticCode: said }],
      timestamp,
      reportingMTA: 'dns; local.smtp-out.amazonses.com',
    });
  switch (fate) {
    case 'arrives':
      return [arrival()];
    case 'bounces':
      return [bounce('Permanent', 'General', '5.1.1', 'smtp; 550 5.1.1 user unknown')];
    case 'mailbox-full':
      return [bounce('Transient', 'MailboxFull', '4.2.2', 'smtp; 452 4.2.2 mailbox full')];
    case 'answers-automatically':
      return [arrival(), bounce('Transient', 'General', '4.0.0', 'smtp; I am out of the office')];
    case 'suppressed': {
      const said = 'Amazon SES did not send the message to this address because it is on the suppression list';
      return [bounce('Permanent', 'OnAccountSuppressionList', '5.1.1', said)];
    }
    case 'complains': {
      const complainedRecipients = [{ emailAddress: recipient }];
      const told = { feedbackId: randomUUID(), complaintSubType: null, complainedRecipients, timestamp };
      return [arrival(), event('complaint', { ...told, complaintFeedbackType: 'abuse', arrivalDate: timestamp })];
    }
  }
}

function busEvent(mail: SentMail, name: EventName, told: object, { arn }: Place): BusEvent {
  const [, , , region = '', account = ''] = arn.split(':');
  const [detailType, eventType] = TYPES[name];
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source: 'aws.ses',
    account,
    time: mail.at.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`${arn}:configuration-set/${mail.configurationSet}`],
    detail: { eventType, mail: mailPart(mail, arn, account), [name]: told },
  };
}

function mailPart(mail: SentMail, arn: string, sendingAccountId: string): object {
  const { messageId, from, to, subject, headers, configurationSet, tags, at } = mail;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    timestamp: at.toISOString(),
    source: from,
    sourceArn: `${arn}:identity/${domain}`,
    sendingAccountId,
    messageId,
    destination: to,
    headersTruncated: false,
    headers: [...headers].map(([name, value]) => ({ name, value })),
    commonHeaders: { from: [headers.get('from')], to: [headers.get('to')], messageId, subject },
    tags: {
      'ses:operation': ['SendRawEmail'],
      'ses:configuration-set': [configurationSet],
      'ses:from-domain': [domain],
      ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    },
  };
}
