import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { advanceDunning } from '../../functions/advance-dunning.ts';
import { changeServices } from '../../functions/change-services.ts';
import { followMail } from '../../functions/follow-mail.ts';
import { issueInvoice } from '../../functions/issue-invoice.ts';
import { sweepOverdue } from '../../functions/sweep-overdue.ts';
import { createAccountStore } from '../../shared/aws/account-store.ts';
import { createBooksStore } from '../../shared/aws/books-store.ts';
import { createCollectionStore } from '../../shared/aws/collection-store.ts';
import { createDeliveryStore } from '../../shared/aws/delivery-store.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { createMailFeedbackStore } from '../../shared/aws/mail-feedback-store.ts';
import { createOrderStore } from '../../shared/aws/order-store.ts';
import { createRunStore } from '../../shared/aws/run-store.ts';
import { createServiceStore } from '../../shared/aws/service-store.ts';
import { createWorkStore } from '../../shared/aws/work-store.ts';
import { feedbackJobs } from '../../shared/delivery/feedback-jobs.ts';
import type { Account } from '../../shared/domain/account.ts';
import { writeOff } from '../../shared/domain/books/write-off.ts';
import type { DocumentKind } from '../../shared/domain/delivery.ts';
import type { DunningPolicy } from '../../shared/domain/seller.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import type { Provisioning } from '../../shared/ports.ts';
import { account, input, product, seller, subscription } from '../support/accounts.ts';
import { localTable } from '../support/emulators.ts';
import { sesEvents } from '../support/mail-events.ts';
import { RecordingQueues } from '../support/recording-queues.ts';

const table = localTable();
const plenty = { getRemainingTimeInMillis: () => 60_000 };
const INVOICE = '2026-12#cycle';
/** Invoiced on 1 December, due on the 16th; Dublin keeps UTC in winter. */
const ISSUED = '2026-12-01T00:15:00.000Z';
const DAYS = {
  'reminder-1': '2026-12-17T00:05:00.000Z',
  'reminder-2': '2026-12-23T00:05:00.000Z',
  'final-notice': '2026-12-26T00:05:00.000Z',
  suspension: '2026-12-31T00:05:00.000Z',
} as const;
let worlds = 0;

/** One seller, and the functions between an unpaid invoice and the loss of services, on the real table. */
function world(dunning: Partial<DunningPolicy> = {}) {
  const base = seller('IE', 'EUR', { sellerId: `northwind-${++worlds}`, timeZone: 'Europe/Dublin' });
  const of = { ...base, dunning: { ...base.dunning, ...dunning } };
  const stage = { sellers: [of], products: [product('line', 2500, 'EUR')] };
  const options = { table: table(), shardsOf: () => of.shards, numberingOf: () => of };
  const store = {
    ...createAccountStore(options),
    ...createBooksStore(options),
    ...createInvoiceStore(options),
    ...createRunStore(options),
    ...createServiceStore(options),
    ...createCollectionStore(options),
    ...createDeliveryStore(options),
    ...createMailFeedbackStore(options),
    ...createOrderStore(options),
    ...createWorkStore(options),
  };
  const queues = new RecordingQueues();
  const events: Parameters<Provisioning['announce']>[0][] = [];
  const provisioning = { announce: async (event: (typeof events)[number]) => void events.push(event) };
  const issue = issueInvoice({ store, queues, stage });
  const change = changeServices({ store, provisioning, queues, stage });
  const advance = advanceDunning({ store, queues, stage });
  const sweep = sweepOverdue({ store, queues, stage });
  const follow = followMail({ store, queues });
  const deliver = async (
    accountId: string,
    document: DocumentKind,
    at: string,
    status: 'sent' | 'rejected',
    { occurrence = 1, about = INVOICE } = {},
  ) => {
    const recipients = { 'a@acme.example': { status, at } };
    const of = {
      sellerId: stage.sellers[0]!.sellerId,
      accountId,
      about,
      document,
      occurrence,
      createdAt: at,
    };
    await store.beginDelivery({ ...of, recipients });
    await store.concludeRecipients({ ...of, recipients }, {}, at);
  };
  return {
    ...{ store, queues, events, issue, advance, change, sweep, deliver },
    handedOver: async () => (await store.handedOver(of.sellerId, 10)).items.map(({ accountId }) => accountId),
    /** SES gives the final notice back that it had taken. */
    async comesBack(accountId: string, at: string, about = INVOICE) {
      const of = { sellerId: base.sellerId, accountId, about, document: 'final-notice', occurrence: 1 } as const;
      const events = sesEvents('bounces', { delivery: { ...of, recipients: {} }, to: 'a@acme.example', at });
      for (const job of events.flatMap(feedbackJobs)) await follow(job, at);
      return queues.take('dunning');
    },
    job: (accountId: string) => ({ sellerId: of.sellerId, accountId, invoiceId: INVOICE }),
    /** An account that owes 30.75 EUR since 1 December. */
    async debtor(overrides: Partial<Account> = {}, agreed: Partial<Subscription> = {}) {
      const accountId = `${of.sellerId}.debtor`;
      const billed = { date: '2026-11-01', month: '2026-11', change: 1 };
      const debtor = account('IE', 'EUR', {
        ...{ accountId, sellerId: of.sellerId, nextBillingDate: '2026-12-01', billedThrough: billed },
        ...overrides,
      });
      const line = { ...subscription('line', [1, '2026-01-01', 1]), ...agreed };
      await store.createAccount(input(debtor, [line]));
      await issue({ sellerId: of.sellerId, accountId, billingDate: '2026-12-01', businessDate: '2026-12-01' }, ISSUED);
      queues.jobs.length = 0;
      return accountId;
    },
    /** Walks the notices on their days; the final one reaches the customer, or does not. */
    async warn(accountId: string, status: 'sent' | 'rejected' = 'sent') {
      for (const document of ['reminder-1', 'reminder-2', 'final-notice'] as const) {
        await advance({ sellerId: of.sellerId, accountId, invoiceId: INVOICE }, DAYS[document]);
      }
      await deliver(accountId, 'final-notice', DAYS['final-notice'], status);
      return queues.take('notices').map(({ document }) => document);
    },
  };
}

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('advancing dunning', () => {
  it('mails two reminders and the final notice, then has the services suspended', async () => {
    const { debtor, warn, advance, job, queues, store } = world();
    const id = await debtor();
    expect(await warn(id)).toEqual(['reminder-1', 'reminder-2', 'final-notice']);
    await advance(job(id), DAYS.suspension);
    expect(queues.take('services')).toEqual([{ ...job(id), invoiceId: undefined, number: 1, action: 'suspend' }]);
    expect((await store.account(id))?.services).toEqual({ status: 'suspending', number: 1 });
    expect((await store.receivable(id, INVOICE))?.dunning).toEqual({ step: 4 });
  });

  it('sends the notice again when it died right after the step was written', async () => {
    const { debtor, advance, job, queues } = world();
    const id = await debtor();
    queues.failNextSend();
    await expect(advance(job(id), DAYS['reminder-1'])).rejects.toThrow('died');
    await advance(job(id), DAYS['reminder-1']);
    expect(queues.take('notices')).toMatchObject([{ document: 'reminder-1', occurrence: 1 }]);
  });

  it.each(['requestSuspension', 'send', 'updateReceivable'] as const)(
    'suspends once although it died at %s',
    async (where) => {
      const { debtor, warn, advance, job, queues, store } = world();
      const id = await debtor();
      await warn(id);
      if (where === 'send') queues.failNextSend();
      else if (where === 'requestSuspension') vi.spyOn(store, where).mockRejectedValueOnce(new Error('died'));
      else {
        const real = store.updateReceivable;
        vi.spyOn(store, where).mockImplementationOnce(real).mockRejectedValueOnce(new Error('died'));
      }
      await expect(advance(job(id), DAYS.suspension)).rejects.toThrow('died');
      await advance(job(id), DAYS.suspension);
      await advance(job(id), DAYS.suspension);
      expect(new Set(queues.take('services').map(({ number }) => number))).toEqual(new Set([1]));
      expect((await store.receivable(id, INVOICE))?.dunning).toEqual({ step: 4 });
    },
  );

  it('suspends once when the same message is worked on twice at a time', async () => {
    const { debtor, warn, advance, job, queues, store } = world();
    const id = await debtor();
    await warn(id);
    await Promise.allSettled([advance(job(id), DAYS.suspension), advance(job(id), DAYS.suspension)]);
    await advance(job(id), DAYS.suspension);
    expect(new Set(queues.take('services').map(({ number }) => number))).toEqual(new Set([1]));
    expect((await store.account(id))?.services).toEqual({ status: 'suspending', number: 1 });
  });

  it('does not suspend while the final notice was not mailed, but asks for it again', async () => {
    const { debtor, advance, job, queues, store } = world();
    const id = await debtor();
    for (const day of Object.values(DAYS)) await advance(job(id), day);
    expect(
      queues
        .take('notices')
        .map(({ document }) => document)
        .slice(-2),
    ).toEqual(['final-notice', 'final-notice']);
    expect((await store.account(id))?.services.status).toBe('active');
  });

  it.each([
    ['pays by wire', { terms: 'wire' }, {}, 'sent', 'wire', ['handed-over']],
    [
      'has a contract',
      {},
      { contract: { endsOn: '2027-06-30', renewalMonths: 12 } },
      'sent',
      'contract',
      ['handed-over'],
    ],
    ['got none of the final notices', {}, {}, 'rejected', 'undeliverable', []],
  ] as const)('leaves an account that %s to Accounts Receivable, and tells it', async (...of) => {
    const [, overrides, agreed, status, because, told] = of;
    const { debtor, warn, advance, job, queues, store, handedOver } = world();
    const id = await debtor(overrides, agreed);
    await warn(id, status);
    await advance(job(id), DAYS.suspension);
    await advance(job(id), DAYS.suspension);
    expect(queues.take('notices').map(({ document }) => document)).toEqual(told);
    expect(queues.jobs).toEqual([]);
    const contact = { email: 'ar@northwind.example', phone: '+1 555 0101' };
    expect(await store.account(id)).toMatchObject({
      services: { status: 'active' },
      handedOver: { since: DAYS.suspension, because, invoiceId: INVOICE, contact },
    });
    expect(await handedOver()).toEqual([id]);
    expect((await store.receivable(id, INVOICE))?.dunning).toEqual({ step: 4, handedOver: true });
  });

  it.each(['handOver', 'send', 'updateReceivable'] as const)(
    'hands over once although it died at %s',
    async (where) => {
      const { debtor, warn, advance, job, queues, store, handedOver } = world();
      const id = await debtor({ terms: 'wire' });
      await warn(id);
      if (where === 'send') queues.failNextSend();
      else if (where === 'handOver') vi.spyOn(store, where).mockRejectedValueOnce(new Error('died'));
      else {
        const real = store.updateReceivable;
        vi.spyOn(store, where).mockImplementationOnce(real).mockRejectedValueOnce(new Error('died'));
      }
      await expect(advance(job(id), DAYS.suspension)).rejects.toThrow('died');
      await advance(job(id), '2026-12-31T01:10:00.000Z');
      await advance(job(id), '2026-12-31T01:20:00.000Z');
      expect(new Set(queues.take('notices').map(({ occurrence }) => occurrence))).toEqual(new Set([1]));
      expect(await handedOver()).toEqual([id]);
      expect((await store.receivable(id, INVOICE))?.dunning).toEqual({ step: 4, handedOver: true });
    },
  );

  it('takes an account back from Accounts Receivable when it owes nothing, and leaves it there when it is changed', async () => {
    const { debtor, warn, advance, job, store, handedOver } = world();
    const id = await debtor({ terms: 'wire' });
    await warn(id);
    await advance(job(id), DAYS.suspension);
    const account = (await store.account(id))!;
    await store.updateAccount({ ...account, name: 'New Name Ltd', version: account.version + 1 });
    expect(await handedOver()).toEqual([id]);
    expect(await store.updateAccount({ ...account, version: account.version + 1 })).toBe('stale');
    const receivable = (await store.receivable(id, INVOICE))!;
    const decided = { by: 'finn', now: '2027-01-04T09:00:00.000Z', today: '2027-01-04' };
    await store.book(writeOff(receivable, { reason: 'a part', amount: 1 }, decided), decided.now);
    expect(await handedOver()).toEqual([id]);
    const rest = (await store.receivable(id, INVOICE))!;
    await store.book(writeOff(rest, { reason: 'the rest' }, decided), decided.now);
    expect(await handedOver()).toEqual([]);
    expect(await store.account(id)).not.toHaveProperty('handedOver');
  });

  it('has nothing more to do for services that are suspended already', async () => {
    const { debtor, warn, advance, change, job, queues, store } = world();
    const id = await debtor();
    await warn(id);
    await advance(job(id), DAYS.suspension);
    for (const message of queues.take('services')) await change(message, DAYS.suspension);
    const receivable = (await store.receivable(id, INVOICE))!;
    const begun = { step: 4, nextAt: '2026-12-31T01:05:00.000Z' };
    await store.updateReceivable({ ...receivable, dunning: begun, version: receivable.version + 1 });
    await advance(job(id), '2026-12-31T01:10:00.000Z');
    expect(queues.take('services')).toEqual([]);
    expect((await store.account(id))?.services).toEqual({ status: 'suspended', number: 1, alsoFor: INVOICE });
    expect((await store.receivable(id, INVOICE))?.dunning).toEqual({ step: 4 });
  });

  it('refuses accounts and invoices that do not exist', async () => {
    const { advance, debtor, job } = world();
    await expect(advance(job('nobody'), ISSUED)).rejects.toMatchObject({ code: 'account_not_found' });
    const id = await debtor();
    const of = { ...job(id), invoiceId: '2026-11#cycle' };
    await expect(advance(of, ISSUED)).rejects.toMatchObject({ code: 'invoice_not_found' });
  });
});

describe('a final notice that comes back when the services are off for it', () => {
  const BACK = '2027-01-02T10:00:00.000Z';

  async function suspended(overrides: Partial<Account> = {}) {
    const of = world();
    const id = await of.debtor({
      recipients: [{ email: 'a@acme.example', main: true }],
      ...overrides,
    });
    await of.warn(id);
    await of.advance(of.job(id), DAYS.suspension);
    for (const message of of.queues.take('services')) await of.change(message, DAYS.suspension);
    of.queues.jobs.length = 0;
    of.events.length = 0;
    const dunned = () => of.comesBack(id, BACK);
    const work = async (now = BACK) => {
      for (const message of of.queues.take('services')) await of.change(message, now);
    };
    return { ...of, id, dunned, work };
  }

  it('has them switched on again, although nothing was paid, and gives the notice anew with its full time', async () => {
    const { id, dunned, advance, work, deliver, store, queues, events, job } = await suspended();
    for (const message of await dunned()) await advance(message, BACK);
    const notices = queues.take('notices');
    expect(notices).toEqual([{ ...notices[0], document: 'final-notice', about: INVOICE, occurrence: 2 }]);
    await work();
    expect(events).toMatchObject([{ action: 'reactivate', number: 1 }]);
    expect(queues.take('notices')).toMatchObject([{ document: 'reactivated', occurrence: 1 }]);
    expect((await store.account(id))?.services).toEqual({ status: 'active', number: 1, withoutNotice: true });
    const given = '2027-01-02T10:05:00.000Z';
    await deliver(id, 'final-notice', given, 'sent', { occurrence: 2 });
    await advance(job(id), '2027-01-03T00:05:00.000Z');
    await advance(job(id), '2027-01-06T12:00:00.000Z');
    expect((await store.account(id))?.services.status).toBe('active');
    await advance(job(id), '2027-01-07T00:05:00.000Z');
    expect((await store.account(id))?.services).toEqual({ status: 'suspending', number: 2 });
  });

  it('does so once, however often it is told, and at the same time', async () => {
    const { id, dunned, advance, work, store, queues, events } = await suspended();
    const messages = [...(await dunned()), ...(await dunned())];
    await Promise.allSettled(messages.map((message) => advance(message, BACK)));
    for (const message of messages) await advance(message, BACK);
    await work();
    expect(new Set(events.map(({ eventId }) => eventId))).toEqual(new Set([`${id}#1#reactivate`]));
    expect((await store.receivable(id, INVOICE))?.dunning).toMatchObject({ step: 3, turn: 2 });
    expect(new Set(queues.take('notices').map(({ document, occurrence }) => `${document} ${occurrence}`))).toEqual(
      new Set(['final-notice 2', 'reactivated 1']),
    );
  });

  it.each(['restoreServices', 'send'] as const)('does so although it died at %s', async (where) => {
    const { dunned, advance, work, queues, store, events } = await suspended();
    const [message] = await dunned();
    if (where === 'send') queues.failNextSend();
    else vi.spyOn(store, where).mockRejectedValueOnce(new Error('died'));
    await expect(advance(message!, BACK)).rejects.toThrow('died');
    await advance(message!, BACK);
    await work();
    expect(events.map(({ action, number }) => [action, number])).toContainEqual(['reactivate', 1]);
    expect(queues.take('notices')).toMatchObject([
      { document: 'final-notice', occurrence: 2 },
      { document: 'reactivated' },
    ]);
  });

  it('and what is owed is settled at the same moment: they come back once, by one of both', async () => {
    const { id, dunned, advance, store } = await suspended();
    const [message] = await dunned();
    const receivable = (await store.receivable(id, INVOICE))!;
    const decided = { by: 'finn', now: BACK, today: '2027-01-02' };
    const settle = () => store.book(writeOff(receivable, { reason: 'x', restoreServices: true }, decided), BACK);
    const [, settled] = await Promise.all([advance(message!, BACK), settle()]);
    const services = (await store.account(id))!.services;
    expect(services).toMatchObject({ status: 'reactivating', number: 1 });
    expect(settled.reactivation === undefined).toBe(services.withoutNotice === true || settled.result === 'stale');
  });

  it('and the new one reaches nobody either: Accounts Receivable takes over, and nobody is cut again', async () => {
    const { id, dunned, advance, work, deliver, store, handedOver, job } = await suspended();
    for (const message of await dunned()) await advance(message, BACK);
    await work();
    await deliver(id, 'final-notice', BACK, 'rejected', { occurrence: 2 });
    await advance(job(id), '2027-01-07T00:05:00.000Z');
    expect(await handedOver()).toEqual([id]);
    expect((await store.account(id))?.services.status).toBe('active');
  });
});

describe('the final notices of two debts that come back when the services are off for both', () => {
  const SECOND = '2027-01#cycle';
  const BACK = '2027-02-02T10:00:00.000Z';
  const orders = [
    ['the older first', [INVOICE, SECOND]],
    ['the newer first', [SECOND, INVOICE]],
    ['each twice', [SECOND, INVOICE, INVOICE, SECOND]],
  ] as const;

  /** The services are off for the first one, and the final notice of the second was given. */
  async function secondIsWarned() {
    const of = world();
    const { queues, advance, change, deliver, issue, job } = of;
    const id = await of.debtor({ recipients: [{ email: 'a@acme.example', main: true }] });
    await of.warn(id);
    await advance(job(id), DAYS.suspension);
    for (const message of queues.take('services')) await change(message, DAYS.suspension);
    const billingDate = '2027-01-01';
    await issue({ ...job(id), billingDate, businessDate: billingDate }, '2027-01-01T00:15:00.000Z');
    const second = { ...job(id), invoiceId: SECOND };
    for (const day of ['2027-01-17', '2027-01-23', '2027-01-26']) await advance(second, `${day}T00:05:00.000Z`);
    await deliver(id, 'final-notice', '2027-01-26T00:05:00.000Z', 'sent', { about: SECOND });
    return { ...of, id, second };
  }

  async function suspendedForTwo() {
    const of = await secondIsWarned();
    const { store, queues, advance, id, second } = of;
    await advance(second, '2027-01-31T00:05:00.000Z');
    for (const invoiceId of [INVOICE, SECOND])
      expect((await store.receivable(id, invoiceId))?.dunning).toEqual({ step: 4 });
    queues.jobs.length = 0;
    of.events.length = 0;
    return of;
  }
  type Suspended = Awaited<ReturnType<typeof suspendedForTwo>>;

  async function expectBothAnew({ id, store, queues, events, change }: Suspended) {
    for (const message of queues.take('services')) await change(message, BACK);
    expect(new Set(events.map(({ eventId }) => eventId))).toEqual(new Set([`${id}#1#reactivate`]));
    expect((await store.account(id))?.services).toEqual({ status: 'active', number: 1, withoutNotice: true });
    for (const invoiceId of [INVOICE, SECOND])
      expect((await store.receivable(id, invoiceId))?.dunning).toMatchObject({ step: 3, turn: 2 });
    const finals = queues.take('notices').filter(({ document }) => document === 'final-notice');
    expect(new Set(finals.map(({ about, occurrence }) => `${about} ${occurrence}`))).toEqual(
      new Set([`${INVOICE} 2`, `${SECOND} 2`]),
    );
  }

  it.each(orders)('are both given anew, and the services come back once: %s', async (_name, order) => {
    const of = await suspendedForTwo();
    for (const about of order)
      for (const message of await of.comesBack(of.id, BACK, about)) await of.advance(message, BACK);
    await expectBothAnew(of);
  });

  it.each(orders)('so they are when all of it happens at the same time: %s', async (_name, order) => {
    const of = await suspendedForTwo();
    const messages = [];
    for (const about of order) messages.push(...(await of.comesBack(of.id, BACK, about)));
    await Promise.allSettled(messages.map((message) => of.advance(message, BACK)));
    // What lost against another comes again, as from the queue.
    for (const message of messages) await of.advance(message, BACK);
    await expectBothAnew(of);
  });

  it('and only one comes back: it is given anew, and the services stay off for the other', async () => {
    const of = await suspendedForTwo();
    const { id, store, queues } = of;
    for (const message of await of.comesBack(id, BACK)) await of.advance(message, BACK);
    expect((await store.account(id))?.services).toEqual({ status: 'suspended', number: 1, alsoFor: SECOND });
    expect(queues.take('notices')).toMatchObject([{ document: 'final-notice', about: INVOICE, occurrence: 2 }]);
    expect((await store.receivable(id, SECOND))?.dunning).toEqual({ step: 4 });
    expect(queues.jobs).toEqual([]);
  });

  describe('of which one comes back in the moment in which the suspension for the other is due', () => {
    const DUE = '2027-01-31T00:05:00.000Z';

    it('whoever decided before that they come back decides again: they stay off', async () => {
      const { id, store, advance, second, comesBack } = await secondIsWarned();
      const [back] = await comesBack(id, DUE);
      const restore = store.restoreServices;
      vi.spyOn(store, 'restoreServices').mockImplementationOnce(async (...args) => {
        await advance(second, DUE);
        return await restore(...args);
      });
      await advance(back!, DUE);
      expect((await store.account(id))?.services).toEqual({ status: 'suspended', number: 1, alsoFor: SECOND });
    });

    it('and the other finds them coming back: they are cut for it once they are back', async () => {
      const { id, store, queues, advance, change, second, comesBack } = await secondIsWarned();
      const [back] = await comesBack(id, DUE);
      const { restoreServices, stayOff } = store;
      let cut: Promise<void> | undefined;
      vi.spyOn(store, 'restoreServices').mockImplementationOnce((...restored) => {
        const { promise, resolve } = Promise.withResolvers<'written' | 'stale'>();
        vi.spyOn(store, 'stayOff').mockImplementationOnce(async (...off) => {
          resolve(await restoreServices(...restored));
          return await stayOff(...off);
        });
        cut = advance(second, DUE);
        cut.catch(() => {});
        return promise;
      });
      await advance(back!, DUE);
      await expect(cut).rejects.toThrow('kept changing');
      for (const message of queues.take('services')) await change(message, DUE);
      await advance(second, DUE);
      expect((await store.account(id))?.services).toMatchObject({ status: 'suspending', number: 2 });
    });
  });
});

describe('changing services', () => {
  const suspend = { number: 1, action: 'suspend' } as const;

  async function suspending(dunning: Partial<DunningPolicy> = {}) {
    const of = world(dunning);
    const id = await of.debtor();
    await of.warn(id);
    await of.advance(of.job(id), DAYS.suspension);
    of.queues.jobs.length = 0;
    const { sellerId, accountId } = of.job(id);
    return { ...of, id, message: { sellerId, accountId, ...suspend } };
  }

  it('announces the suspension, tells the customer and confirms, and does none of it again', async () => {
    const { change, message, events, queues, store, id } = await suspending();
    await change(message, DAYS.suspension);
    await change(message, DAYS.suspension);
    expect(events).toEqual([{ ...message, eventId: `${id}#1#suspend`, emergencyCalls: 'allowed' }]);
    expect(queues.take('notices')).toMatchObject([{ document: 'suspended', about: INVOICE, occurrence: 1 }]);
    expect((await store.account(id))?.services).toEqual({ status: 'suspended', number: 1 });
  });

  it('bars emergency calls only where the seller’s policy says so', async () => {
    const { change, message, events } = await suspending({ emergencyCalls: 'barred' });
    await change(message, DAYS.suspension);
    expect(events).toMatchObject([{ action: 'suspend', emergencyCalls: 'barred' }]);
  });

  it('repeats the same event when it died before it confirmed', async () => {
    const { change, message, events, queues } = await suspending();
    queues.failNextSend();
    await expect(change(message, DAYS.suspension)).rejects.toThrow('died');
    await change(message, DAYS.suspension);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(1);
    expect(queues.take('notices')).toHaveLength(1);
  });

  it('announces nothing that is no longer asked for, and takes it off what is pending', async () => {
    const { change, message, events, store, sweep, queues } = await suspending();
    await store.confirmServices(message.accountId, 1, 'suspend', DAYS.suspension);
    await change({ ...message, number: 7 }, DAYS.suspension);
    await change({ ...message, action: 'reactivate' }, DAYS.suspension);
    await change(message, DAYS.suspension);
    expect(events).toEqual([]);
    await sweep('2026-12-31T12:00:00.000Z', plenty);
    expect(queues.take('services')).toEqual([]);
  });
});

describe('the sweep', () => {
  it('hands what is due back to its queues, and not again at once', async () => {
    const { debtor, sweep, queues, job } = world();
    const id = await debtor();
    await sweep('2026-12-01T00:20:00.000Z', plenty);
    expect(queues.jobs).toEqual([]);
    await sweep(DAYS['reminder-1'], plenty);
    expect(queues.take('dunning')).toEqual([job(id)]);
    expect(queues.take('deliveries')).toEqual([job(id)]);
    await sweep('2026-12-17T00:10:00.000Z', plenty);
    expect(queues.jobs).toEqual([]);
    await sweep('2026-12-17T00:30:00.000Z', plenty);
    expect(queues.take('dunning')).toEqual([job(id)]);
  });

  it('sends a suspension whose message was lost', async () => {
    const { debtor, warn, advance, sweep, queues, job } = world();
    const id = await debtor();
    await warn(id);
    await advance(job(id), DAYS.suspension);
    queues.jobs.length = 0;
    await sweep('2026-12-31T01:00:00.000Z', plenty);
    expect(queues.take('services')).toMatchObject([{ accountId: id, number: 1, action: 'suspend' }]);
  });

  it('stops in time and leaves the rest to the next one', async () => {
    const { debtor, sweep, queues } = world();
    await debtor();
    await sweep(DAYS['reminder-1'], { getRemainingTimeInMillis: () => 19_000 });
    expect(queues.jobs).toEqual([]);
  });
});
