import { KnownRecords } from './known-records.ts';

/** What a month counts beside its records when room is made. */
const ROOM_OF_A_MONTH = 16;

/** What this process knows of a month: all records of its batches up to `last`. */
export class KnownMonth {
  readonly #records: KnownRecords;
  /** By which its records are told from those of other months. */
  readonly number: number;
  last = 0;
  /** Whether the month was ever read. */
  read = false;
  /** How many calls work on it at this moment. */
  users = 0;

  constructor(records: KnownRecords, number: number) {
    this.#records = records;
    this.number = number;
  }

  find(entry: Uint8Array): 'absent' | 'same' | 'other' {
    return this.#records.find(this.number, entry);
  }

  add(entries: Uint8Array): void {
    this.#records.add(this.number, entries);
  }
}

/**
 * The months that were read, as far as there is room. When there is none, about a quarter of those that nobody uses are
 * forgotten, whichever they are. To drop the one that was not used for longest would be the worst choice: files come with
 * their accounts in turns, and that one is needed next.
 */
export class KnownMonths {
  readonly #most: number;
  readonly #records: KnownRecords;
  readonly #months = new Map<string, KnownMonth>();
  #numbered = 0;

  /** `most` records are remembered; more only of months that are in use. */
  constructor(most: number) {
    this.#most = most;
    this.#records = new KnownRecords(most);
  }

  /** Lets `work` use what is known of a month, and add as many records as it says. The month stays known that long. */
  async use<T>(key: string, records: number, work: (month: KnownMonth) => Promise<T>): Promise<T> {
    const month = this.#months.get(key) ?? new KnownMonth(this.#records, ++this.#numbered);
    this.#months.set(key, month);
    month.users += 1;
    try {
      this.#makeRoom(records);
      return await work(month);
    } finally {
      month.users -= 1;
    }
  }

  #makeRoom(records: number): void {
    const taken = () => this.#records.size + this.#months.size * ROOM_OF_A_MONTH + records;
    if (taken() <= this.#most) return;
    const idle = [...this.#months].filter(([, { users }]) => users === 0);
    const leaving = idle.filter((_, index) => index === 0 || Math.random() < 1 / 4);
    for (const [key] of leaving) this.#months.delete(key);
    this.#records.forget(new Set(leaving.map(([, { number }]) => number)));
  }
}
