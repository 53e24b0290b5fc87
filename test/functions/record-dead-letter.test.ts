import type { SQSRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { givenUpOf, recordDeadLetter } from '../../functions/record-dead-letter.ts';
import { createDeadLetterStore } from '../../shared/aws/dead-letter-store.ts';
import { createRunStore } from '../../shared/aws/run-store.ts';
import { seller } from '../support/accounts.ts';
import { localTable } from '../support/emulators.ts';

const table = localTable();
const NOW = '2026-12-01T05:00:00.000Z';
const stage = { sellers: [seller('IE', 'EUR')] };
const stores = () => {
  const options = { table: table(), shardsOf: () => 2 };
  return { ...createDeadLetterStore(options), ...createRunStore(options) };
};

/** As it arrives from a dead-letter queue; without attributes when SQS moved it by itself. */
const letter = (queue: string, body: string, messageId: string, attributes: Record<string, string> = {}) =>
  ({
    eventSourceARN: `arn:aws:sqs:eu-west-1:123456789012:telecom-billing-local-${queue}-dlq`,
    body,
    messageId,
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [name, { stringValue }]),
    ),
  }) as unknown as SQSRecord;
const invoiceJob = (accountId: string, sellerId = 'northwind-ie') =>
  JSON.stringify({ sellerId, accountId, billingDate: '2026-12-01', businessDate: '2026-12-01' });
const record = (of: SQSRecord, at = NOW) => recordDeadLetter({ store: stores(), stage })(givenUpOf(of), at);

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a dead letter', () => {
  it('names its account, code and reason, and fails the account in its run', async () => {
    const attributes = { code: 'seller_not_found', reason: 'No seller of this stage has this id. northwind-xx' };
    const run = { sellerId: 'northwind-ie', businessDate: '2026-12-01' };
    await stores().beginRun(run, 2, NOW);
    await record(letter('invoices', invoiceJob('acme'), 'm-1', attributes));
    expect(await stores().deadLetter('invoices', 'northwind-ie|acme|2026-12-01|2026-12-01')).toEqual({
      ...attributes,
      ...{ queue: 'invoices', jobKey: 'northwind-ie|acme|2026-12-01|2026-12-01', body: invoiceJob('acme') },
      ...{
        sellerId: 'northwind-ie',
        accountId: 'acme',
        failures: 1,
        status: 'open',
        firstFailedAt: NOW,
        lastFailedAt: NOW,
      },
    });
    expect(await stores().tally(run)).toMatchObject({ planned: 1, failed: 1, open: 0 });
  });

  it('is one per job, counts each failure once, and opens again after a redrive', async () => {
    const key = 'northwind-ie|globex|2026-12-01|2026-12-01';
    await record(letter('invoices', invoiceJob('globex'), 'm-2'));
    await record(letter('invoices', invoiceJob('globex'), 'm-2'));
    const first = (await stores().deadLetter('invoices', key))!;
    expect(first.failures).toBe(1);
    await stores().markRedriven(first, 'ops', NOW);
    await record(letter('invoices', invoiceJob('globex'), 'm-3'), '2026-12-02T05:00:00.000Z');
    expect(await stores().deadLetter('invoices', key)).toMatchObject({
      ...{ failures: 2, status: 'open', firstFailedAt: NOW, lastFailedAt: '2026-12-02T05:00:00.000Z' },
    });
  });

  it('of a file that S3 told of names the file, so that whoever uploaded it finds it', async () => {
    const records = (...keys: string[]) =>
      JSON.stringify({ Records: keys.map((key) => ({ s3: { object: { key, sequencer: '0A1' } } })) });
    const failed = async (id: string, body: string) =>
      await record(letter('usage', body, id, { code: 'x', reason: 'y' }));
    await failed('m-file', records('usage/records/northwind-ie/May+1.jsonl'));
    const key = 'usage/records/northwind-ie/May 1.jsonl|1|0A1';
    expect(await stores().deadLetter('usage', key)).toMatchObject({ code: 'x', reason: 'y' });
    await failed('m-two', records('usage/a', 'usage/b'));
    const { items } = await stores().deadLetters('usage', {}, 10);
    expect(items.map(({ jobKey }) => jobKey.replace(/^[0-9a-f]{64}$/, 'a hash')).toSorted()).toEqual(['a hash', key]);
  });

  it('says so when SQS moved it because the function crashed or timed out', async () => {
    const body = JSON.stringify({ sellerId: 'northwind-ie', accountId: 'acme', invoiceId: '2026-12#cycle' });
    await record(letter('deliveries', body, 'm-4'));
    expect(await stores().deadLetter('deliveries', 'northwind-ie|acme|2026-12#cycle')).toMatchObject({
      code: 'function_crashed',
      accountId: 'acme',
    });
  });

  it.each([
    ['is not JSON', 'nonsense', undefined],
    ['is no message of ours', '{"accountId":"acme","document":"poem"}', 'acme'],
    ['hides something in an id', '{"accountId":"Jane Doe <jane@acme.example>"}', undefined],
  ])('is kept under a fingerprint of its body when that %s', async (_, body, accountId) => {
    await record(letter('notices', body, `m-${body.length}`));
    const { items } = await stores().deadLetters('notices', {}, 10);
    const kept = items.find((item) => item.body === body);
    expect(kept?.jobKey).toMatch(/^[0-9a-f]{64}$/);
    expect(kept?.accountId).toBe(accountId);
  });

  it('is recorded although its seller is not of this stage', async () => {
    await record(letter('invoices', invoiceJob('acme', 'southwind'), 'm-5'));
    expect(await stores().deadLetter('invoices', 'southwind|acme|2026-12-01|2026-12-01')).toMatchObject({
      accountId: 'acme',
    });
  });

  it('is refused from a queue that is none of ours', () => {
    expect(() => givenUpOf(letter('parcels', '{}', 'm-6'))).toThrow(/telecom-billing-local-parcels-dlq/);
  });
});
