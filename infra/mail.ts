import { Stack } from 'aws-cdk-lib';
import { ConfigurationSet, EmailIdentity, Identity, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Stage } from '../shared/runtime/stage.ts';
import { type BillingFunction, namePrefix } from './billing-function.ts';

/** The domain that invoices are sent from. Its DKIM records must be put into DNS once: see `stages/README.md`. */
export class Mail extends Construct {
  private readonly fromAddress: string;
  private readonly domain: string;
  private readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.fromAddress = stage.mail.fromAddress;
    this.domain = stage.mail.domain;
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: namePrefix(stage),
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
}
