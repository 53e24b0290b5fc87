import type { PaymentMethod } from '../../../shared/domain/account.ts';
import type { Credit } from '../../../shared/domain/books/credit.ts';
import type { Dispute } from '../../../shared/domain/books/dispute.ts';
import { dateIn } from '../../../shared/domain/calendar.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import type { QueueName } from '../../../shared/messages.ts';
import { adminOf, type Call, PEOPLE, type Reply } from './api.ts';
import { Files } from './files.ts';
import type { Functions } from './functions.ts';
import { anyMethod, ITEM } from './scenario.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A person who got no answer, or was told to try again, does so this often. */
const TRIES = 12;
const TRY_AGAIN = ['account_changed'];

/** What people do, how often. */
const DEEDS = {
  pay: 10,
  wire: 5,
  creditNote: 2,
  dispute: 4,
  decide: 4,
  buy: 4,
  otherMethod: 4,
  reverse: 2,
  writeOff: 1,
  redrive: 3,
} as const;

/** How far dunning has come when only the suspension is left. */
const BEFORE_SUSPENSION = 3;
/** Functions that race with what people do. */
const MEETINGS: readonly QueueName[] = ['collections', 'dunning', 'dunning', 'services', 'lookups'];

/** A payment that finance has seen at the bank: it is booked once, however often the request has to be sent. */
export interface Wire {
  readonly accountId: string;
  readonly paymentId: string;
  readonly amount: number;
}

/** The people of a simulated world: customers, finance, staff and operations, who use the API. */
export class People {
  wires: readonly Wire[] = [];
  /** By key: what a customer asked to be charged, per invoice. */
  readonly asked = new Map<string, ReadonlyMap<string, number>>();
  readonly #world: World;
  readonly #functions: Functions;
  readonly #files: Files;
  #keys = 0;

  constructor(world: World, functions: Functions) {
    this.#world = world;
    this.#functions = functions;
    this.#files = new Files(world);
    const seen = new Set<string>();
    functions.processor.onChange.push(() => this.#confirmAtTheBank(seen));
  }

  /**
   * Plans what is done when. What people do at once is what races are made of, and what they do at the moment at which a
   * function works on the same account.
   */
  plan(): void {
    const { random, scenario, machine } = this.#world;
    const start = machine.now();
    this.#functions.queues.onReceive.push((queue) => queue === 'dunning' && this.#payAtTheLastMoment());
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

  /** Whoever is about to lose the services pays just then, now and then. */
  #payAtTheLastMoment(): void {
    const { random, machine, scenario } = this.#world;
    for (const { account } of scenario.accounts) {
      const threatened = this.#files
        .receivables(account.accountId)
        .some(({ dunning: { step, nextAt } }) => step === BEFORE_SUSPENSION && nextAt && nextAt <= machine.instant());
      if (!threatened || !random.chance(0.4)) continue;
      const { accountId } = account;
      machine.in(random.between(1, 30), () => {
        const { balance } = this.#files.account(accountId);
        if (balance > 0) this.#insist(this.#wire(accountId, balance));
      });
    }
  }

  #planOne(time: number): void {
    const { random, machine, scenario } = this.#world;
    const deed = random.weighted(DEEDS);
    const { accountId } = random.pick(scenario.accounts).account;
    machine.at(time, () => {
      const call = this.#callFor(deed, accountId);
      if (call === undefined) return;
      this.#world.journal.saw(`somebody does: ${deed}`);
      this.#insist(call);
      // A double click.
      if (call.key !== undefined && random.chance(0.25)) machine.in(random.between(0, 400), () => this.#insist(call));
    });
  }

  /** The customer pays all that is due by wire; what a machine could not collect is paid in the end. */
  payEverything(accountId: string): void {
    const { balance } = this.#files.account(accountId);
    if (balance <= 0) return;
    this.#world.machine.in(1, () => this.#insist(this.#wire(accountId, balance)));
  }

  /** Operations send every dead letter again. */
  redriveEverything(): void {
    const { machine } = this.#world;
    const queues = new Set(this.#files.openDeadLetters().map(({ queue }) => queue));
    for (const queue of queues) machine.in(1, () => this.#insist(redrive(queue)));
  }

  #callFor(deed: keyof typeof DEEDS, accountId: string): Call | undefined {
    switch (deed) {
      case 'pay':
        return this.#pay(accountId);
      case 'wire':
        return this.#someWire(accountId);
      case 'creditNote':
        return this.#creditNote(accountId);
      case 'dispute':
        return this.#dispute(accountId);
      case 'decide':
        return this.#decide(accountId);
      case 'buy':
        return this.#buy(accountId);
      case 'otherMethod':
        return this.#otherMethod(accountId);
      case 'reverse':
        return this.#reverse(accountId);
      case 'writeOff':
        return this.#writeOff(accountId);
      case 'redrive': {
        const [letter] = this.#files.openDeadLetters();
        return letter && redrive(letter.queue);
      }
    }
  }

  /** Sends a request until there is an answer to it. Not everybody has the patience: some never learn what became of it. */
  #insist(call: Call, tries = 1): void {
    const { machine, random, scenario } = this.#world;
    this.#functions.api.request(call, (reply) => {
      this.#check(call, reply);
      const again = reply.status === undefined || reply.status >= 500 || TRY_AGAIN.includes(reply.body?.code);
      if (!again || tries === TRIES) return;
      if (scenario.faults.impatience > random.fraction()) return this.#giveUp(call);
      machine.in(random.between(1_000, 2 * MINUTE * tries), () => this.#insist(call, tries + 1));
    });
  }

  #giveUp({ key }: Call): void {
    this.#world.journal.saw('somebody gave up waiting for an answer');
    this.wires = this.wires.filter(({ paymentId }) => paymentId !== `payment-${key}`);
  }

  /** What a request was accepted for is what it may cost. */
  #check({ key, path }: Call, { status, body }: Reply): void {
    if (status === undefined) return;
    this.#world.journal.saw(`the API answers ${status}${status >= 400 ? ` ${body?.code}` : ''}`);
    if (!path.endsWith('/payments') || status !== 202 || key === undefined) return;
    const invoices = body.invoices as readonly { invoiceId: string; amount?: number }[];
    this.asked.set(key, new Map(invoices.map(({ invoiceId, amount = 0 }) => [invoiceId, amount])));
  }

  #pay(accountId: string): Call | undefined {
    const { random } = this.#world;
    const methods = this.#files.methods(accountId);
    const { balance } = this.#files.account(accountId);
    if (methods.length === 0 || balance <= 0) return undefined;
    const amount = random.chance(0.4) ? random.between(1, balance) : undefined;
    const open = this.#files.receivables(accountId).filter(({ due }) => due > 0);
    const only = random.chance(0.2) && open.length > 0 ? [urlId(random.pick(open))] : undefined;
    return {
      as: adminOf(accountId),
      method: 'POST',
      path: `/accounts/${accountId}/payments`,
      ...(random.chance(0.85) && { key: this.#key('pay') }),
      body: {
        ...(random.chance(0.7) && { methodId: random.pick(methods).methodId }),
        ...(amount !== undefined && { amount }),
        ...(only && { invoiceIds: only }),
      },
    };
  }

  #someWire(accountId: string): Call | undefined {
    const { random } = this.#world;
    const { balance } = this.#files.account(accountId);
    if (balance <= 0) return undefined;
    return this.#wire(accountId, random.pick([balance, balance, random.between(1, balance), balance + 17_00]));
  }

  #wire(accountId: string, amount: number): Call {
    const key = this.#key('wire');
    this.wires = [...this.wires, { accountId, paymentId: `payment-${key}`, amount }];
    const { now } = this.#world.machine;
    const valueDate = dateIn(new Date(now()).toISOString(), this.#world.scenario.seller.timeZone);
    return {
      as: PEOPLE.finance,
      method: 'POST',
      path: `/accounts/${accountId}/manual-payments`,
      key,
      body: { kind: 'wire', reference: key, valueDate, amount, currency: 'GBP' },
    };
  }

  #reverse(accountId: string): Call | undefined {
    const booked = this.#files
      .under<Credit>(accountId, 'CREDIT#')
      .filter(({ source, reversed }) => source.kind === 'wire' && !reversed);
    if (booked.length === 0) return undefined;
    const { creditId } = this.#world.random.pick(booked);
    const path = `/accounts/${accountId}/manual-payments/${creditId}/reversal`;
    return { as: PEOPLE.finance, method: 'POST', path, body: { reason: 'booked by mistake' } };
  }

  #creditNote(accountId: string): Call | undefined {
    const { random } = this.#world;
    const [receivable] = this.#some(this.#files.receivables(accountId));
    if (!receivable) return undefined;
    const amount = random.chance(0.7) ? random.between(1, receivable.total) : undefined;
    return {
      as: PEOPLE.finance,
      method: 'POST',
      path: `/accounts/${accountId}/invoices/${urlId(receivable)}/credit-notes`,
      key: this.#key('note'),
      body: { reason: 'error-correction', explanation: 'charged by mistake', ...(amount !== undefined && { amount }) },
    };
  }

  #dispute(accountId: string): Call | undefined {
    const { random } = this.#world;
    const [receivable] = this.#some(this.#files.receivables(accountId));
    if (!receivable) return undefined;
    const amount = random.chance(0.5) ? random.between(1, receivable.total) : undefined;
    return {
      as: adminOf(accountId),
      method: 'POST',
      path: `/accounts/${accountId}/invoices/${urlId(receivable)}/disputes`,
      key: this.#key('dispute'),
      body: { reason: 'this is not ours', ...(amount !== undefined && { amount }) },
    };
  }

  #decide(accountId: string): Call | undefined {
    const { random } = this.#world;
    const open = this.#files.under<Dispute>(accountId, 'DISPUTE#').filter(({ status }) => status === 'open');
    const [dispute] = this.#some(open);
    if (!dispute) return undefined;
    const path = `/accounts/${accountId}/invoices/${dispute.invoiceId.replace('#', '-')}/disputes/${dispute.disputeId}`;
    const reason = 'looked into';
    if (random.chance(0.2))
      return { as: adminOf(accountId), method: 'POST', path: `${path}/withdrawal`, body: { reason } };
    const body = random.chance(0.5)
      ? { decision: 'rejected', reason }
      : { decision: 'upheld', reason, ...(random.chance(0.5) && { amount: random.between(1, dispute.amount) }) };
    return { as: PEOPLE.finance, method: 'POST', path: `${path}/decision`, body };
  }

  #buy(accountId: string): Call {
    const orderId = this.#key('order');
    const quantity = this.#world.random.between(1, 4);
    const body = { orderId, items: [{ productId: ITEM.productId, quantity }] };
    return { as: PEOPLE.staff, method: 'POST', path: `/accounts/${accountId}/purchases`, body };
  }

  /** Another default among the methods there are, or a new one. */
  #otherMethod(accountId: string): Call | undefined {
    const { random } = this.#world;
    const { version } = this.#files.account(accountId);
    const methods = this.#files.methods(accountId);
    if (methods.length > 1 && random.chance(0.5)) {
      const { methodId } = random.pick(methods);
      const path = `/accounts/${accountId}/default-payment-method`;
      return { as: adminOf(accountId), method: 'PUT', path, version, body: { methodId } };
    }
    const { billingAddress: _, ...method } = anyMethod(random, accountId, `n${methods.length + 1}`) as PaymentMethod;
    const path = `/accounts/${accountId}/payment-methods`;
    return { as: PEOPLE.staff, method: 'POST', path, version, body: method };
  }

  #writeOff(accountId: string): Call | undefined {
    const { random } = this.#world;
    const [receivable] = this.#some(this.#files.receivables(accountId));
    if (!receivable) return undefined;
    const path = `/accounts/${accountId}/invoices/${urlId(receivable)}/write-off`;
    const reversal = receivable.writtenOff !== undefined && random.chance(0.5);
    const body = { reason: 'lost', ...(!reversal && { restoreServices: random.chance(0.5) }) };
    return { as: PEOPLE.finance, method: 'POST', path: reversal ? `${path}/reversal` : path, body };
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

  #some<T>(of: readonly T[]): readonly T[] {
    return of.length === 0 ? [] : [this.#world.random.pick(of)];
  }

  #key(of: string): string {
    return `${of}-${++this.#keys}`;
  }
}

const redrive = (queue: string): Call => ({
  as: PEOPLE.ops,
  method: 'POST',
  path: '/dead-letters/redrive',
  body: { queue, all: true, dryRun: false },
});

const urlId = ({ invoiceId }: Pick<Receivable, 'invoiceId'>): string => invoiceId.replace('#', '-');
