import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleCast } from '../../infra/local/sample/telecom.ts';
import { loadRateDecks } from '../../infra/local/story/load-decks.ts';
import { customer } from '../support/customers.ts';
import { type ShownInvoice, World } from '../support/world.ts';

const SELLER = 'northwind-ca';
const OWN = '+16135550111';
const TOLL_FREE = '+18885550111';

interface Call {
  readonly id: string;
  readonly at: string;
  readonly minutes: number;
  readonly from?: string;
  readonly to?: string;
}
const call = ({ id, at, minutes, from = OWN, to = '+14165550123' }: Call) => {
  const answer = Date.parse(at);
  const instant = (millis: number) => new Date(millis).toISOString();
  const times = { start: instant(answer - 5000), answer: instant(answer), end: instant(answer + minutes * 60_000) };
  return { type: 'call', id, from, to, ...times };
};
const text = (index: number) => ({
  type: 'message',
  id: `m-${index}`,
  from: OWN,
  to: '+14165550124',
  sent: new Date(Date.UTC(2026, 10, 12, 12, 0, index)).toISOString(),
  segments: 2,
});

/** One desk phone includes 1,000 minutes and 250 message credits. */
const NOVEMBER = [
  // The switch reports the call that goes over the plan first: it still comes last, by its answer time.
  call({ id: 'over', at: '2026-11-28T15:00:00Z', minutes: 20 }),
  ...Array.from({ length: 11 }, (_, day) =>
    call({ id: `long-${day}`, at: `2026-11-${String(day + 3).padStart(2, '0')}T15:00:00Z`, minutes: 90 }),
  ),
  call({ id: 'uk', at: '2026-11-15T15:00:00Z', minutes: 10, to: '+442079460123' }),
  call({ id: 'freephone', at: '2026-11-15T16:00:00Z', minutes: 6, from: '+14165550123', to: TOLL_FREE }),
  call({ id: 'inbound', at: '2026-11-15T17:00:00Z', minutes: 45, from: '+14165550123', to: OWN }),
  call({ id: 'emergency', at: '2026-11-15T18:00:00Z', minutes: 3, to: '911' }),
  call({ id: 'before', at: '2026-10-20T15:00:00Z', minutes: 30 }),
  ...Array.from({ length: 130 }, (_, index) => text(index)),
];
const UNKNOWN = call({ id: 'unknown', at: '2026-11-20T15:00:00Z', minutes: 5, from: '+16135550199' });

describe('two months of calls and messages, to the cent (R93, R104–R111, R145, R146)', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-11-01T06:00:00.000Z');
    const { stack } = world;
    await loadRateDecks({ stack, apiUrl: stack.apiUrl ?? '', cast: sampleCast(), say: () => undefined });
    await world.create({
      ...customer('usage', 'CA-ON', { since: '2026-11-01' }),
      numbers: [OWN, TOLL_FREE].map((number) => ({ number, from: '2026-01-01' })),
    });
    await world.run(SELLER);
    world.goTo('2026-11-30');
    await upload('november.jsonl.gz', [...NOVEMBER, UNKNOWN]);
    await upload('november-again.jsonl', NOVEMBER);
    world.goTo('2026-12-01');
    await world.run(SELLER);
    world.goTo('2026-12-31');
    await upload('late.jsonl', [
      call({ id: 'late', at: '2026-11-05T19:00:00Z', minutes: 3 }),
      call({ id: 'december', at: '2026-12-10T19:00:00Z', minutes: 12 }),
    ]);
    world.goTo('2027-01-01');
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  async function upload(name: string, records: readonly object[]): Promise<void> {
    const ops = await world.as('ops');
    const { url } = await ops.call<{ url: string }>('POST', `/sellers/${SELLER}/usage-files/records`, { name });
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    const sent = await fetch(url, { method: 'PUT', body: name.endsWith('.gz') ? gzipSync(lines) : lines });
    expect(sent.status).toBe(200);
    await world.stack.settle();
  }

  interface Report {
    readonly counted: number;
    readonly duplicates: number;
    readonly dropped: { readonly total: number };
    readonly exceptions: { readonly total: number; readonly lines: readonly { code: string; line: number }[] };
  }
  const report = async (name: string): Promise<Report> =>
    (await world.as('ops')).get(`/sellers/${SELLER}/usage-files/records/${name}`);

  const usageOf = (invoice: ShownInvoice | undefined) =>
    invoice?.lines
      .filter(({ charge }) => charge === 'usage')
      .map(({ description, servicePeriod, quantity, unit, amount }) => [
        description,
        servicePeriod.from.slice(0, 7),
        quantity,
        unit,
        amount,
      ]);

  it('each record counts once, and what is not counted is in the report', async () => {
    expect(await report('november.jsonl.gz')).toMatchObject({
      counted: NOVEMBER.length - 1,
      duplicates: 0,
      dropped: { total: 1 },
      exceptions: { total: 1, lines: [{ code: 'unknown_number', line: NOVEMBER.length + 1 }] },
    });
    expect(await report('november-again.jsonl')).toMatchObject({ counted: 0, duplicates: NOVEMBER.length - 1 });
  });

  it('the first invoice has no usage, for nothing is over yet', async () => {
    const [november] = await world.invoices('usage');
    expect(usageOf(november)).toEqual([]);
  });

  it('the next one has the month’s usage in arrears: what the plan includes, and what goes beyond it', async () => {
    const december = (await world.invoices('usage'))[1];
    expect(usageOf(december)).toEqual([
      ['Outbound minutes within the plan', '2026-11', 1000, 'minute', 0],
      ['Outbound minutes beyond the plan', '2026-11', 10, 'minute', 31],
      ['Inbound minutes to toll-free numbers', '2026-11', 360, 'second', 23],
      ['International minutes: United Kingdom', '2026-11', 600, 'second', 20],
      ['Message credits within the plan', '2026-11', 250, 'credit', 0],
      ['Message credits beyond the plan', '2026-11', 10, 'credit', 7],
    ]);
    // The fee is 1.2 % of 30.69 (all but the messages), HST 13 % of 31.13.
    expect(december!.lines.filter(({ charge }) => charge === 'fee').map(({ amount }) => amount)).toEqual([37]);
    expect(december!.taxes.map(({ base, amount }) => [base, amount])).toEqual([[3113, 405]]);
    expect(december!.total).toBe(2995 + 81 + 37 + 405);
  });

  it('what comes late is a line of its own month, after what that month had used', async () => {
    const january = (await world.invoices('usage'))[2];
    expect(usageOf(january)).toEqual([
      ['Outbound minutes within the plan', '2026-12', 12, 'minute', 0],
      ['Outbound minutes beyond the plan', '2026-11', 3, 'minute', 9],
    ]);
  });
});
