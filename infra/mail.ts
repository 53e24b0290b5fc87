import { Stack, Validations } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Stage } from '../shared/runtime/stage.ts';
import { type BillingFunction, namePrefix } from './billing-function.ts';
import type { QueuedFunction } from './queued-function.ts';

/** What SES tells of each mail. It never renders a template of ours, and whether a mail was opened is nobody's business. */
const TOLD = [
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.DELIVERY_DELAY,
];

/** The domain that invoices are sent from. Its DKIM records must be put into DNS once: see `stages/README.md`. */
export class Mail extends Construct {
  private readonly fromAddress: string;
  private readonly domain: string;
  private readonly prefix: string;
  private readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.fromAddress = stage.mail.fromAddress;
    this.domain = stage.mail.domain;
    this.prefix = namePrefix(stage);
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.prefix,
      reputationMetrics: true,
      // An address that bounced or complained is not mailed again, which protects everybody else's delivery.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    new EmailIdentity(this, 'Domain', {
      identity: Identity.domain(this.domain),
      configurationSet: this.configurationSet,
    });
  }

  /** Lets these functions send from the domain. */
  grantTo(...senders: readonly BillingFunction[]): void {
    const configurationSet = this.configurationSet.configurationSetName;
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    const resources = [arn('identity', this.domain), arn('configuration-set', configurationSet)];
    for (const sender of senders) {
      sender.tell('MAIL_FROM', this.fromAddress).tell('MAIL_CONFIGURATION_SET', configurationSet);
      sender.allow(['ses:SendRawEmail'], resources);
    }
  }

  /**
   * Has SES tell this function's queue what becomes of every mail. SES speaks to the default bus only, on which stages of
   * one AWS account meet: the rule takes the mails of this stage. What EventBridge cannot bring for a day is a dead letter.
   */
  tells(follower: QueuedFunction): void {
    const bus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    this.configurationSet.addEventDestination('Feedback', {
      destination: EventDestination.eventBus(bus),
      events: TOLD,
    });
    new Rule(this, 'FeedbackRule', {
      ruleName: `${this.prefix}-mail-feedback`,
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [this.prefix] } } },
      },
      targets: [new SqsQueue(follower.queue, { deadLetterQueue: follower.deadLetterQueue })],
    });
  }

  /** Lets this function have SES mail again to an address that bounced or complained. */
  letsLiftSuppressions(caller: BillingFunction): void {
    caller.allow(['ses:DeleteSuppressedDestination'], ['*']);
    Validations.of(caller.grantee).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The suppression list of SES has no resources to name: the action only exists for "*"',
    });
  }
}
