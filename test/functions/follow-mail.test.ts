import { describe, expect, it } from 'vitest';
import { followMail } from '../../functions/follow-mail.ts';
import type { Fate } from '../../infra/local/gateway/mail-fate.ts';
import { createMailFeedbackStore } from '../../shared/aws/mail-feedback-store.ts';
import type { Table } from '../../shared/aws/table.ts';
import { deliverToRecipients } from '../../shared/delivery/deliver-to-recipients.ts';
import { feedbackJobs } from '../../shared/delivery/feedback-jobs.ts';
import type { Account, Recipient } from '../../shared/domain/account.ts';
import { type Delivery, invoiceDelivery } from '../../shared/domain/delivery.ts';
import { accountOf, issue, LATER, NOW, storesOver } from '../aws/fixtures.ts';
import { recipients, recordingMailer } from '../support/deliveries.ts';
import { localTable } from '../support/emulators.ts';
import { sesEvents } from '../support/mail-events.ts';
import { RecordingQueues } from '../support/recording-queues.ts';

const table = localTable();
const INVOICE = '2026-12#cycle';
const ANNA = 'anna@acme.example';
const BEN = 'ben@acme.example';
const MAIL = {
  ...{ subject: 'Your invoice', text: 'Hello', html: '<p>Hello</p>', attachments: [] },
  from: { name: 'Northwind', address: 'billing@northwind.example' },
};
let accounts = 0;

/** An issued invoice of an account with these recipients, and the function that hears of its mails, on the real table. */
async function world(...to: readonly Recipient[]) {
  const accountId = `followed.${++accounts}_x`;
  const { deliveries, feedback, accounts: accountStore, invoices, ...stores } = storesOver(table());
  const store = { ...deliveries, ...feedback, ...accountStore };
  await issue(
    { deliveries, feedback, accounts: accountStore, invoices, ...stores },
    accountOf(accountId, { recipients: to }),
  );
  const delivery = async () => (await deliveries.delivery(invoiceDelivery(accountId, INVOICE)))!;
  const account = async () => (await accountStore.accountsById([accountId])).get(accountId)!;
  const queues = new RecordingQueues();
  const follow = followMail({ store, queues });
  return {
    ...{ store, accountId, delivery, account, queues },
    recipient: async (email: string) => (await account()).recipients.find((each) => each.email === email)!,
    /** Mails the invoice to everybody; SES accepts all of it. */
    async mail() {
      const { mailer, addresses } = recordingMailer();
      const report = await deliverToRecipients(
        { store, mailer },
        await delivery(),
        (await account()).recipients,
        MAIL,
        NOW,
      );
      return { report, addresses: addresses() };
    },
    /** Has SES tell what became of the mail at an address. */
    async hear(fate: Fate, email: string, { of, at = NOW }: { of?: Delivery; at?: string } = {}) {
      for (const body of sesEvents(fate, { delivery: of ?? (await delivery()), to: email, at })) {
        for (const job of feedbackJobs(body)) await follow(job, LATER);
      }
    },
    unreached: async () => {
      const { items } = await feedback.unreached((await delivery()).sellerId, 100);
      return items.filter((item) => item.accountId === accountId).map(({ document }) => document);
    },
  };
}

it('notes each arrival in one write, also when all come at once', async () => {
  const { mail, delivery } = await world(...recipients(ANNA, BEN));
  await mail();
  const { name, call } = table();
  const calls: string[] = [];
  const counted: Table = {
    name,
    call: (operation, input) => {
      calls.push(operation);
      return call(operation, input);
    },
  };
  const of = await delivery();
  const { noteArrival } = createMailFeedbackStore({ table: counted });
  await Promise.all([ANNA, BEN].map((email) => noteArrival(of, email, LATER)));
  expect(calls).toEqual(['UpdateItem', 'UpdateItem']);
  expect((await delivery()).arrived).toEqual({ [ANNA]: LATER, [BEN]: LATER });
});

describe('a permanent bounce', () => {
  it('stands on the delivery, stops that address alone, and says since when and why', async () => {
    const { mail, hear, delivery, recipient, unreached } = await world(...recipients(ANNA, BEN));
    await mail();
    await hear('bounces', ANNA);
    expect((await delivery()).recipients).toMatchObject({
      [ANNA]: { status: 'bounced', bounce: 'permanent', reason: expect.stringContaining('550 5.1.1 user unknown') },
      [BEN]: { status: 'sent' },
    });
    expect((await recipient(ANNA)).undeliverable).toMatchObject({ since: NOW, reason: 'bounced' });
    expect(await recipient(BEN)).toEqual({ email: BEN, main: false });
    expect(await unreached()).toEqual([]);
  });

  it('has the next mail skip the address, and reach the others', async () => {
    const { store, mail, hear, account, delivery } = await world(...recipients(ANNA, BEN));
    await mail();
    await hear('bounces', ANNA);
    const reminder = { ...(await delivery()), document: 'reminder-1', recipients: {} } as const;
    const { completedAt: _, ...begun } = reminder;
    await store.beginDelivery(begun);
    const { mailer, addresses } = recordingMailer();
    const report = await deliverToRecipients({ store, mailer }, begun, (await account()).recipients, MAIL, LATER);
    expect(addresses()).toEqual([BEN]);
    expect(report).toMatchObject({ sent: 1, skipped: 1, completed: true, reachedNobody: false });
    const stored = await store.delivery(begun);
    expect(stored?.recipients).toMatchObject({
      [ANNA]: { status: 'skipped', reason: 'bounced' },
      [BEN]: { status: 'sent' },
    });
  });

  it('told twice, and twice at once, changes nothing more', async () => {
    const { mail, hear, account, delivery } = await world(...recipients(ANNA, BEN));
    await mail();
    await Promise.all([hear('bounces', ANNA), hear('bounces', ANNA)]);
    const before = [await delivery(), await account()];
    await hear('bounces', ANNA);
    expect([await delivery(), await account()]).toEqual(before);
  });

  it('told before the mail is on record as sent is not overwritten by that', async () => {
    const { store, hear, delivery, recipient, unreached } = await world(...recipients(ANNA));
    const of = await delivery();
    await store.claimRecipients(of, [ANNA], NOW);
    await hear('bounces', ANNA);
    expect(await unreached()).toEqual([]);
    const sent = { [ANNA]: { status: 'sent', at: LATER, messageId: 'm-1' } } as const;
    await store.concludeRecipients(of, sent, LATER);
    expect((await delivery()).recipients[ANNA]).toMatchObject({ status: 'bounced' });
    expect((await recipient(ANNA)).undeliverable?.reason).toBe('bounced');
  });

  it('told while the function that mails has not come back, is found by it: nobody was reached', async () => {
    const { store, accountId, hear, delivery, account, unreached } = await world(...recipients(ANNA));
    const mailer = {
      compose: async () => ({
        async sendTo(to: string) {
          await hear('bounces', to);
          return { kind: 'sent' as const, messageId: 'm-1' };
        },
      }),
    };
    const deps = { store, mailer };
    const report = await deliverToRecipients(deps, await delivery(), (await account()).recipients, MAIL, NOW);
    expect(report).toMatchObject({ completed: true, reachedNobody: true });
    expect(await unreached()).toEqual(['invoice']);
    expect(accountId).toBe((await delivery()).accountId);
  });
});

describe('nobody was reached', () => {
  it('once the last of all mails came back, whatever order the news come in', async () => {
    const { mail, hear, unreached, delivery } = await world(...recipients(ANNA, BEN));
    await mail();
    await hear('bounces', ANNA);
    expect(await unreached()).toEqual([]);
    await hear('mailbox-full', BEN);
    expect(await unreached()).toEqual(['invoice']);
    expect((await delivery()).unreachedSince).toBe(LATER);
  });

  it('is taken back when a mail arrived after all', async () => {
    const { mail, hear, unreached, delivery } = await world(...recipients(ANNA));
    await mail();
    await hear('mailbox-full', ANNA);
    expect(await unreached()).toEqual(['invoice']);
    await hear('arrives', ANNA);
    expect(await unreached()).toEqual([]);
    expect(await delivery()).not.toHaveProperty('unreachedSince');
  });

  it('is said when all mails come back at the same moment', async () => {
    const { mail, hear, unreached } = await world(...recipients(ANNA, BEN, 'carl@acme.example'));
    await mail();
    await Promise.all([ANNA, BEN, 'carl@acme.example'].map((email) => hear('bounces', email)));
    expect(await unreached()).toEqual(['invoice']);
  });

  it('is not said of a complaint: who complains has read it', async () => {
    const { mail, hear, unreached, delivery, recipient } = await world(...recipients(ANNA));
    await mail();
    await hear('complains', ANNA);
    expect((await delivery()).recipients[ANNA]).toMatchObject({ status: 'complained', reason: 'abuse' });
    expect((await recipient(ANNA)).undeliverable?.reason).toBe('complained');
    expect(await unreached()).toEqual([]);
  });
});

describe('a mail that came back for the time being', () => {
  const invoices = ['2026-10#cycle', '2026-11#cycle', '2026-12#cycle'] as const;
  const ofInvoice = (delivery: Delivery, about: string): Delivery => ({ ...delivery, about, recipients: {} });

  it('stops the address at the third invoice in a row, and not at three mails about one', async () => {
    const { store, mail, hear, delivery, recipient } = await world(...recipients(ANNA, BEN));
    await mail();
    const base = await delivery();
    for (const invoiceId of invoices.slice(0, 2)) {
      const { completedAt: _, ...begun } = ofInvoice(base, invoiceId);
      await store.beginDelivery(begun);
      for (let time = 1; time <= 3; time++) await hear('mailbox-full', ANNA, { of: begun });
    }
    expect(await recipient(ANNA)).toMatchObject({
      softBounces: [{ about: invoices[0] }, { about: invoices[1] }],
    });
    expect((await recipient(ANNA)).undeliverable).toBeUndefined();
    await hear('mailbox-full', ANNA);
    expect((await recipient(ANNA)).undeliverable).toMatchObject({ reason: 'unavailable', since: NOW });
  });

  it('is forgotten when a later mail arrives', async () => {
    const { mail, hear, recipient } = await world(...recipients(ANNA));
    await mail();
    await hear('mailbox-full', ANNA);
    await hear('arrives', ANNA, { at: LATER });
    expect(await recipient(ANNA)).toEqual({ email: ANNA, main: true });
  });

  it('is none when it is the automatic answer to a mail that arrived', async () => {
    const { mail, hear, recipient, unreached, delivery } = await world(...recipients(ANNA));
    await mail();
    await hear('answers-automatically', ANNA);
    expect(await recipient(ANNA)).toEqual({ email: ANNA, main: true });
    expect(await unreached()).toEqual([]);
    expect((await delivery()).arrived).toEqual({ [ANNA]: NOW });
  });
});

describe('what is told', () => {
  it('settles a doubt: the mail arrived', async () => {
    const { store, hear, delivery } = await world(...recipients(ANNA));
    const of = await delivery();
    await store.claimRecipients(of, [ANNA], NOW);
    await store.concludeRecipients(of, { [ANNA]: { status: 'uncertain', at: NOW } }, NOW);
    await hear('arrives', ANNA);
    expect(await delivery()).toMatchObject({ recipients: { [ANNA]: { status: 'sent' } }, arrived: { [ANNA]: NOW } });
  });

  it('of an address that SES remembers, is that it was not even tried', async () => {
    const { mail, hear, recipient, unreached } = await world(...recipients(ANNA));
    await mail();
    await hear('suppressed', ANNA);
    expect((await recipient(ANNA)).undeliverable).toMatchObject({ reason: 'suppressed' });
    expect(await unreached()).toEqual(['invoice']);
  });

  it('of a mail sent before somebody confirmed the address, stops nothing', async () => {
    const { mail, hear, recipient, delivery } = await world({ email: ANNA, main: true, confirmedAt: LATER });
    await mail();
    await hear('bounces', ANNA, { at: NOW });
    expect((await delivery()).recipients[ANNA]?.status).toBe('bounced');
    expect((await recipient(ANNA)).undeliverable).toBeUndefined();
  });

  it('finds the recipient however its address is written, a domain in Punycode too', async () => {
    const { mail, hear, delivery, recipient } = await world(...recipients('Rechnung@Bücher.example', BEN));
    await mail();
    await hear('bounces', 'rechnung@xn--bcher-kva.example');
    expect((await delivery()).recipients['rechnung@bücher.example']).toMatchObject({ status: 'bounced' });
    expect((await recipient('Rechnung@Bücher.example')).undeliverable?.reason).toBe('bounced');
  });

  it('of a mail that no delivery is about, is let go', async () => {
    const { store, hear, delivery, account } = await world(...recipients(ANNA));
    const before = await account();
    await hear('bounces', ANNA, { of: { ...(await delivery()), occurrence: 7 } });
    expect(await account()).toEqual(before);
    expect(await store.delivery({ ...invoiceDelivery(before.accountId, INVOICE), occurrence: 7 })).toBeUndefined();
  });

  it('is written beside whatever else changes the account', async () => {
    const { store, mail, hear, account, recipient } = await world(...recipients(ANNA, BEN));
    await mail();
    const rename = async () => {
      const read: Account = await account();
      return store.updateAccount({ ...read, reference: 'PO-1', version: read.version + 1 });
    };
    await Promise.all([hear('bounces', ANNA), hear('bounces', BEN), rename()]);
    expect((await recipient(ANNA)).undeliverable).toBeDefined();
    expect((await recipient(BEN)).undeliverable).toBeDefined();
  });
});

describe('a final notice that comes back', () => {
  it('has dunning look whether services are off for it, each time that it is told; one that somebody has does not', async () => {
    const { store, accountId, hear, delivery, queues } = await world(...recipients(ANNA, BEN));
    const invoice = await delivery();
    const notice = { ...invoice, document: 'final-notice', recipients: {} } as const;
    await store.beginDelivery(notice);
    const sent = { status: 'sent', at: NOW, messageId: 'm-1' } as const;
    await store.claimRecipients(notice, [ANNA, BEN], NOW);
    await store.concludeRecipients(notice, { [ANNA]: sent, [BEN]: sent }, NOW);
    await hear('bounces', ANNA, { of: notice });
    expect(queues.take('dunning')).toEqual([]);
    await hear('bounces', BEN, { of: notice });
    await hear('bounces', BEN, { of: notice });
    const look = { sellerId: invoice.sellerId, accountId, invoiceId: INVOICE };
    expect(queues.take('dunning')).toEqual([look, look]);
  });
});
