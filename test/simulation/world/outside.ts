import { sha256Of } from '../../../shared/delivery/stored-pdf.ts';
import type { Documents, Mail, Mailer, MailOutcome, Provisioning } from '../../../shared/ports.ts';
import type { World } from './world.ts';

interface Accepted {
  readonly to: string;
  readonly subject: string;
  /** The message whose work it was: the identity of the document. */
  readonly document: string;
  /** What was attached, by hash. */
  readonly attached: readonly string[];
}
export type Announced = Parameters<Provisioning['announce']>[0] & { readonly at: number };

/** Whom the product talks to beside the processor: who carries mails, keeps PDFs, and switches services. */
export class Outside {
  readonly mails: Accepted[] = [];
  readonly announced: Announced[] = [];
  readonly mailer: Mailer;
  readonly objects = new Map<string, Uint8Array>();
  readonly documents: Pick<Documents, 'storeOnce' | 'load'>;
  readonly provisioning: Provisioning;

  constructor(world: World) {
    const { machine, random, scenario, journal } = world;
    const post = (mail: Mail, to: string, document: string): MailOutcome => {
      const paused = world.outage('mail') !== undefined;
      if (paused || random.chance(scenario.faults.mail)) {
        journal.saw('a mail was not accepted');
        return { kind: 'not-accepted', reason: 'throttled' };
      }
      if (random.chance(scenario.faults.mail / 4)) {
        journal.saw('an address was refused');
        return { kind: 'rejected', reason: 'suppressed' };
      }
      const attached = mail.attachments.map(({ bytes }) => sha256Of(bytes));
      this.mails.push({ to, subject: mail.subject, document, attached });
      return { kind: 'sent', messageId: `mail-${this.mails.length}` };
    };
    this.mailer = {
      compose: async (mail) => ({
        sendTo: (to) => {
          const document = machine.running?.about ?? '';
          return machine.point(
            `mail ${mail.subject}`,
            () => post(mail, to, document),
            () => new Error('SES is silent'),
          );
        },
      }),
    };
    const bucketFails = () => new Error('S3 is silent');
    this.documents = {
      storeOnce: (key, bytes) => machine.point(`bucket.PUT ${key}`, () => this.#storeOnce(key, bytes), bucketFails),
      load: (key) => machine.point(`bucket.GET ${key}`, () => this.objects.get(key), bucketFails),
    };
    this.provisioning = {
      announce: (event) =>
        machine.point(
          `provisioning.${event.action}`,
          () => void this.announced.push({ ...event, at: machine.now() }),
          () => new Error('EventBridge did not take it'),
        ),
    };
  }
  #storeOnce(key: string, bytes: Uint8Array): 'written' | 'already-done' {
    if (this.objects.has(key)) return 'already-done';
    this.objects.set(key, bytes);
    return 'written';
  }
}
