import './machine/quiet.ts';
import { checkBooks } from './invariants/books.ts';
import { checkEnds } from './invariants/ends.ts';
import { MailWatch } from './invariants/mail-watch.ts';
import { checkNotices } from './invariants/notices.ts';
import { checkNumbers } from './invariants/numbers.ts';
import { must, Violation } from './invariants/violation.ts';
import { Watch } from './invariants/watch.ts';
import { install } from './machine/builtins.ts';
import { Files } from './world/files.ts';
import { Functions } from './world/functions.ts';
import { Journal } from './world/journal.ts';
import { People } from './world/people.ts';
import { calm, PHONES } from './world/scenario.ts';
import { storesOver } from './world/stores.ts';
import { World } from './world/world.ts';

const DAY = 24 * 60 * 60_000;
/** How long after the last trouble everything must have come to rest. */
const REST_DAYS = 120;
const MOST_REDRIVES = 4;

export interface Run {
  readonly seed: number;
  /** Of everything that happened: two runs of a seed have the same. */
  readonly fingerprint: string;
  readonly covered: ReadonlyMap<string, number>;
  readonly violation?: { readonly invariant: string; readonly detail: string };
  /** Every line, where it was traced. */
  readonly lines: readonly string[];
}

/** Simulates one world from its seed on, until everything is at rest, and checks what must always be true. */
export async function simulate(seed: number, { traced = false } = {}): Promise<Run> {
  const journal = new Journal(traced);
  const world = new World(seed, journal);
  const restore = install(world.machine);
  try {
    await live(world);
    return { seed, fingerprint: journal.fingerprint, covered: journal.covered, lines: journal.lines };
  } catch (error) {
    const known = error instanceof Violation;
    const detail = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
    journal.log(`VIOLATION ${detail}`);
    const violation = { invariant: known ? error.invariant : 'the simulation itself runs', detail };
    return { seed, fingerprint: journal.fingerprint, covered: journal.covered, lines: journal.lines, violation };
  } finally {
    restore();
  }
}

async function live(world: World): Promise<void> {
  const { machine, scenario } = world;
  const functions = new Functions(world);
  const people = new People(world, functions);
  new Watch(world, functions.processor);
  const { cuts } = new MailWatch(world, functions.postOffice);
  await open(world);
  bill(world, functions);
  people.plan();
  const end = machine.now() + scenario.days * DAY;
  const rest = end + REST_DAYS * DAY;
  machine.at(end, () => {
    machine.log('from here on nothing goes wrong');
    calm(scenario.faults);
    scenario.outages.splice(0);
  });
  await machine.run(rest);
  while (functions.processor.redeliver()) await machine.run(rest);
  const files = new Files(world);
  for (let round = 0; round < MOST_REDRIVES && files.openDeadLetters().length > 0; round++) {
    people.redriveEverything();
    await machine.run(rest);
  }
  checkNotices(world, files, functions.postOffice, cuts);
  if (world.random.chance(0.6)) {
    for (const { account } of scenario.accounts) people.payEverything(account.accountId);
    await machine.run(rest);
  }
  must(machine.isQuiet, 'everything comes to rest', () => `not after ${REST_DAYS} days`);
  for (const { account } of scenario.accounts) checkBooks(files, functions.processor, people, account.accountId);
  checkNumbers(world);
  checkEnds(world, files, functions);
}

/** The customers are there before anything goes wrong. */
async function open({ memory, scenario }: World): Promise<void> {
  const { seller, start } = scenario;
  const store = storesOver(memory, seller);
  for (const { account, methods } of scenario.accounts)
    await store.createAccount({ account, subscriptions: [PHONES(start.slice(0, 10))], methods });
}

/** Every night's run sends those that are due. */
function bill({ machine, scenario, memory }: World, { queues }: Functions): void {
  const { days, start, seller } = scenario;
  const { sellerId } = seller;
  const files = new Files({ memory });
  for (let day = 0; day < days; day++) {
    const time = Date.parse(start) + day * DAY;
    machine.at(time, () => {
      const businessDate = new Date(time).toISOString().slice(0, 10);
      for (const { account } of scenario.accounts) {
        const { accountId, nextBillingDate: billingDate } = files.account(account.accountId);
        const job = { sellerId, accountId, billingDate, businessDate };
        if (billingDate <= businessDate) queues.put('invoices', JSON.stringify(job));
      }
    });
  }
}
