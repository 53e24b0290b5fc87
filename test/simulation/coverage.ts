/** What a large number of runs must have had at least once: a fault that never happens finds nothing. */
const REQUIRED: readonly string[] = [
  ...['succeeded', 'declined for now', 'declined for good', 'needs-authentication'].map((kind) => `outcome: ${kind}`),
  ...['suspending', 'suspended', 'reactivating', 'active'].map((status) => `services: ${status}`),
  ...['passed', 'failed', 'abandoned'].map((how) => `3-D Secure ${how}`),
  ...['timeout', 'drop', '500', 'saved-500'].flatMap((kind) => [
    `processor: ${kind}-before`,
    `processor: ${kind}-after`,
  ]),
  ...['429', 'slow', 'outage'].map((kind) => `processor: ${kind}`),
  ...['lost', 'late', 'twice', 'reordered', 'forged'].map((fault) => `webhook: ${fault}`),
  ...['table.TransactWriteItems', 'table.PutItem', 'table.UpdateItem', 'table.Query', 'table.GetItem'].flatMap(
    interrupted,
  ),
  ...['queue.collections', 'queue.notices', 'queue.services', 'bucket.PUT', 'mail'].flatMap(interrupted),
  'crash before at processor.POST',
  'crash after at processor.POST',
  'a debit came back after it had settled',
  'an attempt was open for more than 24 hours',
  'a message came twice',
  'a message came late',
  'somebody gave up waiting for an answer',
  'a message was given up',
  'a dead letter was redriven in the console',
  'a write met another one',
  'the answer to a write was lost, and it was repeated',
  ...['arrives', 'bounces', 'mailbox-full', 'complains', 'answers-automatically', 'suppressed'].map(
    (fate) => `mail: ${fate}`,
  ),
  ...['bounced', 'complained', 'suppressed', 'unavailable'].map((reason) => `an address stops: ${reason}`),
  'news of a mail came twice',
  'services: back without notice',
  ...['pay', 'wire', 'creditNote', 'dispute', 'decide', 'buy', 'otherMethod', 'reverse', 'writeOff', 'redrive'].map(
    (deed) => `somebody does: ${deed}`,
  ),
  ...['sendAgain', 'mendAddresses', 'sendByPost'].map((deed) => `somebody does: ${deed}`),
  ...['buy, many at once', 'pay all by wire', 'decide, on second thoughts', 'reverse, on second thoughts'].map(
    (deed) => `somebody does: ${deed}`,
  ),
  'processor: away in the middle of a charge',
  'crash after services are to come back',
  'somebody without an answer sees that it is booked',
];

function interrupted(point: string): string[] {
  return ['crash before', 'crash after', 'failure before', 'failure after'].map((fate) => `${fate} at ${point}`);
}

/** So many runs have everything, or something is wrong with the simulation. */
const ENOUGH_RUNS = 5_000;

/** Counts over many runs. */
export class Coverage {
  readonly #counts = new Map<string, number>();
  #runs = 0;

  add(covered: ReadonlyMap<string, number>): void {
    this.#runs++;
    for (const [what, times] of covered) this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  get counts(): readonly (readonly [string, number])[] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** What should have happened and did not; nothing where there were too few runs to tell. */
  get missing(): readonly string[] {
    return this.#runs < ENOUGH_RUNS ? [] : REQUIRED.filter((what) => !this.#counts.has(what));
  }
}
