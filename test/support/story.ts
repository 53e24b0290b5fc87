import type { ApiClient } from '../../infra/local/story/api-client.ts';
import { QUEUES } from '../../shared/messages.ts';
import { customer } from './customers.ts';
import type { World } from './world.ts';

const SELLER = 'northwind-uk';
const since = '2026-11-01';

/** One customer for each thing that can happen to an invoice. */
export const CUSTOMERS = [
  customer('pays', 'GB', { since, autopay: 'pm_card_visa', recipients: ['a@pays.example', 'b@pays.example'] }),
  customer('declines-once', 'GB', { since, autopay: 'pm_sample_declines_then_pays' }),
  customer('lost-card', 'GB', { since, autopay: 'pm_card_chargeDeclinedLostCard' }),
  customer('authenticates', 'GB', { since, autopay: 'pm_card_authenticationRequired' }),
  customer('by-wire', 'GB', { since, terms: 'wire' }),
  customer('forgets', 'GB', { since, card: 'pm_card_visa' }),
  customer('starts-later', 'GB', { since: '2026-11-16', autopay: 'pm_card_mastercard' }),
  customer('nothing', 'GB', { since, has: {} }),
  customer('no-address', 'GB', { since, billingAddress: null }),
];

const DUNNING_DAYS = ['2026-11-17', '2026-11-23', '2026-11-26', '2026-11-29', '2026-12-01'];

/**
 * November and December of all of them: two runs, a credit note, every dunning day, a suspension, the payment that lifts it. Every day
 * has a second and a third sweep for what died in the first, and ops redrives whatever gave up.
 */
export async function november(world: World): Promise<void> {
  await world.create(...CUSTOMERS);
  await night(world, '2026-11-01');
  await persistently(() => credit(world));
  for (const date of DUNNING_DAYS) await day(world, date);
  await night(world, '2026-12-01T10:00:00.000Z');
  await persistently(() => world.pay('forgets'));
  for (const date of ['2026-12-02', '2026-12-03', '2026-12-06', '2026-12-10']) await day(world, date);
  await day(world, '2026-12-12');
}

async function night(world: World, when: string): Promise<void> {
  world.goTo(when);
  await world.run(SELLER);
  await redriveEverything(world);
}

/** Finance corrects the invoice of `by-wire` by 10.00; asked for again it is the same credit note. */
async function credit(world: World): Promise<void> {
  const finance = await world.as('finance');
  const wish = { reason: 'error-correction', explanation: 'A phone never arrived.', amount: 10_00 };
  await finance.call('POST', '/accounts/by-wire/invoices/2026-11-cycle/credit-notes', wish);
  await world.stack.settle();
}

async function day(world: World, date: string): Promise<void> {
  for (const hour of ['06', '07', '08']) {
    world.goTo(`${date}T${hour}:35:00.000Z`);
    await world.sweep();
    await redriveEverything(world);
  }
}

/** As a person does who is shown an error page. */
async function persistently(action: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (attempt === 40) throw error;
    }
  }
}

/** More often than any function can be killed on purpose. */
const ROUNDS = 30;

/** Ops presses the button for every queue until no dead letter is open. */
export async function redriveEverything(world: World): Promise<void> {
  const ops = await world.as('ops');
  for (let round = 1; round <= ROUNDS && (await openLetters(ops)) > 0; round++) {
    for (const queue of QUEUES) {
      await ops.call('POST', '/dead-letters/redrive', { queue, all: true, dryRun: false });
      await world.stack.settle();
    }
  }
}

export async function openLetters(ops: ApiClient): Promise<number> {
  let count = 0;
  for await (const _ of ops.pages('/dead-letters?status=open', 'deadLetters')) count++;
  return count;
}

/** What must be the same whatever happened on the way: money, documents, books and services of every customer. */
export async function outcome(world: World) {
  const results: Record<string, unknown> = {};
  for (const { accountId } of CUSTOMERS) {
    const { balance, services } = await world.account(accountId);
    const invoices = (await world.invoices(accountId)).map(({ invoiceId, total, due, status, invoiceDate }) => ({
      ...{ invoiceId, total, due, status, invoiceDate },
    }));
    // Which attempt succeeded, and so the order, may differ when an earlier one never reached the processor.
    const books = (await world.journal(accountId))
      .map(({ entryId, postings }) => ({ entryId: entryId.replace(/#\d{3}$/, ''), postings }))
      .toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1));
    results[accountId] = {
      creditNotes: await creditNotes(world, accountId),
      ...{ balance, services, invoices, books },
      charged: world.charged(accountId).toSorted((a, b) => a - b),
      provisioned: world.provisioned(accountId),
    };
  }
  return results;
}

/** With what became of their PDFs: each is stored, on record, and the same when it is made again. */
async function creditNotes(world: World, accountId: string): Promise<unknown[]> {
  const finance = await world.as('finance');
  const { creditNotes: notes } = await finance.get<{ creditNotes: { number: string; total: number }[] }>(
    `/accounts/${accountId}/credit-notes`,
  );
  return await Promise.all(
    notes.map(async ({ number, total }) => {
      const path = `/sellers/${SELLER}/credit-notes/${number}/pdf/verification`;
      const { stored, madeAgain } = await finance.get<{ stored: string; madeAgain: string }>(path);
      return { number, total, stored, madeAgain };
    }),
  );
}

/** How often each document went to each address, by subject. */
export function mailCounts(world: World): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { to, subject } of world.stack.gateway.mails()) {
    // Which of the parallel series a number is from is left to chance, also that of the invoice that a credit note corrects.
    const key = `${to.join(',')} ${subject.replace(/(\d{6})[A-Z]-\d+/g, '$1')}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
