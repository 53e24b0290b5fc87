import type { QueueName } from '../../../shared/messages.ts';
import type { Call, Reply } from './api.ts';
import { Deeds, redrive, type Wire } from './deeds.ts';
import { Files } from './files.ts';
import type { Functions } from './functions.ts';
import { type Later, Occasions } from './occasions.ts';
import type { Deed } from './swarm.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A person who got no answer, or was told to try again, does so this often. */
const TRIES = 12;
/** So many things people think of until there is one to do. */
const CHOICES = 3;
const TRY_AGAIN = ['account_changed'];

/** Functions that race with what people do. */
const MEETINGS: readonly QueueName[] = ['collections', 'dunning', 'dunning', 'services', 'lookups'];

/** The people of a simulated world: customers, finance, staff and operations, who use the API. */
export class People {
  /** By key: what a customer asked to be charged, per invoice. */
  readonly asked = new Map<string, ReadonlyMap<string, number>>();
  readonly #world: World;
  readonly #functions: Functions;
  readonly #files: Files;
  readonly #deeds: Deeds;

  constructor(world: World, functions: Functions) {
    this.#world = world;
    this.#functions = functions;
    this.#files = new Files(world);
    this.#deeds = new Deeds(world);
    const seen = new Set<string>();
    functions.processor.onChange.push(() => this.#confirmAtTheBank(seen));
  }

  /** Money that finance has to book, whatever it takes. */
  get wires(): readonly Wire[] {
    return this.#deeds.wires;
  }

  /**
   * Plans what is done when. What people do at once is what races are made of, and what they do at the moment at which a
   * function works on the same account.
   */
  plan(): void {
    const { random, scenario, machine } = this.#world;
    const start = machine.now();
    const later: Later = (ms, of, call) => machine.in(ms, () => this.#ask(of, call()));
    new Occasions(this.#world, this.#functions, this.#deeds, later).plan();
    // Two debts that are dunned side by side.
    if (scenario.mailsComeBack && random.chance(0.5)) this.#planOne(start + random.between(0, 2 * DAY), 'buy');
    for (let left = scenario.deeds; left > 0; ) {
      const together = Math.min(left, random.pick([1, 1, 2, 3]));
      left -= together;
      if (random.chance(0.3)) {
        this.#planMeeting(random.pick(MEETINGS), random.between(1, 8));
        continue;
      }
      const time =
        start + (random.chance(0.3) ? random.between(0, 5 * MINUTE) : random.between(0, scenario.days * DAY));
      for (let count = 0; count < together; count++) this.#planOne(time + random.between(0, 1500));
    }
  }

  /** Something is done while a function is at work on its n-th message. */
  #planMeeting(queue: QueueName, nth: number): void {
    const { random, machine } = this.#world;
    let left = nth;
    this.#functions.queues.onReceive.push((received) => {
      if (received === queue && --left === 0) this.#planOne(machine.now() + random.between(1, 60));
    });
  }

  #planOne(time: number, deed?: Deed): void {
    const { random, machine, scenario } = this.#world;
    const { accountId } = random.pick(scenario.accounts).account;
    machine.at(time, () => {
      // Of many things there is nothing to do yet: then people do something else.
      for (let left = deed === undefined ? CHOICES : 1; left > 0; left--) {
        const does = deed ?? random.weighted(scenario.swarm.deeds);
        const call = this.#deeds.callFor(does, accountId);
        if (call === undefined) continue;
        this.#ask(does, call);
        // A double click, or a second one because the page does not move.
        if (call.key !== undefined && random.chance(0.5))
          machine.in(random.between(0, random.pick([400, 10_000])), () => this.#insist(call));
        return;
      }
    });
  }

  #ask(of: string, call: Call | undefined): void {
    if (call === undefined) return;
    this.#world.journal.saw(`somebody does: ${of}`);
    this.#insist(call);
  }

  /** The customer pays all that is due by wire; what a machine could not collect is paid in the end. */
  payEverything(accountId: string): void {
    const { balance } = this.#files.account(accountId);
    if (balance <= 0) return;
    this.#world.machine.in(1, () => this.#insist(this.#deeds.wire(accountId, balance)));
  }

  /** Operations send every dead letter again. */
  redriveEverything(): void {
    const { machine } = this.#world;
    const queues = new Set(this.#files.openDeadLetters().map(({ queue }) => queue));
    for (const queue of queues) machine.in(1, () => this.#insist(redrive(queue)));
  }

  /** Sends a request until there is an answer to it. Not everybody has the patience: some never learn what became of it. */
  #insist(call: Call, tries = 1): void {
    const { machine, random, scenario } = this.#world;
    this.#functions.api.request(call, (reply) => {
      this.#check(call, reply);
      const again = reply.status === undefined || reply.status >= 500 || TRY_AGAIN.includes(reply.body?.code);
      if (!again || tries === TRIES) return;
      if (this.#deeds.isBooked(call) && random.chance(0.5))
        return this.#world.journal.saw('somebody without an answer sees that it is booked');
      if (scenario.faults.impatience > random.fraction()) return this.#giveUp(call);
      machine.in(random.between(1_000, 2 * MINUTE * tries), () => this.#insist(call, tries + 1));
    });
  }

  #giveUp({ key }: Call): void {
    this.#world.journal.saw('somebody gave up waiting for an answer');
    this.#deeds.wires = this.wires.filter(({ paymentId }) => paymentId !== `payment-${key}`);
  }

  /** What a request was accepted for is what it may cost. */
  #check({ key, path }: Call, { status, body }: Reply): void {
    if (status === undefined) return;
    this.#world.journal.saw(`the API answers ${status}${status >= 400 ? ` ${body?.code}` : ''}`);
    if (!path.endsWith('/payments') || status !== 202 || key === undefined) return;
    const invoices = body.invoices as readonly { invoiceId: string; amount?: number }[];
    this.asked.set(key, new Map(invoices.map(({ invoiceId, amount = 0 }) => [invoiceId, amount])));
  }

  /** The customer answers its bank's question: rightly, wrongly, or never. */
  #confirmAtTheBank(seen: Set<string>): void {
    const { random, machine, journal } = this.#world;
    for (const { id, type, data } of this.#functions.processor.service.webhooks.events.slice(seen.size)) {
      seen.add(id);
      if (type !== 'payment_intent.requires_action') continue;
      const answer = random.weighted({ passed: 5, failed: 2, abandoned: 2 });
      if (answer === 'abandoned') journal.saw('3-D Secure abandoned');
      else
        machine.in(random.between(10_000, 120 * MINUTE), () =>
          this.#functions.processor.authenticate((data.object as { id: string }).id, answer === 'passed'),
        );
    }
  }
}
