import type { Fate } from '../../infra/local/gateway/mail-fate.ts';
import { eventsOf } from '../../infra/local/gateway/ses-events.ts';
import { tagsOf } from '../../shared/delivery/mail-tags.ts';
import type { SendingOf } from '../../shared/domain/sendings.ts';

const PLACE = { arn: 'arn:aws:ses:eu-west-1:000000000000' };

interface Told {
  readonly delivery: SendingOf;
  readonly to: string;
  /** When the mail was sent. */
  readonly at: string;
  readonly messageId?: string;
  /** Replaces the tags that say which delivery it is of. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Bodies of the feedback queue: what SES tells of a mail of a delivery, as the local stack has it from SES's own documentation. */
export function sesEvents(fate: Fate, { delivery, to, at, messageId = 'm-1', tags }: Told): string[] {
  const mail = {
    ...{ messageId, from: 'billing@northwind.example', to: [to], subject: 'Your invoice', headers: new Map() },
    ...{ configurationSet: 'billing', tags: tags ?? tagsOf(delivery), at: new Date(at) },
  };
  return eventsOf(mail, to, fate, PLACE).map(({ event }) => JSON.stringify(event));
}
