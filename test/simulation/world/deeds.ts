import type { Credit } from '../../../shared/domain/books/credit.ts';
import type { Dispute } from '../../../shared/domain/books/dispute.ts';
import { dateIn } from '../../../shared/domain/calendar.ts';
import type { Delivery } from '../../../shared/domain/delivery.ts';
import type { PaymentMethod } from '../../../shared/domain/payment-method.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { adminOf, type Call, PEOPLE } from './api.ts';
import { Files } from './files.ts';
import { anyMethod, ITEM } from './scenario.ts';
import type { Deed } from './swarm.ts';
import type { World } from './world.ts';

/** A payment that finance has seen at the bank: it is booked once, however often the request has to be sent. */
export interface Wire {
  readonly accountId: string;
  readonly paymentId: string;
  readonly amount: number;
}

/** What people ask of the API, made up from how things stand. */
export class Deeds {
  wires: readonly Wire[] = [];
  readonly #world: World;
  readonly #files: Files;
  #keys = 0;

  constructor(world: World) {
    this.#world = world;
    this.#files = new Files(world);
  }

  /** A request of that kind; undefined where there is nothing to ask for. */
  callFor(deed: Deed, accountId: string): Call | undefined {
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
      case 'sendAgain':
        return this.sendAgain(accountId);
      case 'redrive': {
        const [letter] = this.#files.openDeadLetters();
        return letter && redrive(letter.queue);
      }
    }
  }

  #pay(accountId: string): Call | undefined {
    const { random } = this.#world;
    const methods = this.#files.methods(accountId);
    const { balance } = this.#files.account(accountId);
    if (methods.length === 0 || balance <= 0) return undefined;
    const amount = random.chance(0.6) ? random.between(1, balance) : undefined;
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
    return this.wire(accountId, random.pick([balance, balance, random.between(1, balance), balance + 17_00]));
  }

  /** Money arrives at the bank, and finance books it. */
  wire(accountId: string, amount: number): Call {
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

  /** Whether a payment stands in the books, so that nobody need ask for it again. */
  isBooked({ key }: Call): boolean {
    const wire = this.wires.find(({ paymentId }) => paymentId === `payment-${key}`);
    const booked = wire && this.#files.under<Credit>(wire.accountId, 'CREDIT#');
    return booked?.some(({ creditId }) => creditId === wire?.paymentId) ?? false;
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

  /** Of all that was mailed, or of what reached nobody. */
  sendAgain(accountId: string, only: (delivery: Delivery) => boolean = () => true): Call | undefined {
    const { random } = this.#world;
    const [delivery] = this.#some(this.#files.under<Delivery>(accountId, 'DELIVERY#').filter(only));
    if (!delivery) return undefined;
    const { document, about, occurrence } = delivery;
    return {
      as: random.chance(0.5) ? adminOf(accountId) : PEOPLE.ops,
      method: 'POST',
      path: `/accounts/${accountId}/sendings`,
      key: this.#key('again'),
      body: { document, about, occurrence },
    };
  }

  /** Addresses that stopped are said to work, or replaced by others. */
  mendAddresses(accountId: string): Call | undefined {
    const { random } = this.#world;
    const { recipients, version } = this.#files.account(accountId);
    if (recipients.every(({ undeliverable }) => undeliverable === undefined)) return undefined;
    const body = recipients.map(({ email, main, undeliverable }) => {
      if (!undeliverable) return { email, main };
      if (random.chance(0.3)) return { email, main, confirm: true };
      return { email: `${this.#key('reader-new')}@${accountId}.example`, main };
    });
    return { as: PEOPLE.staff, method: 'PUT', path: `/accounts/${accountId}/recipients`, version, body };
  }

  /** What reached nobody by mail goes by post. */
  sendByPost(accountId: string): Call | undefined {
    const [delivery] = this.#some(this.#files.under<Delivery>(accountId, 'DELIVERY#').filter(isUnreached));
    if (!delivery) return undefined;
    const { document, about, occurrence } = delivery;
    const path = `/accounts/${accountId}/reached-otherwise`;
    return { as: PEOPLE.staff, method: 'POST', path, body: { document, about, occurrence, how: 'by post' } };
  }

  #some<T>(of: readonly T[]): readonly T[] {
    return of.length === 0 ? [] : [this.#world.random.pick(of)];
  }

  #key(of: string): string {
    return `${of}-${++this.#keys}`;
  }
}

export const isUnreached = ({ unreachedSince }: Delivery): boolean => unreachedSince !== undefined;

/** Operations send the dead letters of a queue again. */
export const redrive = (queue: string): Call => ({
  as: PEOPLE.ops,
  method: 'POST',
  path: '/dead-letters/redrive',
  body: { queue, all: true, dryRun: false },
});

const urlId = ({ invoiceId }: Pick<Receivable, 'invoiceId'>): string => invoiceId.replace('#', '-');
