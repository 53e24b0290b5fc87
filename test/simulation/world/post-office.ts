import type { Fate } from '../../../infra/local/gateway/mail-fate.ts';
import { eventsOf } from '../../../infra/local/gateway/ses-events.ts';
import { sha256Of } from '../../../shared/delivery/stored-pdf.ts';
import type { Mail, Mailer, MailOutcome } from '../../../shared/ports.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PLACE = { arn: 'arn:aws:ses:eu-west-2:000000000000' };
/** Who has such a mail. */
const READ: readonly Fate[] = ['arrives', 'complains', 'answers-automatically'];
const AT_AN_END: readonly Fate[] = ['bounces', 'complains', 'suppressed'];

/** What becomes of the mails to an address, by how often there is such an address where mails come back. */
const MAILBOXES = { good: 5, gone: 3, 'moves-out': 7, full: 2, complains: 1, away: 1, moody: 3 } as const;
type Mailbox = keyof typeof MAILBOXES;
const MOODS: readonly Fate[] = ['arrives', 'arrives', 'bounces', 'mailbox-full', 'answers-automatically', 'complains'];

export interface Accepted {
  readonly to: string;
  readonly subject: string;
  /** Which sending of which document it is of, by its tags. */
  readonly sending: string;
  /** What was attached, by hash. */
  readonly attached: readonly string[];
  readonly at: number;
  /** Whether somebody has it, whatever the product knows. */
  readonly read: boolean;
  /** Whether its news say that nothing more is to be mailed there. */
  readonly stops: boolean;
}

/** Which sending a mail is of: its tags, in any order. */
export const sendingNamed = (tags: NonNullable<Mail['tags']>): string => Object.entries(tags).sort().flat().join(' ');

/**
 * SES and the mailboxes behind it. What it accepted may come back: at once, or days after a mail server took it. Its news of that
 * are SES's events; they come late, twice and in any order, through the queue that they come through on AWS.
 */
export class PostOffice {
  readonly mails: Accepted[] = [];
  readonly mailer: Mailer;
  /** Told of every mail that is accepted. */
  readonly onAccept: ((mail: Accepted) => void)[] = [];
  readonly #world: World;
  readonly #tell: (body: string, delayMs: number) => void;
  readonly #mailboxes = new Map<string, { readonly kind: Mailbox; readonly until: number }>();
  /** SES's list of addresses that it mails to no more. */
  readonly #suppressed = new Set<string>();

  constructor(world: World, tell: (body: string, delayMs: number) => void) {
    this.#world = world;
    this.#tell = tell;
    const { machine } = world;
    const failure = () => new Error('SES is silent');
    this.mailer = {
      compose: async (mail) => ({
        sendTo: (to) => machine.point(`mail ${mail.subject}`, () => this.#post(mail, to), failure),
      }),
    };
  }

  /** Somebody says that mails arrive at an address. */
  lift(address: string): Promise<void> {
    const lift = () => void this.#suppressed.delete(address);
    return this.#world.machine.point(`mail.lift ${address}`, lift, () => new Error('SES is silent'));
  }

  #post(mail: Mail, to: string): MailOutcome {
    const { machine, random, scenario, journal } = this.#world;
    if (this.#world.outage('mail') !== undefined || random.chance(scenario.faults.mail)) {
      journal.saw('a mail was not accepted');
      return { kind: 'not-accepted', reason: 'throttled' };
    }
    if (random.chance(scenario.faults.mail / 4)) {
      journal.saw('an address was refused');
      return { kind: 'rejected', reason: 'suppressed' };
    }
    const fate = this.#fateAt(to, mail.tags?.document);
    const messageId = `mail-${this.mails.length + 1}`;
    const accepted = {
      ...{ to, subject: mail.subject, sending: sendingNamed(mail.tags ?? {}), at: machine.now() },
      ...{ attached: mail.attachments.map(({ bytes }) => sha256Of(bytes)) },
      ...{ read: READ.includes(fate), stops: AT_AN_END.includes(fate) },
    };
    this.mails.push(accepted);
    machine.guarded(() => {
      for (const told of this.onAccept) told(accepted);
    });
    if (scenario.mailsComeBack) this.#tellOf(mail, to, messageId, fate);
    return { kind: 'sent', messageId };
  }

  #fateAt(address: string, document?: string): Fate {
    const { machine, random, scenario, journal } = this.#world;
    if (!scenario.mailsComeBack) return 'arrives';
    if (this.#suppressed.has(address)) {
      journal.saw('mail: suppressed');
      return 'suppressed';
    }
    // What follows from a final notice that comes back takes more meetings than anything else.
    if (document === 'final-notice' && random.chance(0.4)) return 'bounces';
    const drawn = { kind: random.weighted(MAILBOXES), until: machine.now() + random.between(0, 10 * DAY) };
    const { kind, until } = this.#mailboxes.get(address) ?? drawn;
    this.#mailboxes.set(address, { kind, until });
    const fates: Readonly<Record<Mailbox, Fate>> = {
      ...{ good: 'arrives', gone: 'bounces', full: 'mailbox-full', complains: 'complains' },
      ...{ away: 'answers-automatically', moody: random.pick(MOODS) },
      'moves-out': machine.now() < until ? 'arrives' : 'bounces',
    };
    journal.saw(`mail: ${fates[kind]}`);
    return fates[kind];
  }

  /** In the order in which it happens; the news of it overtake each other. */
  #tellOf(mail: Mail, to: string, messageId: string, fate: Fate): void {
    const { machine, random, journal } = this.#world;
    const sent = {
      ...{ messageId, from: mail.from.address, to: [to], subject: mail.subject, headers: new Map() },
      ...{ configurationSet: 'billing', tags: mail.tags ?? {}, at: new Date(machine.now()) },
    };
    const late = mail.tags?.document === 'final-notice' ? 4 * DAY : HOUR;
    const events = eventsOf(sent, to, fate, PLACE);
    if (fate === 'bounces' && random.chance(0.4)) events.unshift(...eventsOf(sent, to, 'arrives', PLACE));
    for (const { name, event } of events) {
      const bad = name !== 'delivery';
      const after = bad ? random.pick([MINUTE, late, 4 * DAY, 8 * DAY, 8 * DAY]) : MINUTE;
      machine.in(random.between(0, after), () => {
        if (bad && fate !== 'mailbox-full' && fate !== 'answers-automatically') this.#suppressed.add(to);
        const timestamp = machine.instant();
        const told = { ...(event.detail[name] as object), timestamp };
        const body = JSON.stringify({ ...event, time: timestamp, detail: { ...event.detail, [name]: told } });
        const times = random.pick([1, 1, 1, 2, 3]);
        if (times > 1) journal.saw('news of a mail came twice');
        for (let time = 0; time < times; time++) this.#tell(body, random.pick([0, 0, random.between(0, DAY)]));
      });
    }
  }
}
