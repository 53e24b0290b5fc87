import { AwsError } from '../../../shared/aws/aws-json.ts';
import type { Item, Table } from '../../../shared/aws/table.ts';
import { Machine, type Task } from '../machine/machine.ts';
import { Random } from '../machine/random.ts';
import { MemoryTable } from '../table/memory-table.ts';
import type { Journal } from './journal.ts';
import { drawScenario, type Outage, type Scenario } from './scenario.ts';

const WRITES = ['PutItem', 'UpdateItem', 'TransactWriteItems'];

/** What all parts of a simulated world share: its machine, its table, its scenario and its log. */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly scenario: Scenario;
  readonly machine: Machine;
  readonly memory: MemoryTable;
  readonly journal: Journal;
  /** Told of every write: what stood there before and what stands there now, and the function that wrote it. */
  readonly onWrite: ((before: Item | undefined, after: Item | undefined, by: Task | undefined) => void)[] = [];
  #writer: Task | undefined;
  /** Asked when nothing is under way; each may plan something. */
  readonly onIdle: ((next: number | undefined) => void)[] = [];

  constructor(seed: number, journal: Journal) {
    this.seed = seed;
    this.journal = journal;
    this.random = new Random(seed);
    this.scenario = drawScenario(this.random);
    const { start, faults } = this.scenario;
    this.machine = new Machine({
      random: this.random,
      start: Date.parse(start),
      rates: faults,
      log: (line) => journal.log(line),
      saw: (what) => journal.saw(what),
      onIdle: (next) => {
        for (const plan of this.onIdle) plan(next);
      },
    });
    this.memory = new MemoryTable({
      name: 'billing',
      now: this.machine.now,
      replicates: () => !this.random.chance(faults.lag),
      onWrite: (before, after) => {
        for (const told of this.onWrite) told(before, after, this.#writer);
      },
    });
  }

  /** The table as a function sees it: every call is a point, and may fail as calls to DynamoDB do. */
  readonly table: Table = {
    name: 'billing',
    call: (operation, input) => {
      const writer = this.machine.running;
      return this.machine.point(
        `table.${operation} ${placeOf(input)}`,
        () => {
          this.#writer = writer;
          return this.#carryOut(operation, input);
        },
        () => new AwsError('InternalServerError', 500, 'Internal server error'),
      ) as never;
    },
  };

  #carryOut(operation: Parameters<Table['call']>[0], input: object): object {
    if (!WRITES.includes(operation)) return this.memory.run(operation, input);
    const { faults } = this.scenario;
    if (this.random.chance(faults.conflict)) {
      this.journal.saw('a write met another one');
      throw conflict(operation, input);
    }
    if (this.random.chance(faults.repeat)) {
      this.journal.saw('the answer to a write was lost, and it was repeated');
      try {
        this.memory.run(operation, input);
      } catch {
        // Its answer is lost, whatever it was.
      }
    }
    return this.memory.run(operation, input);
  }

  /** The outage that somebody has now. */
  outage(of: Outage['of']): Outage | undefined {
    const now = this.machine.now();
    return this.scenario.outages.find((each) => each.of === of && each.from <= now && now < each.until);
  }
}

function conflict(operation: string, input: object): AwsError {
  if (operation !== 'TransactWriteItems')
    return new AwsError('TransactionConflictException', 400, 'Transaction is ongoing for the item');
  const { TransactItems = [] } = input as { TransactItems?: readonly unknown[] };
  const CancellationReasons = TransactItems.map((_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' }));
  return new AwsError('TransactionCanceledException', 400, 'Transaction cancelled', { CancellationReasons });
}

/** What a call is about, for the log. */
function placeOf(input: object): string {
  const { Item, Key, ExpressionAttributeValues, TransactItems } = input as Record<string, Record<string, unknown>>;
  const key = Item ?? Key;
  if (key) return String(key.sk);
  if (Array.isArray(TransactItems))
    return TransactItems.map((each) => placeOf(Object.values(each)[0] as object)).join(' + ');
  return String(ExpressionAttributeValues?.[':prefix'] ?? ExpressionAttributeValues?.[':pk'] ?? '');
}
