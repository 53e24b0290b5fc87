import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/aws/digest.ts';
import { verifyChain } from '../../shared/domain/audit/chain.ts';
import { CUSTOMERS, mailCounts, november, openLetters, outcome } from '../support/story.ts';
import { World } from '../support/world.ts';

const BEGIN = '2026-10-30T06:00:00.000Z';
/** No invocation of the story makes more calls than this. */
const MOST_CALLS = 40;
/** Everything that acts between the calendar and the customer; the import runs before the story. */
const FUNCTIONS = [
  ...['plan-billing-run', 'fan-out-run', 'issue-invoice', 'deliver-invoice', 'collect-payment', 'advance-dunning'],
  ...['receive-webhook', 'follow-processor'],
  ...['send-notice', 'change-services', 'sweep-overdue', 'record-dead-letter', 'record-audit'],
];
const MOMENTS = ['before', 'after'] as const;

type Outcome = Awaited<ReturnType<typeof outcome>>;

describe('the story of two months, undisturbed and disturbed', () => {
  let expected: Outcome;
  let expectedMails: Map<string, number>;

  beforeAll(async () => {
    const world = await World.start(BEGIN);
    try {
      await november(world);
      expected = await outcome(world);
      expectedMails = mailCounts(world);
    } finally {
      await world.stop();
    }
  });

  it('undisturbed, everybody has what the rules say', () => {
    const states = Object.entries(expected).map(([id, of]) => {
      const { balance, services, invoices, charged } = of as {
        balance: number;
        services: string;
        invoices: unknown[];
        charged: number[];
      };
      return [id, balance, services, invoices.length, charged.length];
    });
    expect(states).toEqual([
      ['pays', 0, 'active', 2, 2],
      ['declines-once', 0, 'active', 2, 2],
      ['lost-card', 4788, 'suspended', 2, 0],
      ['authenticates', 4788, 'suspended', 2, 0],
      ['by-wire', 3788, 'active', 2, 0],
      ['forgets', 0, 'active', 2, 2],
      ['starts-later', 0, 'active', 1, 1],
      ['nothing', 0, 'active', 0, 0],
      ['no-address', 0, 'active', 0, 0],
    ]);
    expect(expected['by-wire']).toMatchObject({
      creditNotes: [{ total: 10_00, stored: 'as-recorded', madeAgain: 'same' }],
    });
    expect([...expectedMails.values()].every((count) => count === 1)).toBe(true);
  });

  describe('every message twice and out of order', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.start(BEGIN, { disturbance: { duplicate: true, shuffleSeed: 20261101, impatient: true } });
      await november(world);
    });
    afterAll(() => world?.stop());

    it('changes nothing for anybody, and nobody gets a mail twice', async () => {
      expect(await outcome(world)).toEqual(expected);
      expect(mailCounts(world)).toEqual(expectedMails);
    });

    it('leaves every audit log whole, with each change in it once', () => logsAreWhole(world));
  });

  describe('every function killed once before and once after each of its calls, and the processor failing', () => {
    let world: World;
    const faults: { readonly name: string; readonly fault: { readonly hits: number } }[] = [];

    beforeAll(async () => {
      world = await World.start(BEGIN, {
        disturbance: { impatient: true },
        eventRetryDelaysMs: [10, 10],
      });
      const { gateway, processor } = world.stack;
      for (const functionName of FUNCTIONS) {
        for (let index = 0; index < MOST_CALLS; index++) {
          for (const when of MOMENTS) {
            const match = (call: { functionName: string; index: number }) =>
              call.functionName === functionName && call.index === index;
            faults.push({
              name: `${functionName} ${when} ${index}`,
              fault: gateway.faults.add({ match, when, effect: 'kill' }),
            });
          }
        }
      }
      for (const kind of ['drop-before', 'drop-after', '500-before', '500-after', 'saved-500-after', '429'] as const) {
        processor.faults.add({ kind, on: /^POST \/v1\/payment_intents$/ });
        processor.faults.add({ kind, on: /confirm$/ });
      }
      await november(world);
      gateway.faults.clear();
      // About 290 kills, each followed by the start of a fresh process: minutes on a busy machine.
    }, 600_000);
    afterAll(() => world?.stop());

    it('killed each function at every call that it makes', () => {
      const hits = faults.filter(({ fault }) => fault.hits > 0).map(({ name }) => name);
      for (const functionName of FUNCTIONS) expect(hits).toContain(`${functionName} before 0`);
      // What an invocation does next depends on what a dead one left behind, so the count differs a little by chance.
      expect(hits.length).toBeGreaterThan(80);
    });

    it('leaves money, documents, books and services as they would have been', async () => {
      expect(await openLetters(await world.as('ops'))).toBe(0);
      expect(await outcome(world)).toEqual(expected);
    });

    it('sends nobody a mail twice', () => {
      expect([...mailCounts(world).values()].filter((count) => count > 1)).toEqual([]);
    });

    it('leaves every audit log whole, with each change in it once', () => logsAreWhole(world));
  });
});

/** What became of each customer is told once, in a chain that fits together, and all of it by the product. */
async function logsAreWhole(world: World): Promise<void> {
  for (const { accountId } of CUSTOMERS) {
    const log = await world.auditLog(accountId);
    expect(verifyChain(accountId, log, [], sha256).break).toBeUndefined();
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    expect(log.filter(({ by }) => by.by === 'outside-of-the-product')).toEqual([]);
    const booked = log.filter(({ what }) => what === 'book-entry').map(({ subject }) => subject);
    const entries = (await world.journal(accountId)).map(({ entryId }) => entryId);
    expect(booked.toSorted()).toEqual(entries.filter((id) => !id.startsWith('invoice#')).toSorted());
  }
}
