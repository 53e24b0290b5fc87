import type { Item } from '../../../shared/aws/table.ts';
import type { Account } from '../../../shared/domain/account.ts';
import type { QueueName } from '../../../shared/messages.ts';
import type { Task } from '../machine/machine.ts';
import type { Call } from './api.ts';
import { type Deeds, isUnreached } from './deeds.ts';
import { Files } from './files.ts';
import type { Functions } from './functions.ts';
import type { Deed, Occasion } from './swarm.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How far dunning has come when only the suspension is left. */
const BEFORE_SUSPENSION = 3;
const SECOND_THOUGHTS = { decide: 4, reverse: 4, dispute: 2, wire: 2, creditNote: 1 } as const;

/** Asks for something so many milliseconds from now, if there is anything to ask for then. */
export type Later = (ms: number, of: string, call: () => Call | undefined) => void;

/** What people do because something happens, and what goes wrong just then: meetings that chance alone brings about too rarely. */
export class Occasions {
  readonly #world: World;
  readonly #functions: Functions;
  readonly #files: Files;
  readonly #deeds: Deeds;
  readonly #later: Later;

  constructor(world: World, functions: Functions, deeds: Deeds, later: Later) {
    this.#world = world;
    this.#functions = functions;
    this.#files = new Files(world);
    this.#deeds = deeds;
    this.#later = later;
  }

  plan(): void {
    this.#functions.queues.onReceive.push((queue) => this.#atWork(queue));
    this.#world.onWrite.push((before, after, by) => this.#written(before, after, by));
    if (this.#is('spree')) this.#planSpree();
    if (this.#is('blackout')) this.#planBlackout();
  }

  #is(occasion: Occasion): boolean {
    return this.#world.scenario.swarm.occasions.has(occasion);
  }

  get #isCalm(): boolean {
    const { machine, scenario } = this.#world;
    return machine.now() >= Date.parse(scenario.start) + scenario.days * DAY;
  }

  #atWork(queue: QueueName): void {
    if (queue === 'dunning') this.#payAtTheLastMoment();
    if (queue === 'collections' && this.#is('secondThoughts')) this.#thinkAgain();
  }

  #written(before: Item | undefined, after: Item | undefined, by: Task | undefined): void {
    if (!before || !after) return;
    const accountId = String(after.accountId);
    if (after.unreachedSince !== undefined && before.unreachedSince === undefined) this.#seeToIt(accountId);
    if (after.sk === 'PROFILE' && this.#is('paidForAfterwards'))
      this.#servicesChange(before as unknown as Account, after as unknown as Account, by);
  }

  #planSpree(): void {
    const { random, scenario } = this.#world;
    const { accountId } = random.pick(scenario.accounts).account;
    const when = random.pick([0, random.between(0, 3 * DAY)]);
    for (let left = random.between(2, 5); left > 0; left--)
      this.#later(when + random.between(0, 1500), 'buy, many at once', () => this.#deeds.callFor('buy', accountId));
  }

  /** For so long that the processor has forgotten what it was asked, or nearly. */
  #planBlackout(): void {
    const { random, machine, scenario, journal } = this.#world;
    const hours = random.between(22, 40);
    let left = random.between(1, 4);
    this.#functions.processor.onDeparture.push(({ path }) => {
      if (!path.endsWith('/confirm') || --left !== 0) return;
      journal.saw('processor: away in the middle of a charge');
      scenario.outages.push({ of: 'processor', from: machine.now(), until: machine.now() + hours * HOUR });
    });
  }

  /** Whoever is about to lose the services pays just then, now and then. */
  #payAtTheLastMoment(): void {
    const { random, machine, scenario } = this.#world;
    for (const { account } of scenario.accounts) {
      const threatened = this.#files
        .receivables(account.accountId)
        .some(({ dunning: { step, nextAt } }) => step === BEFORE_SUSPENSION && nextAt && nextAt <= machine.instant());
      if (threatened && random.chance(0.4)) this.#payAll(account.accountId, random.between(1, 30));
    }
  }

  /** Whoever has lost the services pays, at once or when somebody has noticed; what gives them back dies in doing so, now and then. */
  #servicesChange({ services: before }: Account, { accountId, services }: Account, by: Task | undefined): void {
    const { random, machine, journal } = this.#world;
    if (before.status === services.status) return;
    if (services.status === 'suspending' || services.status === 'suspended')
      this.#payAll(accountId, random.between(1, random.pick([60, MINUTE, HOUR, DAY])));
    if (services.status !== 'reactivating' || by === undefined || this.#isCalm || !random.chance(0.3)) return;
    journal.saw('crash after services are to come back');
    // Once all of the transaction is written, and before anything else happens.
    machine.in(0, () => machine.kill(by));
  }

  #payAll(accountId: string, ms: number): void {
    this.#later(ms, 'pay all by wire', () => {
      const { balance } = this.#files.account(accountId);
      return balance > 0 ? this.#deeds.wire(accountId, balance) : undefined;
    });
  }

  /** Not for ever, or the world would never come to rest. */
  #thinkAgain(): void {
    const { random, scenario } = this.#world;
    if (this.#isCalm || !random.chance(0.3)) return;
    const { accountId } = random.pick(scenario.accounts).account;
    const deed: Deed = random.weighted(SECOND_THOUGHTS);
    this.#later(random.between(1, 60), `${deed}, on second thoughts`, () => this.#deeds.callFor(deed, accountId));
  }

  /** Nobody has a document: sooner or later somebody mends the address and sends it again, or does one of both, or sends it by post. */
  #seeToIt(accountId: string): void {
    const { random } = this.#world;
    if (!random.chance(0.4)) return;
    const does = random.weighted({ mendAddresses: 4, sendAgain: 2, sendByPost: 1 });
    const delay = random.between(0, random.pick([MINUTE, HOUR, DAY, 3 * DAY]));
    if (does === 'mendAddresses') this.#later(delay, does, () => this.#deeds.mendAddresses(accountId));
    if (does === 'sendByPost') this.#later(delay, does, () => this.#deeds.sendByPost(accountId));
    else this.#later(delay + random.between(0, HOUR), 'sendAgain', () => this.#deeds.sendAgain(accountId, isUnreached));
  }
}
